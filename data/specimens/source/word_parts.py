"""The parts of a Word file that are the same in every specimen: types, relations, styles, kinds of numbers."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def part(element: str, content: str) -> str:
    """A part of WordprocessingML: its root element with this content."""
    return f'{_HEAD}<w:{element} xmlns:w="{_W}" xmlns:r="{_OFFICE}">{content}</w:{element}>'


_PARTS = {"styles": "styles", "numbering": "numbering", "settings": "settings", "footnotes": "footnotes"}
_PARTS |= {f"{kind}{number}": kind for kind in ("header", "footer") for number in (1, 2, 3)}

CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MEDIA}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MEDIA}.{kind}+xml"/>' for name, kind in _PARTS.items()
    )
    + "</Types>"
)
PACKAGE_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="document" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>' for name, kind in _PARTS.items()
    )
    + "</Relationships>"
)


def _style(name: str, indents: str = "", looks: str = "", level: int | None = None) -> str:
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    shown = f"heading {level + 1}" if level is not None else name
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:spacing w:after="120"/><w:ind {indents or "w:left=" + chr(34) + "0" + chr(34)}/>{outline}</w:pPr>'
        f"<w:rPr>{looks}</w:rPr></w:style>"
    )


STYLES = part(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    ' w:eastAsia="SimSun"/><w:sz w:val="20"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    + _style("SingleTxt")
    + _style("Flush")
    + _style("Statement", 'w:firstLine="400"')
    + _style("Operative", 'w:firstLine="620"')
    + _style("Item1", 'w:firstLine="620"')
    + _style("Item2", 'w:left="1860" w:hanging="620"')
    + _style("Quote", 'w:left="620" w:firstLine="620"')
    + _style("VoteList", 'w:left="620"')
    + _style("Signature", 'w:left="4000"')
    + _style("Masthead")
    + _style("Title", "", '<w:b/><w:sz w:val="28"/>')
    + _style("Heading1", 'w:left="0" w:hanging="880"', '<w:b/><w:sz w:val="28"/>', 0)
    + _style("Heading2", 'w:left="0" w:hanging="880"', '<w:b/><w:sz w:val="24"/>', 1)
    + _style("Heading3", 'w:left="0" w:hanging="880"', "<w:b/>", 2)
    + _style("FootnoteText", 'w:left="460" w:hanging="340"', '<w:sz w:val="17"/>')
    + _style("Header")
    + _style("Footer"),
)


def _level(number: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        '<w:lvlJc w:val="left"/></w:lvl>'
    )


def _list(number: int, levels: str) -> str:
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{kind}{levels}</w:abstractNum>'


# Braces: how the highest headings are numbered depends on the language.
NUMBERING = _list(
    1, _level(0, "decimal", "%1.") + _level(1, "lowerLetter", "(%2)") + _level(2, "lowerRoman", "(%3)")
) + _list(2, _level(0, "{}", "%1.") + _level(1, "upperLetter", "%2."))
