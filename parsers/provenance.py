"""Where on the page a stretch of text stands: boxes of blocks and sentences."""

from collections.abc import Callable, Collection, Iterable, Sequence

from schemas.document import Block, Box, SourcePage
from schemas.layout import Line


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
    return tuple(_in_tenths(box) for box in boxes)


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
        wanted = " ".join(text.split())
        done = 0
        while done < len(wanted):
            place = self._goes_on(wanted, done)
            if place is not None:
                row, start, end = place
                spans[row] = (spans.get(row, (start, end))[0], end)
                done += end - start
                done += wanted[done : done + 1] == " "
                continue
            word = wanted[done:].split(" ", 1)[0]
            done += len(word) + 1
            # A word mostly stands whole on one line; one that a line break parts is looked for by its characters.
            for part in (word,) if self._stands_whole(word) else word:
                found = self._find(part)
                if found is not None:
                    row, at = found
                    spans[row] = (spans.get(row, (at, 0))[0], at + len(part))
        boxes: list[Box] = []
        for index, (start, end) in spans.items():
            line = self._lines[index]
            if line.box is None or len(line.edges) <= end:
                continue
            left, right = sorted((line.edges[start], line.edges[end]))
            boxes.append(_in_tenths((line.box.page, left, line.box.top, right, line.box.bottom)))
        return tuple(boxes)

    def _goes_on(self, wanted: str, done: int) -> tuple[int, int, int] | None:
        """Line, start and end of what follows on the line at hand, where it is as wanted to the end of either."""
        line, at = self._line, self._at
        left = self._lines[line].orig[at:]
        while not left.strip():
            line, at = line + 1, 0
            if line == len(self._lines):
                return None
            left = self._lines[line].orig
        start = at + len(left) - len(left.lstrip())
        left = left.strip()
        if wanted.startswith(left, done):
            end = start + len(left)
        elif left.startswith(wanted[done : done + len(left)]):
            end = start + len(wanted) - done
        else:
            return None
        self._line, self._at = line, end
        return line, start, end

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


def _in_tenths(box: Box) -> Box:
    page, x0, top, x1, bottom = box
    return (page, round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))


def upright_pages(sizes: Sequence[tuple[float, float]], blocks: Sequence[Block]) -> tuple[SourcePage, ...]:
    """The pages of these widths and heights, as their text stands upright.

    A table that is set sideways has its boxes in the frame in which it can be read: its page is as wide as the sheet
    is high. Such a page is known by boxes that reach far out of the sheet but not out of the turned one.
    """
    reach: dict[int, tuple[float, float]] = {}
    for box in (box for block in blocks for box in block.boxes):
        right, bottom = reach.get(box[0], (0.0, 0.0))
        reach[box[0]] = (max(right, box[3]), max(bottom, box[4]))
    pages: list[SourcePage] = []
    for number, (width, height) in enumerate(sizes, 1):
        right, bottom = reach.get(number, (0.0, 0.0))
        if _fits(right, bottom, height, width) and not _fits(right, bottom, width * 1.02, height * 1.02):
            width, height = height, width
        pages.append(SourcePage(number=number, width=round(width, 1), height=round(height, 1)))
    return tuple(pages)


def _fits(right: float, bottom: float, width: float, height: float) -> bool:
    return right <= width and bottom <= height


def unmirror(blocks: Sequence[Block], sizes: Sequence[tuple[float, float]], mirrored: Collection[int]) -> list[Block]:
    """The blocks with the boxes on some pages where the page has them: they were read as in a mirror."""

    def on_the_page(boxes: Iterable[Box]) -> tuple[Box, ...]:
        return tuple(
            _in_tenths((box[0], sizes[box[0] - 1][0] - box[3], box[2], sizes[box[0] - 1][0] - box[1], box[4]))
            if box[0] in mirrored
            else box
            for box in boxes
        )

    return [_with_boxes(block, on_the_page) for block in blocks] if mirrored else list(blocks)


def keep_on_pages(blocks: Sequence[Block], pages: Sequence[SourcePage]) -> list[Block]:
    """The blocks with their boxes cut at the edges of the pages; what cannot be seen has no box."""
    sizes = {page.number: (page.width, page.height) for page in pages}
    return [_keep(block, sizes) for block in blocks]


def _keep(block: Block, sizes: dict[int, tuple[float, float]]) -> Block:
    return _with_boxes(block, lambda boxes: _cut(boxes, sizes))


def _with_boxes(block: Block, changed: Callable[[Iterable[Box]], tuple[Box, ...]]) -> Block:
    sentences = tuple(
        sentence
        if (boxes := changed(sentence.boxes)) == sentence.boxes
        else sentence.model_copy(update={"boxes": boxes})
        for sentence in block.sentences
    )
    boxes = changed(block.boxes)
    if boxes == block.boxes and sentences == block.sentences:
        return block
    return block.model_copy(update={"boxes": boxes, "sentences": sentences})


def _cut(boxes: Iterable[Box], sizes: dict[int, tuple[float, float]]) -> tuple[Box, ...]:
    kept: list[Box] = []
    for page, x0, top, x1, bottom in boxes:
        width, height = sizes.get(page, (0.0, 0.0))
        left, upper, right, lower = max(x0, 0.0), max(top, 0.0), min(x1, width), min(bottom, height)
        if left < right and upper < lower:
            kept.append((page, left, upper, right, lower))
    return tuple(kept)
