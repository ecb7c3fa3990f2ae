"""TMX 1.4b: one file a language pair, a `<tu>` a row, what is known of it in `<prop>`.

Properties of the whole row stand in the `<tu>`, those of one side in its `<tuv>`. The original is the source language
of the memory, for it is what was translated.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from schemas.languages import bcp47
from unbitext.export.files import TextFiles
from unbitext.export.formats import Destination, Writer
from unbitext.export.records import PairRecord, Provenance, ReadRow, Row, row_fields

DIFFERENCE = ""
FIELDS = row_fields(
    "symbol order type kinds source_document target_document source_ids target_ids source_numbers "
    "target_numbers target_turn source_speaker target_speaker state spoken_language source_pages "
    "target_pages score method findings source_findings target_findings split"
)

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_END = "</body>\n</tmx>\n"


class FormatWriter(Writer):
    """Writes `zh-en.tmx` and so on."""

    def __init__(self, destination: Destination) -> None:
        super().__init__(destination)
        self._files = TextFiles(self.folder)

    def add_pair(self, pair: PairRecord) -> None:
        """Write its rows."""
        source, target = pair.languages
        start = _start(bcp47(target), self.provenance)
        units = "".join(f"{etree.tostring(_unit(row), encoding='unicode')}\n" for row in pair.rows)
        self._files.write(f"{source}-{target}.tmx", units, start=start, end=_END)

    def close(self) -> None:
        """Complete the files."""
        self._files.close()


def _start(source_language: str, provenance: Provenance) -> str:
    header = etree.Element(
        "header",
        {"o-tmf": "TEI"},
        creationtool="unbitext",
        creationtoolversion=provenance.program,
        datatype="plaintext",
        segtype="sentence",
        adminlang="en",
        srclang=source_language,
    )
    _add_properties(header, [("corpus", provenance.name), ("version", provenance.version)])
    text = etree.tostring(header, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n{text}\n<body>\n'


def _unit(row: Row) -> etree._Element:
    unit = etree.Element("tu", tuid=row.id)
    _add_properties(
        unit,
        [
            ("symbol", row.symbol),
            ("order", str(row.order)),
            ("paragraph", " ".join(row.target_numbers or row.source_numbers)),
            ("turn", _text(row.target_turn or row.source_turn)),
            ("speaker", row.target_speaker or row.source_speaker),
            ("state", row.state),
            ("spoken-language", row.spoken_language),
            ("type", row.type),
            ("kinds", " ".join(row.kinds)),
            ("split", row.split),
            ("score", repr(row.score)),
            ("method", row.method),
            *(("finding", code) for code in (*row.findings, *row.source_findings, *row.target_findings)),
        ],
    )
    for side in ("target", "source"):
        variant = etree.SubElement(unit, "tuv")
        variant.set(_LANGUAGE, bcp47(getattr(row, f"{side}_language")))
        _add_properties(
            variant,
            [
                ("document", getattr(row, f"{side}_document")),
                ("sentences", " ".join(getattr(row, f"{side}_ids"))),
                ("paragraph", " ".join(getattr(row, f"{side}_numbers"))),
                ("speaker", getattr(row, f"{side}_speaker")),
                ("pages", " ".join(map(str, getattr(row, f"{side}_pages")))),
            ],
        )
        etree.SubElement(variant, "seg").text = getattr(row, f"{side}_text")
    return unit


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _add_properties(parent: etree._Element, properties: Iterable[tuple[str, str | None]]) -> None:
    for name, value in properties:
        if value:
            etree.SubElement(parent, "prop", type=name).text = value


def read_rows(folder: Path) -> Iterator[ReadRow]:
    """Read the rows back."""
    for path in sorted(folder.glob("*.tmx")):
        for _, unit in etree.iterparse(path, tag="tu", resolve_entities=False, no_network=True):
            target, source = (segment.text or "" for segment in unit.iterfind("tuv/seg"))
            yield ReadRow(id=unit.get("tuid", ""), source_text=source, target_text=target)
            unit.clear()
            while unit.getprevious() is not None:
                del unit.getparent()[0]
