"""A specimen as a Word file, built as UN documents are: styles, notes, numbers typed or Word's own, headers, footers.

New York's masthead is a table at the top of the text, Geneva's a table in the header of the first page. The files are
written part by part with the standard library alone, and their bytes are the same each time.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from layout import MARK, mark_of
from render import Source, Unit
from runs import Run, printed, speaker_runs, text_runs
from word_parts import CONTENT_TYPES, NUMBERING, PACKAGE_RELATIONS, RELATIONS, STYLES, part

_PARAGRAPHS, _HEADINGS = 1, 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_HAN = "一二三四五六七八九十"


def docx(source: Source, language: str) -> bytes:
    """Write one language of a specimen."""
    writer = _Writer(source, language)
    parts = writer.parts()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            package.writestr(entry, content.encode("utf-8"))
    return out.getvalue()


@dataclass
class _Numbers:
    """Counts as Word does: what the next automatic number of a level will be."""

    counts: list[int] = field(default_factory=lambda: [0, 0, 0])

    def take(self, level: int) -> int:
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (len(self.counts) - level - 1)
        return self.counts[level]


@dataclass
class _Writer:
    source: Source
    language: str
    notes: dict[str, str] = field(default_factory=dict)
    _numbers: dict[int, _Numbers] = field(default_factory=dict)
    _instances: list[int] = field(default_factory=lambda: [_PARAGRAPHS, _HEADINGS])
    _note_ids: dict[str, int] = field(default_factory=dict)

    def parts(self) -> dict[str, str]:
        """All parts by name, in the order in which they are stored."""
        units = printed(self.source, self.language)
        self.notes = {unit.attributes["n"]: text for unit, _, text in units if unit.kind == "footnote"}
        foot = [text for unit, _, text in units if unit.kind == "furniture"]
        body, first_header = self._story(units)
        symbol, job = self.source.settings["symbol"], self.source.settings["job"]
        number, total = _field("PAGE", "2"), _field("NUMPAGES", "4")
        new_york = self.source.settings["style"] == "newyork"
        if new_york:
            number, job = f"{number}{_run('/')}{total}", f"{job} ({'C' if self.language == 'zh' else 'E'})"
        header, tab = _run(symbol, bold=True), "<w:r><w:tab/></w:r>"
        return {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": PACKAGE_RELATIONS,
            "word/document.xml": part("document", f"<w:body>{body}{_section(new_york)}</w:body>"),
            "word/_rels/document.xml.rels": RELATIONS,
            "word/styles.xml": STYLES,
            "word/numbering.xml": part("numbering", self._lists()),
            "word/settings.xml": part("settings", "<w:evenAndOddHeaders/>"),
            "word/footnotes.xml": part("footnotes", self._footnotes()),
            "word/header1.xml": part("hdr", first_header or _paragraph("Header", "")),
            "word/header2.xml": part("hdr", _paragraph("Header", header, '<w:jc w:val="right"/>')),
            "word/header3.xml": part("hdr", _paragraph("Header", header)),
            "word/footer1.xml": part("ftr", "".join(_paragraph("Footer", _run(text)) for text in foot or [""])),
            "word/footer2.xml": part("ftr", _paragraph("Footer", f"{_run(job)}{tab}{number}")),
            "word/footer3.xml": part("ftr", _paragraph("Footer", f"{number}{tab}{_run(job)}")),
        }

    def _story(self, units: list[tuple[Unit, str, str]]) -> tuple[str, str]:
        """The body, and the masthead where it is in the first page's header."""
        cells: dict[str, str] = {"symbol": "", "body": "", "frame": ""}
        body, masthead_at, new_page = "", None, False
        for unit, label, text in units:
            if unit.kind in ("footnote", "furniture", "spacer"):
                continue
            if unit.kind == "page":
                new_page = True
            elif "at" in unit.attributes:
                masthead_at = len(body) if masthead_at is None else masthead_at
                cells[unit.attributes["at"]] += _paragraph("Masthead", self._runs([Run(text)]))
            else:
                body += self._paragraph(unit, label, text, new_page)
                new_page = False
        if masthead_at is None:
            return body, ""
        table = _masthead(cells)
        if self.source.settings["style"] == "newyork":
            return body[:masthead_at] + table + body[masthead_at:], ""
        return body, table + _paragraph("Header", "")

    def _paragraph(self, unit: Unit, label: str, text: str, new_page: bool) -> str:
        properties = "<w:pageBreakBefore/>" if new_page else ""
        runs = text_runs(unit, text, self.language)
        if unit.kind == "turn":
            return _paragraph("Statement", self._runs(speaker_runs(label, self.language) + runs), properties)
        shown = label.strip()
        automatic = self._automatic(unit, shown) if shown else None
        if automatic:
            return _paragraph(_style(unit, label), self._runs(runs), properties + automatic)
        before = (_run(shown) + "<w:r><w:tab/></w:r>") if shown else ""
        return _paragraph(_style(unit, label), before + self._runs(runs), properties)

    def _automatic(self, unit: Unit, label: str) -> str | None:
        """The properties that make Word number the paragraph, if it is to and would print this very label."""
        if self.source.settings.get("numbers") != "automatic" or unit.kind not in ("numbered", "item", "heading"):
            return None
        if unit.kind == "heading":
            level, kind = int(unit.attributes["level"]) - 1, _HEADINGS
        else:
            level, kind = int(unit.attributes.get("level", 0)) if unit.kind == "item" else 0, _PARAGRAPHS
        if kind == _PARAGRAPHS and level == 0 and label == "1." and kind in self._numbers:
            # Numbering restarts in an annex: in Word that is another instance of the same list.
            self._instances.append(kind)
            self._numbers[kind] = _Numbers()
        number = self._numbers.setdefault(kind, _Numbers()).take(level)
        if self._printed(kind, level, number) != label:
            raise SystemExit(f"{self.source.stem}: Word would not print {label}")
        return _number_properties(level, max(index for index, of in enumerate(self._instances, 1) if of == kind))

    def _printed(self, kind: int, level: int, number: int) -> str:
        if kind == _HEADINGS and level == 0:
            return f"{_HAN[number - 1] if self.language == 'zh' else _ROMAN[number - 1].upper()}."
        if kind == _HEADINGS:
            return f"{_LETTERS[number - 1].upper()}."
        return f"{number}." if level == 0 else f"({(_LETTERS if level == 1 else _ROMAN)[number - 1]})"

    def _lists(self) -> str:
        out = NUMBERING.format("chineseCountingThousand" if self.language == "zh" else "upperRoman")
        for number, kind in enumerate(self._instances, 1):
            override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if number > 2 else ""
            out += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{override}</w:num>'
        return out

    def _runs(self, runs: list[Run]) -> str:
        out = ""
        for run in runs:
            pieces = re.split(f"({MARK.pattern}|⏎)", run.text)
            for piece in pieces:
                if MARK.match(piece):
                    out += self._reference(mark_of(piece))
                elif piece == "⏎":
                    out += "<w:r><w:br/></w:r>"
                elif piece:
                    out += _run(piece, run.bold, run.italic)
        return out

    def _reference(self, mark: str) -> str:
        number = self._note_ids.setdefault(mark, len(self._note_ids) + 1)
        own, shown = (' w:customMarkFollows="1"', f"<w:t>{mark}</w:t>") if mark.startswith("*") else ("", "")
        style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        return f'<w:r>{style}<w:footnoteReference{own} w:id="{number}"/>{shown}</w:r>'

    def _footnotes(self) -> str:
        out = ""
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            out += f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for mark, number in self._note_ids.items():
            shown = f"<w:t>{mark}</w:t>" if mark.startswith("*") else "<w:footnoteRef/>"
            opening = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{shown}</w:r><w:r><w:tab/></w:r>'
            text = _paragraph("FootnoteText", opening + self._runs([Run(self.notes[mark])]))
            out += f'<w:footnote w:id="{number}">{text}</w:footnote>'
        return out


