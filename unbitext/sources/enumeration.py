"""Enumeration: asking for the next number of a series, as long as documents come.

The catalogue knows what came of each symbol, so the source looks there after each record before it goes on: present,
it counts on; absent, it is a miss, and after so many misses in a row the scope is done; unknown still (the host is
blocked, the budget spent), the series is left for this cycle. A cycle that finds nothing new asks for one document a
template, the next expected one; the misses behind it and older gaps are asked again when the catalogue says that they
are due, more and more rarely. A document is looked for in the first language, then in the others where it is there.
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
                if not self._is_due(symbol):
                    continue
                yield from self._ask(symbol, WINDOW_DAYS)
            if self._presence(symbol) is Presence.PRESENT:
                yield from self._others(symbol)
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
            if self._presence(symbol) is not Presence.PRESENT and (self._is_due(symbol) or (is_next and is_active)):
                is_begun = self.high(scope) >= scope.first
                yield from self._ask(symbol, 0.0 if is_next else WINDOW_DAYS, None if is_begun else WINDOW_DAYS)
            if self._presence(symbol) is Presence.PRESENT:
                yield from self._others(symbol)
                self._note_gaps(scope, add=missing, high=number)
                missing = []
            else:
                missing.append(number)

    def _ask(self, symbol: str, least_days: float, most_days: float | None = None) -> Iterator[Batch]:
        """Name a document in the first language; where it is there, `_others` names it in the others."""
        first = self._languages[0]
        record = self._record(symbol, first).model_copy(
            update={"recheck_days": least_days, "recheck_most_days": most_days}
        )
        yield Batch(records=(record,), cursor=self.cursor())
        found = self._known.look_up(symbol, first)
        if found.presence is Presence.UNKNOWN:
            # Nobody could ask. To go on would count what was never looked at as missing.
            self._is_stopped = True
            self.note = f"{symbol} could not be asked for: the rest of the series waits for the next cycle"
        self._refused = self._refused + 1 if found.is_refused else 0
        if self._refused >= _MOST_REFUSED:
            self._is_stopped = True
            self.note = f"{_MOST_REFUSED} in a row are refused, up to {symbol}: the rest waits for the next cycle"

    def _others(self, symbol: str) -> Iterator[Batch]:
        """Name a document that is there in the languages nobody asked for: now, or in a cycle that was killed."""
        records = tuple(
            self._record(symbol, language)
            for language in self._languages[1:]
            if self._known.look_up(symbol, language).presence is Presence.UNKNOWN
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
        return self._known.look_up(symbol, self._languages[0]).presence

    def _is_due(self, symbol: str) -> bool:
        known = self._known.look_up(symbol, self._languages[0])
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
