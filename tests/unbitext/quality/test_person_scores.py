"""The aligner against links that a person gave: what is counted, and what is not."""

import json

import pytest

from schemas.bitext import CONFIRMED, Link
from unbitext.quality.evaluate import Evaluation, evaluation_json, evaluation_table
from unbitext.quality.person_scores import SIGNATURE, score_against_person


def links(*sides: str) -> list[Link]:
    """Links written as `a b = a`; ids may be the same on both sides."""
    split = [side.partition("=") for side in sides]
    return [
        Link(source_ids=tuple(source.split()), target_ids=tuple(target.split()), score=1.0, method=CONFIRMED)
        for source, _, target in split
    ]


@pytest.mark.parametrize(
    ("found", "persons", "strict", "lax", "empty"),
    [
        # what the person's links do not touch is not counted
        (["a=a", "b=b", "c=c"], ["b=b"], (1, 1, 1, 1), (1, 1, 1, 1), (0, 0, 0, 0)),
        # either side touches: both halves of a wrong link are
        (["a=a", "b=c", "c=b"], ["b=b"], (0, 2, 0, 1), (0, 2, 0, 1), (0, 0, 0, 0)),
        (["a b=a", "c=b"], ["a=a", "b=b"], (0, 2, 0, 2), (1, 2, 1, 2), (0, 0, 0, 0)),
        # an omission is right where the aligner leaves the same sentence alone
        (["a=a", "b="], ["b="], (1, 1, 0, 0), (1, 1, 0, 0), (1, 1, 1, 1)),
        (["a=a", "b=b"], ["b=", "=b"], (0, 1, 0, 0), (0, 1, 0, 0), (0, 0, 0, 2)),
    ],
)
def test_figures(
    found: list[str],
    persons: list[str],
    strict: tuple[int, ...],
    lax: tuple[int, ...],
    empty: tuple[int, ...],
) -> None:
    scores = score_against_person("S.zh-en", links(*found), links(*persons))
    for figures, wanted in ((scores.strict, strict), (scores.lax, lax), (scores.empty, empty)):
        assert (figures.right, figures.claimed, figures.met, figures.wanted) == wanted
    assert (scores.name, scores.gold_links, scores.signature) == ("S.zh-en", len(persons), SIGNATURE)


def test_they_are_rows_of_their_own() -> None:
    scores = score_against_person("S.zh-en", links("a=a"), links("a=a"))
    evaluation = Evaluation(corrections=(scores, scores.model_copy(update={"name": "T.zh-en"})))
    lines = evaluation_table(evaluation).splitlines()
    assert [line.split()[0] for line in lines] == ["corrections", "S.zh-en", "T.zh-en", "pooled", "signature:"]
    assert lines[-1] == f"signature: {SIGNATURE}"
    assert [row["strict"]["f1"] for row in json.loads(evaluation_json(evaluation))["corrections"]] == [1.0, 1.0]
