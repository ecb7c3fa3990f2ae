"""A first path in pieces for the second search: cut where it is sure, and left out where it is as good as known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from unbitext.align.dynamic import Path, Step
from unbitext.align.text_pair import TextPair

_SHORTEST = 32
"""Fewest sentences of a piece that is searched again: shorter ones would meet their ends more often than not."""

_LONGEST = 1000
"""Most sentences of a piece, with which memory grows."""

_SURE = -6.0
"""Cost of a 1-1 bead below which, with two like it on either side, a path may be cut there.

Neither sentence may have its like nearby: of two that read the same, either fits as well.
"""

_KNOWN = -9.0
"""Cost below which, with two like it on either side, it need not be searched again."""

_FEWEST_KNOWN = 6
"""Fewest beads in a row that are left out of the second search: fewer save nothing."""

_MOST_ODDS = 12.0


@dataclass(frozen=True)
class Piece:
    """Neighbouring beads of a path; log odds of each where it is known, None where it is to be searched again."""

    steps: list[Step]
    odds: list[float] | None = None


def cut(path: Path, pair: TextPair) -> Iterator[Piece]:
    """The pieces of a path through `pair`, in order."""
    plain = [
        _is_pair(step) and not (pair.source_again[step[0][0]] or pair.target_again[step[0][1]]) for step in path.steps
    ]
    known = _known(path.costs, plain)
    for is_known, numbers in groupby(range(len(path.steps)), key=known.__getitem__):
        run = list(numbers)
        steps = [path.steps[n] for n in run]
        if is_known:
            yield Piece(steps, [min(-path.costs[n], _MOST_ODDS) for n in run])
        else:
            yield from map(Piece, _searched(steps, [plain[n] and path.costs[n] <= _SURE for n in run]))


def _known(costs: Sequence[float], plain: Sequence[bool]) -> list[bool]:
    inner = _surrounded([is_plain and cost <= _KNOWN for is_plain, cost in zip(plain, costs, strict=True)])
    found: list[bool] = []
    for is_inner, run in groupby(inner):
        size = len(list(run))
        found.extend([is_inner and size >= _FEWEST_KNOWN] * size)
    return found


def _searched(steps: Sequence[Step], sure: Sequence[bool]) -> Iterator[list[Step]]:
    piece: list[Step] = []
    for number, step in enumerate(steps):
        size = max(step[0][0] - piece[0][0][0], step[0][1] - piece[0][0][1]) if piece else 0
        if size >= _SHORTEST and (size >= _LONGEST or all(sure[max(number - 2, 0) : number + 2])):
            yield piece
            piece = []
        piece.append(step)
    if piece:
        yield piece


def _surrounded(marks: Sequence[bool]) -> list[bool]:
    """Whether each place and two on either side are marked; what lies beyond the ends counts as marked."""
    return [all(marks[max(n - 2, 0) : n + 3]) for n in range(len(marks))]


def _is_pair(step: Step) -> bool:
    return (step[1][0] - step[0][0], step[1][1] - step[0][1]) == (1, 1)
