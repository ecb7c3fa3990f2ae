"""TBX: the terms of a language pair, one file each: States, organisations and bodies that occur, titles, term pairs.

The form is that of ISO 30042:2008 (`martif`), which tools read. `<descrip type="subjectField">` says what kind of term
an entry is.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from schemas.bodies import bodies
from schemas.document import Kind
from schemas.languages import bcp47
from schemas.states import states_and_organisations
from schemas.vocabularies.table import Named
from unbitext.export.files import TextFiles
from unbitext.export.formats import Destination, Writer
from unbitext.export.records import PairRecord, ReadRow
from unbitext.export.term_pairs import TermFinder

DIFFERENCE = "Holds terms: States, organisations and bodies of the rows, their titles, and pairs of terms; no rows."
FIELDS: tuple[str, ...] = ()

Languages = tuple[str, str]

_END = "</body></text>\n</martif>\n"


class FormatWriter(Writer):
    """Writes `zh-en.tbx` and so on."""

    def __init__(self, destination: Destination) -> None:
        super().__init__(destination)
        self._files = TextFiles(self.folder)
        self._named: dict[Languages, Counter[tuple[str, str]]] = {}
        self._finders: dict[Languages, TermFinder] = {}
        self._entries: Counter[Languages] = Counter()

    def add_pair(self, pair: PairRecord) -> None:
        """Write its titles; keep what its rows name."""
        languages = pair.languages
        named = self._named.setdefault(languages, Counter())
        finder = self._finders.setdefault(languages, TermFinder(*languages))
        for row in pair.rows:
            if row.state is not None:
                named["state", row.state] += 1
            if row.body is not None:
                named["body", row.body] += 1
            if row.kinds == (Kind.TITLE,):
                self._write(languages, "title", (row.source_text, row.target_text), row.symbol or row.pair)
            finder.add(row.source_text, row.target_text)

    def close(self) -> None:
        """Write the other terms and complete the files."""
        for languages, named in self._named.items():
            for (kind, code), rows in sorted(named.items()):
                table: Mapping[str, Named] = bodies() if kind == "body" else states_and_organisations()
                if (known := table.get(code)) and all(known.names(each) for each in languages):
                    terms = known.names(languages[0])[0], known.names(languages[1])[0]
                    subject = "organisation" if kind == "state" and code.startswith("org.") else kind
                    self._write(languages, subject, terms, f"{code}: {rows} rows")
            for found in self._finders[languages].pairs():
                self._write(languages, "term", (found.source, found.target), f"{found.rows} rows")
        self._files.close()

    def _write(self, languages: Languages, subject: str, terms: tuple[str, str], note: str) -> None:
        self._entries[languages] += 1
        parts = [f'<termEntry id="t{self._entries[languages]}"><descrip type="subjectField">{subject}</descrip>']
        parts.append(f"<note>{escape(note)}</note>")
        # The original's language first: tools take the first as the source.
        for language, term in reversed(list(zip(languages, terms, strict=True))):
            tag = quoteattr(bcp47(language))
            parts.append(f"<langSet xml:lang={tag}><tig><term>{escape(term)}</term></tig></langSet>")
        start = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<martif type="TBX" xml:lang="en">\n'
            "<martifHeader><fileDesc><sourceDesc>"
            f"<p>{escape(self.provenance.name)} {escape(self.provenance.version)}</p>"
            "</sourceDesc></fileDesc></martifHeader>\n<text><body>\n"
        )
        name = "-".join(languages)
        self._files.write(f"{name}.tbx", "".join((*parts, "</termEntry>\n")), start=start, end=_END)


def read_rows(folder: Path) -> Iterator[ReadRow]:
    """Terms are no rows: none."""
    return iter(())


def count_entries(folder: Path) -> int:
    """Count the entries of all files."""
    return sum(line.startswith("<termEntry ") for path in folder.glob("*.tbx") for line in _lines(path))


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as stream:
        yield from stream
