"""The sources of a cycle, by what a person asks for. A new source is made here."""

from collections.abc import Sequence
from datetime import datetime

from schemas.document import Language
from schemas.series import Series, parse_series
from schemas.settings import Settings
from unbitext.sources.changes import Changes
from unbitext.sources.enumeration import Enumeration
from unbitext.sources.fetching import Fetcher
from unbitext.sources.inbox import Inbox
from unbitext.sources.inbox_folder import Patience
from unbitext.sources.oai import Oai
from unbitext.sources.reissues import Reissues
from unbitext.sources.source import KnownSymbols, Source

KINDS = ("inbox", "enumeration", "changes", "reissues", "oai")
"""The kinds of source, in the order in which a cycle turns to them."""


def make_sources(
    fetcher: Fetcher,
    settings: Settings,
    series: Sequence[str],
    languages: Sequence[Language],
    known: KnownSymbols,
    *,
    kinds: Sequence[str] = KINDS,
    first: datetime | None = None,
) -> list[Source]:
    """Make the sources of these kinds for these series, as `parse_series` reads them.

    `first` is where a first harvest of the library begins. Raises `SeriesError` for a text that names no series,
    `ValueError` for an unknown kind.
    """
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no kind of source; there are {', '.join(KINDS)}")
    client = fetcher.client
    read: list[Series] = [parse_series(text) for text in series]
    sources: list[Source] = []
    if "inbox" in kinds:
        sources.append(
            Inbox(
                settings.data / "inbox",
                Patience.of(settings),
                parse=fetcher.parse,
                clock=client.clock,
                is_dry_run=client.is_dry_run,
            )
        )
    if "enumeration" in kinds:
        sources += [Enumeration(one, known, languages, misses=settings.misses, clock=client.clock) for one in read]
    if "changes" in kinds:
        sources += [Changes(one, known, languages, most=settings.changes_a_cycle, clock=client.clock) for one in read]
    if "reissues" in kinds:
        days, most = settings.reissue_days, settings.changes_a_cycle
        sources += [Reissues(one, known, languages, round_days=days, most=most, clock=client.clock) for one in read]
    if "oai" in kinds:
        sources.append(Oai(client, fetcher.services.oai_url, read, languages, first=first))
    return sources
