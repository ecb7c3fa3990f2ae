"""What validation finds."""

from pydantic import field_validator

from schemas.base import Model
from schemas.finding_codes import finding_codes

MOST_TOLD = 10
"""Ids of one file that are told one by one, where they have the same fault; of more, the number is told."""


class Violation(Model):
    """One fault of a file: `line` counts from 1.

    `code` is one of `finding_codes.tsv` that begin with `tei-` or `release-`.
    """

    file: str
    line: int
    code: str
    message: str

    @field_validator("code")
    @classmethod
    def _documented(cls, code: str) -> str:
        if code not in finding_codes():
            raise ValueError(f"code {code!r} is not in schemas/vocabularies/finding_codes.tsv")
        return code

    @property
    def place(self) -> tuple[str, int, str, str]:
        """What violations are sorted by."""
        return self.file, self.line, self.code, self.message

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code}: {self.message}"
