"""Read pytest's JUnit reports: count the tests, and refuse a skip that is not on the committed list.

`python .ci/skips.py ALLOWED REPORTS` ends with the line `tests: N passed, N failed, N skipped`; its exit code is 1
where a test failed, a skip is not allowed, or no test passed at all.
"""

import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree


class Skip(NamedTuple):
    """A skipped (or expected to fail) test and the reason it gave."""

    test: str
    reason: str


class Allowance(NamedTuple):
    """A line of the committed list: two patterns, and why such a skip is acceptable."""

    test: str
    reason: str
    why: str

    def covers(self, skip: Skip) -> bool:
        """Whether this line speaks of `skip`."""
        return fnmatchcase(skip.test, self.test) and fnmatchcase(skip.reason, self.reason)


def allowances(path: Path) -> list[Allowance]:
    """The committed list; a malformed line is an error, so that no allowance goes without its why."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#"]
    fields = [[field.strip() for field in line.split(" | ")] for line in lines]
    for line, parts in zip(lines, fields, strict=True):
        if len(parts) != 3 or not all(parts):
            raise SystemExit(f"{path}: not `test id | reason | why`: {line}")
    return [Allowance(*parts) for parts in fields]


def main(allowed: Path, reports: Path) -> int:
    """Print what ran and what was skipped; the exit code."""
    listed = allowances(allowed)
    cases = [case for file in sorted(reports.glob("*.xml")) for case in ElementTree.parse(file).iter("testcase")]
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    skips = [
        Skip(f"{case.get('classname')}::{case.get('name')}", skipped.get("message", ""))
        for case in cases
        for skipped in case.iter("skipped")
    ]
    refused = []
    for skip in skips:
        why = next((line.why for line in listed if line.covers(skip)), None)
        print(f"skipped {skip.test}: {skip.reason} ({'allowed: ' + why if why else 'NOT ALLOWED'})")
        if why is None:
            refused.append(skip)
    passed = len(cases) - len(failed) - len(skips)
    if refused:
        print(f"{len(refused)} skips are not in {allowed}: make them run, or list them there with the reason")
    if not passed:
        print(f"no test passed in {reports}")
    print(f"tests: {passed} passed, {len(failed)} failed, {len(skips)} skipped")
    return 1 if failed or refused or not passed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
