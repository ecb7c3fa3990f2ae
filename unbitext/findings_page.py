"""The page of documentation that explains every finding code: `python -m unbitext.findings_page > docs/findings.md`."""

import sys

from schemas.finding_codes import finding_codes

_INTRODUCTION = """\
# Findings

Every drop, doubt and repair is a finding with a stable code: in the JSON of `unbitext parse`, in the links of
`unbitext align`, in the TEI and in a corpus's `report.md`. A file that is refused is refused with one of these codes.

`info` is a note, `warning` a doubt, `error` a refusal or a loss.

This page is generated from `schemas/vocabularies/finding_codes.tsv`:
`python -m unbitext.findings_page > docs/findings.md`.

| code | severity | what it means | what to do |
|---|---|---|---|
"""


def findings_page() -> str:
    """Write the page: one row a code, sorted."""
    rows = [
        f"| `{entry.code}` | {entry.severity} | {entry.meaning} | {entry.remedy} |\n"
        for _, entry in sorted(finding_codes().items())
    ]
    return _INTRODUCTION + "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(findings_page())
