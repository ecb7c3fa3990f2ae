"""What stands inside a paragraph: runs of characters, fields, note references, symbols, changes, text boxes.

ECMA-376 part 1, 17.3.3, 17.13 and 17.16. Tracked changes are accepted, fields keep their results, hidden text is left
out and counted.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from parsers.readers.docx_source import Source
from parsers.readers.docx_styles import RunLook, merged
from parsers.readers.docx_symbols import from_symbol_font, symbol
from parsers.readers.docx_text import LINE_BREAK, PAGE_BREAK, Block, Paragraph
from parsers.readers.docx_xml import Element, child, chosen_branch, qn, value

TRANSPARENT = frozenset(
    qn(name)
    for name in (
        *("w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdtContent"),
        *("w:fldSimple", "w:dir", "w:bdo", "w:rubyBase", "w:r"),
    )
)
DELETED = frozenset(qn(name) for name in ("w:del", "w:moveFrom"))
INSERTED = frozenset(qn(name) for name in ("w:ins", "w:moveTo"))
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
# Fields that show a number which Word counts when it prints, and does not save.
_COUNTING_FIELDS = frozenset({"AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"})
_SYMBOL_FIELD = re.compile(
    r"SYMBOL\s+(?P<code>\d{1,6}|0x[0-9A-Fa-f]{1,5})(?:.*?\\f\s+\"?(?P<font>[^\"\\]+))?", re.DOTALL
)
_WHITE = re.compile(r"[\r\n\t]")
_CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:cr"): LINE_BREAK,
    # Printed as a hyphen, and so in the PDF of the same document.
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",
}


@dataclass
class _Field:
    code: str = ""
    in_result: bool = False

    @property
    def name(self) -> str:
        return self.code.split(maxsplit=1)[0].upper() if self.code.strip() else ""


class Inline:
    """Walks the content of paragraphs of one story; `boxes` reads the text box that it is given.

    `paged` says whether the story stands on the pages of the text, `own_mark` is the mark of the note that it is the
    text of, `in_note` that it is one.
    """

    def __init__(
        self, source: Source, boxes: Callable[[Element], list[Block]], *, paged: bool, own_mark: str, in_note: bool
    ) -> None:
        self._source = source
        self._boxes = boxes
        self._styles = source.styles
        self._left = source.left
        self._paged = paged
        self._mark = own_mark
        self._in_note = in_note
        self._fields: list[_Field] = []
        self._custom: str | None = None
        self._depth = source.depth
        self.lenient = False
        self._handlers: dict[str, Callable[[Element, Paragraph, RunLook], None]] = {
            qn("w:fldChar"): self._field_mark,
            qn("w:instrText"): self._instruction,
            qn("w:footnoteReference"): self._note_reference,
            qn("w:endnoteReference"): self._note_reference,
            qn("w:footnoteRef"): self._own_mark,
            qn("w:endnoteRef"): self._own_mark,
            qn("w:sym"): self._symbol,
            qn("w:br"): self._break,
            qn("w:lastRenderedPageBreak"): self._rendered_break,
            qn("w:drawing"): self._shape,
            qn("w:pict"): self._shape,
            qn("w:object"): self._shape,
        }

    @property
    def in_contents(self) -> bool:
        """Whether the walk is in the result of a field that lists contents."""
        return any(entry.in_result and entry.name == "TOC" for entry in self._fields)

    def walk(self, parent: Element, paragraph: Paragraph, style: str | None) -> None:
        """The content of a paragraph, or of what stands inside one."""
        with self._depth:
            for element in parent:
                tag = element.tag
                if tag == qn("w:r"):
                    self._run(element, paragraph, style)
                elif tag == qn("w:fldSimple"):
                    name = (value(element, "w:instr") or " ").split(maxsplit=1)[:1]
                    paragraph.only_page_fields |= bool(name) and name[0].upper() in _PAGE_FIELDS
                    self.walk(element, paragraph, style)
                elif tag in TRANSPARENT:
                    self._left.counts["inserted"] += tag in INSERTED
                    self.walk(element, paragraph, style)
                elif tag == qn("w:sdt"):
                    content = child(element, "w:sdtContent")
                    if content is not None:
                        self.walk(content, paragraph, style)
                elif tag == qn("mc:AlternateContent"):
                    chosen = chosen_branch(element)
                    if chosen is not None:
                        self.walk(chosen, paragraph, style)
                elif tag in DELETED:
                    self._left.counts["deleted"] += 1
                elif tag in (qn("m:oMath"), qn("m:oMathPara")):
                    self.formula(element, paragraph)

    def _run(self, run: Element, paragraph: Paragraph, style: str | None) -> None:
        look = self._styles.run_of(style, run[0] if len(run) and run[0].tag == qn("w:rPr") else None)
        self._contents(run, paragraph, look, style)

    def _contents(self, run: Element, paragraph: Paragraph, look: RunLook, style: str | None) -> None:
        for element in run:
            tag = element.tag
            if tag == qn("w:t"):
                self._add(_WHITE.sub(" ", element.text or ""), paragraph, look)
            elif tag in _CHARACTERS:
                self._add(_CHARACTERS[tag], paragraph, look)
            elif tag in self._handlers:
                self._handlers[tag](element, paragraph, look)
            elif tag == qn("mc:AlternateContent"):
                chosen = chosen_branch(element)
                if chosen is not None:
                    with self._depth:
                        self._contents(chosen, paragraph, look, style)
            elif tag == qn("w:ruby"):
                base = child(element, "w:rubyBase")
                if base is not None:
                    self.walk(base, paragraph, style)
            elif tag == qn("w:commentReference"):
                self._left.counts["comment"] += 1

    def _add(self, text: str, paragraph: Paragraph, look: RunLook) -> None:
        if not text or not self._is_shown():
            return
        if look.hidden:
            self._left.hide(text)
            return
        text = from_symbol_font(text, look.font)
        if self._custom is not None and text.strip():
            paragraph.mark(text, self._custom, look, self._page)
            self._source.notes.name(self._custom, text.strip())
            self._custom = None
            return
        paragraph.add(text, look, self._page)

    def _is_shown(self) -> bool:
        return self.lenient or all(entry.in_result for entry in self._fields)

    def _shape(self, element: Element, paragraph: Paragraph, look: RunLook) -> None:
        """The text of a drawing's boxes; a picture has none."""
        contents = [box for box in element.iter(qn("w:txbxContent")) if not _is_inside(box, element)]
        if not contents:
            self._left.counts["picture"] += 1
        if look.hidden or not self._is_shown():
            return
        with self._depth:
            for content in contents:
                paragraph.boxes += self._boxes(content)

    def formula(self, element: Element, paragraph: Paragraph) -> None:
        """A formula's characters, on one line."""
        self._left.counts["formula"] += 1
        self._add("".join(text.text or "" for text in element.iter(qn("m:t"))), paragraph, RunLook())

    def _own_mark(self, element: Element, paragraph: Paragraph, look: RunLook) -> None:
        self._add(self._mark, paragraph, look)
        self._mark = ""

    @property
    def unprinted_mark(self) -> str:
        """The mark of the note that this is the text of, where the text has not printed it."""
        return self._mark

    def _symbol(self, element: Element, paragraph: Paragraph, look: RunLook) -> None:
        font, code = value(element, "w:font"), value(element, "w:char") or ""
        self._add_symbol(font, int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else 0, paragraph, look)

    def _add_symbol(self, font: str | None, code: int, paragraph: Paragraph, look: RunLook) -> None:
        shown = symbol(font, code)
        if shown is None:
            self._left.counts["symbol"] += 1
        self._add(shown or "\ufffd", paragraph, merged(look, RunLook(font="")))

    def _break(self, element: Element, paragraph: Paragraph, look: RunLook) -> None:
        page = value(element, "w:type") == "page"
        if not self._is_shown() or look.hidden:
            return
        if page and self._paged:
            self._source.pages.started = self._source.pages.started or bool(paragraph.text.strip())
            self._source.pages.turn(noted=False)
        paragraph.add(PAGE_BREAK if page else LINE_BREAK, RunLook(), self._page)

    @property
    def _page(self) -> int | None:
        return self._source.pages.number if self._paged else None

    def _rendered_break(self, element: Element, paragraph: Paragraph, look: RunLook) -> None:
        if self._paged:
            self._source.pages.turn(noted=True)

    def _note_reference(self, element: Element, paragraph: Paragraph, look: RunLook) -> None:
        if not self._is_shown() or look.hidden or self._in_note:
            return
        kind: Literal["footnote", "endnote"] = "footnote" if element.tag == qn("w:footnoteReference") else "endnote"
        own = value(element, "w:customMarkFollows") in ("1", "true", "on")
        note, mark = self._source.notes.refer(kind, value(element, "w:id") or "", own, self._page)
        if note is None:
            return
        paragraph.notes.append(note)
        if own:
            self._custom = note
        else:
            paragraph.mark(mark, note, merged(look, RunLook(raised=True)), self._page)

    def _field_mark(self, element: Element, paragraph: Paragraph, look: RunLook) -> None:
        kind = value(element, "w:fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
            if self._fields[-1].name in _PAGE_FIELDS:
                paragraph.only_page_fields = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.in_result:
                self._without_result(ended, paragraph, look)

    def _without_result(self, ended: _Field, paragraph: Paragraph, look: RunLook) -> None:
        match = _SYMBOL_FIELD.match(ended.code.strip())
        if match:
            self._add_symbol((match["font"] or "").strip(), int(match["code"], 0), paragraph, look)
        elif ended.name in _COUNTING_FIELDS and self._is_shown():
            self._left.counts["counted"] += 1

    def _instruction(self, element: Element, paragraph: Paragraph, look: RunLook) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].code += element.text or ""


def _is_inside(box: Element, shape: Element) -> bool:
    """Whether a text box stands inside another, or in the fallback of a choice that has been made."""
    for ancestor in box.iterancestors():
        if ancestor is shape:
            return False
        if ancestor.tag == qn("w:txbxContent"):
            return True
        if ancestor.tag == qn("mc:Fallback"):
            parent = ancestor.getparent()
            if parent is not None and chosen_branch(parent) is not ancestor:
                return True
    return False
