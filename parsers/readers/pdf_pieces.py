"""Pieces of a PDF's lines: runs of characters cut where gaps part them, with what is known of white space beside them.

White space is found again from the gaps, since many producers print none, and since some print a space where nobody
sees one.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import sub
from typing import NamedTuple
from unicodedata import combining

from parsers.readers.pdf_runs import Run, Style

SPACE_GAP = 0.17
"""Gap, in sizes of the text, from which two characters are of two words."""

_SPACELESS_GAP, _CLOSE_GAP = 0.13, 0.1
_FEWEST_LETTERS = 12
"""Where a file sets no spaces, narrower gaps part words: from the first, and by the second wider than among letters."""

_OVERPRINTED_GAP = 0.1
_OPENING, _CLOSING = frozenset("([{“‘/-‐‑–—"), frozenset(",.;:!?)]}”’%/-‐‑–—")


class Piece(NamedTuple):
    """Part of a run without wide gaps and outer white space.

    `spaced` tells of white space taken off its start, `trailed` of white space taken off its end.
    """

    chars: str
    x0: Sequence[float]
    x1: Sequence[float]
    baseline: float
    style: Style
    spaced: bool
    raised: bool = False
    trailed: bool = False


def pieces_of(run: Run) -> Iterator[Piece]:
    """The pieces of a run, in its order."""
    chars, x0, x1 = _without_overprinted_spaces(run)
    size = max(run.style.size, 1.0)
    bounds = [0, len(chars)]
    ahead = x0[1:]
    gaps = list(map(sub, ahead, x1))
    limit = _space_gap(chars, gaps, size)
    if (len(chars) > 1 and max(gaps) > limit) or min(map(sub, ahead, x0), default=0) < -size:
        bounds[1:1] = [
            index
            for index in range(1, len(chars))
            if (gaps[index - 1] > limit or x0[index] - x0[index - 1] < -size)
            # An accent of its own stands over the letter before it, wherever its box is.
            and not (combining(chars[index]) or combining(chars[index - 1]))
        ]
    spaced = False
    for first, last in pairwise(bounds):
        part = chars[first:last]
        body = part.strip()
        if not body:
            spaced = True
            continue
        start = first + part.index(body[0])
        end = start + len(body)
        trailed = end < last
        yield Piece(
            body, x0[start:end], x1[start:end], run.baseline, run.style, spaced or start > first, trailed=trailed
        )
        # What a wide gap parts stays apart where the pieces meet again, though the gap is narrower than most.
        spaced = trailed or limit < SPACE_GAP * size


def _space_gap(chars: str, gaps: Sequence[float], size: float) -> float:
    """The white space from which words are parted: less where the file sets no spaces, and letters are close."""
    usual = SPACE_GAP * size
    least = _SPACELESS_GAP * size
    if " " in chars or len(chars) < _FEWEST_LETTERS or not any(least < gap <= usual for gap in gaps):
        return usual
    return min(max(least, sorted(gaps)[len(gaps) // 2] + _CLOSE_GAP * size), usual)


def _without_overprinted_spaces(run: Run) -> tuple[str, Sequence[float], Sequence[float]]:
    """A run without the spaces over which hyphens and what follows them are set: nobody sees `co- chaired`."""
    chars, x0, x1 = run.chars, run.x0, run.x1
    narrow = _OVERPRINTED_GAP * run.style.size
    dropped = set()
    place = chars.find(" ", 1)
    while 0 < place < len(chars) - 1:
        if -run.style.size < x0[place + 1] - x1[place - 1] < narrow:
            before, after = chars[place - 1], chars[place + 1]
            leads = chars.startswith("..", place + 1)
            if not (leads or before.isspace() or after.isspace() or parts_words(before, after)):
                dropped.add(place)
        place = chars.find(" ", place + 1)
    if not dropped:
        return chars, x0, x1
    kept = [index for index in range(len(chars)) if index not in dropped]
    return "".join([chars[at] for at in kept]), [x0[at] for at in kept], [x1[at] for at in kept]


def parts_words(before: str, after: str) -> bool:
    """Whether a narrow space at the end of a run is one between words, not one beside a mark or a hyphen."""
    return before[-1] not in _OPENING and after[0] not in _CLOSING
