"""A cycle as a person or a schedule asks for it: which series, in which languages, from which kinds of source."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

from pydantic import Field

from schemas.base import Model
from schemas.document import Language
from schemas.fetching import SourceRecord
from schemas.settings import Settings
from unbitext.ingest import Cycle, MakeSources
from unbitext.sources.clock import Clock
from unbitext.sources.fetching import Fetcher, open_fetcher
from unbitext.sources.registry import KINDS, make_sources
from unbitext.sources.source import KnownSymbols, Source

DEFAULT_LANGUAGES: tuple[Language, ...] = ("en", "zh")


class CycleRequest(Model):
    """What a cycle is to look for.

    `series` are the beginnings of symbols (CD/PV), `languages` those wanted, the first being looked for first; `kinds`
    are kinds of source (`unbitext.sources.registry.KINDS`). `since` is where a first harvest of the library begins.
    """

    series: tuple[str, ...] = ()
    languages: tuple[Language, ...] = Field(default=DEFAULT_LANGUAGES, min_length=1)
    kinds: tuple[str, ...] = KINDS
    since: date | None = None

    @property
    def asks_hosts(self) -> bool:
        """Whether it cannot do without a host; what lies in the watched folder needs none."""
        return set(self.kinds) != {"inbox"}


@contextmanager
def open_doors(
    request: CycleRequest, settings: Settings, clock: Clock | None = None, *, dry_run: bool = False
) -> Iterator[tuple[MakeSources, Fetcher]]:
    """Open what a cycle looks through: the sources of a request, and the fetcher that they share.

    Raises `NoContactError`, `ForbiddenUrlError`, and `SeriesError` for a series that is none.
    """
    first = datetime.combine(request.since, time(), UTC) if request.since else None
    with open_fetcher(settings, clock=clock, dry_run=dry_run, asks_hosts=request.asks_hosts) as fetcher:

        def sources(known: KnownSymbols) -> list[Source]:
            return make_sources(
                fetcher, settings, request.series, request.languages, known, kinds=request.kinds, first=first
            )

        yield sources, fetcher


def preview(request: CycleRequest, settings: Settings) -> tuple[list[SourceRecord], list[str]]:
    """Tell what a cycle would ask for now, and what sources have to say; no host is asked. Raises as `open_doors`."""
    with open_doors(request, settings, dry_run=True) as (sources, _):
        return Cycle(settings).preview(sources)
