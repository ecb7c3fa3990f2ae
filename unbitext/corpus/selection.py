"""What is wanted of a corpus: by symbol, body, genre, language, date, and by who speaks and in which language."""

import datetime
import re
from collections.abc import Iterable
from typing import Self

from schemas.base import Model
from schemas.bodies import bodies, body_of_symbol, find_body
from schemas.document import Document, Genre, Meta
from schemas.languages import languages
from schemas.states import find_affiliation, states_and_organisations


class SelectionError(ValueError):
    """A wish that no corpus can fulfil: an unknown state, body, language or genre, or a date that is none."""


class Selection(Model):
    """Which documents and rows are wanted; None stands for any.

    - `symbol`: one of the document's symbols as a whole; `*` stands for any characters (`CD/PV.*`).
    - `body`: a code of `schemas/vocabularies/bodies.tsv`; `genre` as in `schemas.document.Genre`.
    - `language`: a document's language (`zh`), or the two of a pair (`zh-en`: source, target). A pair is of a single
      language when either side is.
    - `since`, `until`: both included; a meeting of several days counts where one of them falls between. A document
      without a date is not selected by date.
    - `state`: ISO 3166 alpha-3, or an organisation's id, that a speaker speaks for; `spoken_language` as an ISO 639-1
      code. They select rows: of a document only its speeches.
    """

    symbol: str | None = None
    body: str | None = None
    genre: Genre | None = None
    language: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    state: str | None = None
    spoken_language: str | None = None

    @classmethod
    def of(
        cls,
        *,
        symbol: str | None = None,
        body: str | None = None,
        genre: str | None = None,
        language: str | None = None,
        since: datetime.date | str | None = None,
        until: datetime.date | str | None = None,
        state: str | None = None,
        spoken_language: str | None = None,
    ) -> Self:
        """Make a selection of what a person writes: names of states and bodies in any language, dates as text.

        Raises `SelectionError` for what is not known.
        """
        return cls(
            symbol=symbol,
            body=None if body is None else _body(body),
            genre=None if genre is None else _genre(genre),
            language=None if language is None else _language_or_pair(language),
            since=_day(since),
            until=_day(until),
            state=None if state is None else _state(state),
            spoken_language=None if spoken_language is None else _language(spoken_language),
        )

    def narrowed(self, other: "Selection") -> "Selection":
        """Give this selection with the wishes of another in the place of its own, where it has any."""
        return Selection.model_validate({**self.model_dump(exclude_none=True), **other.model_dump(exclude_none=True)})

    @property
    def reads_meta(self) -> bool:
        """Whether a document's metadata must be known to decide."""
        return any(value is not None for value in (self.symbol, self.body, self.genre, self.since, self.until))

    @property
    def reads_speakers(self) -> bool:
        """Whether rows are selected by who speaks."""
        return self.state is not None or self.spoken_language is not None

    def takes_language(self, language: str | None) -> bool:
        """Whether a document in this language may be wanted."""
        return self.language is None or language in self.language.split("-")

    def takes_languages(self, source: str, target: str) -> bool:
        """Whether a pair of documents in these languages may be wanted."""
        if self.language is None or "-" in self.language:
            return self.language in (None, f"{source}-{target}")
        return self.language in (source, target)

    def takes_meta(self, meta: Meta) -> bool:
        """Whether a document with this metadata may be wanted, whatever its language."""
        if self.symbol is not None and not any(_matches(self.symbol, symbol) for symbol in meta.symbols):
            return False
        if self.body is not None and self.body not in bodies_of(meta):
            return False
        if self.genre is not None and meta.genre is not self.genre:
            return False
        return self._takes_date(meta)

    def takes_speaker(self, state: str | None, spoken_language: str | None) -> bool:
        """Whether what is said for this state in this language is wanted."""
        return self.state in (None, state) and self.spoken_language in (None, spoken_language)

    def takes_document(self, document: Document) -> bool:
        """Whether a document is wanted: where speakers are selected, one whose speeches have such a one."""
        if not (self.takes_language(document.meta.language) and self.takes_meta(document.meta)):
            return False
        if not self.reads_speakers:
            return True
        states = {turn.n: turn.affiliation.code if turn.affiliation else None for turn in document.turns}
        spoken = {
            (states.get(block.turn), block.spoken_language) for block in document.blocks if block.turn is not None
        }
        return any(self.takes_speaker(*each) for each in spoken)

    def _takes_date(self, meta: Meta) -> bool:
        if self.since is None and self.until is None:
            return True
        dates = meta.dates
        spans = [(dates.issued, dates.issued)] if dates.issued else []
        spans += [(dates.meeting.from_, dates.meeting.to)] if dates.meeting else []
        return any((self.since or first) <= last and first <= (self.until or last) for first, last in spans)


def bodies_of(meta: Meta) -> set[str]:
    """The codes of the bodies that a document's symbols name."""
    found = (body_of_symbol(symbol) for symbol in meta.symbols)
    return {body.code for body in found if body is not None}


def _matches(pattern: str, symbol: str) -> bool:
    # Symbols hold brackets of their own, so that `*` alone has a meaning.
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), symbol, re.IGNORECASE | re.DOTALL) is not None


def _body(name: str) -> str:
    found = next((code for code in bodies() if code.casefold() == name.casefold()), None)
    if found is None and (body := find_body(name) or body_of_symbol(f"{name}/1")) is not None:
        found = body.code
    if found is None:
        raise SelectionError(f"no body is known as {name!r}: give a code, a name, or how its symbols begin")
    return found


def _state(name: str) -> str:
    found = next((code for code in states_and_organisations() if code.casefold() == name.casefold()), None)
    found = found or find_affiliation(name)
    if found is None:
        raise SelectionError(f"no State or organisation is known as {name!r}: give ISO 3166 alpha-3, or a name")
    return found


def _genre(name: str) -> Genre:
    try:
        return Genre(name)
    except ValueError as error:
        raise SelectionError(f"{name!r} is no genre: {_listed(Genre)}") from error


def _language_or_pair(name: str) -> str:
    sides = name.split("-")
    official = [code for code, entry in languages().items() if entry.official]
    if len(sides) > 2 or any(side not in official for side in sides):
        raise SelectionError(f"{name!r} is no language: {_listed(official)}, or a pair such as zh-en")
    return name


def _language(name: str) -> str:
    if name not in languages():
        raise SelectionError(f"{name!r} is no language: {_listed(languages())}")
    return name


def _day(day: datetime.date | str | None) -> datetime.date | None:
    if day is None or isinstance(day, datetime.date):
        return day
    try:
        return datetime.date.fromisoformat(day)
    except ValueError as error:
        raise SelectionError(f"{day!r} is no date: write it as 2026-03-12") from error


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
