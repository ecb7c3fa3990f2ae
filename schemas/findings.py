"""Findings: every drop, doubt and repair, with a stable code (docs/findings.md explains each)."""

from enum import StrEnum
from typing import Self

from pydantic import field_validator

from schemas.base import Model
from schemas.finding_codes import finding_codes


class Severity(StrEnum):
    """How much a finding matters: `info` is a note, `warning` a doubt, `error` a refusal or a loss."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Finding(Model):
    """One thing a reader of the result should know.

    `code` is stable and listed in `schemas/vocabularies/finding_codes.tsv`; `where` is a block, sentence or link id, a
    `page N` or `line N` of the input, or empty for the whole document.
    """

    code: str
    severity: Severity
    where: str = ""
    message: str

    @field_validator("code")
    @classmethod
    def _documented(cls, code: str) -> str:
        if code not in finding_codes():
            raise ValueError(f"finding code {code!r} is not in schemas/vocabularies/finding_codes.tsv")
        return code

    @classmethod
    def info(cls, code: str, message: str, where: str = "") -> Self:
        """A note."""
        return cls(code=code, severity=Severity.INFO, where=where, message=message)

    @classmethod
    def warning(cls, code: str, message: str, where: str = "") -> Self:
        """A doubt."""
        return cls(code=code, severity=Severity.WARNING, where=where, message=message)

    @classmethod
    def error(cls, code: str, message: str, where: str = "") -> Self:
        """A refusal or a loss."""
        return cls(code=code, severity=Severity.ERROR, where=where, message=message)
