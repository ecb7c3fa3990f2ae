"""Splits: by family, for good, and with nothing alike on two sides."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unbitext.release.releases import spool_of
from unbitext.release.decisions import settle_splits, shard_count
from unbitext.release.options import Filters, Splits
from unbitext.release.repetitions import settle_duplicates
from unbitext.release.sketches import row_sketches

HALF = Splits(validation=0.25, test=0.25)
FILTERS = Filters()

Documents = Sequence[tuple[str, str | None, Sequence[tuple[str, str]]]]


def invented(seed: int) -> list[tuple[str, str]]:
    """Three rows that no other seed has."""
    dice = random.Random(seed)
    han = [chr(dice.randrange(0x4E00, 0x9000)) for _ in range(60)]
    latin = [chr(dice.randrange(97, 123)) for _ in range(180)]
    return [("".join(han[n * 20 : n * 20 + 20]), "".join(latin[n * 60 : n * 60 + 60])) for n in range(3)]


def settled(
    path: Path, documents: Documents, splits: Splits = HALF, filters: Filters = FILTERS
) -> dict[str, tuple[str, list[tuple[str, ...]]]]:
    """Split and reasons of each pair."""
    path.unlink(missing_ok=True)
    with spool_of(path, documents) as spool:
        settle_splits(spool, splits, 4)
        settle_duplicates(spool, filters, path.parent)
        found = {}
        for pair in spool.pairs():
            rows = sorted([*pair.rows, *pair.excluded], key=lambda row: row.order)
            found[pair.name.partition(".zh")[0]] = (pair.split, [getattr(row, "reasons", ()) for row in rows])
        for document in spool.documents():
            assert document.row.split == found[document.row.id.rpartition(".")[0]][0]
    return found


def many(count: int) -> list[tuple[str, str | None, Sequence[tuple[str, str]]]]:
    return [(f"A/79/{n}", f"2026-01-{n % 28 + 1:02}", invented(n)) for n in range(count)]


def test_every_split_has_its_share(tmp_path: Path) -> None:
    splits = [split for split, _ in settled(tmp_path / "spool", many(200)).values()]
    assert {split: splits.count(split) > 25 for split in ("train", "validation", "test")} == {
        "train": True,
        "validation": True,
        "test": True,
    }


def test_a_family_stays_together(tmp_path: Path) -> None:
    changes = ("/Add.1", "/Rev.1", "/Corr.1", "/Add.2/Corr.1")
    documents = [
        (f"A/79/{n}{change}", None, invented(n * 10 + m)) for n in range(12) for m, change in enumerate(changes)
    ]
    found = settled(tmp_path / "spool", documents)
    for n in range(12):
        assert len({found[f"A_79_{n}{change.replace('/', '_')}"][0] for change in changes}) == 1
    assert len({split for split, _ in found.values()}) == 3


def test_two_symbols_join_two_families(tmp_path: Path) -> None:
    alone = settled(tmp_path / "spool", many(30))
    one = next(name for name, (split, _) in alone.items() if split == "train")
    other = next(name for name, (split, _) in alone.items() if split == "test")
    joint = [*many(30), (f"{one.replace('_', '/')}/Add.1 {other.replace('_', '/')}/Add.1", "2027-01-01", invented(99))]
    found = settled(tmp_path / "spool", joint)
    assert len({found[name][0] for name in (one, other, f"{one}_Add.1")}) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.sets(st.integers(0, 39), min_size=1), order=st.randoms(use_true_random=False))
def test_splits_do_not_change_when_documents_are_added(tmp_path: Path, kept: set[int], order: object) -> None:
    documents = many(40)
    whole = settled(tmp_path / "spool", documents)
    some = [documents[n] for n in kept]
    order.shuffle(some)  # type: ignore[attr-defined]
    part = settled(tmp_path / "spool", some)
    assert part == {name: whole[name] for name in part}


def test_nearly_the_same_documents_go_together_to_where_the_older_goes(tmp_path: Path) -> None:
    documents = many(40)
    alone = settled(tmp_path / "spool", documents)
    older = next(n for n in range(40) if alone[f"A_79_{n}"][0] == "test")
    revised = [(source, target.replace("a", "b", 1)) for source, target in invented(older)]
    for day, symbol in (("2027-05-05", "S/2027/1"), ("2027-05-06", "S/2027/2"), ("2027-05-07", "S/2027/3")):
        documents.append((symbol, day, revised))
    found = settled(tmp_path / "spool", documents)
    assert {found[f"S_2027_{n}"][0] for n in (1, 2, 3)} == {"test"}
    assert {name: value for name, value in found.items() if name in alone} == alone


def test_of_rows_that_repeat_one_another_the_oldest_stays(tmp_path: Path) -> None:
    same, near = (
        ("本组织欢迎秘书长就此提交的详细报告", "The Organization welcomes the detailed report that was submitted"),
        (
            "本组织欢迎秘书长就此提交的详细报告。",
            "The Organization welcomes the detailed report that was submitted!",
        ),
    )
    documents: Documents = [
        ("A/1", "2026-03-01", [same, *invented(1)]),
        ("A/2", "2026-01-01", [near, *invented(2)]),
        ("A/3", "2026-02-01", [same, *invented(3)]),
    ]
    found = settled(tmp_path / "spool", documents, Splits(validation=0, test=0))
    assert found["A_2"][1][0] == ()
    assert found["A_3"][1][0] == ("near-duplicate",)
    assert found["A_1"][1][0] == ("duplicate",)
    assert all(reasons == () for _, rows in found.values() for reasons in rows[1:])


@pytest.mark.parametrize(
    ("keep", "reasons"),
    [
        ((), [(), ("duplicate",), ("near-duplicate",)]),
        (("duplicate",), [(), (), ("near-duplicate",)]),
        (("near-duplicate",), [(), ("duplicate",), ()]),
        (("duplicate", "near-duplicate"), [(), (), ()]),
    ],
)
def test_what_is_kept_of_rows_that_repeat_one_another(
    tmp_path: Path, keep: tuple[str, ...], reasons: list[tuple[str, ...]]
) -> None:
    same = ("本组织欢迎秘书长就此提交的详细报告", "The Organization welcomes the detailed report that was submitted")
    near = (f"{same[0]}。", f"{same[1]}!")
    documents: Documents = [
        (f"A/{n}", f"2026-01-0{n}", [row, *invented(n)]) for n, row in enumerate((same, same, near), 1)
    ]
    found = settled(tmp_path / "spool", documents, Splits(validation=0, test=0), Filters(keep=keep))
    assert [found[f"A_{n}"][1][0] for n in (1, 2, 3)] == reasons


def test_no_text_of_one_split_is_nearly_that_of_another(tmp_path: Path) -> None:
    # Each document has an original sentence in common with the next: another translation, so no duplicate.
    shared = [invented(1_000 + n)[0][1] for n in range(20)]
    documents: Documents = []
    for n in range(20):
        common = [(invented(500 + n)[0][0], shared[n]), (invented(700 + n)[0][0], shared[(n + 1) % 20])]
        documents = [*documents, (f"A/79/{n}", f"2026-01-{n + 1:02}", [*common, *invented(n)])]
    path = tmp_path / "spool"
    with spool_of(path, documents) as spool:
        settle_splits(spool, HALF, 4)
        settle_duplicates(spool, Filters(), tmp_path)
        rows = [row for pair in spool.pairs() for row in pair.rows]
        excluded = [reason for pair in spool.pairs() for row in pair.excluded for reason in row.reasons]
    assert set(excluded) == {"near-duplicate-in-other-split"}
    assert {row.split for row in rows} == {"train", "validation", "test"}
    for side in ("source_text", "target_text"):
        sketches = row_sketches([getattr(row, side) for row in rows])
        for n, row in enumerate(rows):
            alike = (sketches == sketches[n]).mean(axis=1) >= 0.8
            assert {other.split for other, is_alike in zip(rows, alike, strict=True) if is_alike} == {row.split}


@pytest.mark.parametrize("name", ["A_79_7.zh-en", "A_79_7.en", "A/79/7", "A/79/7/Corr.1"])
def test_what_is_held_out_goes_to_test_with_its_family(tmp_path: Path, name: str) -> None:
    documents = [*many(20), ("A/79/7/Add.1", "2020-01-01", invented(300))]
    held = Splits(validation=0, test=0, held_out=(name, "A/79/999"))
    with spool_of(tmp_path / "spool", documents) as spool:
        assert settle_splits(spool, held, 1) == ("A/79/999",)
        splits = {pair.name: pair.split for pair in spool.pairs()}
        first = spool.names_by_age()[:2]
    assert {each for each, split in splits.items() if split == "test"} == {"A_79_7.zh-en", "A_79_7_Add.1.zh-en"}
    assert set(first) == {"A_79_7.zh-en", "A_79_7_Add.1.zh-en"}


def test_a_held_out_document_loses_no_row_to_training(tmp_path: Path) -> None:
    documents: Documents = [("A/1", "2020-01-01", invented(1)), ("A/2", "2026-01-01", [*invented(1)[:1], *invented(2)])]
    found = settled(tmp_path / "spool", documents, Splits(validation=0, test=0, held_out=("A/2",)))
    assert found["A_2"] == ("test", [(), (), (), ()])
    assert found["A_1"] == ("train", [("duplicate",), (), ()])


@pytest.mark.parametrize(("pairs", "count"), [(0, 1), (256, 1), (257, 2), (512, 2), (50_000, 256)])
def test_shards_stay_small(pairs: int, count: int) -> None:
    assert shard_count(pairs) == count
