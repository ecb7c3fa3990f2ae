"""What the layout says of each line, learned from the document itself: body size, margins, leading, paragraphs.

Nothing is assumed of a template: New York sets its text at x 123-488 and hangs headings at 90, Geneva at 113-482, older
documents over the whole page. The body's size is that of most letters; its left margin is where most lines begin.
"""

import re
from collections import Counter
from collections.abc import Sequence

from parsers.characters import first_unit, han_share
from parsers.readers.pdf_flow import LABEL, NEAR, Flow, is_ended
from parsers.readers.pdf_measures import is_shifted, least_common_mode, text_margins, weighted_mode
from parsers.readers.pdf_page import PageRows, Placed
from schemas.layout import Zone

_GAP = 1.22
"""White space above a line, in leadings, from which it parts paragraphs (6 points on 12 in UN templates)."""

_RAISED_GAP = 0.25
"""How much more there may be above a line with superscripts under a full one: programs set such a line lower."""

_WIDEST_LEADING = 1.4
"""Leading, in sizes of type, that lines are taken to have where none of them is full."""

_FULL = 0.6
"""How much of the widest line a line that may go on takes."""


_MARKED = re.compile(r"[*＊†‡\uf02a]{1,3}\s*\S|\d{1,3}/\s")
_COUNTED = re.compile(r"(?P<n>\d{1,3})\s+[^\W\d]")
_SLASHED = re.compile(r"\d{1,3}/\s|[*＊]{1,3}\s*\S")
_RULE = re.compile(r"^[_＿]{5,}$")


