"""Finding a term in a corpus by its index: the rows it stands in, in the order of the corpus."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from pydantic import TypeAdapter

from schemas.base import Model
from schemas.rows import Segment, SentenceRow
from unbitext.concordance.index import Metas
from unbitext.concordance.term import Span, Term
from unbitext.corpus.corpus import Corpus, pair_languages
from unbitext.corpus.places import document_fields
from unbitext.corpus.selection import Selection

Line = Segment | SentenceRow


class Hit(Model):
    """A row that a term stands in: a segment of a pair, or a sentence of a document that is in none.

    The spans are where the term stands in `source_text` and in `target_text`; of a sentence, those in its text are
    `source_spans`. The guesses are where a side without the term is likely to say the same. `before` and `after` are
    the rows around it, in the order of the text, where they are asked for.
    """

    row: Line
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()
    source_guesses: tuple[Span, ...] = ()
    target_guesses: tuple[Span, ...] = ()
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()


def find(connection: sqlite3.Connection, term: Term, selection: Selection, context: int = 0) -> Iterator[Hit]:
    """Yield every row that the term stands in and that is selected, in the order of pairs and places.

    `context` is how many rows of the same pair or document are given before and after it. The index must be up to date.
    """
    searched = connection.execute(
        "SELECT unit.number, unit.name, line.place, line.source, line.target, line.fields"
        " FROM token JOIN line ON line.number = token.rowid JOIN unit ON unit.number = line.unit"
        " WHERE token MATCH ? ORDER BY unit.name, line.place",
        (term.query,),
    )
    units = _Units(connection, selection)
    for unit, name, place, source, target, fields in searched:
        spans = term.spans(source), term.spans(target)
        if not any(spans) or not units.wanted(unit, name):
            continue
        row = units.row(unit, name, source, target, fields)
        if selection.takes_speaker(row.state, row.spoken_language):
            yield Hit(
                row=row,
                source_spans=tuple(spans[0]),
                target_spans=tuple(spans[1]),
                before=units.rows(unit, name, place - context, place) if context else (),
                after=units.rows(unit, name, place + 1, place + 1 + context) if context else (),
            )


def find_some(
    connection: sqlite3.Connection, term: Term, corpus: Corpus, limit: int | None, context: int = 0
) -> tuple[list[Hit], bool]:
    """Find the first `limit` hits, and whether there are more; all where it is None."""
    found = list(islice(find(connection, term, corpus.selection, context), None if limit is None else limit + 1))
    return (found, False) if limit is None or len(found) <= limit else (found[:limit], True)


class _Units:
    """What the index keeps of pairs and documents, as rows of the corpus."""

    def __init__(self, connection: sqlite3.Connection, selection: Selection) -> None:
        self._connection = connection
        self._selection = selection
        self._metas = lru_cache(maxsize=64)(self._read_metas)

    def wanted(self, unit: int, name: str) -> bool:
        """Whether the pair or document may be wanted, by its languages and metadata."""
        languages = pair_languages(name)
        selection = self._selection
        if not (selection.takes_languages(*languages) if languages[1] else selection.takes_language(languages[0])):
            return False
        return not selection.reads_meta or any(selection.takes_meta(meta) for meta in self._metas(unit).metas)

    def row(self, unit: int, name: str, source: str, target: str, fields: str) -> Line:
        """Make a row as the corpus gives it."""
        common = dict(document_fields(*self._metas(unit).metas))
        if pair_languages(name)[1]:
            return Segment.model_validate({**common, **_parsed(fields), "source_text": source, "target_text": target})
        return SentenceRow.model_validate({**common, **_parsed(fields), "text": source})

    def rows(self, unit: int, name: str, start: int, end: int) -> tuple[Line, ...]:
        """The rows at these places of a unit, as far as there are any."""
        found = self._connection.execute(
            "SELECT source, target, fields FROM line WHERE unit = ? AND place >= ? AND place < ? ORDER BY place",
            (unit, start, end),
        )
        return tuple(self.row(unit, name, *each) for each in found)

    def _read_metas(self, unit: int) -> Metas:
        (content,) = self._connection.execute("SELECT metas FROM unit WHERE number = ?", (unit,)).fetchone()
        return Metas.model_validate_json(content)


_FIELDS = TypeAdapter(dict[str, object])


def _parsed(fields: str) -> dict[str, object]:
    return _FIELDS.validate_json(fields)
