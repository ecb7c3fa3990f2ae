"""Series of documents: which symbols follow one another.

A template is a symbol with places for numbers: `CD/PV.{n}` counts on, `E/{year}/{n}` anew each year, `A/{session}/{n}`
each session of the General Assembly, `NPT/CONF.{year5}/PC.{roman}/WP.{n}` in each session of the preparatory committee
of a conference that may be years ahead. `vocabularies/series.tsv` holds those of bodies whose practice is settled.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from schemas.base import Model
from schemas.ids import is_symbol
from schemas.vocabularies.table import read_rows

YEARS_BACK = 1
"""How many years, or sessions, before the present one are looked at where nothing is known."""

_PLACE = re.compile(r"\{(?P<name>[a-z]+[0-9]?|[0-9]{1,7})\}")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_NATURES = ("{n}", "L.{n}", "WP.{n}", "INF/{n}", "PV.{n}", "SR.{n}")


class SeriesError(ValueError):
    """A text that names no series; the message says what is expected."""


class Scope(NamedTuple):
    """A template with all its places filled but the counter: `before` + number is a symbol; `first` is the lowest.

    `is_current` tells that the year or session in it is the present one; true where there is none.
    """

    before: str
    first: int = 1
    is_current: bool = True

    def symbol(self, number: int) -> str:
        """The symbol with this number."""
        return f"{self.before}{number}"

    def number(self, symbol: str) -> int | None:
        """The number of a symbol of this scope; None for another symbol, a change of one among them."""
        rest = symbol.removeprefix(self.before)
        if rest == symbol or not re.fullmatch(r"[1-9][0-9]{0,8}", rest):
            return None
        return int(rest)


class Series(Model):
    """A series as a person names it, and its templates."""

    name: str
    templates: tuple[str, ...]

    @property
    def prefixes(self) -> tuple[str, ...]:
        """What the symbols of the series begin with: the templates up to their first place."""
        return tuple(dict.fromkeys(template[: template.index("{")] for template in self.templates))

    def holds(self, symbol: str) -> bool:
        """Whether a symbol, or the document that it adds to or corrects, belongs to the series."""
        return any(_pattern(template).match(symbol) is not None for template in self.templates)

    def scopes(self, today: date, is_begun: Callable[[str], bool]) -> Iterator[Scope]:
        """Give the scopes that may have documents now, those of earlier times first.

        `is_begun` tells of the beginning of a symbol whether documents are known that begin so: the second session of
        a committee is looked at only once the first has begun.
        """
        for template in self.templates:
            yield from _scopes(Scope(""), template, today, is_begun)


def parse_series(text: str) -> Series:
    """Read a series as a person names it: `CD/PV`, `A/79`, or a template of its own, `CD/PV.{1500}` from number 1500.

    Raises `SeriesError`.
    """
    name = text.strip().rstrip("/")
    if "{" in name or "}" in name:
        return Series(name=name, templates=(_checked(name),))
    templates = conventions().get(name)
    if templates is None:
        if not re.fullmatch(r"[A-Z][A-Za-z0-9./()-]*", name) or not is_symbol(f"{name}/1"):
            raise SeriesError(f"{text!r} names no series: give the beginning of symbols (CD/PV), or CD/PV.{{n}}")
        last = re.split(r"[/.]", name)[-1]
        # What ends in a number (A/79, E/2025) holds documents of several natures; what ends in a word counts itself.
        templates = tuple(f"{name}/{nature}" for nature in _NATURES) if last.isdigit() else (f"{name}.{{n}}",)
    return Series(name=name, templates=templates)


@cache
def conventions() -> dict[str, tuple[str, ...]]:
    """The templates of each series of the vocabulary."""
    return {row["series"]: tuple(map(_checked, row["templates"].split("|"))) for row in read_rows("series.tsv")}


def _checked(template: str) -> str:
    places = [found["name"] for found in _PLACE.finditer(template)]
    known = all(place in ("year", "year5", "session", "roman") for place in places[:-1])
    counts = places and (places[-1] == "n" or places[-1].isdigit()) and template.endswith("}")
    plain = _PLACE.sub("1", template)
    if not (known and counts and is_symbol(plain)):
        raise SeriesError(
            f"{template!r} is no template: a symbol that ends in {{n}} or in the first number ({{1500}}), "
            "with {year}, {year5}, {session} or {roman} before it"
        )
    return template


def _scopes(scope: Scope, rest: str, today: date, is_begun: Callable[[str], bool]) -> Iterator[Scope]:
    found = _PLACE.search(rest)
    assert found is not None  # templates are checked
    before, name, rest = scope.before + rest[: found.start()], found["name"], rest[found.end() :]
    if not rest:
        yield scope._replace(before=before, first=1 if name == "n" else int(name))
    elif name == "roman":
        for index, number in enumerate(_ROMAN):
            if index and not is_begun(f"{before}{_ROMAN[index - 1]}/"):
                return
            yield from _scopes(scope._replace(before=before + number), rest, today, is_begun)
    else:
        # A session of the General Assembly begins in September: the eightieth in 2025.
        session = today.year - 1945 if today.month >= 9 else today.year - 1946
        present = session if name == "session" else today.year
        for value in range(present - YEARS_BACK, present + (6 if name == "year5" else 2)):
            inner = Scope(f"{before}{value}", is_current=scope.is_current and value == present)
            yield from _scopes(inner, rest, today, is_begun)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """What symbols of a template begin with, whatever year, session and number."""
    values = {"year": "[0-9]{4}", "year5": "[0-9]{4}", "session": "[0-9]{1,3}", "roman": "[IVX]+"}
    parts = _PLACE.split(template)
    # Every second part is the name of a place.
    body = "".join(values.get(part, "[0-9]+") if index % 2 else re.escape(part) for index, part in enumerate(parts))
    return re.compile(body + r"(?![0-9A-Za-z.])")
