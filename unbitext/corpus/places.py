"""Where the parts of a document stand: what every row tells of a sentence's or a block's place, looked up by id."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from schemas.bodies import body_of_symbol
from schemas.document import Block, Document, Meta, Sentence, SpeakerRole, Turn
from schemas.ids import document_id
from schemas.rows import DocumentFields


class Places:
    """A document by id: its sentences, blocks, turns, positions, numbers and findings."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.id = document_id(document)
        self.blocks = {block.id: block for block in document.blocks}
        self.sentences: dict[str, tuple[Block, int, int]] = {}
        for block in document.blocks:
            for index, sentence in enumerate(block.sentences):
                self.sentences[sentence.id] = (block, index, len(self.sentences) + 1)
        self._turns = {turn.n: turn for turn in document.turns}

    @cached_property
    def _findings(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for finding in self.document.findings:
            found[finding.where][finding.code] = None
        return {where: tuple(codes) for where, codes in found.items()}

    def findings(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The codes of the document's findings at these ids, without doubles."""
        return tuple(dict.fromkeys(code for each in ids for code in self._findings.get(each, ())))

    def pages(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The pages that sentences stand on, sorted; of one that knows none, those of its block."""
        found: set[int] = set()
        for each in ids:
            block, index, _ = self.sentences[each]
            found.update(pages_of(block.sentences[index]) or pages_of(block))
        return tuple(sorted(found))

    def turn(self, block: Block) -> Turn | None:
        """The speech that a block is in."""
        return None if block.turn is None else self._turns.get(block.turn)

    def number(self, block: Block) -> str | None:
        """The number printed at a block; of an item after that of what it belongs to: `17(a)(i)`."""
        if block.number is None or block.parent is None:
            return block.number
        own = f"({block.number})"
        # The way up is bounded: a hand-made document may go in circles.
        above, left = self.blocks.get(block.parent), len(self.blocks)
        while above is not None and left:
            if above.number is not None:
                own = f"({above.number}){own}" if above.parent is not None else f"{above.number}{own}"
            above, left = self.blocks.get(above.parent or ""), left - 1
        return own

    def numbers(self, blocks: Iterable[Block]) -> tuple[str, ...]:
        """The numbers printed at some blocks, without doubles."""
        return tuple(dict.fromkeys(number for block in blocks if (number := self.number(block)) is not None))

    def text(self, ids: Sequence[str]) -> str:
        """Join sentences: as they stand in their block; between blocks by a space, but not beside Han."""
        parts: list[str] = []
        before: tuple[Block, int] | None = None
        for each in ids:
            block, index, _ = self.sentences[each]
            sentence = block.sentences[index]
            if before is not None:
                if before == (block, index - 1):
                    parts.append(block.text[block.sentences[index - 1].end : sentence.start])
                else:
                    parts.append(separator(parts[-1], sentence.text, self.document.meta.language))
            parts.append(sentence.text)
            before = (block, index)
        return "".join(parts)


def separator(before: str, after: str, language: str | None) -> str:
    """What stands between two texts that were apart: a space, but nothing in Chinese where either side is not Latin."""
    if language != "zh" or not before or not after:
        return " "
    return " " if before[-1].isascii() and after[0].isascii() else ""


def pages_of(part: Block | Sentence) -> tuple[int, ...]:
    """The pages that a block or a sentence stands on, sorted; empty where it knows none."""
    return tuple(sorted({page for page in (part.page, *(box[0] for box in part.boxes)) if page is not None}))


def state_of(turn: Turn | None) -> str | None:
    """The code of what a speaker speaks for."""
    return turn.affiliation.code if turn is not None and turn.affiliation is not None else None


def affiliation_of(turn: Turn | None) -> str | None:
    """What a speaker speaks for, as printed."""
    return turn.affiliation.text if turn is not None and turn.affiliation is not None else None


def role_of(turn: Turn | None) -> SpeakerRole | None:
    """The part of a speaker in a meeting."""
    return None if turn is None else turn.role


def document_fields(*metas: Meta) -> DocumentFields:
    """What rows tell of a document, or of a translation and its original: what the first does not say, the next may."""
    first = metas[0]
    symbols = tuple(dict.fromkeys(symbol for meta in metas for symbol in meta.symbols))
    body = next((found.code for symbol in symbols if (found := body_of_symbol(symbol)) is not None), None)
    return DocumentFields(
        symbol=symbols[0] if symbols else None,
        symbols=symbols,
        body=body,
        genre=first.genre,
        session=next((meta.session for meta in metas if meta.session is not None), None),
        agenda_items=next((meta.agenda_items for meta in metas if meta.agenda_items), ()),
        date=next((meta.dates.issued for meta in metas if meta.dates.issued is not None), None)
        or next((meta.dates.meeting.from_ for meta in metas if meta.dates.meeting is not None), None),
        original_language=next((meta.original_language for meta in metas if meta.original_language is not None), None),
    )
