"""Cycles that are killed while they remove former files: the next one ends the work, and nothing needed is gone."""

import random
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.loopback.pond import pond_paper
from tests.loopback.server import LoopbackServer
from tests.unbitext.ingestion.test_faults import Warm, differences
from unbitext.catalogue.catalogue import Catalogue
from unbitext.fetched_files import FetchedFiles
from unbitext.kept_documents import KeptDocuments
from unbitext.verification import verify

PAPERS = [("POND/2026/1", "en"), ("POND/2026/1", "zh"), ("POND/2026/2", "zh")]
POLICY = {"keep_versions_days": 30}
DUE = 33
"""The day on which the former files go."""


class Shore(NamedTuple):
    """Cycles in `folder`, which `restore` brings back to what it was before the removal; `undisturbed` is its end.

    `steps` are those of the cycle among which the removal is.
    """

    warm: Warm
    folder: Path
    before: Path
    undisturbed: Path
    records: list[tuple[str, str, str]]
    steps: range

    def restore(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.before, self.folder)

    def cycle(self, **order: object) -> int:
        """The cycle that removes."""
        return self.warm.run(self.folder, POLICY, records=self.records, days=DUE, **order)


@pytest.fixture(scope="module")
def shore(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Shore]:
    """Three documents that were issued three times each, with six former files that are due."""
    place = tmp_path_factory.mktemp("shore")
    folder = place / "pond"
    records: list[tuple[str, str, str]] = []
    with LoopbackServer() as server:
        warm = Warm(server, place, root)
        for edition in range(3):
            for number, (symbol, language) in enumerate(PAPERS):
                server.publish(symbol, language, "pdf", pond_paper(symbol, language, 10 * edition + number))
                records.append((symbol, language, "changed" if edition else "exists"))
            assert warm.run(folder, POLICY, records=records, days=edition / 10) == 0, warm.said
        for day in (1, 8, 15, 22, 29):
            assert warm.run(folder, POLICY, records=records, days=day, steps=str(place / "idle")) == 0, warm.said
        assert len(former(folder)) == 6
        shutil.copytree(folder, place / "before")
        assert warm.run(folder, POLICY, records=records, days=DUE, steps=str(place / "steps")) == 0, warm.said
        assert former(folder) == set()
        assert len(tables(folder)[0]) == 6
        assert len(list((folder / "data/fetched/removed").glob("*/*.json"))) == 6
        assert faults(folder) == 0
        shutil.copytree(folder, place / "undisturbed")
        idle, steps = (int((place / name).read_text()) for name in ("idle", "steps"))
        span = range(max(1, steps - 2 * (steps - idle)), steps)
        yield Shore(warm, folder, place / "before", place / "undisturbed", records, span)
        warm.close()


def former(folder: Path) -> set[str]:
    """The former files of which the bytes are there."""
    held = {path.stem for path in (folder / "data/fetched").glob("??/*.pdf")}
    return held - {note.file.sha256 for note in KeptDocuments(folder / "data/kept").all()}


def tables(folder: Path) -> list[list[tuple[object, ...]]]:
    with sqlite3.connect(folder / "state/catalogue/catalogue.sqlite") as catalogue:
        names = ("removals", "former", "retention")
        return [sorted(catalogue.execute(f"SELECT * FROM {name}").fetchall()) for name in names]


def faults(folder: Path) -> int:
    with Catalogue(folder / "state/catalogue/catalogue.sqlite") as catalogue:
        return len(verify(catalogue, KeptDocuments(folder / "data/kept"), FetchedFiles(folder / "data/fetched")))


def kill_and_finish(shore: Shore, step: int) -> int | None:
    """Kill the cycle at a step, end it by another one, compare; return how many files the kill had left, if it came."""
    shore.restore()
    code = shore.cycle(kill_at=step)
    assert code in (0, -signal.SIGKILL), shore.warm.said
    left = len(former(shore.folder))
    # Whatever has gone by then has its tombstone: a person who looks now finds no fault.
    assert faults(shore.folder) == 0
    assert shore.cycle() == 0, shore.warm.said
    assert differences(shore.folder, shore.undisturbed) == []
    assert tables(shore.folder) == tables(shore.undisturbed)
    leftovers = [path for path in shore.folder.rglob(".unbitext-*") if "cache" not in path.parts]
    assert leftovers == []
    return left if code else None


def test_a_removal_that_is_killed_is_ended_by_the_next(shore: Shore) -> None:
    left = [kill_and_finish(shore, step) for step in random.Random(30).sample(shore.steps, 8)]
    assert sum(one is not None for one in left) >= 6
    assert {1, 2, 3, 4, 5} & {one for one in left if one is not None}  # some in the middle of the work


@pytest.mark.slow
def test_a_removal_that_is_killed_at_each_of_its_steps(shore: Shore) -> None:
    left = {kill_and_finish(shore, step) for step in shore.steps}
    assert left >= {0, 1, 2, 3, 4, 5, 6}
