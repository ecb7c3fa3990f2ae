"""Specimens as Word files: one paragraph a block, notes as notes, numbers typed or counted by lists."""

from collections.abc import Iterator, Sequence
from typing import Literal

from parsers.readers.number_formats import format_number
from schemas.document import Block, Document, Kind
from tests.parsers.readers.docx_files import cell, docx, level, numbering, p, r, table

Look = Literal["bare", "set"]
Numbers = Literal["typed", "counted"]
_STYLES = ("decimal", "upperRoman", "upperLetter", "lowerRoman", "lowerLetter", "chineseCountingThousand")
_CENTRED = (Kind.TITLE, Kind.HEADING)
_FLUSH = (Kind.MASTHEAD, Kind.INCIDENT, Kind.CLOSING, Kind.SIGNATURE)


class _Lists:
    """Lists that count as the labels of a document do; where a sequence starts anew, so does a num."""

    def __init__(self) -> None:
        self._abstracts: dict[tuple[str, str], int] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._open: dict[tuple[str, str], int] = {}
        self._nums: list[str] = []

    def properties(self, block: Block) -> str:
        """The `numPr` of a labelled block; nothing where no list counts so."""
        label, number = block.label or "", block.number or ""
        if not number or label.count(number) != 1:
            return ""
        text = label.replace(number, "%1")
        matches = [(style, n) for style in _STYLES for n in range(1, 60) if format_number(n, style) == number]
        if not matches:
            return ""
        style, count = min(matches, key=lambda found: (self._counts.get((found[0], text), 0) + 1 != found[1], found[1]))
        key = (style, text)
        abstract = self._abstracts.setdefault(key, len(self._abstracts) + 1)
        if self._counts.get(key, 0) + 1 != count or key not in self._open:
            self._open[key] = len(self._nums) + 101
            self._nums.append(
                f'<w:num w:numId="{self._open[key]}"><w:abstractNumId w:val="{abstract}"/><w:lvlOverride w:ilvl="0">'
                f'<w:startOverride w:val="{count}"/></w:lvlOverride></w:num>'
            )
        self._counts[key] = count
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self._open[key]}"/></w:numPr>'

    @property
    def part(self) -> str:
        return numbering(*(level(0, text, style) for style, text in self._abstracts), nums="".join(self._nums))


def specimen_docx(document: Document, look: Look, numbers: Numbers) -> bytes:
    """A Word file that prints what the document does."""
    lists = _Lists()
    notes = {block.id: index for index, block in enumerate(document.blocks, 2) if block.kind is Kind.FOOTNOTE}
    body = "".join(
        _paragraph(block, lists, notes, look, numbers) for block in document.blocks if block.kind is not Kind.FOOTNOTE
    )
    footnotes = "".join(_note(block, notes[block.id]) for block in document.blocks if block.id in notes)
    furniture = {
        kind: list(_furniture(document, kind)) for kind in ("running_header", "page_footer", "job_number", "barcode")
    }
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:footerReference w:type="first" r:id="footer1"/><w:footerReference w:type="default" r:id="footer2"/>'
        "<w:titlePg/></w:sectPr>"
    )
    return docx(
        body,
        section,
        numbering=lists.part,
        footnotes=footnotes,
        header1="".join(map(p, furniture["running_header"])) or p(),
        footer1=table("".join(map(cell, furniture["job_number"] + furniture["barcode"])) or cell("")),
        footer2="".join(map(p, furniture["page_footer"])) or p(),
    )


def _furniture(document: Document, kind: str) -> Iterator[str]:
    yield from dict.fromkeys(item.orig.strip() for item in document.furniture if item.kind == kind)


def _paragraph(block: Block, lists: _Lists, notes: dict[str, int], look: Look, numbers: Numbers) -> str:
    counted = lists.properties(block) if numbers == "counted" and block.label else ""
    typed = f"{block.label}\t" if block.label and not counted and block.turn is None else block.label or ""
    if counted:
        typed = ""
    elif block.turn and block.label:
        typed = block.label if block.label.endswith("：") else f"{block.label} "
    bold = "<w:b/>" if look == "set" and block.kind in _CENTRED else ""
    if block.kind is Kind.SIGNATURE:
        return p("\n".join(line.strip() for line in block.orig.splitlines()))
    return p(r(typed, bold) * bool(typed) + "".join(_runs(block, notes, bold)), counted + _set(block, look))


def _set(block: Block, look: Look) -> str:
    if look == "bare" or block.kind in _FLUSH:
        return ""
    return '<w:jc w:val="center"/>' if block.kind in _CENTRED else '<w:ind w:firstLine="425"/>'


def _runs(block: Block, notes: dict[str, int], bold: str) -> Sequence[str]:
    found, start = [], 0
    for ref in block.refs:
        found.append(r(block.text[start : ref.offset], bold))
        typed = "" if ref.mark.isdigit() else f"<w:t>{ref.mark}</w:t>"
        follows = ' w:customMarkFollows="1"' if typed else ""
        if ref.note:
            found.append(f'<w:r><w:footnoteReference{follows} w:id="{notes[ref.note]}"/>{typed}</w:r>')
        else:
            found.append(r(ref.mark))
        start = ref.offset
    return [*found, r(block.text[start:], bold)]


def _note(block: Block, number: int) -> str:
    mark = "<w:r><w:footnoteRef/></w:r>" if (block.label or "").isdigit() else r(block.label or "")
    return f'<w:footnote w:id="{number}">{p(mark + r(" " + block.text))}</w:footnote>'
