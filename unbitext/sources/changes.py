"""Addenda, corrigenda and revisions of known documents: asked for by the symbols that they would have.

    A/79/1 is there    ->    A/79/1/Add.1, A/79/1/Corr.1, A/79/1/Rev.1 may be
    A/79/1/Add.1 is    ->    A/79/1/Add.2, and all three of A/79/1/Add.1, may be

A corrigendum may apply to some languages only, so it is looked for in each. Records of meetings have corrigenda alone.
Only so many documents are asked for in a cycle, and each only when the catalogue says that it is due.
"""

import re
from collections.abc import Iterator, Sequence

from schemas.document import Language
from schemas.fetching import Claim, SourceRecord
from schemas.relations import RelationKind, change_symbol, relation_of
from schemas.series import Series
from unbitext.sources.clock import Clock
from unbitext.sources.source import Batch, KnownSymbols, Presence

FIRST_LOOK_DAYS = 7.0
"""Least time before a change that was absent is asked for again."""

_MEETING = re.compile(r"/(?:PV|SR)\.[0-9]")
_DEEPEST = 3


class Changes:
    """The source `changes:SERIES` (`unbitext.sources.source.Source`): asks for at most `most` documents a cycle.

    Its cursor is the symbol that it came to, so that all have their turn.
    """

    def __init__(
        self,
        series: Series,
        known: KnownSymbols,
        languages: Sequence[Language] = ("en", "zh"),
        *,
        most: int = 20,
        clock: Clock | None = None,
    ) -> None:
        self._series = series
        self._known = known
        self._languages = tuple(languages)
        self._most = most
        self._clock = clock or Clock()

    @property
    def name(self) -> str:
        """The source's name."""
        return f"changes:{self._series.name}"

    def discover(self, cursor: str | None) -> Iterator[Batch]:
        """Give the changes to ask for, those of one document a batch; see `Source.discover`."""
        symbols = sorted({symbol for prefix in self._series.prefixes for symbol in self._known.symbols(prefix)})
        symbols = [symbol for symbol in symbols if self._series.holds(symbol)]
        # Round and round: from where the last cycle ended.
        ahead = [symbol for symbol in symbols if symbol > (cursor or "")]
        left = self._most
        reached = cursor
        for symbol in (*ahead, *symbols[: len(symbols) - len(ahead)]):
            records = tuple(self._due(symbol))
            if len(records) > left:
                break
            reached = symbol
            if records:
                left -= len(records)
                yield Batch(records=records, cursor=reached)
        yield Batch(records=(), cursor=reached)

    def _due(self, symbol: str) -> Iterator[SourceRecord]:
        now = self._clock.now()
        itself = [(symbol, self._languages)] if relation_of(symbol) else []
        for change, languages in (*itself, *self._changes(symbol)):
            for language in languages:
                known = self._known.look_up(change, language)
                is_late = known.next_look is not None and known.next_look <= now
                if known.presence is Presence.UNKNOWN or (known.presence is Presence.ABSENT and is_late):
                    yield self._record(change, language)

    def _changes(self, symbol: str) -> Iterator[tuple[str, tuple[Language, ...]]]:
        """The symbols that may follow from one, and the languages to look for them in."""
        first = self._languages[:1]
        relation = relation_of(symbol)
        if relation and relation.number is not None:
            languages = self._languages if relation.kind is RelationKind.CORRIGENDUM else first
            yield change_symbol(relation.of, relation.kind, relation.number + 1), languages
        if symbol.count("/Add.") + symbol.count("/Corr.") + symbol.count("/Rev.") >= _DEEPEST:
            return
        if relation is None or relation.kind is not RelationKind.CORRIGENDUM:
            yield change_symbol(symbol, RelationKind.CORRIGENDUM, 1), self._languages
        if not _MEETING.search(symbol) and (relation is None or relation.kind is not RelationKind.CORRIGENDUM):
            yield change_symbol(symbol, RelationKind.REVISION, 1), first
            if relation is None:
                yield change_symbol(symbol, RelationKind.ADDENDUM, 1), first

    def _record(self, symbol: str, language: Language) -> SourceRecord:
        relation = relation_of(symbol)
        assert relation is not None  # it was made as one
        return SourceRecord(
            origin=self.name,
            claim=Claim.EXPECTED,
            symbol=symbol,
            language=language,
            relations=(relation,),
            recheck_days=FIRST_LOOK_DAYS,
        )
