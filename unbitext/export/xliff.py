"""XLIFF 2.1: one file a pair of documents, for translators; a `<unit>` a row, its place and score as notes.

The source language is that of the original. A segment is `final`: it was published.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from schemas.languages import bcp47
from unbitext.export.formats import Writer
from unbitext.export.records import PairRecord, ReadRow, Row, row_fields

DIFFERENCE = ""
FIELDS = row_fields(
    "symbol order target_document source_ids target_ids target_numbers target_turn target_speaker state "
    "spoken_language source_pages target_pages score method findings source_findings target_findings "
    "split"
)

_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"


class FormatWriter(Writer):
    """Writes `STEM.zh-en.xlf`."""

    def add_pair(self, pair: PairRecord) -> None:
        """Write its file."""
        source, target = pair.languages
        root = etree.Element(f"{{{_NAMESPACE}}}xliff", nsmap={None: _NAMESPACE})  # type: ignore[dict-item]  # the stubs know no default namespace
        root.set("version", "2.1")
        root.set("srcLang", bcp47(target))
        root.set("trgLang", bcp47(source))
        file = _add(root, "file")
        file.set("id", "f1")
        file.set("original", pair.rows[0].target_document)
        for row in pair.rows:
            _add_unit(file, row)
        etree.indent(root, space="")
        data = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
        (self.folder / f"{pair.name}.xlf").write_bytes(data + b"\n")


def _add_unit(file: etree._Element, row: Row) -> None:
    unit = _add(file, "unit")
    unit.set("id", f"l{row.order}")
    unit.set("name", row.id)
    notes = _add(unit, "notes")
    for category, value in (
        ("symbol", row.symbol),
        ("order", str(row.order)),
        ("paragraph", " ".join(row.target_numbers or row.source_numbers)),
        ("turn", str(row.target_turn or row.source_turn or "")),
        ("speaker", row.target_speaker or row.source_speaker),
        ("state", row.state),
        ("spoken-language", row.spoken_language),
        # The sides as XLIFF has them: its source is the original.
        ("source-sentences", " ".join(row.target_ids)),
        ("target-sentences", " ".join(row.source_ids)),
        ("source-pages", " ".join(map(str, row.target_pages))),
        ("target-pages", " ".join(map(str, row.source_pages))),
        ("split", row.split),
        ("score", repr(row.score)),
        ("method", row.method),
        ("findings", " ".join(dict.fromkeys((*row.findings, *row.source_findings, *row.target_findings)))),
    ):
        if value:
            note = _add(notes, "note", value)
            note.set("category", category)
    segment = _add(unit, "segment")
    segment.set("state", "final")
    for name, text in (("source", row.target_text), ("target", row.source_text)):
        _add(segment, name, text).set(f"{_XML}space", "preserve")


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}")
    element.text = text
    return element


def read_rows(folder: Path) -> Iterator[ReadRow]:
    """Read the rows back."""
    names = {"x": _NAMESPACE}
    for path in sorted(folder.glob("*.xlf")):
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
        for unit in root.iterfind("x:file/x:unit", names):
            yield ReadRow(
                id=unit.get("name", ""),
                source_text=unit.findtext("x:segment/x:target", "", names),
                target_text=unit.findtext("x:segment/x:source", "", names),
            )
