"""Lines to paragraphs: where one ends and the next begins.

The signs, in the order of trust: a label in sequence; an indent (less what only marks a page top); a line that
ended before it was full. None is safe alone: a leading space is a new paragraph or a page top in mid-sentence, a label
may be a number at the start of a line, paragraphs lack full stops, headings run over several lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.clauses import opens_clause
from parsers.labels import HEADING_KINDS, ITEM_KINDS, Label, LabelKind, match_label, position
from parsers.measure import HEADING_INDENT, Measure, ends_with_comma, is_ended
from parsers.procedure import interrupts
from parsers.signatures import opens_signature
from schemas.layout import Line

_DIVISION = re.compile(
    r"^(?:(?:附件|附录|附文|信函|附函)\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[IVX]{1,4})?"
    r"|(?:Annex|Appendix|Enclosure|Letter|Attachment)(?:es|es)?(?: (?:[IVX]{1,4}|\d{1,2}|[A-Z]))?)[*＊]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together. `indent` is that of the first line; `label` what it opens with, if anything."""

    lines: tuple[Line, ...]
    label: Label | None = None
    measure: Measure | None = field(default=None, compare=False, repr=False)

    @property
    def indent(self) -> int:
        """Indent of the first line, in characters."""
        return self.lines[0].indent

    @property
    def text(self) -> str:
        """The lines joined by single spaces: to look at, not to keep (see parsers.joining)."""
        return " ".join(line.text for line in self.lines)

    @property
    def orig(self) -> str:
        """The characters as read, line breaks kept."""
        return "\n".join(line.orig for line in self.lines)

    @property
    def is_ended(self) -> bool:
        """Whether it ends with a stop, colon or semicolon."""
        return is_ended(self.lines[-1].text)

    @property
    def is_heading_like(self) -> bool:
        """Whether it stands further in than paragraphs do and does not end as one."""
        last = self.lines[-1].text
        return self.indent >= HEADING_INDENT and not last.endswith(("。", ".", "；", ";")) and not ends_with_comma(last)


def is_division(text: str) -> bool:
    """Whether a line on its own opens an annex, an appendix or a letter: `附件一`, `Annex I`, `信函 1`."""
    return bool(_DIVISION.match(text))


def group(lines: Sequence[Line], measure: Measure) -> list[Paragraph]:
    """Paragraphs of `lines`, which hold body text only (no furniture, notes or masthead)."""
    grouping = _Grouping(measure, tops_known=any(line.page_top and line.number > 1 for line in lines))
    for line in lines:
        grouping.add(line)
    return grouping.paragraphs()


