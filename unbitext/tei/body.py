"""A document's flat sequence of blocks, nested into a TEI body."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from schemas.document import Block, Document, Kind
from unbitext.tei.content import write_content, write_label
from unbitext.tei.divisions import MAIN, MASTHEAD, Component, bare, components, path
from unbitext.tei.divs import Divs
from unbitext.tei.fields import Fields
from unbitext.tei.incidents import VOTE_KIND, incident_kind
from unbitext.tei.names import XML_ID, Names, add, tag
from unbitext.tei.pages import PageWriter
from unbitext.tei.pointers import analysis, delivered
from unbitext.tei.sentences import SentenceWriter, first_page
from unbitext.tei.tables import write_table
from unbitext.tei.turns import TurnWriter
from unbitext.tei.votes import VoteCounter, moved, spans_of, vote_pointers
from unbitext.tei.zones import ZoneWriter

OUTSIDE_TURNS = frozenset({Kind.MASTHEAD, Kind.TITLE, Kind.HEADING, Kind.SIGNATURE})
"""Kinds that TEI does not allow in a `<u>`: a turn that holds one is cut there, and the block notes its turn."""

_HOSTS = frozenset({Kind.PARAGRAPH, Kind.QUOTE})
_BREAKING = frozenset({Kind.PARAGRAPH, Kind.QUOTE, Kind.ITEM})
"""Kinds whose text a page may break: a note hangs below it, and the others are short or no running text."""

_LABEL_ASIDE = frozenset({Kind.TABLE, Kind.INCIDENT})
_BEFORE_HEADS = frozenset({tag("head"), tag("pb"), tag("fw")})


@dataclass
class _Host:
    """A block that items can nest in; `id` is None for a list that belongs to no block."""

    id: str | None
    element: etree._Element
    list: etree._Element | None = None


class BodyWriter:
    """Writes the blocks of one document; what their places do not tell goes into `fields`."""

    def __init__(self, document: Document, names: Names, fields: Fields, zones: ZoneWriter) -> None:
        self._document = document
        self._names = names
        self._fields = fields
        self._zones = zones
        self._sentences = SentenceWriter(names, fields, zones)
        self._pages = PageWriter(document, names)
        self._turns = TurnWriter(document, names, fields)
        self._votes = VoteCounter()
        self._turn: int | None = None
        self._u: etree._Element | None = None
        self._hosts: list[_Host] = []

    def write(self, body: etree._Element) -> None:
        """Fill the body."""
        self._pages.begin(body)
        self._divs = Divs(body)
        following = _following(self._document.blocks)
        for block, after in zip(self._document.blocks, following, strict=True):
            if block.kind is Kind.FOOTNOTE:
                self._write_footnote(block, after)
            else:
                self._write_block(block)
        self._hosts.clear()
        if self._turns.unwritten or self._pages.unfinished or not self._document.blocks:
            self._divs.go_to(self._divs.path or (Component(MAIN),))
            self._pages.finish(self._divs.innermost)
        for turn in self._turns.unwritten:
            self._turns.open(self._divs.for_text(), turn.n, None)

    # Places.

    def _go_to(self, block: Block) -> None:
        steps = components(block.division)
        if not steps:
            leading = block.kind is Kind.MASTHEAD and self._divs.path in ((), (Component(MASTHEAD),))
            steps = (Component(MASTHEAD if leading else MAIN),)
        turn = None if block.kind in OUTSIDE_TURNS else block.turn
        if steps != self._divs.path or turn != self._turn:
            self._hosts.clear()
            self._u = self._turn = None
        self._divs.go_to(steps)
        if block.kind is Kind.HEADING:
            self._divs.open_section(block)

    def _open_turn(self, block: Block) -> None:
        if self._u is not None or block.turn is None or block.kind in OUTSIDE_TURNS:
            return
        self._pages.turn_to(self._divs.for_text(), block.page)
        bears = self._turns.is_new(block.turn) and self._turns.turn(block.turn).label == block.label
        self._u = self._turns.open(self._divs.for_text(), block.turn, block.id if bears else None)
        self._turn = block.turn

    @property
    def _base(self) -> etree._Element:
        """Where notes, incidents and page breaks can stand: the turn, or else the deepest div."""
        return self._divs.innermost if self._u is None else self._u

    def _wrapper(self, kind: str) -> etree._Element:
        """Return where a quote, a list or a table can stand; a `<u>` takes none of them without a `<seg>`."""
        return self._divs.for_text() if self._u is None else add(self._u, "seg", type=kind)

    def _host_of(self, block: Block) -> int | None:
        """Return the index of the open host in whose list an item belongs, None if a list has to be begun."""
        for index, host in enumerate(self._hosts):
            if host.id is not None and host.id == block.parent:
                return index
        return 0 if self._hosts and self._hosts[0].id is None else None

    # Blocks.

    def _write_block(self, block: Block) -> None:
        self._go_to(block)
        bearer = self._turns.is_new(block.turn) if block.turn is not None else False
        self._open_turn(block)
        label = block.label
        if bearer and self._u is not None and block.turn is not None and self._turns.turn(block.turn).label == label:
            label = None
        if block.kind is Kind.ITEM:
            self._write_item(block, label)
            return
        self._hosts.clear()
        element = self._element(block)
        self._fill(element, block, label, level=block.level if block.kind is Kind.HEADING else None)
        if block.kind in _HOSTS:
            self._hosts.append(_Host(block.id, element))

    def _element(self, block: Block) -> etree._Element:
        """Append the element of a block that is no item and no footnote."""
        kind = block.kind
        self._pages.turn_to(self._base, block.page)
        if kind is Kind.PARAGRAPH and self._u is not None:
            return add(self._u, "seg", type="para")
        if kind is Kind.SIGNATURE and (div := self._divs.for_closer()) is not None:
            return add(add(div, "closer"), "signed")
        if kind is Kind.INCIDENT:
            return add(self._base, "incident", type=VOTE_KIND if block.vote else incident_kind(block.text))
        if kind is Kind.CLOSING:
            return add(self._base, "note", type="time")
        if kind in (Kind.QUOTE, Kind.TABLE):
            return add(self._wrapper(kind.value), kind.value)
        parent = self._divs.for_text()
        if kind is Kind.PARAGRAPH:
            return add(parent, "p")
        at_top = all(child.tag in _BEFORE_HEADS for child in parent)
        if kind is Kind.HEADING or (kind is Kind.TITLE and at_top):
            return add(parent, "head", type="title" if kind is Kind.TITLE else None)
        return add(parent, "ab", type=kind.value)

    def _write_item(self, block: Block, label: str | None) -> None:
        index = self._host_of(block)
        if index is None:
            self._pages.turn_to(self._base, block.page)
            self._hosts = [_Host(None, self._wrapper("list"))]
            index = 0
        del self._hosts[index + 1 :]
        host = self._hosts[index]
        if host.list is None:
            host.list = add(host.element, "list")
        self._pages.turn_to(host.list, block.page)
        item = add(host.list, "item")
        self._fill(item, block, label, level=index + 1, parent=host.id)
        self._hosts.append(_Host(block.id, item))

    def _write_footnote(self, block: Block, after: Block | None) -> None:
        """Write a note so that it closes nothing: inside the paragraph or list whose items go on after it."""
        if not self._divs.path:
            self._divs.go_to(components(block.division) or (Component(MAIN),))
        parent = self._base
        index = self._host_of(after) if after is not None and self._goes_on(after) else None
        if index is None:
            self._hosts.clear()
        else:
            del self._hosts[index + 1 :]
            host = self._hosts[index]
            parent = host.element if host.list is None else host.list
        self._pages.turn_to(parent, block.page)
        self._fill(add(parent, "note", place="bottom"), block, block.label)

    def _goes_on(self, after: Block) -> bool:
        steps = components(after.division) or (Component(MAIN),)
        return after.kind is Kind.ITEM and steps == self._divs.path and after.turn == self._turn

    def _fill(
        self,
        element: etree._Element,
        block: Block,
        label: str | None,
        level: int | None = None,
        parent: str | None = None,
    ) -> None:
        """Write attributes and inside of a block's element; note what `element` and its place do not tell."""
        spoken = self._turns.turn(self._turn).spoken_language if self._turn is not None else None
        own = block.spoken_language if block.spoken_language != spoken else None
        if ana := analysis(block.role, own, vote_pointers(block.vote)):
            element.set("ana", ana)
        if block.number is not None:
            element.set("n", block.number)
        if block.parent is not None and block.parent != parent:
            element.set("corresp", self._names.pointer(block.parent))
        page = first_page(block.boxes) or self._pages.current
        facs = self._zones.pointers(block.boxes)
        said = label is not None and (block.kind in _LABEL_ASIDE or block.text.startswith(label))
        if block.kind is Kind.INCIDENT:
            self._write_incident(element, block, facs)
        else:
            element.set(XML_ID, self._names.full(block.id))
            if facs:
                element.set("facs", facs)
            if block.kind is Kind.TABLE:
                write_table(element, block, self._sentences)
            else:
                if label is not None and not said:
                    write_label(element, label)
                turn_to = self._pages.turn_to if block.kind in _BREAKING else None
                spans = spans_of(block.vote)
                write_content(element, block.text, block.sentences, block.refs, self._sentences, turn_to, spans)
        note = self._fields.note
        note(block.id, "label", label, None if said else label)
        note(block.id, "level", block.level, level)
        note(block.id, "page", block.page, page)
        note(block.id, "turn", block.turn, self._turn)
        note(block.id, "spoken_language", block.spoken_language, own if delivered(own) else spoken)
        note(block.id, "division", block.division, path(bare(self._divs.path)))
        if block.vote is not None:
            note(block.id, "vote", block.vote.vote, self._votes.implied(block.vote.part))
            self._votes.set(block.vote.vote)
        self._fields.original(block.id, block.text, block.orig)

    def _write_incident(self, element: etree._Element, block: Block, facs: str | None) -> None:
        """Write one `<incident>` for each sentence: TEI has no `<s>` in `<desc>`, so the incident bears its id.

        The first `<desc>` bears the block's id and place. A sentence that is not the whole of its `<desc>` is noted as
        a span.
        """
        starts = [0, *(sentence.start for sentence in block.sentences[1:]), len(block.text)]
        spans = list(pairwise(starts))
        refs = list(block.refs)
        for index, (start, end) in enumerate(spans):
            if index:
                before = self._names.pointer(block.id)
                element = add(_parent(element), "incident", type=element.get("type"), prev=before)
            desc = add(element, "desc")
            if not index:
                desc.set(XML_ID, self._names.full(block.id))
                if facs:
                    desc.set("facs", facs)
            if block.sentences:
                self._sentences.describe(element, block.sentences[index])
            here = [ref for ref in refs if ref.offset <= end]
            refs = refs[len(here) :]
            marks = [ref.model_copy(update={"offset": ref.offset - start}) for ref in here]
            names = moved(spans_of(block.vote), start, end)
            write_content(desc, block.text[start:end], (), marks, self._sentences, spans=names)
        own = [[sentence.start, sentence.end] for sentence in block.sentences]
        whole = [[start, end] for start, end in spans] if block.sentences else []
        self._fields.note(block.id, "spans", own, whole)


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None, "every element of the body hangs in it"
    return parent


def _following(blocks: Sequence[Block]) -> list[Block | None]:
    """Return for each block the next one that is no footnote."""
    following: list[Block | None] = []
    after: Block | None = None
    for block in reversed(blocks):
        following.append(after)
        if block.kind is not Kind.FOOTNOTE:
            after = block
    return following[::-1]
