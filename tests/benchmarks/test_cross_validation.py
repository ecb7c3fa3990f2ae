"""Choosing parameters and fitting scores without the file that they are reported on."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import numpy as np
import pytest

from benchmarks.cross_validation import Measurements, genre_rows, goodness, report
from benchmarks.golds import specimen_cases
from benchmarks.judging import Judged, judge
from benchmarks.parameter_search import (
    LADDERS,
    OF_THE_PATH,
    Setting,
    consensus,
    neighbours,
    parameters_of,
    search,
    shipped_setting,
)
from benchmarks.score_fitting import fit_weights, held_out, leave_one_out, log_loss, logistic_regression
from unbitext.align import align_segmented
from unbitext.align.parameters import Parameters, ScoreWeights
from unbitext.quality.alignment_scores import AlignmentScores
from unbitext.quality.figures import NO_FIGURES, Figures
from unbitext.quality.gold import gold_sentences

START = Setting(3.6, 0.055, 0.37, 1.0, 2.0, 1.5)


def judged(name: str, genre: str, right: int, links: int = 10, features: np.ndarray | None = None) -> Judged:
    strict = Figures(right=right, claimed=links, met=right, wanted=links)
    scores = AlignmentScores(name=name, links=links, gold_links=links, strict=strict, lax=strict, empty=NO_FIGURES)
    found = np.column_stack(
        [np.ones(links), np.linspace(8, -3, links), np.zeros((links, len(fields(ScoreWeights)) - 2))]
    )
    return Judged(name, genre, scores, found if features is None else features, np.arange(links) < right)


def test_the_shipped_setting_is_that_of_the_parameters() -> None:
    assert parameters_of(shipped_setting()) == Parameters()


def test_what_a_setting_changes() -> None:
    changed = parameters_of(Setting(1.0, 0.1, 0.2, 2.0, 3.0, 4.0))
    ours = Parameters()
    assert {shape: price for shape, price in changed.prices.items() if 0 in shape} == {(1, 0): 1.0, (0, 1): 1.0}
    assert changed.prices[1, 1] == ours.prices[1, 1]
    assert changed.prices[1, 2] == 2 * ours.prices[1, 2]
    assert (changed.empty_letter, changed.unexplained, changed.document_weight) == (0.1, 0.2, 3.0)
    assert changed.temperature == 4.0


@pytest.mark.parametrize(
    ("value", "expected"),
    [(2.4, [2.8]), (2.8, [2.4, 3.2]), (4.8, [4.4]), (3.0, [2.8, 3.2]), (1.0, [2.4]), (9.0, [4.8])],
)
def test_neighbours_on_the_ladder(value: float, expected: list[float]) -> None:
    start = Setting(value, *list(START.__dict__.values())[1:])
    assert [setting.empty for setting in neighbours(start, "empty")] == expected


def test_the_search_climbs_to_the_top_of_each_fold() -> None:
    tops = {"a": Setting(2.4, 0.08, 0.28, 1.2, 0.5, 1.5), "b": START}

    def objective(fold: str, setting: Setting) -> float:
        return -sum(
            abs(LADDERS[name].index(getattr(setting, name)) - LADDERS[name].index(getattr(tops[fold], name)))
            for name in OF_THE_PATH
        )

    assert search(["a", "b"], START, objective, prepare=lambda settings: True) == tops


def test_the_search_ends_with_its_bound_and_looks_at_nothing_unmeasured() -> None:
    known: set[Setting] = set()

    def prepare(settings: Iterable[Setting]) -> bool:
        new = set(settings) - known
        if len(known) + len(new) > 4:
            return False
        known.update(new)
        return True

    def objective(fold: str, setting: Setting) -> float:
        assert setting in known
        return -setting.empty

    found = search(["a"], START, objective, prepare)
    assert found["a"].empty == 2.8
    assert len(known) == 4


def test_a_tiny_gain_moves_nothing() -> None:
    found = search(["a"], START, lambda _, setting: -setting.empty * 1e-4, prepare=lambda settings: True)
    assert found == {"a": START}


def test_the_middle_of_the_folds() -> None:
    low, high = (Setting(empty, *list(START.__dict__.values())[1:]) for empty in (2.4, 4.0))
    assert consensus([low, high, START]) == START
    assert consensus([low, high]) == low


def test_genres_count_the_same() -> None:
    found = [judged("a", "United Nations", 10), judged("b", "United Nations", 8), judged("c", "Sinorama", 5)]
    assert goodness(found) == pytest.approx((0.9 + 0.5) / 2)
    assert [(row[0], row[1]) for row in genre_rows(found)] == [
        *(("United Nations", ".900"), ("Sinorama", ".500"), ("mean of the genres", ".700")),
    ]


def test_the_regression_finds_the_weights_that_made_the_data() -> None:
    random = np.random.default_rng(1)
    features = np.column_stack([np.ones(20_000), random.normal(size=(20_000, 2))])
    truth = np.array([0.5, 1.5, -1.0])
    right = random.random(20_000) < 1 / (1 + np.exp(-features @ truth))
    assert logistic_regression(features, right.astype(np.float64)) == pytest.approx(truth, abs=0.1)


def test_the_regression_bears_what_can_be_told_apart_without_fault() -> None:
    weights = logistic_regression(np.array([[1.0, -1.0], [1.0, 1.0]] * 50), np.array([0.0, 1.0] * 50))
    assert np.isfinite(weights).all()
    assert weights[1] > 1


def test_a_file_has_no_part_in_its_own_weights() -> None:
    files = [judged(name, "Sinorama", right) for name, right in (("a", 9), ("b", 7), ("c", 3))]
    folds = leave_one_out(files)
    assert [weights for _, weights in folds] == [fit_weights([f for f in files if f is not one]) for one in files]
    (part,) = held_out(folds)
    assert part.scores[:10] == tuple(files[0].scores(folds[0][1]))
    assert (part.figures.links, part.figures.wrong) == (30, 11)


def test_sure_and_wrong_surprises_most() -> None:
    file = judged("a", "Sinorama", 5)
    surprises = [
        log_loss([file], ScoreWeights(constant, *[0.0] * (len(fields(ScoreWeights)) - 1)))
        for constant in (0.0, 3.0, 9.0)
    ]
    assert surprises == sorted(surprises)
    assert surprises[0] == pytest.approx(np.log(2), abs=1e-3)


def test_features_are_those_of_the_scores_that_ship() -> None:
    case = next(case for case in specimen_cases() if case.name == "SPECIMEN_SR.3")
    source, target = gold_sentences(case.gold)
    links = align_segmented(source, target, "zh", "en")
    scores = judge(case, Parameters()).scores(Parameters().score_weights)
    assert sorted(scores) == sorted(link.score for link in links)


def test_the_report_on_small_files() -> None:
    cases = [case for case in specimen_cases() if case.name in ("SPECIMEN_CONF.2026_WP.4", "SPECIMEN_RES_9_4")]
    with ThreadPoolExecutor(1) as pool:
        text = report(cases, Measurements(cases, pool), most=3)
    assert "left out" in text
    assert "SPECIMEN_RES_9_4" in text
    assert "held-out scores" in text
