"""Where on the page a stretch of text stands: boxes of blocks and sentences."""

from collections.abc import Sequence

from schemas.layout import Line

Box = tuple[int, float, float, float, float]
"""Page, left, top, right, bottom: points from the page's top left."""


def line_boxes(lines: Sequence[Line]) -> tuple[Box, ...]:
    """The boxes of whole lines, those that follow on one page in one column made one."""
    boxes: list[Box] = []
    for line in lines:
        if line.box is None:
            continue
        box = line.box
        last = boxes[-1] if boxes else None
        if (
            last
            and last[0] == box.page
            and last[4] - 4 <= box.bottom <= last[4] + 3 * (line.size or 10)
            and box.x0 < last[3]
            and box.x1 > last[1]
        ):
            boxes[-1] = (
                box.page,
                min(last[1], box.x0),
                min(last[2], box.top),
                max(last[3], box.x1),
                max(last[4], box.bottom),
            )
        else:
            boxes.append((box.page, box.x0, box.top, box.x1, box.bottom))
    return tuple(boxes)


class CharacterPlaces:
    """The places of a block's characters, read in step with its text.

    Each character of the text is one of the lines', in order, but for white space and hyphens that joining changed.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._line = 0
        self._at = 0

    def boxes(self, text: str) -> tuple[Box, ...]:
        """The boxes of the next stretch of text, one a line; empty where the lines have no places."""
        spans: dict[int, tuple[int, int]] = {}
        for word in text.split():
            # A word mostly stands whole on one line; one that a line break parts is looked for by its characters.
            for part in (word,) if self._stands_whole(word) else word:
                place = self._find(part)
                if place is not None:
                    row, at = place
                    spans[row] = (spans.get(row, place[1:])[0], at + len(part))
        boxes: list[Box] = []
        for index, (start, end) in spans.items():
            line = self._lines[index]
            if line.box is None or len(line.edges) <= end:
                continue
            boxes.append(
                (line.box.page, round(line.edges[start], 1), line.box.top, round(line.edges[end], 1), line.box.bottom)
            )
        return tuple(boxes)

    def _stands_whole(self, word: str) -> bool:
        """Whether a word is on this line or the next, before a shorter piece of it could be."""
        return any(
            line.orig.find(word, self._at if not ahead else 0) >= 0
            for ahead, line in enumerate(self._lines[self._line : self._line + 2])
        )

    def _find(self, part: str) -> tuple[int, int] | None:
        """The next place of some characters; the position stays where it is if the lines do not have them near."""
        line, at = self._line, self._at
        skipped = 0
        while line < len(self._lines):
            found = self._lines[line].orig.find(part, at)
            skipped += (found if found >= 0 else len(self._lines[line].orig)) - at
            if skipped > _LONGEST_SKIP:
                return None
            if found >= 0:
                self._line, self._at = line, found + len(part)
                return line, found
            line, at = line + 1, 0
        return None


_LONGEST_SKIP = 60
"""Characters that may be missing in the text: a label, marks, hyphens, what could not be printed."""
