"""The ways of aligning that are compared: each takes gold with its sentences, and gives links."""

import signal
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from nltk.translate.gale_church import align_blocks

from benchmarks.golds import Case
from parsers.parse import parse_file
from schemas.bitext import DocumentPair
from unbitext.align import align_pair, align_segmented
from unbitext.align.dynamic import Step
from unbitext.align.engine import LexicalAligner
from unbitext.align.output import LinkRow, pair_rows, segmented_rows
from unbitext.quality.gold import gold_sentences

Rows = list[LinkRow]

PEER_SECONDS = 300
"""Processor time that a peer gets for one file."""

_CHINESE_LETTERS = 3.7


@dataclass(frozen=True)
class Way:
    """A way of aligning; one on `raw` files applies to documents alone; `seconds` bounds its processor time a file."""

    title: str
    run: Callable[[Case], Rows]
    raw: bool = False
    scored: bool = True
    seconds: int | None = None

    def rows(self, case: Case) -> Rows | None:
        """The links of one file; None where the time was over before."""
        return within(self.seconds, lambda: self.run(case))


def _segmented(use_shipped: bool, learns: bool) -> Callable[[Case], Rows]:
    """The project's aligner on the gold's own sentences, without structure."""

    def run(case: Case) -> Rows:
        source, target = gold_sentences(case.gold)
        aligner = LexicalAligner(use_shipped=use_shipped, learns=learns)
        links = align_segmented(source, target, case.gold.source_language, case.gold.target_language, aligner)
        return segmented_rows(source, target, links)

    return run


def _raw(case: Case) -> Rows:
    """The project's parser, segmentation and aligner on the raw files."""
    paths = case.raw()
    if paths is None:
        raise ValueError(f"{case.name}: no raw files")
    source, target = (parse_file(path) for path in paths)
    pair = DocumentPair(source=source, target=target)
    return pair_rows(pair, align_pair(pair))


def _gale_church(case: Case) -> Rows:
    """Gale and Church (1993) as NLTK has it, on lengths in characters; Chinese ones count 3.7 letters."""
    source, target = gold_sentences(case.gold)
    pairs = align_blocks([round(_CHINESE_LETTERS * len(text)) for text in source], [len(text) for text in target])
    return step_rows(beads_of(pairs, len(source), len(target)), source, target, "nltk-gale-church")


def beads_of(pairs: list[tuple[int, int]], sources: int, targets: int) -> list[Step]:
    """Beads from rising pairs of indices: those that share a sentence are one, sentences in no pair stand alone."""
    beads: list[Step] = []
    for i, j in pairs:
        (begin, end) = beads[-1] if beads else ((0, 0), (0, 0))
        if beads and (i < end[0] or j < end[1]):
            beads[-1] = begin, (max(end[0], i + 1), max(end[1], j + 1))
        else:
            beads += _alone(end, (i, j))
            beads.append(((i, j), (i + 1, j + 1)))
    return beads + _alone(beads[-1][1] if beads else (0, 0), (sources, targets))


def _alone(begin: tuple[int, int], end: tuple[int, int]) -> list[Step]:
    """Every sentence between two positions by itself."""
    left: list[Step] = [((i, begin[1]), (i + 1, begin[1])) for i in range(begin[0], end[0])]
    return left + [((end[0], j), (end[0], j + 1)) for j in range(begin[1], end[1])]


def step_rows(steps: list[Step], source: list[str], target: list[str], method: str) -> Rows:
    """Rows for beads without scores."""
    return [
        LinkRow(
            source=tuple(source[i:k]),
            target=tuple(target[j:m]),
            source_ids=tuple(map(str, range(i, k))),
            target_ids=tuple(map(str, range(j, m))),
            kinds=(),
            unit="sentence",
            score=1.0,
            method=method,
            findings=(),
        )
        for (i, j), (k, m) in steps
    ]


class _TimeIsOver(Exception):  # noqa: N818 - not an error: the bound that was asked for
    pass


def within(seconds: int | None, run: Callable[[], Rows]) -> Rows | None:
    """What `run` gives, or None where it takes more than so many seconds of processor time (main thread only)."""
    if seconds is None:
        return run()

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TimeIsOver

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return run()
    except _TimeIsOver:
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


WAYS = (
    Way("this aligner", _segmented(use_shipped=True, learns=True)),
    Way("this aligner without any lexicon", _segmented(use_shipped=False, learns=False)),
    Way("this aligner with what it learns alone", _segmented(use_shipped=False, learns=True)),
    Way("this aligner from raw files, own sentences", _raw, raw=True),
    Way("Gale-Church (NLTK)", _gale_church, scored=False, seconds=PEER_SECONDS),
)
