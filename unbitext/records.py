"""What a build knows about its files, documents and pairs: small records; the documents themselves lie in the cache."""

from datetime import datetime
from pathlib import Path

from pydantic import Field

from schemas.base import Model
from schemas.bitext import Link
from schemas.document import Kind, Language, Meta
from schemas.findings import Finding
from unbitext.outcome import Refused
from unbitext.store import digest
from unbitext.tei.components import CorpusAlignment, CorpusDocument


class InputFile(Model):
    """A file to be parsed. `label` names it to people: its path below the folder that was given, with `/`.

    `known_as` is its name where it lies under another, as in the store of fetched files; then `url` and `retrieved_at`
    tell where it came from, `replaces` which files (by sha256) it took the place of, `notes` what there is to
    say of that; and `instead` is the same document in another format, for the case that this one is refused.
    """

    path: Path
    label: str
    sha256: str
    size_bytes: int
    known_as: str | None = None
    url: str | None = None
    retrieved_at: datetime | None = None
    replaces: tuple[str, ...] = ()
    notes: tuple[Finding, ...] = ()
    instead: "InputFile | None" = None

    @property
    def name(self) -> str:
        """The name that tells symbol and language, without folders."""
        return self.known_as or self.path.name


def parsed_key(file: InputFile, symbol: str | None, language: str | None) -> str:
    """Give the key under which the cache has the document of a file, as it is after parsing."""
    return digest("parsed", file.sha256, file.name, symbol or "", language or "")


class Parsed(Model):
    """A file that became a document: `key` finds it in the cache; `notes` are on the file, not on the document."""

    input: InputFile
    key: str
    meta: Meta
    notes: tuple[Finding, ...] = ()


class DocumentRecord(Model):
    """A document of the corpus, corrected and encoded: what the report tells of it.

    `key` finds document and TEI in the cache; `kinds` counts blocks, `numbered` those with a number, `placed` the
    sentences with boxes on a page; `component` is what the corpus's root says of it.
    """

    label: str
    key: str
    meta: Meta
    kinds: dict[Kind, int]
    numbered: int
    turns: int
    placed: int = 0
    findings: tuple[Finding, ...]
    component: CorpusDocument

    @property
    def identifier(self) -> str:
        """`STEM.LANG`, which names its file."""
        return self.component.id

    @property
    def sentences(self) -> int:
        """How many sentences it has."""
        return self.component.sentences

    @property
    def language(self) -> Language:
        """The language, which every document of a corpus has."""
        if self.meta.language is None:
            raise ValueError(f"{self.identifier} has no language")
        return self.meta.language


class PairRecord(Model):
    """A translation and its original by their identifiers, aligned.

    `name` is the file's (`STEM.zh-en`), `component` what the corpus's root says of it. `types` counts links by the
    sizes of their sides, `fixed` and `confirmed` those that a person gave, which the mean leaves out; `doubtful` are
    the first of the `doubtful_count` with low scores, the lowest first. `refusal` says why two documents of one symbol
    are not aligned; then there are no links.
    """

    source: str
    target: str
    name: str
    key: str
    component: CorpusAlignment | None = None
    types: dict[str, int] = Field(default_factory=dict)
    mean_score: float | None = None
    methods: tuple[str, ...] = ()
    fixed: int = 0
    confirmed: int = 0
    doubtful: tuple[Link, ...] = ()
    doubtful_count: int = 0
    findings: tuple[Finding, ...] = ()
    refusal: Refused | None = None

    @property
    def links(self) -> int:
        """How many links it has."""
        return 0 if self.component is None else self.component.links
