"""Texts in comparable form, and two segmentations of one text brought to common pieces."""

from collections.abc import Sequence
from difflib import SequenceMatcher

Pieces = tuple[int, ...]
"""Numbers of the smallest stretches of text that neither segmentation divides."""


def comparable(text: str, language: str) -> str:
    """Chinese without white space, other languages with single spaces."""
    return "".join(text.split()) if language == "zh" else " ".join(text.split())


def common_pieces(gold: Sequence[str], found: Sequence[str], language: str) -> tuple[list[Pieces], list[Pieces]]:
    """For each sentence of two segmentations of (mostly) the same text, the pieces it consists of.

    Sentences that are equal share one piece. Where the two cut one stretch differently, the pieces are what lies
    between any two cuts. Text that only one side has gets pieces of its own. Order may differ between the sides
    (a masthead printed elsewhere): equal sentences still find one another.
    """
    left = [comparable(text, language) for text in gold]
    right = [comparable(text, language) for text in found]
    left_pieces: list[Pieces | None] = [None] * len(left)
    right_pieces: list[Pieces | None] = [None] * len(right)
    fresh = 0
    stretches: list[tuple[int, int, int, int]] = []
    for tag, i, k, j, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            for step in range(k - i):
                left_pieces[i + step] = right_pieces[j + step] = (fresh,)
                fresh += 1
        else:
            stretches.append((i, k, j, m))
    # the same sentence at another place: in order of appearance
    waiting: dict[str, list[int]] = {}
    for j, text in enumerate(right):
        if right_pieces[j] is None:
            waiting.setdefault(text, []).append(j)
    for i, text in enumerate(left):
        if left_pieces[i] is None and waiting.get(text):
            left_pieces[i] = right_pieces[waiting[text].pop(0)] = (fresh,)
            fresh += 1
    for i, k, j, m in stretches:
        a = [n for n in range(i, k) if left_pieces[n] is None]
        b = [n for n in range(j, m) if right_pieces[n] is None]
        fresh = _cut(left, right, a, b, left_pieces, right_pieces, fresh)
    for pieces in (left_pieces, right_pieces):
        for n, piece in enumerate(pieces):
            if piece is None:
                pieces[n] = (fresh,)
                fresh += 1
    return [p for p in left_pieces if p is not None], [p for p in right_pieces if p is not None]


def _cut(
    left: Sequence[str],
    right: Sequence[str],
    a: Sequence[int],
    b: Sequence[int],
    left_pieces: list[Pieces | None],
    right_pieces: list[Pieces | None],
    fresh: int,
) -> int:
    """Give sentences `a` and `b` their common pieces where they write the same characters; return the next number."""
    ends_a, ends_b = _ends(left, a), _ends(right, b)
    if not a or not b or "".join(left[n] for n in a).replace(" ", "") != "".join(right[n] for n in b).replace(" ", ""):
        return fresh
    cuts = sorted({0, *ends_a, *ends_b})
    for numbers, ends, pieces in ((a, ends_a, left_pieces), (b, ends_b, right_pieces)):
        start = 0
        for n, end in zip(numbers, ends, strict=True):
            pieces[n] = tuple(fresh + place for place, cut in enumerate(cuts) if start <= cut < end)
            start = end
    return fresh + len(cuts)


def _ends(texts: Sequence[str], numbers: Sequence[int]) -> list[int]:
    """Running ends of the sentences, in characters that are not spaces."""
    ends: list[int] = []
    total = 0
    for n in numbers:
        total += len(texts[n].replace(" ", ""))
        ends.append(total)
    return ends
