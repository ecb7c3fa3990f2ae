"""Walks a story of a Word file (text, header, note, text box) to blocks: paragraphs, with their numbers, and tables.

ECMA-376 part 1, 17.3 to 17.5. What only wraps content is opened; a paragraph whose end is deleted or hidden goes on in
the next.
"""

from collections.abc import Iterator

from parsers.readers.docx_inline import DELETED, INSERTED, TRANSPARENT, Inline
from parsers.readers.docx_source import Source
from parsers.readers.docx_styles import ParagraphLook, merged, paragraph_look, run_look
from parsers.readers.docx_tables import read_table
from parsers.readers.docx_text import Block, Paragraph
from parsers.readers.docx_xml import Element, child, chosen_branch, qn, value


class Story:
    """One walk over one story. `mark` is that of the note that it is the text of; `paged` as in `Inline`."""

    def __init__(self, source: Source, *, mark: str = "", in_note: bool = False, paged: bool = True) -> None:
        self._source = source
        self._styles = source.styles
        self._left = source.left
        self._paged = paged
        self._depth = source.depth
        self._in_note = in_note
        self._inline = Inline(source, self._box, paged=paged, own_mark=mark, in_note=in_note)
        self._open: Paragraph | None = None
        self._open_style: tuple[str | None, ParagraphLook, ParagraphLook] | None = None

    @property
    def unprinted_mark(self) -> str:
        """The mark of the note that this is the text of, where the text has not printed it."""
        return self._inline.unprinted_mark

    def read(self, parent: Element) -> list[Block]:
        """The blocks of a story's element: `w:body`, `w:hdr`, `w:footnote` ..."""
        begun = ended = 0
        for mark in parent.iter(qn("w:fldChar")):
            kind = value(mark, "w:fldCharType")
            begun, ended = begun + (kind == "begin"), ended + (kind == "end")
        # Where fields do not close, what looks like a field's code may be the rest of the text.
        self._inline.lenient = begun != ended
        if self._inline.lenient:
            self._left.counts["field"] += 1
        blocks = list(self.blocks(parent))
        return blocks + self._flush()

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Paragraphs and tables among the children of `parent`, with what wraps them opened."""
        with self._depth:
            for element in parent:
                tag = element.tag
                if tag == qn("w:p"):
                    yield from self._paragraph(element)
                elif tag == qn("w:tbl"):
                    yield from self._flush()
                    table = read_table(element, self)
                    if table:
                        yield table
                elif tag == qn("w:sdt"):
                    content = child(element, "w:sdtContent")
                    if content is not None:
                        yield from self.blocks(content)
                elif tag in TRANSPARENT:
                    self._left.counts["inserted"] += tag in INSERTED
                    yield from self.blocks(element)
                elif tag == qn("mc:AlternateContent"):
                    chosen = chosen_branch(element)
                    if chosen is not None:
                        yield from self.blocks(chosen)
                elif tag in DELETED:
                    self._left.counts["deleted"] += 1
                elif tag == qn("w:altChunk"):
                    self._left.counts["chunk"] += 1
                elif tag == qn("m:oMathPara"):
                    paragraph = Paragraph()
                    self._inline.formula(element, paragraph)
                    yield paragraph

    def _box(self, content: Element) -> list[Block]:
        return Story(self._source, in_note=self._in_note, paged=self._paged).read(content)

    def cell(self, parent: Element) -> list[Block]:
        """The blocks of a table's cell, in which no paragraph runs on into the next cell."""
        return list(self.blocks(parent)) + self._flush()

    def drop_row(self) -> None:
        """Count a deleted row."""
        self._left.counts["deleted"] += 1

    def _flush(self) -> list[Block]:
        """The paragraph that waits for one to run on into, where none follows."""
        if self._open is None:
            return []
        paragraph, self._open = self._open, None
        return [self._finished(paragraph)]

    def _paragraph(self, element: Element) -> Iterator[Block]:
        properties = child(element, "w:pPr")
        style = value(child(properties, "w:pStyle"))
        direct = paragraph_look(properties)
        styled = (style, merged(self._styles.paragraph(style), direct), direct)
        if self._paged and styled[1].page_break_before:
            self._source.pages.turn(noted=False)
        paragraph, self._open = self._open or Paragraph(), None
        listed = self._inline.in_contents
        self._inline.walk(element, paragraph, style)
        # The field opens in the first line of the list and ends in the last, or in an empty paragraph behind it.
        paragraph.in_contents = listed or self._inline.in_contents or self._styles.is_contents(style)
        mark = child(properties, "w:rPr")
        section = child(properties, "w:sectPr")
        if mark is not None and section is None and self._runs_on(mark, paragraph, style):
            self._open = paragraph
            if child(mark, "w:specVanish") is not None and self._open_style is None:
                # A heading that runs into its paragraph keeps its own number.
                self._open_style = styled
            return
        if self._open_style is not None:
            styled, self._open_style = self._open_style, None
        paragraph.look = styled[1]
        if paragraph.text.strip() or not (mark is not None and self._styles.run(style, None, run_look(mark)).hidden):
            label = self._source.numbering.label(*styled)
            if label:
                paragraph.label = label.text + label.suffix
                paragraph.look = _with_list(styled, label.paragraph)
        yield self._finished(paragraph)
        if section is not None:
            self._end_section(section)

    def _finished(self, paragraph: Paragraph) -> Paragraph:
        if paragraph.text.strip():
            self._source.pages.started = self._source.pages.started or self._paged
            paragraph.only_page_fields = paragraph.only_page_fields and not _words(paragraph)
        return paragraph

    def _runs_on(self, mark: Element, paragraph: Paragraph, style: str | None) -> bool:
        """Whether the paragraph's end is deleted or hidden, so that the next paragraph goes on in its line."""
        if child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None:
            self._left.counts["deleted"] += 1
            return True
        return bool(paragraph.text.strip()) and bool(self._styles.run(style, None, run_look(mark)).hidden)

    def _end_section(self, section: Element) -> None:
        kind = value(child(section, "w:type"))
        if self._paged and kind != "continuous":
            self._source.pages.turn(noted=False)
        self._source.notes.next_section()


def _with_list(styled: tuple[str | None, ParagraphLook, ParagraphLook], of_list: ParagraphLook) -> ParagraphLook:
    """A list's indents hold over those of a style, and under those that the paragraph has itself."""
    _, look, direct = styled
    return merged(merged(look, of_list), direct)


def _words(paragraph: Paragraph) -> bool:
    return any(char.isalpha() for char in paragraph.text)
