"""Measures of a document's text: its margins, and what is met most."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from parsers.readers.pdf_page import Placed

_NEAR = 3.0
_FARTHEST_SHIFT = 60.0
_FEWEST_LINES = 5


def is_shifted(own: tuple[float, float], known: tuple[float, float] | None) -> bool:
    """Whether a page's margins are another page's, moved or wider; a page full of items is set in on the left only."""
    if known is None:
        return True
    left, right = own[0] - known[0], own[1] - known[1]
    return abs(left) < _FARTHEST_SHIFT and (left < _NEAR or abs(left - right) < 3 * _NEAR)


def weighted_mode(pairs: Iterable[tuple[float, int]]) -> float | None:
    """The value of most weight, the smallest of several; None where there are none."""
    weights: Counter[float] = Counter()
    for value, weight in pairs:
        weights[value] += weight
    return max(weights, key=lambda value: (weights[value], -value)) if weights else None


def least_common_mode(counts: Counter[float]) -> float:
    """The smallest distance nearly as frequent as the most frequent one: paragraphs of one line are set apart."""
    most = max(counts.values())
    return min(value for value, count in counts.items() if count >= 0.4 * most)


def text_margins(lines: Iterable[Placed]) -> tuple[float, float] | None:
    """Left edge and right edge of most lines.

    The left edge is where lines begin that go on after a full one: there may be more that open a paragraph, further in.
    """
    placed = list(lines)
    kept = [line.strip for line in placed if len(line.text) > 20]
    if not kept:
        return None
    full = 0.97 * max(strip.x1 for strip in kept)
    going_on = [line.strip for above, line in pairwise(placed) if above.page == line.page and above.strip.x1 > full]
    enough = len(going_on) >= max(_FEWEST_LINES, 0.25 * len(kept))
    kept += going_on if enough else []
    lefts = Counter(round(strip.x0 / 2) for strip in (going_on if enough else kept))
    near = max(lefts, key=lambda place: (lefts[place] + lefts[place + 1] * 0.5 + lefts[place - 1] * 0.5, -place))
    left = min(strip.x0 for strip in kept if abs(strip.x0 / 2 - near) <= 1)
    rights = sorted(strip.x1 for strip in kept if strip.x0 < left + 60)
    return left, rights[min(int(0.95 * len(rights)), len(rights) - 1)]
