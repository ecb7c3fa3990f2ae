"""Brackets and quotes: which marks close, and which stretches of a text must not be cut.

A quote or a bracket is closed in the sentence it belongs to, so that no sentence begins with a closing mark. A short
bracket is never cut: the sentence around it goes on after it, or it is itself one remark. A short quotation is not cut
where the sentence around it goes on; otherwise its sentences are sentences.
"""

import re
from bisect import bisect_left
from collections.abc import Callable

CLOSING = "”’」』》〉）)］]】〕〗}»›"
"""Marks that only close. Straight quotes and `>>` do both and are looked at in their place."""

OPENING = "“‘「『《〈（(［[【〔〖{«‹„‚¿¡"
"""Marks that only open."""

# Half and full width pair with each other, as United Nations Chinese mixes them. Each family has a stack of its own, so
# that a bracket that is never closed spoils nothing else.
_FAMILIES = ("(（)）", "[［]］", "【〔〖】〕〗", "《》", "〈〉", "“”", "「」", "『』", "«»")
_FAMILY = {mark: number for number, marks in enumerate(_FAMILIES) for mark in marks}
_ANY = re.compile("[" + re.escape("".join(_FAMILIES)) + "]")
_QUOTES = frozenset("“「『«")


class Enclosures:
    """The stretches of a text that are not to be cut.

    `limit`, in characters, is how long a bracket or quotation may be and still count as short; `continues(end)` says
    whether the sentence goes on at the offset after a closing mark.
    """

    def __init__(self, text: str, limit: int, continues: Callable[[int], bool]) -> None:
        self._opened: dict[int, int] = {}
        spans: list[tuple[int, int]] = []
        stacks: list[list[int]] = [[] for _ in _FAMILIES]
        for match in _ANY.finditer(text):
            mark = match.group()
            stack = stacks[_FAMILY[mark]]
            if mark in OPENING:
                stack.append(match.start())
            elif stack:
                start, end = stack.pop(), match.end()
                self._opened[match.start()] = start
                if end - start <= limit and (text[start] not in _QUOTES or continues(end)):
                    # Ends only grow, so what overlaps the new stretch is at the end of the list.
                    while spans and spans[-1][1] > start:
                        start = min(start, spans.pop()[0])
                    spans.append((start, end))
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def hold(self, boundary: int) -> bool:
        """Whether a cut at the offset `boundary` would fall inside one of the stretches."""
        place = bisect_left(self._starts, boundary) - 1
        return place >= 0 and boundary < self._ends[place]

    def opening(self, closing: int) -> int | None:
        """Where the mark that closes at the offset `closing` was opened; None if it was not."""
        return self._opened.get(closing)
