"""What makes a build the same as the last one, and what does not."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.settings import Settings
from unbitext.align.lexicon import learn_lexicon, save_lexicon
from unbitext.inputs import InputError
from unbitext.outcome import BuildRecord, Totals
from unbitext.plan import Plan
from unbitext.status import describe_state
from unbitext.store import write_file


def plan() -> Plan:
    return Plan([Path("in")], Settings(state=Path("state"), out=Path("out")))


@pytest.fixture(autouse=True)
def built() -> Plan:
    """A build that is done, as far as its record and its files can tell."""
    write_file(Path("in/A_1.en.txt"), b"Frogs.")
    write_file(Path("corrections/A_1.en.toml"), b"")
    done = plan()
    for name in (done.corpus.document("A_1.en"), done.corpus.CORPUS, done.corpus.REPORT):
        write_file(done.corpus.root / name, name.encode())
    record = BuildRecord(out="out", key=done.key, files=done.corpus.hashes(), totals=Totals(documents=1, sentences=7))
    done.remember(record)
    return done


def test_an_unchanged_build_is_done() -> None:
    record = plan().done()
    assert record is not None
    assert record.totals.sentences == 7


def touch() -> None:
    os.utime("in/A_1.en.txt", (0, 0))
    write_file(Path("out/mine.txt"), b"a person's own")


@pytest.mark.parametrize(
    "change",
    [
        lambda: write_file(Path("in/A_1.en.txt"), b"Newts."),
        lambda: Path("in/A_1.en.txt").rename("in/A_1.zh.txt"),
        lambda: write_file(Path("in/A_2.en.txt"), b"Newts."),
        lambda: write_file(Path("in/A_2.pdf"), b"%PDF"),
        lambda: write_file(Path("corrections/A_1.en.toml"), b"#"),
        lambda: write_file(Path("out/report.md"), b"changed"),
        lambda: write_file(Path("out/tei/documents/A_2.en.xml"), b"added"),
        lambda: Path("out/tei/corpus.xml").unlink(),
        lambda: write_file(Path("state/builds/x.json"), b"{}") and Path("out").rename("elsewhere"),
        lambda: os.environ.update(SOURCE_DATE_EPOCH="1"),
    ],
)
def test_what_makes_it_be_done_again(change: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    done = plan()
    done.remember(BuildRecord(out="out", key=done.key, files=done.corpus.hashes(), totals=Totals()))
    assert plan().done() is not None
    change()
    assert plan().done() is None


def test_the_lexicon_counts_by_what_it_holds() -> None:
    def key(lexicon: Path | None) -> str:
        return Plan([Path("in")], Settings(state=Path("state"), out=Path("out"), lexicon=lexicon)).key

    for name, languages in (("a", ("zh", "en")), ("b", ("zh", "en")), ("c", ("fr", "en"))):
        save_lexicon(learn_lexicon([("a b", "c d")], languages=languages), Path(f"{name}.tsv.gz"))
    a, b, c = (key(Path(f"{name}.tsv.gz")) for name in "abc")
    assert a == b
    assert len({a, c, key(None)}) == 3
    with pytest.raises(InputError, match=r"absent: No such file or directory; give a file that can be read"):
        key(Path("absent"))


def test_what_does_not() -> None:
    touch()
    assert plan().done() is not None


def test_a_damaged_record_is_no_record(built: Plan) -> None:
    built.state.record(built.corpus.root).write_bytes(b"{")
    assert plan().done() is None
    assert describe_state(Path("state")).splitlines()[1] == "built  nothing yet"


def test_the_state_tells_what_was_built() -> None:
    assert describe_state(Path("state")).splitlines() == [
        "state  state",
        "built  out: 1 documents, 0 pairs, 0 links, 7 sentences; 0 waiting, 0 refused",
        "cache  0 entries, 0.0 MB",
    ]


def test_a_symbol_goes_with_one_file() -> None:
    write_file(Path("in/A_2.en.txt"), b"Newts.")
    with pytest.raises(InputError, match="--symbol and --language go with one file"):
        Plan([Path("in")], Settings(), symbol="A/1")