class _Grouping:
    """Walks the lines; knows which labels may come next, since a number at a line's start is one in sequence only."""

    def __init__(self, measure: Measure, tops_known: bool) -> None:
        self._measure = measure
        self._tops_known = tops_known
        self._done: list[Paragraph] = []
        self._open: list[Line] = []
        self._label: Label | None = None
        self._last_number = 0
        self._last_item: Label | None = None

    def paragraphs(self) -> list[Paragraph]:
        self._close()
        return self._done

    def add(self, line: Line) -> None:
        label = match_label(line.text)
        if self._open and not self._starts(line, label):
            self._open.append(line)
            return
        self._close()
        self._open = [line]
        self._label = label if label and self._accepts(label, line) else None
        self._note_label(line)

    def _close(self) -> None:
        if self._open:
            self._done.append(Paragraph(tuple(self._open), self._label, self._measure))
        self._open, self._label = [], None

    def _note_label(self, line: Line) -> None:
        if is_division(line.text):
            self._last_number = 0
            self._last_item = None
        if self._label is None:
            return
        if self._label.kind is LabelKind.ARABIC:
            self._last_number = int(self._label.number)
            self._last_item = None
        elif self._label.kind in ITEM_KINDS:
            self._last_item = self._label

    def _starts(self, line: Line, label: Label | None) -> bool:
        before = self._open[-1]
        if interrupts(line.text, line.indent) and is_ended(before.text):
            return True
        if len(self._open) == 1 and interrupts(before.text, 0):
            return True
        if opens_signature(line.text):
            return True
        if is_division(line.text) or is_division(self._open[0].text):
            return True
        if label and self._is_next(label) and self._may_follow(before, line):
            return True
        if self._in_heading():
            return not self._continues_heading(line)
        if line.indent:
            return not self._is_hidden_page_top(before, line)
        if opens_clause(self._open[0].text) and opens_clause(line.text) and _ends_clause(before.text):
            # Clauses of a decision stand one a paragraph, and a full last line does not show that it is the last.
            return True
        return self._ended_before(before, line)

    def _may_follow(self, before: Line, line: Line) -> bool:
        return bool(line.indent) or is_ended(before.text) or ends_with_comma(before.text) or self._short(before, line)

    def _short(self, before: Line, line: Line) -> bool:
        return self._measure.is_short(before, line) or (self._in_heading() and not self._continues_heading(line))

    def _in_heading(self) -> bool:
        first = self._open[0]
        if self._label and self._label.kind in HEADING_KINDS and not is_ended(self._open[-1].text):
            return True
        return first.indent >= HEADING_INDENT and not self._open[-1].text.endswith(("。", "."))

    def _continues_heading(self, line: Line) -> bool:
        if line.indent:
            return False
        before = self._open[-1]
        # A heading's measure is narrower than the text's (TPNW/MSP/2025/7, IV; CD/2105, letter 1).
        return not line.gap_before and not self._measure.is_very_short(before, line)

    def _is_hidden_page_top(self, before: Line, line: Line) -> bool:
        """A page top that nothing else gives away: one space before a line that goes on in mid-sentence."""
        if line.indent != 1 or self._measure.is_short(before, line):
            return False
        if line.text[:1].islower() and not self._in_list():
            return True
        if is_ended(before.text):
            return False
        return not self._tops_known and not (ends_with_comma(before.text) and self._in_list())

    def _in_list(self) -> bool:
        """Whether the open paragraph introduces a list, or is a member of one."""
        last = self._open[-1].text
        if ends_with_comma(last):
            above = self._done[-1].text if self._done else ""
            return above.endswith((":", "：", ";", "；")) or ends_with_comma(above)
        return last.endswith((":", "：", ";", "；"))

    def _ended_before(self, before: Line, line: Line) -> bool:
        if line.page_top and not line.gap_before and not is_ended(before.text):
            return False
        if self._measure.is_short(before, line) and (is_ended(before.text) or line.gap_before):
            return True
        return self._measure.is_very_short(before, line)

    def _accepts(self, label: Label, line: Line) -> bool:
        """Whether a label at the start of a paragraph is one, and not a figure or an initial that opens it."""
        if label.kind is LabelKind.BULLET:
            return bool(line.indent) or not self._done or self._done[-1].is_ended
        return True

    def _is_next(self, label: Label) -> bool:
        place = position(label.number, label.kind)
        if label.kind is LabelKind.ARABIC:
            return place in (1, self._last_number + 1)
        if label.kind in HEADING_KINDS:
            return True
        if place == 1:
            return True
        last = self._last_item
        return last is not None and any(
            position(last.number, kind) == (position(label.number, kind) or 0) - 1
            for kind in {label.kind, LabelKind.LETTER}
            if _fits(label, kind) and _fits(last, kind)
        )


def _ends_clause(text: str) -> bool:
    return ends_with_comma(text) or text.endswith((";", "；"))


def _fits(label: Label, kind: LabelKind) -> bool:
    """`(i)` is Roman by its shape, and the letter after (h) where the sequence says so."""
    if label.kind is kind:
        return True
    return kind is LabelKind.LETTER and label.kind is LabelKind.SMALL_ROMAN and len(label.number) == 1
