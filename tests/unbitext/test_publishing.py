"""A corpus changes at one stroke, or not at all."""

import multiprocessing
import os
import resource
from pathlib import Path

import pytest

from tests.flows.trees import times, tree
from unbitext import publishing
from unbitext.publishing import publish, recover
from unbitext.store import CorpusFolder, write_file

CORPUS = CorpusFolder.CORPUS
REPORT = CorpusFolder.REPORT
ONE, TWO = (CorpusFolder.document(identifier) for identifier in ("A_1.zh", "A_2.zh"))
LINKS = CorpusFolder.alignment("A_1.zh-en")
FIRST = {ONE: b"1", TWO: b"2", CORPUS: b"c", REPORT: b"r"}
SECOND = {ONE: b"1", LINKS: b"a", CORPUS: b"d", REPORT: b"r"}


def stage(folder: Path, files: dict[str, bytes]) -> list[str]:
    for name, data in files.items():
        write_file(folder / name, data)
    return list(files)


@pytest.fixture(params=["exchange", "two renames", "no links"])
def corpus(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> CorpusFolder:
    """The first corpus, on a system that can, or cannot, exchange folders and link files."""
    if request.param == "two renames":
        monkeypatch.setattr(publishing, "_exchanged", lambda one, other: False)
    if request.param == "no links":

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
    made = CorpusFolder(tmp_path / "out")
    publish(made, tmp_path / "first", stage(tmp_path / "first", FIRST))
    assert tree(made.root) == FIRST
    return made


def test_what_changed_is_replaced_and_what_left_is_removed(corpus: CorpusFolder, tmp_path: Path) -> None:
    own = {"tei/documents/notes.txt": b"a person's own", "tei/deep/x.xml": b"another", "list.md": b"a third"}
    stage(corpus.root, own)
    os.utime(corpus.root / ONE, ns=(1, 1))
    changed, removed = publish(corpus, tmp_path / "second", stage(tmp_path / "second", SECOND))
    assert (changed, removed) == ([LINKS, CORPUS], [TWO])
    assert tree(corpus.root) == {**SECOND, **own}
    assert (corpus.root / ONE).stat().st_mtime_ns == 1


def test_an_equal_corpus_is_not_touched(corpus: CorpusFolder, tmp_path: Path) -> None:
    before = times(corpus.root)
    assert publish(corpus, tmp_path / "again", stage(tmp_path / "again", FIRST)) == ([], [])
    assert times(corpus.root) == before


def test_a_new_report_alone_leaves_the_rest(corpus: CorpusFolder, tmp_path: Path) -> None:
    before = times(corpus.root / "tei")
    assert publish(corpus, tmp_path / "new", stage(tmp_path / "new", {**FIRST, REPORT: b"s"})) == ([REPORT], [])
    assert times(corpus.root / "tei") == before
    assert tree(corpus.root) == {**FIRST, REPORT: b"s"}


def publish_with_little_room(corpus: CorpusFolder, staged: Path, names: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    try:
        publish(corpus, staged, names)
    except OSError:
        os._exit(7)


def test_a_full_disk_leaves_the_corpus_as_it_was(corpus: CorpusFolder, tmp_path: Path) -> None:
    large = {**SECOND, CorpusFolder.document("Z_1.zh"): b"z" * 1_000_000}
    before = times(corpus.root / "tei")
    work = (corpus, tmp_path / "large", stage(tmp_path / "large", large))
    child = multiprocessing.get_context("fork").Process(target=publish_with_little_room, args=work)
    child.start()
    child.join()
    assert child.exitcode == 7
    assert tree(corpus.root) == FIRST
    assert times(corpus.root / "tei") == before


def test_what_a_kill_left_is_put_right(corpus: CorpusFolder) -> None:
    (corpus.root / "tei").rename(corpus.root / publishing._OLD)  # killed between the two renames
    stage(corpus.root / publishing._NEW, {ONE: b"half"})
    recover(corpus)
    assert tree(corpus.root) == FIRST
    stage(corpus.root / publishing._OLD, {ONE: b"old"})  # killed after them
    recover(corpus)
    assert tree(corpus.root) == FIRST