class DocumentLayout:
    """The measures of a document, and through `describe` what they say of its lines."""

    def __init__(self, pages: Sequence[PageRows]) -> None:
        self._pages = pages
        text = [line for page in pages for line in page.lines if _is_text(line)]
        self.body_size = weighted_mode((line.strip.size, len(line.text)) for line in text) or 10.0
        body = [line for line in text if abs(line.strip.size - self.body_size) < 0.6]
        self._leading = self._leadings(pages)
        self._margins = {column: text_margins(line for line in body if line.column == column) for column in (0, 1, 2)}
        self._by_page = {page.number: self._page_margins(page) for page in pages}

    def describe(self) -> None:
        """Set zone, indent, gap, room and start of every line that is no furniture."""
        before: Placed | None = None
        flow = Flow()
        for page in self._pages:
            self._find_notes(page)
            self._find_centred(page)
            first = True
            for index, line in enumerate(page.lines):
                if line.furniture or line.zone in (Zone.TABLE, Zone.CONTENTS):
                    before = before if line.furniture else line
                    continue
                fresh = (
                    before is None
                    or before.page != line.page
                    or before.column != line.column
                    or before.zone != line.zone
                )
                line.column_left = self._column_left(line)
                line.top = first and line.zone is not Zone.HEAD
                first = first and not line.top
                if line.zone is None and fresh and flow.last is not None:
                    flow.move(self.margins(line)[0] - self.margins(flow.last)[0])
                self._describe_line(line, before if not fresh else None, flow)
                if line.zone is None and fresh and before is not None and line.starts is None:
                    self._across(line, flow, page.lines[index + 1] if index + 1 < len(page.lines) else None)
                flow.add(line)
                before = line
            self._rooms(page)

    def _leadings(self, pages: Sequence[PageRows]) -> dict[float, float]:
        """Distance between baselines by size: of the lines of one size, the one that is met most.

        Only what follows a full line goes on with its paragraph: a masthead's lines, which Chinese documents set closer
        than their text, are short. Where no line of a size is full (headings), all are asked.
        """
        seen: dict[float, list[tuple[float, float]]] = {}
        for page in pages:
            for above, line in zip(page.lines, page.lines[1:], strict=False):
                distance = line.strip.baseline - above.strip.baseline
                if above.strip.size == line.strip.size and 0.8 * line.strip.size < distance < 3 * line.strip.size:
                    width = above.strip.x1 - above.strip.x0
                    seen.setdefault(line.strip.size, []).append((round(distance * 2) / 2, width))
        widest = max((line.strip.x1 - line.strip.x0 for page in pages for line in page.lines), default=0.0)
        leadings = {}
        for size, pairs in seen.items():
            full = [distance for distance, width in pairs if width > _FULL * widest]
            common = least_common_mode(Counter(full or [distance for distance, _ in pairs]))
            # Lines that are all short may each be a paragraph.
            leadings[size] = common if full else min(common, _WIDEST_LEADING * size)
        return leadings

    def leading(self, size: float) -> float:
        """Distance between the baselines of two lines of one paragraph of this size."""
        body = self._leading.get(self.body_size, 1.2 * self.body_size)
        return min(
            self._leading.get(size, size * body / self.body_size),
            1.5 * size if body < 1.5 * self.body_size else 3 * size,
        )

    def _page_margins(self, page: PageRows) -> dict[int, tuple[float, float]]:
        """The page's own margins, where it has enough lines to tell: recto and verso may differ."""
        margins = {}
        for column, known in self._margins.items():
            lines = [
                line
                for line in page.lines
                if _is_text(line) and line.column == column and abs(line.strip.size - self.body_size) < 0.6
            ]
            own = text_margins(lines)
            margins[column] = own if own and len(lines) > 12 and is_shifted(own, known) else known or own
        return {column: pair for column, pair in margins.items() if pair}

    def margins(self, line: Placed) -> tuple[float, float]:
        """Left and right edge of the text that a line stands in."""
        pages = self._by_page[line.page]
        return pages.get(line.column) or pages.get(0) or (line.strip.x0, line.strip.x1)

    def _column_left(self, line: Placed) -> float:
        """How far right of the page's first column the line's own begins."""
        margins = self._by_page[line.page]
        return margins[2][0] - margins[1][0] if line.column == 2 and {1, 2} <= margins.keys() else 0.0

    def _describe_line(self, line: Placed, before: Placed | None, flow: Flow) -> None:
        strip = line.strip
        left, right = self.margins(line)
        if before is None:
            line.indent = self._indent(line, left, right)
            if line.zone is Zone.HEAD or line.zone is Zone.NOTE:
                line.starts = None if line.zone is Zone.NOTE else True
            return
        distance = strip.baseline - before.strip.baseline
        leading = max(
            self.leading(strip.size), self.leading(before.strip.size) if before.strip.size > strip.size else 0
        )
        widened = _RAISED_GAP if strip.raised and strip.raised[0][0] and not self._is_short(before, line) else 0.0
        line.gap = distance > (_GAP + widened) * leading or distance < -1
        restyled = self._restyled(line, before)
        if line.gap or restyled:
            line.starts = True
            line.indent = self._indent(line, left, right)
            return
        if line.zone is Zone.HEAD and line.column == 2:
            line.starts, line.indent = True, 0
            return
        line.starts = self._starts(line, before, flow)
        line.indent = self._indent(line, left, right) if line.starts else 0

    def _restyled(self, line: Placed, before: Placed) -> bool:
        """Whether the style changes as between a heading and a text; not for a line of a mixed paragraph."""
        if abs(line.strip.size - before.strip.size) > 0.8 and not (line.strip.raised or before.strip.raised):
            return True
        if line.strip.italic != before.strip.italic and is_ended(before) and not line.strip.bold:
            return True
        return (
            line.strip.bold != before.strip.bold
            and _has_words(line)
            and _has_words(before)
            and (
                (before.strip.bold and self._is_short(before, line))
                or (line.strip.bold and self._is_short(before, line))
            )
        )

    def _starts(self, line: Placed, before: Placed, flow: Flow) -> bool | None:
        """Whether a paragraph starts, where no white space tells: by its indent, or a line that had room left."""
        x0 = line.strip.x0
        labelled = bool(LABEL.match(line.text))
        if self._is_far_right(line) and self._is_far_right(before) and abs(x0 - before.strip.x0) > NEAR:
            # Lines set flush right under a text: 95th plenary meeting / 1 August 2023.
            return True
        short = self._is_short(before, line)
        if flow.is_next(line) and (short or is_ended(before)):
            return True
        if line.centred and before.centred:
            return None if labelled else False
        if flow.second is None and flow.opens_alike(line, before, self.margins(line)[0]):
            return True
        if flow.second is None:
            # The second line of a paragraph may stand further in or out than its first.
            if short and (labelled or flow.is_after_item(line)):
                return True
            return None if short or labelled else False
        if x0 > flow.second + NEAR:
            return True
        if x0 < flow.second - NEAR and (short or labelled or flow.is_after_item(line)):
            return True
        return None if short or labelled else False

    def _across(self, line: Placed, flow: Flow, after: Placed | None) -> None:
        """The first line of a page: it goes on where the last page's last line was full and stood where it does."""
        last = flow.last
        if last is None or line.strip.bold != last.strip.bold:
            return
        if flow.is_next(line) or flow.is_next_item(line) or flow.is_after_item(line):
            line.starts = True
            return
        if LABEL.match(line.text) and (is_ended(last) or self._is_short(last, line)):
            line.starts = True
            return
        if is_ended(last) and line.strip.italic != last.strip.italic:
            line.starts = True
            return
        if is_ended(last) and after is not None and self._is_heading_over(line, after):
            line.starts = True
            return
        expected = flow.expected(self.margins(line)[0])
        aligned = expected is not None and abs(line.strip.x0 - expected) < NEAR
        listed = is_ended(last) or last.text.endswith((",", "，"))
        if expected is None and line.indent and listed and self._is_short(last, line):
            # Above stands a paragraph or clause of one line, and this one begins as it did.
            line.starts = True
            return
        if aligned or (expected is None and line.indent < 2):
            line.indent = 0
        if aligned and not line.centred and not is_ended(last) and not self._is_short(last, line):
            line.starts = False

    def _is_heading_over(self, line: Placed, after: Placed) -> bool:
        """Whether a line is words of its own above a paragraph: short, without a stop, with white space below."""
        left, right = self.margins(line)
        distance = after.strip.baseline - line.strip.baseline
        apart = after.furniture is None and distance > _GAP * self.leading(line.strip.size)
        return apart and not is_ended(line) and line.strip.x1 < right - 0.25 * (right - left)

    def _is_short(self, line: Placed, after: Placed) -> bool:
        """Whether the first word of the line after would have had room."""
        word = after.text.split(" ", 1)[0]
        word = first_unit(word) if han_share(word) else word
        edges = after.strip.edges
        width = edges[min(len(word), len(edges) - 1)] - edges[0]
        right = self.margins(line)[1]
        if line.strip.x1 > right:
            return False
        return line.strip.x1 + 0.25 * line.strip.size + width < right - 1

    def _is_far_right(self, line: Placed) -> bool:
        left, right = self.margins(line)
        return line.strip.x0 > left + 0.4 * (right - left) and line.strip.x1 > right - 0.15 * (right - left)

    def _find_centred(self, page: PageRows) -> None:
        """Lines about one middle that begin at different places; single lines far from both margins."""
        blocks: list[list[Placed]] = []
        for line in page.lines:
            if line.furniture or line.zone is not None:
                continue
            last = blocks[-1][-1] if blocks else None
            near = last and 0 < line.strip.baseline - last.strip.baseline <= _GAP * self.leading(line.strip.size)
            if near and last and last.strip.size == line.strip.size and last.column == line.column:
                blocks[-1].append(line)
            else:
                blocks.append([line])
        for block in blocks:
            centred = self._is_centred_block(block)
            for line in block:
                line.centred = centred

    def _is_centred_block(self, block: Sequence[Placed]) -> bool:
        if len(block) == 1:
            return self._stands_centred(block[0])
        left, right = self.margins(block[0])
        middle, width = (left + right) / 2, right - left
        starts = [line.strip.x0 for line in block]
        off = [abs((line.strip.x0 + line.strip.x1) / 2 - middle) for line in block]
        large = all(line.strip.bold or line.strip.size > self.body_size + 0.8 for line in block)
        clear = min(starts) > left + 2 or large
        # Two short lines may begin at nearly the same place: Article 12 / Roadsteads.
        apart = max(starts) - min(starts) > 6 or min(starts) > left + 0.2 * width
        return max(off) < 0.03 * width and apart and clear and len(block) < 9

    def _stands_centred(self, line: Placed) -> bool:
        left, right = self.margins(line)
        strip = line.strip
        inset = min(strip.x0 - left, right - strip.x1)
        return inset > 0.06 * (right - left) and abs((strip.x0 - left) - (right - strip.x1)) < 0.05 * (right - left)

    def _indent(self, line: Placed, left: float, right: float) -> int:
        """0 flush, 1 a first line's, 2 a heading's: bold or larger than the body, hanging out, or centred."""
        strip = line.strip
        if line.zone is Zone.HEAD:
            return 0
        bold = strip.bold and _has_words(line)
        if line.zone is None and (bold or strip.size > self.body_size + 0.8) and any(map(str.isalpha, line.text)):
            return 2
        if strip.x0 < left + NEAR:
            return 0
        if line.centred and not LABEL.match(line.text):
            return 2
        return 1

    def _find_notes(self, page: PageRows) -> None:
        """Notes: lines smaller than the body at the foot of a page, from a rule or the first that opens with a mark."""
        lines = [line for line in page.lines if not line.furniture and line.zone is None]
        lowest = max((line.strip.baseline for line in lines if not line.column), default=0.0)
        while lines and not lines[-1].column and lines[-1].strip.baseline < lowest:
            # Text turned against the page's, which stands behind all other lines.
            lines.pop()
        start = len(lines)
        for index in range(len(lines) - 1, -1, -1):
            line = lines[index]
            if line.zone is None and (line.strip.size < self.body_size - 0.6 or _RULE.match(line.text.strip())):
                start = index
                if _RULE.match(line.text.strip()):
                    break
                continue
            break
        ruled = [
            index
            for index, line in enumerate(lines[:-1])
            if _RULE.match(line.text.strip()) and _SLASHED.match(lines[index + 1].text)
        ]
        start = min(start, ruled[-1]) if ruled else start
        foot = lines[start:]
        if (
            foot
            and start
            and not any(self._opens_note(line) for line in foot)
            and self._interrupts(lines[start - 1], foot[0])
        ):
            for line in foot:
                line.zone = Zone.NOTE
            return
        if not foot:
            foot = self._plain_notes(lines)
        while foot and not (
            _RULE.match(foot[0].text.strip())
            or self._opens_note(foot[0])
            or self._under_rule(foot[0], page)
            or _COUNTED.match(foot[0].text)
        ):
            foot = foot[1:]
        for line in foot:
            if _RULE.match(line.text.strip()):
                line.furniture = "footnote_rule"
            else:
                line.zone = Zone.NOTE

    def _plain_notes(self, lines: Sequence[Placed]) -> list[Placed]:
        """Notes in the size of the text at a page's foot, by the numbers that stand raised in the text above them.

        Documents of the 1990s: white space, then `2 See Trade and Development Report` for the mark in `countries.2`.
        """
        raised = {
            line.text[start:end].strip(): index for index, line in enumerate(lines) for start, end in line.strip.raised
        }
        start, due = len(lines), None
        for index in range(len(lines) - 1, 0, -1):
            line = lines[index]
            apart = line.strip.baseline - lines[index - 1].strip.baseline > _GAP * self.leading(line.strip.size)
            if not apart:
                continue
            match = _COUNTED.match(line.text)
            if not match or raised.get(match["n"], index) >= index or (due and int(match["n"]) >= due):
                break
            start, due = index, int(match["n"])
        return list(lines[start:])

    def _interrupts(self, before: Placed, first: Placed) -> bool:
        """Whether small print at a page's foot interrupts a sentence: the notice under a record's first page."""
        gap = first.strip.baseline - before.strip.baseline
        return gap > 1.4 * self.leading(self.body_size) and not self._is_short(before, first) and not is_ended(before)

    def _opens_note(self, line: Placed) -> bool:
        return any(start == 0 for start, _ in line.strip.raised) or bool(_MARKED.match(line.text))

    def _under_rule(self, line: Placed, page: PageRows) -> bool:
        top = line.strip.baseline - line.strip.size
        return any(
            rule.is_horizontal and 20 < rule.x1 - rule.x0 < 0.5 * page.width and 0 < top - rule.bottom < 14
            for rule in page.rules
        )

    def _rooms(self, page: PageRows) -> None:
        """What each line left of its measure: its block's where that is narrower (quotations), else the column's."""
        blocks: list[list[Placed]] = []
        for line in page.lines:
            if line.furniture or line.zone in (Zone.TABLE, Zone.CONTENTS):
                continue
            if blocks and line.starts is False and not line.gap:
                blocks[-1].append(line)
            else:
                blocks.append([line])
        for block in blocks:
            right = self.margins(block[0])[1]
            own = max(line.strip.x1 for line in block)
            edge = own if len(block) > 2 and own < right - 10 else right
            left = self.margins(block[0])[0]
            inset = len(block) > 1 and min(line.strip.x0 for line in block) > left + 12 and own < right - 12
            set_in = inset and not any(line.centred or line.indent > 1 for line in block)
            for line in block:
                line.room = max(round(edge - line.strip.x1, 1), 0.0)
                line.inset = set_in


def _is_text(line: Placed) -> bool:
    return line.furniture is None and line.zone is None


def _has_words(line: Placed) -> bool:
    return sum(map(str.isalpha, line.text)) > 2
