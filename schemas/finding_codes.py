"""The list of finding codes, read from `vocabularies/finding_codes.tsv`: code, severity, meaning, remedy."""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class FindingCode(NamedTuple):
    """A documented code: the severity it is raised with, what it means, what to do about it."""

    code: str
    severity: str
    meaning: str
    remedy: str


@cache
def finding_codes() -> dict[str, FindingCode]:
    """Every known code."""
    text = files("schemas.vocabularies").joinpath("finding_codes.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["code"]: FindingCode(row["code"], row["severity"], row["meaning"], row["remedy"]) for row in rows}
