"""Word files put together from raw parts, with nothing in them but what a test is about."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_BASE = "http://schemas.openxmlformats.org"
NAMESPACES = (
    f'xmlns:w="{_BASE}/wordprocessingml/2006/main" xmlns:r="{_BASE}/officeDocument/2006/relationships" '
    f'xmlns:m="{_BASE}/officeDocument/2006/math" xmlns:mc="{_BASE}/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE = f"{_WORD}document.main+xml"
_ROOTS = {"header": "hdr", "footer": "ftr"}
RULE = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'


def r(text: str, look: str = "") -> str:
    """A run; a tab in `text` is a `w:tab`, a line feed a `w:br`."""
    said = f"<w:rPr>{look}</w:rPr>" if look else ""
    inner = ""
    for char in text:
        inner += {"\t": "\0<w:tab/>\0", "\n": "\0<w:br/>\0"}.get(char, escape(char))
    parts = [
        part if part.startswith("<w:") else f'<w:t xml:space="preserve">{part}</w:t>'
        for part in inner.split("\0")
        if part
    ]
    return f"<w:r>{said}{''.join(parts)}</w:r>"


def p(content: str = "", look: str = "") -> str:
    """A paragraph; `content` is text, or runs where it begins with `<`."""
    said = f"<w:pPr>{look}</w:pPr>" if look else ""
    return f"<w:p>{said}{content if content.startswith('<') else r(content) if content else ''}</w:p>"


def numbered(content: str, number: int = 1, level: int = 0, look: str = "") -> str:
    """A paragraph in a list."""
    return p(content, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>{look}')


def level(depth: int, text: str, style: str = "decimal", more: str = "", start: int = 1) -> str:
    """A level of a list."""
    said = f'<w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{said}</w:lvl>'


def numbering(*lists: str, nums: str = "") -> str:
    """The lists of a document; the list `n` (from 1) is used by the num `n`."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{inner}</w:abstractNum>' for n, inner in enumerate(lists, 1)
    )
    plain = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, len(lists) + 1))
    return abstract + plain + nums


def table(*rows: str, look: str = RULE) -> str:
    """A table of rows of cells."""
    return f"<w:tbl>{look}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(content: str, look: str = "") -> str:
    """A cell; `content` is text, or paragraphs where it begins with `<`."""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def note_reference(number: int, kind: str = "footnote") -> str:
    """The run of a note's mark."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def note(number: int, text: str, kind: str = "footnote") -> str:
    """A note that prints its mark."""
    return f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r>{r(" " + text)}</w:p></w:{kind}>'


def parts(body: str, section: str = "", **others: str) -> dict[str, str]:
    """The parts of a Word file: its text, and `styles`, `numbering`, `footnotes`, `header1` ... by name."""
    names = sorted(others)
    kinds = {name: name.rstrip("0123456789") for name in names}
    types_of = f"{_BASE}/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="{name}" Type="{types_of}/{kinds[name]}" Target="{name}.xml"/>' for name in names
    )
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}{name.rstrip("0123456789")}+xml"/>'
        for name in names
    )
    found = {
        "[Content_Types].xml": f'<Types xmlns="{_BASE}/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_BASE}/package/2006/relationships"><Relationship Id="main" '
        f'Type="{_BASE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": _root("document", f"<w:body>{body}{section}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_BASE}/package/2006/relationships">'
        f"{relations}</Relationships>",
    }
    for name in names:
        bare = name.rstrip("0123456789")
        found[f"word/{name}.xml"] = _root(_ROOTS.get(bare, bare), others[name])
    return found


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of members, the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def docx(body: str, section: str = "", **others: str) -> bytes:
    """A Word file of that text."""
    return packed(parts(body, section, **others))


def _root(name: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {NAMESPACES}>{inner}</w:{name}>'
