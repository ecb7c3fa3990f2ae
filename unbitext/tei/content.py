"""The inside of a block: its text in sentences, the marks of its footnotes at their places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from schemas.document import Reference, Sentence
from schemas.votes import VoteFigure, Voter
from unbitext.tei.characters import append_text, character_of, read_text
from unbitext.tei.names import EncodingError, Names, add, line_of, local_name
from unbitext.tei.sentences import SentenceReader, SentenceWriter
from unbitext.tei.votes import Span, read_span

NOT_CONTENT = frozenset({"label", "list", "note", "pb", "fw"})
"""Elements inside a block that hold other blocks, the page, or what is no part of the block's text."""


@dataclass
class Content:
    """What stands in an element: text, and its sentences, references, voters and figures with offsets into it."""

    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    refs: list[Reference] = field(default_factory=list)
    voters: list[Voter] = field(default_factory=list)
    figures: list[VoteFigure] = field(default_factory=list)

    def extend(self, other: "Content") -> None:
        """Append another stretch, its offsets shifted."""
        shift = len(self.text)
        self.text += other.text
        self.sentences += [
            each.model_copy(update={"start": each.start + shift, "end": each.end + shift}) for each in other.sentences
        ]
        self.refs += [each.model_copy(update={"offset": each.offset + shift}) for each in other.refs]
        self.voters += [
            each.model_copy(update={"start": each.start + shift, "end": each.end + shift}) for each in other.voters
        ]
        self.figures += [
            each.model_copy(update={"start": each.start + shift, "end": each.end + shift}) for each in other.figures
        ]


def write_label(parent: etree._Element, label: str) -> None:
    """Write a printed label and the one space that divides it from the text."""
    append_text(add(parent, "label"), label)
    append_text(parent, " ")


def write_content(
    parent: etree._Element,
    text: str,
    sentences: Sequence[Sentence],
    refs: Sequence[Reference],
    writer: SentenceWriter,
    turn_to: Callable[[etree._Element, int | None], None] | None = None,
    spans: Sequence[Span] = (),
) -> None:
    """Append `text` to `parent`: each sentence an `<s>`, each mark a `<ref>`; `turn_to` writes the breaks of pages.

    `spans` have elements of their own; none goes over the end of a sentence.

    A mark at the border of two sentences belongs to the first of them: it follows what it refers to.
    """
    waiting = list(refs)
    position = 0
    for sentence in sentences:
        # A mark right behind the sentence before was taken by it; these lie in the gap.
        inside = [ref for ref in waiting if ref.offset >= sentence.start]
        before = waiting[: len(waiting) - len(inside)]
        _write_stretch(parent, text, position, sentence.start, before, writer.names, spans)
        if turn_to is not None:
            turn_to(parent, sentence.page)
        element = add(parent, "s")
        writer.describe(element, sentence)
        here = [ref for ref in inside if ref.offset <= sentence.end]
        _write_stretch(element, text, sentence.start, sentence.end, here, writer.names, spans)
        waiting = inside[len(here) :]
        position = sentence.end
    _write_stretch(parent, text, position, len(text), waiting, writer.names, spans)


def _write_stretch(
    parent: etree._Element,
    text: str,
    start: int,
    end: int,
    refs: Sequence[Reference],
    names: Names,
    spans: Sequence[Span] = (),
) -> None:
    """Append a stretch of text; a mark at the border of a span stands beside its element, not in it."""
    waiting = list(refs)
    for span in spans:
        if not start <= span.start < span.end <= end:
            continue
        before = [ref for ref in waiting if ref.offset <= span.start]
        inside = [ref for ref in waiting if span.start < ref.offset < span.end]
        waiting = waiting[len(before) + len(inside) :]
        _write_marked(parent, text, start, span.start, before, names)
        _write_marked(span.write(parent), text, span.start, span.end, inside, names)
        start = span.end
    _write_marked(parent, text, start, end, waiting, names)


def _write_marked(
    parent: etree._Element, text: str, start: int, end: int, refs: Sequence[Reference], names: Names
) -> None:
    for ref in refs:
        append_text(parent, text[start : ref.offset])
        target = names.pointer(ref.note) if ref.note is not None else None
        append_text(add(parent, "ref", type="noteAnchor", target=target), ref.mark)
        start = ref.offset
    append_text(parent, text[start:end])


def read_label(element: etree._Element) -> str | None:
    """Return the printed label at the start of an element, None if it has none."""
    first = element[0] if len(element) else None
    return read_text(first) if first is not None and local_name(first) == "label" and not element.text else None


def read_content(element: etree._Element, reader: SentenceReader) -> Content:
    """Return what `write_content` wrote; labels and other blocks inside are passed over."""
    content = Content()
    _read_into(content, element, reader)
    return content


def _read_into(content: Content, element: etree._Element, reader: SentenceReader) -> None:
    content.text += element.text or ""
    for child in element:
        name = local_name(child)
        tail = child.tail or ""
        if name == "s":
            start = len(content.text)
            _read_into(content, child, reader)
            content.sentences.append(reader.read(child, start, content.text[start:]))
        elif name == "ref":
            target = child.get("target")
            note = reader.names.local(target) if target is not None else None
            content.refs.append(Reference(mark=read_text(child), offset=len(content.text), note=note))
        elif name in ("orgName", "num"):
            start = len(content.text)
            _read_into(content, child, reader)
            found = read_span(child, start, content.text[start:])
            if isinstance(found, Voter):
                content.voters.append(found)
            else:
                content.figures.append(found)
        elif name == "g":
            content.text += character_of(child)
        elif name == "label":
            tail = tail.removeprefix(" ")
        elif name and name not in NOT_CONTENT:
            raise EncodingError(f"line {line_of(child)}: <{name}> is not expected in a text")
        content.text += tail
