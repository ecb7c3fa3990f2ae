"""Troubles of every kind, in any order: in the end all documents are there, once, and every file is whole."""

import random
from pathlib import Path

import pytest

from schemas.fetching import FetchStatus
from tests.loopback import behaviour
from tests.loopback.papers import paper
from tests.loopback.server import LoopbackServer
from tests.unbitext.sources.conftest import Open
from tests.unbitext.sources.test_fetching import wanted
from unbitext.fetched_files import FetchedFiles

SYMBOLS = tuple(f"CD/PV.{number}" for number in range(1, 6))
BODY = paper("CD/PV.99")
TROUBLES = (
    behaviour.resets,
    behaviour.garbage,
    behaviour.empty,
    behaviour.page,
    behaviour.waf,
    behaviour.challenge,
    behaviour.understates(BODY),
    behaviour.cuts_chunked(BODY),
    behaviour.cuts(BODY, declared=None),
    behaviour.sends(BODY),
    behaviour.sends(b"\xffWPC", headers={"ETag": '"1"'}),
    behaviour.gzip_bomb(2),
    behaviour.redirects("https://example.org/"),
    behaviour.redirects("?"),
    *(behaviour.status(code) for code in (204, 304, 400, 401, 403, 404, 410, 418, 429, 500, 503)),
)


@pytest.mark.parametrize("seed", range(4))
def test_in_the_end_all_is_there(server: LoopbackServer, fetcher: Open, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for symbol in SYMBOLS:
        server.publish(symbol, "en", "pdf", paper(symbol))
        server.publish(symbol, "en", "doc", paper(symbol, 2))
        for form in ("pdf", "doc"):
            for _ in range(chance.randrange(4)):
                server.fault(symbol, "en", form, chance.choice(TROUBLES), times=chance.choice((1, 2)))
    store = FetchedFiles(tmp_path / "data" / "fetched")
    there: dict[str, bytes] = {}
    for _ in range(12):
        with fetcher(attempts=2, largest_megabytes=1) as one:
            for symbol in SYMBOLS:
                outcome = one.fetch(wanted(symbol))
                assert outcome.is_there or outcome.code
                if outcome.file:
                    there[symbol] = store.read(outcome.file)
        assert list(store.verify()) == []
    # A PDF that was refused for now may have let its Word file take over; by now the PDF is back.
    assert there == {symbol: paper(symbol) for symbol in SYMBOLS}
    with fetcher() as one:
        assert {one.fetch(wanted(symbol)).status for symbol in SYMBOLS} == {FetchStatus.UNCHANGED}
