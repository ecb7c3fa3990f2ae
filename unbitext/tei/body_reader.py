"""A TEI body, read back into the flat sequence of blocks."""

from dataclasses import dataclass, replace

from lxml import etree

from schemas.document import Block, Box, Furniture, Kind, Role, Sentence, Turn
from schemas.votes import VoteLine
from unbitext.tei.content import Content, read_content, read_label
from unbitext.tei.divisions import SECTION, Component, bare, path
from unbitext.tei.fields import KnownFields
from unbitext.tei.names import XML_ID, EncodingError, Names, line_of, local_name, named, tag
from unbitext.tei.pages import PageReader
from unbitext.tei.pointers import DELIVERED, PART, analysed
from unbitext.tei.sentences import SentenceReader, first_page
from unbitext.tei.tables import read_table
from unbitext.tei.turns import TurnReader
from unbitext.tei.votes import VoteCounter, read_vote
from unbitext.tei.zones import ZoneReader

_KINDS = {
    "p": Kind.PARAGRAPH,
    "head": Kind.HEADING,
    "quote": Kind.QUOTE,
    "table": Kind.TABLE,
    "item": Kind.ITEM,
    "signed": Kind.SIGNATURE,
}


@dataclass(frozen=True)
class _Place:
    """What the ancestors of an element say of it."""

    steps: tuple[Component, ...] = ()
    section: etree._Element | None = None
    turn: Turn | None = None
    host: str | None = None
    depth: int = 0


@dataclass
class _Draft:
    element: etree._Element
    kind: Kind
    place: _Place
    page: int | None
    content: Content
    rows: tuple[tuple[str, ...], ...] | None
    label: str | None
    id: str
    boxes: tuple[Box, ...]


