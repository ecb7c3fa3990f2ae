"""What one side alone has: annexes and numbered paragraphs without counterpart, walled off from their neighbours.

An annex is at times issued in one language only, a paragraph dropped or added. Between two anchors, numbers and
headings of divisions show where such a stretch begins; lengths tell whether the other side has it after all, with a
heading or a number that was lost.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from schemas.document import Kind
from unbitext.align.anchors import Key
from unbitext.align.courses import NO_COURSES, Course

Cut = tuple[int, int]

_SMOOTHING = 20.0
_MUCH_LONGER = 1.45


def lone_cuts(
    source: Sequence[Key], target: Sequence[Key], cuts: Sequence[Cut], courses: tuple[Course, Course] = NO_COURSES
) -> list[Cut]:
    """The cuts with further ones where a stretch of blocks begins that only one side has; rising on both sides.

    One that would cut off a landmark of the courses is none: the other side has the stretch after all.
    """
    result = [cuts[0]]
    for begin, end in pairwise(cuts):
        (i, j), (k, m) = begin, end
        a, b = _opening(source, i, k), _opening(target, j, m)
        if _is_lone(source[i:k], target[j:b], target[b:m], a == k):
            result.append((k, b))
        elif _is_lone(target[j:m], source[i:a], source[a:k], b == m):
            result.append((a, m))
        elif a < k and b < m and source[a].opens_division and target[b].opens_division:
            result.append((a, b))
        if result[-1] not in (begin, end) and not _agree(courses, result[-1]):
            result.pop()
        if result[-1] != end:
            result.append(end)
    return result


def _agree(courses: tuple[Course, Course], cut: Cut) -> bool:
    """Whether as many landmarks stand before a cut on both sides."""
    before = [(0, *course.ends)[place] if course.ends else 0 for course, place in zip(courses, cut, strict=True)]
    return before[0] == before[1]


def without_walls(cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts but for those between what only one side has and what only the other side has: there words decide."""
    inner = zip(cuts, cuts[1:], cuts[2:], strict=False)
    return [*cuts[:1], *(cut for before, cut, after in inner if not _parts_lonely(before, cut, after)), *cuts[1:][-1:]]


def _parts_lonely(before: Cut, cut: Cut, after: Cut) -> bool:
    """Whether a cut stands between blocks of one side alone and blocks of the other side alone."""
    stretches = {(end[0] > begin[0], end[1] > begin[1]) for begin, end in ((before, cut), (cut, after))}
    return stretches == {(True, False), (False, True)}


def _opening(keys: Sequence[Key], begin: int, end: int) -> int:
    """The index of the first block after `begin` that opens a division or has a number of its own; `end` if none."""
    for index in range(begin + 1, end):
        key = keys[index]
        if key.opens_division or (key.kind is Kind.PARAGRAPH and key.numbers):
            return index
    return end


def _is_lone(other: Sequence[Key], before: Sequence[Key], stretch: Sequence[Key], nothing_opens: bool) -> bool:
    """Whether `other` is the counterpart of `before`, and not of `before` and `stretch` together."""
    if not (nothing_opens and other and before and stretch):
        return False
    size, near = (sum(key.length for key in keys) + _SMOOTHING for keys in (other, before))
    far = near + sum(key.length for key in stretch)
    # A number is rarely lost, and lengths vary: what is not much longer than its counterpart holds no more than that.
    return bool(size < _MUCH_LONGER * near or abs(np.log(size / near)) < abs(np.log(size / far)))
