"""How a build ended: what the corpus holds, what was refused, what changed in the folder."""

from typing import Self

from pydantic import Field

from schemas.base import Model
from schemas.catalogue import DocumentState
from schemas.finding_codes import finding_codes


def listed_remedy(code: str) -> str:
    """What to do about a finding of this code, as the last part of a sentence."""
    remedy = finding_codes()[code].remedy
    return remedy[0].lower() + remedy[1:]


RESULT_DIGITS = 16
"""So much of a key of the cache tells it from all others."""


class Refused(Model):
    """A file that is not in the corpus, and why; `code` is that of a finding, `remedy` what a person can do."""

    label: str
    code: str
    message: str
    remedy: str

    @classmethod
    def of(cls, label: str, code: str, message: str) -> Self:
        """Refuse with the remedy that is listed with the code."""
        return cls(label=label, code=code, message=message, remedy=listed_remedy(code))


class Totals(Model):
    """What a corpus holds, and what it does not; `pages` counts where the source tells them."""

    documents: int = 0
    pairs: int = 0
    links: int = 0
    sentences: int = 0
    pages: int = 0
    waiting: int = 0
    refused: int = 0


class Standing(Model):
    """The state of one input, by its label; `by` is the symbol of what supersedes it.

    `code` and `message` say why it is refused, or why it is not aligned with the document of its symbol.
    """

    label: str
    state: DocumentState
    by: str | None = None
    code: str | None = None
    message: str | None = None


class BuildRecord(Model):
    """What a finished build leaves in the state folder: if key and files are as then, there is nothing to do.

    `files` are names and sha256 of the corpus's files, `failures` the messages of general findings that are errors,
    `sources` tells where each input was, by the sha256 of its bytes, `standings` what became of it; `results` are the
    first `RESULT_DIGITS` of the keys of what the corpus rests on in the cache.
    """

    out: str
    key: str
    files: dict[str, str]
    totals: Totals
    refused: tuple[Refused, ...] = ()
    failures: tuple[str, ...] = ()
    sources: dict[str, str] = Field(default_factory=dict)
    standings: tuple[Standing, ...] = ()
    results: tuple[str, ...] = ()


class BuildOutcome(Model):
    """How a build ended: its record, and what it changed in the folder.

    `released` is false where nothing was fit for a corpus; `up_to_date` is true where there was nothing to do.
    """

    record: BuildRecord
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    released: bool = True
    up_to_date: bool = False