def _style(unit: Unit, label: str) -> str:
    if unit.kind == "heading":
        return f"Heading{unit.attributes['level']}"
    if unit.kind == "item":
        return "Item2" if unit.attributes.get("level") == "2" else "Item1"
    if unit.attributes.get("indent") == "0":
        return "Flush"
    if unit.attributes.get("subkind") == "vote":
        return "VoteList" if "indent" in unit.attributes else "Flush"
    if unit.kind == "numbered":
        return "Operative" if "role" in unit.attributes else "SingleTxt"
    styles = {"title": "Title", "masthead": "Masthead", "quote": "Quote", "signature": "Signature"}
    return styles.get(unit.kind, "Statement")


def _run(text: str, bold: bool = False, italic: bool = False) -> str:
    looks = "<w:b/>" * bold + "<w:i/>" * italic
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(style: str, content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{properties}</w:pPr>{content}</w:p>"


def _number_properties(level: int, instance: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>'


def _field(code: str, shown: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{marks[1]}<w:r><w:t>{shown}</w:t></w:r>{marks[2]}"


def _masthead(cells: dict[str, str]) -> str:
    empty = _paragraph("Masthead", "")
    rows = [(empty, cells["symbol"] or empty), (cells["body"] or empty, cells["frame"] or empty)]
    grid = '<w:tblPr><w:tblW w:w="9800" w:type="dxa"/></w:tblPr>'
    grid += '<w:tblGrid><w:gridCol w:w="6800"/><w:gridCol w:w="3000"/></w:tblGrid>'
    shown = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{grid}{shown}</w:tbl>"


def _section(new_york: bool) -> str:
    parts = (("first", 1), ("default", 2), ("even", 3))
    references = "".join(f'<w:headerReference w:type="{kind}" r:id="header{n}"/>' for kind, n in parts)
    references += "".join(f'<w:footerReference w:type="{kind}" r:id="footer{n}"/>' for kind, n in parts)
    width, height = (12240, 15840) if new_york else (11906, 16838)
    margins = '<w:pgMar w:top="1440" w:right="2460" w:bottom="1440" w:left="2460" w:header="720" w:footer="720"/>'
    return f'<w:sectPr>{references}<w:pgSz w:w="{width}" w:h="{height}"/>{margins}<w:titlePg/></w:sectPr>'
