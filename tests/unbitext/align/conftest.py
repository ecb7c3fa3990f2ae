"""Documents made from gold files, and invented ones, for the aligner's tests."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from schemas.bitext import DocumentPair
from schemas.document import Affiliation, Block, Document, Kind, Meta, Sentence, SpeakerRole, Turn
from schemas.source import SourceFile
from unbitext.quality.gold import Gold, GoldUnit, read_gold

_SOURCE = SourceFile(file="invented.txt", sha256="0" * 64, media_type="text/plain")
_KINDS = {"numbered": Kind.PARAGRAPH, "para": Kind.PARAGRAPH, "turn": Kind.PARAGRAPH}


def make_block(identifier: str, kind: Kind, sentences: list[str], **fields: object) -> Block:
    """A block whose text is its sentences, joined by spaces."""
    made: list[Sentence] = []
    text = ""
    for number, sentence in enumerate(sentences, start=1):
        start = len(text)
        text += sentence
        made.append(Sentence(id=f"{identifier}.s{number}", start=start, end=len(text), text=sentence))
        text += " "
    body = text.rstrip(" ")
    return Block.model_validate(
        {"id": identifier, "kind": kind, "text": body, "orig": body, "sentences": made, **fields}
    )


def make_document(language: str, blocks: list[Block], turns: list[Turn] | None = None) -> Document:
    """A document of these blocks, with an invented symbol."""
    meta = Meta.model_validate({"symbols": ("SPECIMEN/1",), "language": language, "source": _SOURCE})
    return Document(meta=meta, blocks=tuple(blocks), turns=tuple(turns or ()))


def make_record(language: str, turns: Sequence[tuple[str | None, str]]) -> Document:
    """A record of turns of one sentence each, given by the code of the speaker's State (the chair's is None)."""
    made = [
        Turn(
            n=n,
            label="",
            speaker="X",
            role=SpeakerRole.MEMBER if code else SpeakerRole.CHAIR,
            affiliation=Affiliation(text=code, code=code) if code else None,
        )
        for n, (code, _) in enumerate(turns, start=1)
    ]
    blocks = [make_block(f"t{n}", Kind.PARAGRAPH, [text], turn=n) for n, (_, text) in enumerate(turns, start=1)]
    return make_document(language, blocks, made)


def _gold_document(gold: Gold, side: int) -> Document:
    blocks: list[Block] = []
    turns: list[Turn] = []
    language = (gold.source_language, gold.target_language)[side]
    held: list[str] = []
    first: GoldUnit | None = None

    def close() -> None:
        nonlocal held, first
        if first is not None and held:
            identifier = f"b{len(blocks) + 1}"
            kind = _KINDS.get(first.kind) or Kind(first.kind)
            blocks.append(make_block(identifier, kind, held, number=first.number, turn=first.turn))
        held, first = [], None

    for unit in gold.units:
        if unit.kind == "furniture":
            continue
        if unit.kind == "turn" and unit.turn is not None:
            country = unit.country[side]
            # the code that a parser would look up; any name that both languages share serves
            affiliation = Affiliation(text=country, code=unit.country[0]) if country else None
            role = SpeakerRole.MEMBER if country else SpeakerRole.CHAIR
            label = unit.label[side] or ""
            turns.append(
                Turn(n=unit.turn, label=label, speaker=unit.speaker[side] or "", role=role, affiliation=affiliation)
            )
        first = first or unit
        for bead in unit.beads:
            held.extend(bead.target if side else bead.source)
            if side and bead.target_break_after:
                again = first.model_copy(update={"number": None})
                close()
                first = again
        if not (side and unit.target_merges_with_next):
            close()
    close()
    return make_document(language, blocks, turns)


@pytest.fixture(scope="session")
def record() -> Callable[..., Document]:
    """See `make_record`."""
    return make_record


@pytest.fixture(scope="session")
def block() -> Callable[..., Block]:
    """`make_block`."""
    return make_block


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """`make_document`."""
    return make_document


@pytest.fixture(scope="session")
def gold_pair(shared: Path) -> Callable[[str], tuple[DocumentPair, Gold]]:
    """The two documents that a perfect parser would make of a gold file, and the gold."""

    def make(name: str) -> tuple[DocumentPair, Gold]:
        gold = read_gold(shared / "gold" / f"{name}.gold.jsonl")
        return DocumentPair(source=_gold_document(gold, 0), target=_gold_document(gold, 1)), gold

    return make