class BodyReader:
    """Reads one body; `blocks`, `turns` and `furniture` hold what was found."""

    def __init__(self, names: Names, fields: KnownFields, zones: ZoneReader) -> None:
        self._names = names
        self._fields = fields
        self._zones = zones
        self._sentence_reader = SentenceReader(names, fields, zones)
        self._pages = PageReader()
        self._turns = TurnReader(fields, names)
        self._drafts: list[_Draft] = []
        self._bearers: set[str] = set()

    def read(self, body: etree._Element) -> None:
        """Read the whole body.

        Raises EncodingError for what the encoder never writes.
        """
        self._walk(body, _Place())

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in reading order."""
        votes = VoteCounter()
        return tuple(self._block(draft, votes) for draft in self._drafts)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns by number."""
        return self._turns.turns

    @property
    def furniture(self) -> tuple[Furniture, ...]:
        """The furniture in the order of the model."""
        return self._pages.furniture

    def _walk(self, parent: etree._Element, place: _Place) -> None:
        for element in parent:
            self._read(element, place)

    def _read(self, element: etree._Element, place: _Place) -> None:
        name = local_name(element)
        if name == "pb":
            self._pages.turn(element)
        elif name == "fw":
            self._pages.collect(element)
        elif name == "div":
            self._walk(element, self._enter(element, place))
        elif name == "u":
            self._walk(element, replace(place, turn=self._turns.open(element)))
        elif name == "note" and element.get("type") == "speaker":
            self._bearers.add(self._turns.label(element))
        elif name == "incident":
            self._incident(element, place)
        elif name == "list":
            self._walk(element, replace(place, depth=place.depth + 1))
        elif name == "closer" or (name == "seg" and element.get("type") != "para"):
            self._walk(element, place)
        elif name:
            self._text(element, _kind(element), place)

    def _enter(self, div: etree._Element, place: _Place) -> _Place:
        kind = div.get("type", "")
        if kind == SECTION:
            return replace(place, section=div)
        return _Place(steps=(*place.steps, Component(kind, div.get("n"))))

    def _text(self, element: etree._Element, kind: Kind, place: _Place) -> None:
        rows = None
        if kind is Kind.TABLE:
            content, rows = read_table(element, self._sentence_reader)
        else:
            content = read_content(element, self._sentence_reader)
        identifier = self._names.local(element.get(XML_ID, ""))
        label, boxes = read_label(element), self._zones.boxes(element)
        self._drafts.append(_Draft(element, kind, place, self._pages.current, content, rows, label, identifier, boxes))
        if kind is Kind.TABLE:
            return
        inside = replace(place, host=identifier, depth=place.depth if kind is Kind.ITEM else 0)
        for child in named(element, "list", "note", "pb", "fw"):
            self._read(child, inside)

    def _incident(self, element: etree._Element, place: _Place) -> None:
        desc = element.find(tag("desc"))
        if desc is None:
            raise EncodingError(f"line {line_of(element)}: <incident> without <desc>")
        content = read_content(desc, self._sentence_reader)
        if element.get(XML_ID) is not None:
            content.sentences.append(self._sentence_reader.read(element, 0, content.text))
        block = desc.get(XML_ID)
        if block is not None:
            local = self._names.local(block)
            page, boxes = self._pages.current, self._zones.boxes(desc)
            self._drafts.append(_Draft(element, Kind.INCIDENT, place, page, content, None, None, local, boxes))
        elif self._drafts and self._drafts[-1].kind is Kind.INCIDENT:
            self._drafts[-1].content.extend(content)
        else:
            raise EncodingError(f"line {line_of(element)}: <incident> that continues none")

    def _block(self, draft: _Draft, votes: VoteCounter) -> Block:
        element, place, content, identifier = draft.element, draft.place, draft.content, draft.id
        label = draft.label
        if identifier in self._bearers and place.turn is not None:
            label = place.turn.label
        corresp = element.get("corresp")
        parent = place.host if draft.kind is Kind.ITEM else None
        ana = element.get("ana")
        spoken = analysed(ana, DELIVERED) or (place.turn.spoken_language if place.turn else None)
        role = analysed(ana, PART)
        string, integer = self._fields.string, self._fields.number
        return Block(
            id=identifier,
            kind=draft.kind,
            label=string(identifier, "label", label),
            number=element.get("n"),
            level=integer(identifier, "level", _level(draft)),
            parent=parent if corresp is None else self._names.local(corresp),
            division=string(identifier, "division", path(bare(place.steps))),
            role=Role(role) if role is not None else None,
            turn=integer(identifier, "turn", place.turn.n if place.turn else None),
            spoken_language=string(identifier, "spoken_language", spoken),
            text=content.text,
            orig=self._fields.original(identifier, content.text),
            sentences=self._sentences(identifier, content),
            refs=tuple(content.refs),
            rows=draft.rows,
            vote=self._vote(draft, votes),
            page=integer(identifier, "page", first_page(draft.boxes) or draft.page),
            boxes=draft.boxes,
        )

    def _vote(self, draft: _Draft, votes: VoteCounter) -> VoteLine | None:
        vote = read_vote(draft.element.get("ana"), draft.content.voters, draft.content.figures, votes)
        if vote is None:
            return None
        number = self._fields.number(draft.id, "vote", vote.vote)
        votes.set(number if number is not None else vote.vote)
        return vote.model_copy(update={"vote": number}) if number is not None else vote

    def _sentences(self, identifier: str, content: Content) -> tuple[Sentence, ...]:
        spans = self._fields.value(identifier, "spans", None)
        if not isinstance(spans, list):
            return tuple(content.sentences)
        return tuple(
            sentence.model_copy(update={"start": start, "end": end, "text": content.text[start:end]})
            for sentence, (start, end) in zip(content.sentences, spans, strict=True)
        )


def _kind(element: etree._Element) -> Kind:
    name, kind = local_name(element), element.get("type")
    if name == "head" and kind == Kind.TITLE.value:
        return Kind.TITLE
    if name == "ab" and kind is not None:
        return Kind(kind)
    if name == "note":
        return Kind.CLOSING if kind == "time" else Kind.FOOTNOTE
    if name == "seg":
        return Kind.PARAGRAPH
    if name in _KINDS:
        return _KINDS[name]
    raise EncodingError(f"line {line_of(element)}: <{name}> is not expected here")


def _level(draft: _Draft) -> int | None:
    """Return the level that the nesting implies: of headings, from the section; of items, the depth of their list."""
    if draft.kind is Kind.ITEM:
        return draft.place.depth
    if draft.kind is Kind.HEADING and draft.place.section is not None:
        subtype = draft.place.section.get("subtype")
        return int(subtype.removeprefix("level-")) if subtype is not None else None
    return None
