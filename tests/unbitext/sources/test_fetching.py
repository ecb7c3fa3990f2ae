"""Fetching documents from a server that behaves, and from one that does not."""

from pathlib import Path

from schemas.fetching import Claim, FetchStatus, SourceRecord
from schemas.ids import symbol_to_stem
from tests.loopback.server import LoopbackServer
from tests.unbitext.sources.conftest import Open

SYMBOL = "SPECIMEN/PV.7"


def wanted(symbol: str = SYMBOL, language: str = "en", **more: object) -> SourceRecord:
    return SourceRecord.model_validate(
        {"origin": "test", "claim": Claim.EXISTS, "symbol": symbol, "language": language, **more}
    )


def specimen(root: Path, form: str = "pdf", symbol: str = SYMBOL, language: str = "en") -> bytes:
    return (root / form / f"{symbol_to_stem(symbol)}.{language}.{form}").read_bytes()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pdf_and_word_of_each_language_are_fetched_once(
    server: LoopbackServer, fetcher: Open, specimens: Path, tmp_path: Path
) -> None:
    server.publish_specimens(specimens)
    with fetcher() as one:
        outcomes = [one.fetch(wanted(language=language)) for language in ("en", "zh")]
    assert [outcome.status for outcome in outcomes] == [FetchStatus.FETCHED] * 2
    for outcome, language in zip(outcomes, ("en", "zh"), strict=True):
        assert outcome.file
        assert outcome.word
        assert one.store.read(outcome.file) == specimen(specimens, "pdf", language=language)
        assert one.store.read(outcome.word) == specimen(specimens, "docx", language=language)
        assert outcome.findings == ()
    before = files(tmp_path / "data")
    assert list(one.store.verify()) == []
    server.forget_requests()
    with fetcher() as one:
        outcomes = [one.fetch(wanted(language=language)) for language in ("en", "zh")]
    assert [outcome.status for outcome in outcomes] == [FetchStatus.UNCHANGED] * 2
    assert files(tmp_path / "data") == before
    # The address by symbol, and the conditional request where it leads: nothing for robots.txt, nothing for Word.
    assert server.asked() == 4
