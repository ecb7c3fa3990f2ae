"""Enumeration: asking for the next number of a series, as long as documents come.

The catalogue knows what came of each symbol, so the source looks there after each record before it goes on: present,
it counts on; absent, it is a miss, and after so many misses in a row the scope is done; unknown still (the host is
blocked, the budget spent), the series is left for this cycle. A cycle that finds nothing new asks for one document a
template, the next expected one; the misses behind it and older gaps are asked again when the catalogue says that they
are due, more and more rarely.

A document is looked for in the first language. Where it is not there, the others are asked one after the other, each
when it is due by itself, a week at least from look to look: an answer that there is nothing is one small request. Where
it is there in one, it is named in all others, whatever was found there before. A number is missing only where it is
absent in every language.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from pydantic import Field, ValidationError

from schemas.base import Model
from schemas.document import Language
from schemas.fetching import Claim, SourceRecord
from schemas.relations import relation_of
from schemas.series import Scope, Series
from unbitext.sources.clock import Clock
from unbitext.sources.source import Batch, KnownSymbols, Presence

WINDOW_DAYS = 7.0
"""Least time before a number behind the next expected one is asked for again."""

_MOST_GAPS = 500
_MOST_REFUSED = 50
"""In a row, in one cycle: a host that answers all symbols with something of no use must not be asked without end."""

_VALUES = re.compile(r"[0-9]+|(?<=\.)[IVX]+(?=/)")


class ScopeCursor(Model):
    """How far a scope has come: the highest number that was there, and the missing ones below it."""

    high: int = 0
    gaps: tuple[int, ...] = ()


class EnumerationCursor(Model):
    """The cursor: scopes by what their symbols begin with."""

    scopes: dict[str, ScopeCursor] = Field(default_factory=dict)


class Enumeration:
    """The source `enumeration:SERIES` (`unbitext.sources.source.Source`).

    `misses` numbers in a row without a document end a scope; `languages` are those wanted, the first the one that is
    looked for first.
    """

    def __init__(
        self,
        series: Series,
        known: KnownSymbols,
        languages: Sequence[Language] = ("en", "zh"),
        *,
        misses: int = 5,
        clock: Clock | None = None,
    ) -> None:
        self._series = series
        self._known = known
        self._languages = tuple(languages)
        self._misses = misses
        self._clock = clock or Clock()

    @property
    def name(self) -> str:
        """The source's name."""
        return f"enumeration:{self._series.name}"

    def discover(self, cursor: str | None) -> Iterator[Batch]:
        """Give the symbols to ask for, one document a batch; see `Source.discover`."""
        walk = _Walk(self.name, self._known, self._languages, self._clock.now(), _read(cursor))
        today = self._clock.now().date()
        done: set[Scope] = set()
        # What this cycle finds can begin a session, and with it a scope: look until there is no other.
        while scopes := [*self._present_scopes(today)]:
            left = [scope for scope in scopes if scope not in done]
            if not left:
                break
            newest = _newest(scopes, walk)
            for scope in left:
                done.add(scope)
                yield from walk.gaps(scope)
                # The beginning of a year or session that may not have begun costs one look, not a window of them.
                first = 1 if len(scopes) > len(self._series.templates) else self._misses
                yield from walk.forward(scope, self._misses, first, is_active=scope in newest)
        yield Batch(records=(), cursor=walk.cursor(), note=walk.note, failed=walk.note is not None)

    def _present_scopes(self, today: date) -> Iterator[Scope]:
        def is_begun(prefix: str) -> bool:
            return next(iter(self._known.symbols(prefix)), None) is not None

        yield from self._series.scopes(today, is_begun)


