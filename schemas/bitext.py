"""Two documents and the links between their sentences."""

from typing import Literal

from schemas.base import Model
from schemas.document import Document, Kind
from schemas.findings import Finding

PERSON = "person:"
"""How the method of a link begins that a person fixed or confirmed."""

FIXED, CONFIRMED = f"{PERSON}fixed", f"{PERSON}confirmed"


def is_persons(method: str) -> bool:
    """Whether a method is that of a person, and of no aligner."""
    return method.startswith(PERSON)


class DocumentPair(Model):
    """A translation (`source`) and its original (`target`); by convention zh and en."""

    source: Document
    target: Document


class Link(Model):
    """A bead: n sentences of the source stand for m of the target, named by sentence id.

    An empty side is an insertion or a deletion. `score` is between 0 and 1; `method` carries the signature of the
    aligner, or says that it is a person's: `person:fixed`, `person:confirmed`. `kinds` are those of the blocks linked,
    sorted, without doubles.
    """

    source_ids: tuple[str, ...]
    target_ids: tuple[str, ...]
    kinds: tuple[Kind, ...] = ()
    unit: Literal["sentence"] = "sentence"
    score: float
    method: str
    findings: tuple[Finding, ...] = ()

    @property
    def type(self) -> str:
        """The sizes of the two sides, as TEI's `link/@type` has them: `1-2`."""
        return f"{len(self.source_ids)}-{len(self.target_ids)}"

    @property
    def is_persons(self) -> bool:
        """Whether a person fixed or confirmed it."""
        return is_persons(self.method)


class Score(Model):
    """A figure and what it was measured with: `signature` names method and version, as sacrebleu's do."""

    name: str
    value: float
    signature: str
