"""Bad input ends in bounded time with a result or a clear refusal, and nothing in it is presented as certain."""

import json
import time
import tracemalloc
from collections.abc import Sequence

import pytest

from schemas.bitext import Link
from unbitext.align import NotATranslation, align_segmented
from unbitext.align.output import jsonl_lines, segmented_rows

ZH = "灯塔委员会于春天召开了会议。"
EN = "The Lighthouse Committee met in the spring."


def seconds_of(source: Sequence[str], target: Sequence[str]) -> tuple[float, list[Link] | NotATranslation]:
    start = time.process_time()
    try:
        found: list[Link] | NotATranslation = align_segmented(source, target, "zh", "en")
    except NotATranslation as refusal:
        found = refusal
    return time.process_time() - start, found


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ([ZH * 20_000], [EN * 20_000]),
        ([ZH * 25_000], [EN] * 10_000),
        ([ZH] * 5000, [EN * 12_000]),
        ([ZH * 1000], [EN] * 1000),
        ([ZH * 30] * 20, [EN] * 1000),
        ([ZH * 50] * 40, [EN] * 2000),
        ([ZH] * 2000, [EN * 50] * 40),
        ([ZH] * 300, [EN * 50] * 300),
        ([ZH] * 2000, [EN] * 2000),
        ([ZH] * 200, [EN] * 230),
        (["", " ", "\t"], ["", ""]),
        ([], [EN]),
        ([ZH], []),
        (["\x00"], ["\x00"]),
        (["。" * 5000] * 20, ["." * 5000] * 20),
        (["1" * 20_000], ["1" * 20_000]),
        (["一" * 20_000 + "。" + "2" * 9000 + "万"], ["9" * 9000 + " million"]),
    ],
)
def test_odd_sizes_end_in_bounded_time(source: list[str], target: list[str]) -> None:
    seconds, found = seconds_of(source, target)
    # a hundred times what it takes: this is about growth, not about the machine
    assert seconds < 60
    if isinstance(found, NotATranslation):
        assert found.evidence
        return
    assert [int(i) for link in found for i in link.source_ids] == list(range(len(source)))
    assert [int(j) for link in found for j in link.target_ids] == list(range(len(target)))
    assert all(link.score < 0.9 for link in found)


def test_cost_of_identical_sentences_grows_linearly() -> None:
    small, large = (seconds_of([ZH] * size, [EN] * size)[0] for size in (600, 2400))
    assert large < 12 * max(small, 0.3)


def test_memory_for_identical_sentences_is_bounded() -> None:
    tracemalloc.start()
    seconds_of([ZH] * 500, [EN] * 500)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000


@pytest.mark.slow
def test_a_hundred_thousand_identical_sentences() -> None:
    seconds, found = seconds_of([ZH] * 100_000, [EN] * 100_000)
    assert seconds < 600
    assert not isinstance(found, NotATranslation)
    assert all(link.score < 0.9 for link in found)


def test_control_characters_and_lone_surrogates() -> None:
    source, target = ["灯塔\ud800亮了。", "\x00\x07渡船\u202e。"], ["The light\udfff is lit.", "A\x00 ferry."]
    links = align_segmented(source, target, "zh", "en")
    lines = list(jsonl_lines(segmented_rows(source, target, links)))
    assert [json.loads(line)["source"] for line in lines] == [[text] for text in source]
    assert all(line.encode("utf-8") for line in lines)
