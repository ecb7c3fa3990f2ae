"""What a build knows about its files, documents and pairs: small records; the documents themselves lie in the cache."""

from pathlib import Path

from schemas.base import Model
from schemas.bitext import Link
from schemas.document import Genre, Kind, Language, Meta
from schemas.findings import Finding


class InputFile(Model):
    """A file to be parsed. `label` names it to people: its path below the folder that was given, with `/`."""

    path: Path
    label: str
    sha256: str
    size_bytes: int


class Refused(Model):
    """A file that is not in the corpus, and why; `code` is that of a finding, `remedy` what a person can do."""

    label: str
    code: str
    message: str
    remedy: str


class Parsed(Model):
    """A file that became a document: `key` finds it in the cache, `meta` and `findings` are its own."""

    input: InputFile
    key: str
    meta: Meta
    findings: tuple[Finding, ...]


class DocumentRecord(Model):
    """A document of the corpus, corrected and encoded: what the report tells of it.

    `identifier` is `STEM.LANG`; `key` finds document and TEI in the cache; `kinds` counts blocks, `numbered` those
    with a number.
    """

    label: str
    identifier: str
    key: str
    meta: Meta
    kinds: dict[Kind, int]
    numbered: int
    sentences: int
    turns: int
    findings: tuple[Finding, ...]

    @property
    def symbol(self) -> str:
        """The first symbol: what the document's file is named after."""
        return self.meta.symbols[0]

    @property
    def language(self) -> Language:
        """The language, which every document of a corpus has."""
        if self.meta.language is None:
            raise ValueError(f"{self.identifier} has no language")
        return self.meta.language

    @property
    def genre(self) -> Genre:
        """The genre."""
        return self.meta.genre


class PairRecord(Model):
    """A translation and its original by their identifiers, aligned.

    `types` counts links by the sizes of their sides; `doubtful` are those with the lowest scores. `refusal` says why
    two documents of one symbol are not aligned; then there are no links.
    """

    source: str
    target: str
    name: str
    key: str
    links: int = 0
    types: dict[str, int] = {}
    mean_score: float | None = None
    method: str = ""
    doubtful: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    refusal: Refused | None = None


class Totals(Model):
    """What a corpus holds, and what it does not."""

    documents: int = 0
    pairs: int = 0
    links: int = 0
    sentences: int = 0
    waiting: int = 0
    refused: int = 0


class BuildRecord(Model):
    """What a finished build leaves in the state folder: if key and files are as then, there is nothing to do."""

    out: str
    key: str
    files: dict[str, str]
    totals: Totals
    refused: tuple[Refused, ...] = ()
    failures: tuple[str, ...] = ()
