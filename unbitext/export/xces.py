"""XCES as OPUS publishes it: a file of sentences a document, and stand-off links a language pair.

`zh/STEM.xml` holds every sentence of a document, paragraph by paragraph; `en-zh.xml` (languages in alphabetical order,
as OPUS has them) a `<linkGrp>` a pair and a `<link>` a row, whose `@xtargets` names the sentences on either side.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from unbitext.export.files import TextFiles
from unbitext.export.formats import Destination, Writer
from unbitext.export.records import DocumentRecord, PairRecord, ReadRow, row_fields

DIFFERENCE = "The files of sentences hold all sentences of all documents; the links are the rows."
FIELDS = row_fields("source_document target_document source_ids target_ids score")

_START = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">\n'
    '<cesAlign version="1.0">\n'
)


class FormatWriter(Writer):
    """Writes a file a document, and a file of links a language pair."""

    needs_documents = True

    def __init__(self, destination: Destination) -> None:
        super().__init__(destination)
        self._files = TextFiles(self.folder)

    def add_document(self, document: DocumentRecord) -> None:
        """Write its sentences."""
        files = TextFiles(self.folder)
        lines = [f"<text id={quoteattr(document.row.id)}>\n"]
        for block, sentences in groupby(document.sentences, key=lambda sentence: sentence.block):
            lines.append(f"<p id={quoteattr(block)}>\n")
            lines.extend(f"<s id={quoteattr(each.id)}>{escape(each.text)}</s>\n" for each in sentences)
            lines.append("</p>\n")
        start = '<?xml version="1.0" encoding="utf-8"?>\n'
        files.write(_document_file(document.row.id), "".join(lines), start=start, end="</text>\n")
        files.close()

    def add_pair(self, pair: PairRecord) -> None:
        """Write its links."""
        source, target = pair.languages
        first = pair.rows[0]
        documents = first.source_document, first.target_document
        turned = source > target
        before, after = (_document_file(name) for name in (documents[::-1] if turned else documents))
        lines = [f'<linkGrp targType="s" fromDoc={quoteattr(before)} toDoc={quoteattr(after)}>\n']
        for row in pair.rows:
            sides = " ".join(row.source_ids), " ".join(row.target_ids)
            targets = ";".join(sides[::-1] if turned else sides)
            lines.append(f'<link id={quoteattr(row.id)} xtargets={quoteattr(targets)} certainty="{row.score!r}" />\n')
        lines.append("</linkGrp>\n")
        name = "-".join(sorted((source, target)))
        self._files.write(f"{name}.xml", "".join(lines), start=_START, end="</cesAlign>\n")

    def close(self) -> None:
        """Complete the links."""
        self._files.close()


def _document_file(document: str) -> str:
    stem, _, language = document.rpartition(".")
    return f"{language}/{stem}.xml"


def read_rows(folder: Path) -> Iterator[ReadRow]:
    """Read the rows back; the sentences of a row are joined by spaces. The source is the side that is no original.

    Raises `ValueError` where a link names a sentence that its document lacks.
    """
    for path in sorted(folder.glob("*-*.xml")):
        for _, group in etree.iterparse(path, tag="linkGrp", resolve_entities=False, no_network=True, load_dtd=False):
            texts = [_sentences(folder / group.get(name, "")) for name in ("fromDoc", "toDoc")]
            for link in group:
                ids = [side.split() for side in link.get("xtargets", ";").split(";")]
                try:
                    sides = [" ".join(known[each] for each in side) for known, side in zip(texts, ids, strict=True)]
                except KeyError as error:
                    raise ValueError(
                        f"{path.name}: {link.get('id')} names {error}, which its document lacks"
                    ) from error
                # The id of the row begins with the pair, which names the source's language first: STEM.zh-en.l7.
                languages = link.get("id", "").rpartition(".l")[0].rpartition(".")[2]
                if not group.get("fromDoc", "").startswith(f"{languages.partition('-')[0]}/"):
                    sides.reverse()
                yield ReadRow(id=link.get("id", ""), source_text=sides[0], target_text=sides[1])
            group.clear()


def _sentences(path: Path) -> dict[str, str]:
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    return {each.get("id", ""): each.text or "" for each in root.iter("s")}
