"""Word files (.docx): pages of lines with layout, or a refusal that says why there is no text to read."""

from collections.abc import Iterator
from itertools import groupby

from parsers.errors import Refusal
from parsers.readers.docx_findings import findings
from parsers.readers.docx_lines import Lines, Margins
from parsers.readers.docx_notes import Notes
from parsers.readers.docx_numbering import Numbering
from parsers.readers.docx_package import Package
from parsers.readers.docx_source import Pages, Source
from parsers.readers.docx_story import Story
from parsers.readers.docx_styles import Styles
from parsers.readers.docx_text import Block
from parsers.readers.docx_xml import Element, child, damaged, is_on, qn, value
from parsers.readers.media_types import DOCX
from parsers.readers.reading import Reading
from schemas.layout import Page


def read_docx(data: bytes) -> Reading:
    """Read a Word file. Raises `Refusal` where it is damaged, unsafe, of another kind, or holds no text.

    Pages are those that Word noted when it last laid the text out, or the page breaks that are set; a file with neither
    is one page without a number.
    """
    package = Package(data)
    root = package.main_part()
    body = child(root, "w:body")
    if body is None:
        raise damaged(f"{package.main} has no body")
    source = _source(package, body)
    story = Story(source)
    blocks = story.read(body)
    paged = source.pages.noted or source.pages.number > 1
    lines = Lines(Margins(blocks), _NoteReader(source), paged=paged)
    for kind, part in _margins(package, body):
        lines.add_furniture(Story(source, paged=False).read(part), kind)
    lines.add(blocks)
    if not any(line.furniture is None for line in lines.lines):
        raise Refusal(
            "empty-file",
            "the Word file holds no text; it may hold pictures of pages",
            "give the PDF or the text of the document",
        )
    grouped = groupby(lines.lines, key=lambda line: line.page)
    pages = [Page(number=page, lines=tuple(found)) for page, found in grouped]
    count = source.pages.number if paged else None
    return Reading(DOCX, pages, count, findings(source), has_layout=True, is_flowing=True)


def _source(package: Package, body: Element) -> Source:
    styles = Styles(package.related("styles"))
    return Source(
        styles=styles,
        numbering=Numbering(package.related("numbering"), styles),
        notes=Notes(
            footnotes=package.related("footnotes"),
            endnotes=package.related("endnotes"),
            settings=package.related("settings"),
            sections=_sections(body),
        ),
        pages=Pages(noted=next(body.iter(qn("w:lastRenderedPageBreak")), None) is not None),
    )


def _sections(body: Element) -> list[Element]:
    """The sections' properties in order; a section's stand in its last paragraph, the last's at the end of the body."""
    return [
        section
        for section in body.iter(qn("w:sectPr"))
        if (parent := section.getparent()) is not None and parent.tag != qn("w:sectPrChange")
    ]


def _margins(package: Package, body: Element) -> Iterator[tuple[str, Element]]:
    """Headers and footers that are printed, each once: those of first pages and even pages only where they are on."""
    parts = {relation.id: relation.target for relation in package.relations(package.main)}
    both_sides = bool(is_on(child(package.related("settings"), "w:evenAndOddHeaders")))
    seen: set[str] = set()
    for section in _sections(body):
        on = {"default": True, "first": bool(is_on(child(section, "w:titlePg"))), "even": both_sides}
        for name, kind in (("w:headerReference", "running_header"), ("w:footerReference", "page_footer")):
            references = sorted(section.iterchildren(qn(name)), key=lambda found: value(found, "w:type") != "first")
            for reference in references:
                target = parts.get(value(reference, "r:id") or "")
                if target is None or target in seen or not on.get(value(reference, "w:type") or "default", False):
                    continue
                seen.add(target)
                part = package.part(target)
                if part is not None:
                    yield kind, part


class _NoteReader:
    """Reads the text of a note when it is asked for: each once, behind the first block that refers to it."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __call__(self, note: str) -> tuple[list[Block], str]:
        own = note in self._source.notes.typed
        story = Story(
            self._source, mark="" if own else self._source.notes.marks.get(note, ""), in_note=True, paged=False
        )
        blocks = story.read(self._source.notes.elements[note])
        return blocks, story.unprinted_mark