class _Walk:
    """One cycle through the scopes of a series."""

    def __init__(
        self,
        origin: str,
        known: KnownSymbols,
        languages: tuple[Language, ...],
        now: datetime,
        cursor: EnumerationCursor,
    ) -> None:
        self._origin = origin
        self._known = known
        self._languages = languages
        self._now = now
        self._scopes = dict(cursor.scopes)
        self._asked: set[tuple[str, Language]] = set()
        self._is_stopped = False
        self._refused = 0
        self.note: str | None = None

    def cursor(self) -> str:
        """The cursor as text."""
        return EnumerationCursor(scopes=self._scopes).model_dump_json()

    def high(self, scope: Scope) -> int:
        """The highest number that was there; one below the first where none was."""
        if scope.before not in self._scopes:
            # The cursor is lost, or documents came by another way: what the catalogue has is not asked for again.
            numbers = [number for symbol in self._known.symbols(scope.before) if (number := scope.number(symbol))]
            high = max(numbers, default=0)
            self._scopes[scope.before] = ScopeCursor(high=0 if scope.first > 1 else high)
        return max(self._scopes[scope.before].high, scope.first - 1)

    def gaps(self, scope: Scope) -> Iterator[Batch]:
        """Ask again for the numbers that were missing, where they are due."""
        self.high(scope)
        for number in self._scopes[scope.before].gaps:
            if self._is_stopped:
                return
            symbol = scope.symbol(number)
            if self._presence(symbol) is not Presence.PRESENT:
                if self._is_due(symbol, self._languages[0]):
                    yield from self._ask(symbol, WINDOW_DAYS)
                yield from self._ask_others(symbol)
            if self._presence(symbol) is Presence.PRESENT:
                yield from self._others(symbol, is_news=True)
                self._note_gaps(scope, drop=number)

    def forward(self, scope: Scope, misses: int, first_misses: int, *, is_active: bool) -> Iterator[Batch]:
        """Count on from the highest number; `first_misses` end a scope that has not begun."""
        missing: list[int] = []
        number = self.high(scope)
        if number >= scope.first:
            yield from self._others(scope.symbol(number))
        while not self._is_stopped:
            if len(missing) >= (misses if self.high(scope) >= scope.first else first_misses):
                return
            number += 1
            symbol = scope.symbol(number)
            is_next = not missing
            if self._presence(symbol) is not Presence.PRESENT:
                is_begun = self.high(scope) >= scope.first
                most_days = None if is_begun else WINDOW_DAYS
                if self._is_due(symbol, self._languages[0]) or (is_next and is_active):
                    yield from self._ask(symbol, 0.0 if is_next else WINDOW_DAYS, most_days)
                yield from self._ask_others(symbol, WINDOW_DAYS if is_next else most_days)
            if self._presence(symbol) is Presence.PRESENT:
                yield from self._others(symbol, is_news=True)
                self._note_gaps(scope, add=missing, high=number)
                missing = []
            else:
                missing.append(number)

    def _ask(self, symbol: str, least_days: float, most_days: float | None = None) -> Iterator[Batch]:
        """Name a document in the first language; where it is there, `_others` names it in the others."""
        yield from self._ask_in(symbol, self._languages[0], least_days, most_days)
        found = self._known.look_up(symbol, self._languages[0])
        self._refused = self._refused + 1 if found.is_refused else 0
        if self._refused >= _MOST_REFUSED:
            self._is_stopped = True
            self.note = f"{_MOST_REFUSED} in a row are refused, up to {symbol}: the rest waits for the next cycle"

    def _ask_others(self, symbol: str, most_days: float | None = None) -> Iterator[Batch]:
        """Name a document that is absent in the first language in each of the others, until it is there in one."""
        for language in self._languages[1:]:
            if self._is_stopped or self._presence(symbol) is Presence.PRESENT:
                return
            if self._is_due(symbol, language):
                yield from self._ask_in(symbol, language, WINDOW_DAYS, most_days)

    def _ask_in(self, symbol: str, language: Language, least_days: float, most_days: float | None) -> Iterator[Batch]:
        self._asked.add((symbol, language))
        days = {"recheck_days": least_days, "recheck_most_days": most_days}
        yield Batch(records=(self._record(symbol, language).model_copy(update=days),), cursor=self.cursor())
        if self._known.look_up(symbol, language).presence is Presence.UNKNOWN:
            # Nobody could ask. To go on would count what was never looked at as missing.
            self._is_stopped = True
            self.note = f"{symbol} could not be asked for: the rest of the series waits for the next cycle"

    def _others(self, symbol: str, *, is_news: bool = False) -> Iterator[Batch]:
        """Name a document that is there in the languages nobody asked for: now, or in a cycle that was killed.

        With `is_news`, also in those where it was absent before anybody knew that it is there at all.
        """
        wanted = (Presence.UNKNOWN, Presence.ABSENT) if is_news else (Presence.UNKNOWN,)
        records = tuple(
            self._record(symbol, language).model_copy(update={"is_news": is_news})
            for language in self._languages
            if (symbol, language) not in self._asked and self._known.look_up(symbol, language).presence in wanted
        )
        if records:
            yield Batch(records=records, cursor=self.cursor())

    def _record(self, symbol: str, language: Language) -> SourceRecord:
        relation = relation_of(symbol)
        return SourceRecord(
            origin=self._origin,
            claim=Claim.EXPECTED,
            symbol=symbol,
            language=language,
            relations=(relation,) if relation else (),
        )

    def _presence(self, symbol: str) -> Presence:
        """Whether a document is there in any language; unknown where one of them is, and none is there."""
        found = {self._known.look_up(symbol, language).presence for language in self._languages}
        return next(one for one in (Presence.PRESENT, Presence.UNKNOWN, Presence.ABSENT) if one in found)

    def _is_due(self, symbol: str, language: Language) -> bool:
        known = self._known.look_up(symbol, language)
        return known.presence is Presence.UNKNOWN or known.next_look is None or known.next_look <= self._now

    def _note_gaps(self, scope: Scope, *, drop: int = 0, add: Sequence[int] = (), high: int = 0) -> None:
        before = self._scopes[scope.before]
        gaps = (*(number for number in before.gaps if number != drop), *add)
        self._scopes[scope.before] = ScopeCursor(high=max(before.high, high), gaps=gaps[-_MOST_GAPS:])


def _newest(scopes: Sequence[Scope], walk: _Walk) -> frozenset[Scope]:
    """The scopes whose next number is asked for in every cycle.

    Of each template it is the latest that has begun, and the present year's where an earlier one has begun; where
    nothing of the series has begun, all of the present. Earlier years have come to an end, later ones have not begun,
    and a nature of document that a body does not use never begins: they are asked when they are due.
    """
    begun = {_shape(scope): scope for scope in scopes if walk.high(scope) >= scope.first}
    present = (scope for scope in scopes if scope.is_current and (not begun or _shape(scope) in begun))
    return frozenset((*begun.values(), *present))


def _shape(scope: Scope) -> str:
    """What scopes of one template share: their text without years, sessions and Roman numbers."""
    return _VALUES.sub("0", scope.before)


def _read(cursor: str | None) -> EnumerationCursor:
    try:
        return EnumerationCursor.model_validate_json(cursor) if cursor else EnumerationCursor()
    except ValidationError:
        return EnumerationCursor()  # of another version of the program: the catalogue knows all that it held
