"""Lines to paragraphs: where one ends and the next begins.

The signs, in the order of trust: a label in sequence; an indent (less what only marks a page top); a line that
ended before it was full. None is safe alone: a leading space is a new paragraph or a page top in mid-sentence, a label
may be a number at the start of a line, paragraphs lack full stops, headings run over several lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.characters import CLOSERS, display_width
from parsers.clauses import opens_clause
from parsers.labels import (
    ARABIC_ORDINALS,
    HEADING_KINDS,
    Label,
    LabelKind,
    label_of_line,
    match_label,
    match_label_alone,
)
from parsers.measure import HEADING_INDENT, Measure, ends_with_comma, is_ended
from parsers.procedure import decides, interrupts, names_voters
from parsers.signatures import opens_signature
from parsers.succession import Succession
from parsers.turn_labels import match_turn_label
from schemas.document import SpeakerRole
from schemas.layout import Line, Zone

_FEWEST_NUMBERED = 5
_FEWEST_CAPITALS = 5
_MOST_MISSING = 10
_ONE_EMPTY = 2
_MOST_POSTS = 4
# A paragraph on one line that goes on over the page is longer than a heading.
_LONG_COLUMNS = 80

# `“Keep the light.”` is a sentence, whatever its indent.
_STOPPED = re.compile(rf"[。.；;？！؛؟][{re.escape(CLOSERS)}\"']*$|[.?!][”\"']$")

# Marks of the 1990s are not raised: mankind, 2/
_MARK_AT_END = re.compile(r"(?<=[,;.，；。])\s*\d{1,3}/$")

_DIVISION = re.compile(
    r"^(?:(?:附件|附录|附文|信函|附函)\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[IVX]{1,4})?"
    r"|(?:Annexe?|Anexo|Приложение|Appendi(?:x|ce)|Apéndice|Enclosure|Letter|Attachment)(?:es)?"
    r"(?: (?:[IVX]{1,4}|\d{1,2}|[A-Z]))?"
    rf"|المرفق(?: (?:{'|'.join(ARABIC_ORDINALS)}))?)[*＊]*$",
    re.IGNORECASE,
)


_DIVISION_TO = re.compile(
    r"^(?:(?:Annex|Appendix|Enclosure|Attachment)(?: (?:[IVX]{1,4}|\d{1,2}|[A-Z]))?"
    r"(?: to (?:the )?(?:identical )?(?:letters?|notes?(?: verbales?)?|report|annex|enclosure|statement)\b"
    r"|\s*\[(?:Original|Language|English).*|(?<=[\dIVXA-Z])[.:–—] ?\s?[A-Z“\"])"
    r"|(?:Appendix|Enclosure) (?:[IVX]{1,4} )?to "
    r"|\d{4}\s*年.{4,90}(?:信|函|照会|说明)的(?:附件|附文|附录)\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})?$)",
    re.IGNORECASE,
)


_HEADING_WORDS = re.compile(
    r"^(?:(?:Executive )?summary|(?:Table of )?contents|(?:内容提要|执行摘要|提要|摘\s*要)|目\s*[录次])[*＊]*$",
    re.IGNORECASE,
)
_COUNTED_HEADING = re.compile(
    r"^(?:Article \d{1,3}|第[一二三四五六七八九十百]{1,5}条"
    r"|(?:Intersessional |Draft )?(?:decision|resolution) (?:\d{1,3}|[IVX]{1,6})"
    r"|(?:闭会期间)?(?:决定|决议)(?:草案)?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3}))[*＊]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together. `label` is what it opens with, if anything.

    `in_indented`: it stands in a text whose paragraphs and headings show by their indents.
    """

    lines: tuple[Line, ...]
    label: Label | None = None
    in_indented: bool = True

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
    def unmarked(self) -> str:
        """The lines without what is set as superscripts, one space between them."""
        return " ".join(map(_unmarked, self.lines))

    @property
    def is_ended(self) -> bool:
        """Whether it ends with a stop, colon or semicolon."""
        return is_ended(self.lines[-1].text)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is set in bold, as far as the source shows it."""
        return all(line.bold for line in self.lines)

    @property
    def is_inset(self) -> bool:
        """Whether it is set in from both margins, as far as the source shows it."""
        return all(line.inset for line in self.lines)

    @property
    def is_italic(self) -> bool:
        """Whether it is set in italics, as far as the source shows it."""
        return all(line.italic for line in self.lines)

    @property
    def is_heading_like(self) -> bool:
        """Whether it stands further in than paragraphs do and does not end as one."""
        last = _MARK_AT_END.sub("", _unmarked(self.lines[-1]))
        return self.indent >= HEADING_INDENT and not _STOPPED.search(last) and not ends_with_comma(last)


def _unmarked(line: Line) -> str:
    text = line.orig
    for start, end in reversed(line.raised):
        text = text[:start] + text[end:]
    return text.strip()


def is_division(text: str) -> bool:
    """Whether a line on its own opens an annex, an appendix or a letter: `附件一`, `Annex I`, `信函 1`."""
    return bool(_DIVISION.match(text))


def is_heading_word(text: str) -> bool:
    """Whether a line on its own is a heading by its words: `Summary`, 目录, `Article 5`, 第五条."""
    return bool(_HEADING_WORDS.match(text)) or is_counted_heading(text)


def is_counted_heading(text: str) -> bool:
    """Whether a line on its own counts what a title follows: `Article 5`, 第五条, `Decision 2`."""
    return bool(_COUNTED_HEADING.match(text))


def is_division_to(text: str) -> bool:
    """Whether a heading opens an annex and names what it belongs to: `Annex to the letter dated 11 August ...`."""
    return bool(_DIVISION_TO.match(text))


def group(lines: Sequence[Line], measure: Measure) -> list[Paragraph]:
    """Paragraphs of `lines`, which hold body text only (no furniture, notes or masthead)."""
    grouping = _Grouping(lines, measure)
    for index, line in enumerate(lines):
        grouping.add(line, lines[index + 1] if index + 1 < len(lines) else None)
    return grouping.paragraphs()


class _Grouping:
    """Walks the lines, with the paragraph that is open."""

    def __init__(self, lines: Sequence[Line], measure: Measure) -> None:
        self._measure = measure
        self._tops_known = any(line.page_top and line.number > 1 for line in lines)
        self._numbered = _is_numbered(lines, measure)
        self._labels = Succession()
        self._resumed = _resumed_numbers(lines)
        self._posts = _first_posts(lines, measure)
        self._done: list[Paragraph] = []
        self._open: list[Line] = []
        self._label: Label | None = None

    def paragraphs(self) -> list[Paragraph]:
        self._close()
        return self._done

    def add(self, line: Line, after: Line | None) -> None:
        label = match_label(line.text) or self._label_alone(line, after)
        if self._open and not self._starts(line, label, after):
            self._open.append(line)
            return
        self._close()
        self._open = [line]
        self._label = label if label and self._accepts(label, line) else None
        if is_division(line.text):
            self._labels.restart()
        if self._label:
            self._labels.add(self._label)

    def _label_alone(self, line: Line, after: Line | None) -> Label | None:
        """A label that is due on a line of its own, with its text on the next one."""
        if line.box is not None or after is None:
            return None
        label, below = match_label_alone(line.text), match_label_alone(after.text)
        if label and below and (below.kind is LabelKind.ARABIC or label.kind is not LabelKind.ARABIC):
            return None
        return label if label and self._labels.expects(label) else None

    def _close(self) -> None:
        if self._open:
            self._done.append(Paragraph(tuple(self._open), self._label, self._measure.has_indents))
        self._open, self._label = [], None

    def _starts(self, line: Line, label: Label | None, after: Line | None) -> bool:
        before = self._open[-1]
        if line.starts is not None:
            return line.starts
        if self._label and len(self._open) == 1 and before.text == self._label.printed:
            return False
        if line.zone is not before.zone or line.zone is Zone.TABLE:
            return True
        if len(self._open) == 1 and interrupts(before.text, 0):
            # A line of procedure may be broken: `The meeting was called to order at 10.05` / `a.m.`
            return bool(line.indent or before.text.endswith((")", "）")) or is_ended(before.text)) or not (
                line.text[:1].islower()
            )
        if names_voters(line.text) or self._decides(line, after):
            return True
        if line.number in self._posts and is_ended(before.text):
            return True
        if opens_signature(line.text) or is_division(line.text) or is_division(self._open[0].text):
            return True
        if is_heading_word(before.text) and len(self._open) == 1:
            return True
        if is_heading_word(line.text) and (is_ended(before.text) or self._short(before, line)):
            return True
        if is_ended(before.text) and (interrupts(line.text, line.indent) or _opens_turn(line, after)):
            return True
        if line.gap_before and line.page == before.page and line.number - before.number <= _ONE_EMPTY:
            # In a single spaced dump an empty line parts paragraphs; more lies between where a note or a page came out.
            return True
        if label and self._labels.expects(label) and (self._may_follow(before, line) or self._is_under_heading(label)):
            return True
        if line.number in self._resumed and is_ended(before.text):
            return True
        if self._in_heading():
            return not self._continues_heading(line)
        if line.indent:
            return not self._is_hidden_page_top(before, line, label)
        if opens_clause(self._open[0].text) and opens_clause(line.text) and _ends_clause(before.text):
            # Clauses of a decision stand one a paragraph, and a full last line does not show that it is the last.
            return True
        return self._ended_before(before, line, after)

    def _decides(self, line: Line, after: Line | None) -> bool:
        """Whether the result of a vote follows a list of those who voted, which need not end with a stop."""
        if not (self._done and names_voters(self._done[-1].text)):
            return False
        return decides(f"{line.text} {after.text}" if after else line.text)

    def _may_follow(self, before: Line, line: Line) -> bool:
        return bool(line.indent) or is_ended(before.text) or ends_with_comma(before.text) or self._short(before, line)

    def _is_under_heading(self, label: Label) -> bool:
        """Whether the number that is due stands under a heading, which no full line and no stop ends."""
        if label.kind is not LabelKind.ARABIC or (self._label and self._label.kind not in HEADING_KINDS):
            return False
        return self._in_heading() or _is_in_capitals(self._open)

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

    def _is_hidden_page_top(self, before: Line, line: Line, label: Label | None) -> bool:
        """A page top that nothing else gives away: one space before a line that goes on in mid-sentence."""
        if line.indent != 1 or self._measure.is_short(before, line):
            return False
        if line.text[:1].islower() and not self._in_list():
            return True
        if self._tops_known:
            return False
        if is_ended(before.text):
            # Between numbered paragraphs one without number is less likely than a page top at the start of a sentence.
            return self._numbered and self._is_counted() and label is None and before.text.endswith((".", "。"))
        return not (ends_with_comma(before.text) and self._in_list())

    def _is_counted(self) -> bool:
        return self._label is not None and self._label.kind is LabelKind.ARABIC

    def _in_list(self) -> bool:
        """Whether the open paragraph introduces a list, or is a member of one."""
        last = self._open[-1].text
        if ends_with_comma(last):
            above = self._done[-1].lines[-1].text if self._done and not self._label else ""
            return above.endswith((":", "：", ";", "；", "؛")) or ends_with_comma(above)
        return last.endswith((":", "：", ";", "；", "؛"))

    def _ended_before(self, before: Line, line: Line, after: Line | None) -> bool:
        if line.page_top and not line.gap_before and self._is_counted() and self._measure.has_indents:
            # A paragraph without number would be indented, and a heading short.
            return not (is_ended(line.text) or self._measure.is_long(line.text))
        if line.page_top and not line.gap_before and not is_ended(before.text):
            if not self._measure.wrapped:
                return display_width(before.text) < _LONG_COLUMNS
            return not self._measure.has_indents and self._measure.is_very_short(before, line)
        if is_ended(before.text) and (line.gap_before or self._is_bare_heading(line, after)):
            return True
        if self._measure.is_short(before, line) and (is_ended(before.text) or line.gap_before):
            return True
        return self._measure.is_very_short(before, line)

    def _is_bare_heading(self, line: Line, after: Line | None) -> bool:
        """A short line without a stop, where indents would show a heading and the dump prints none."""
        if self._measure.has_indents or after is None or is_ended(line.text) or ends_with_comma(line.text):
            return False
        return self._measure.is_very_short(line, after)

    def _accepts(self, label: Label, line: Line) -> bool:
        """Whether a label at the start of a paragraph is one, and not a figure or an initial that opens it."""
        if label.kind is LabelKind.BULLET:
            return bool(line.indent) or not self._done or self._done[-1].is_ended
        return True


def _is_in_capitals(lines: Sequence[Line]) -> bool:
    """Whether lines are set in capitals, notes in brackets apart: ORGANIZATION OF WORK (continued)."""
    bare = re.sub(r"\([^()]*\)", "", " ".join(line.text for line in lines))
    return len(bare) > _FEWEST_CAPITALS and bare.isupper()


def _resumed_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """Lines whose number leaves some out, and from which the numbering goes on: paragraphs can be missing."""
    found = [(line.number, label) for line in lines if (label := label_of_line(line.text))]
    counted = [(place, int(label.number)) for place, label in found if label.kind is LabelKind.ARABIC]
    return frozenset(
        place
        for (_, before), (place, number), (_, after) in zip(counted, counted[1:], counted[2:], strict=False)
        if before + 1 < number <= before + _MOST_MISSING and after == number + 1
    )


def _first_posts(lines: Sequence[Line], measure: Measure) -> frozenset[int]:
    """The first of the short lines of post over a signed name, as Chinese sets them: 大使 / 某某(签名)."""
    posts: set[int] = set()
    for index, line in enumerate(lines):
        start = index
        while opens_signature(line.text) and start and index - start < _MOST_POSTS:
            above = lines[start - 1]
            if is_ended(above.text) or ends_with_comma(above.text) or measure.is_long(above.text):
                break
            start -= 1
        if start < index:
            posts.add(lines[start].number)
    return frozenset(posts)


def _is_numbered(lines: Sequence[Line], measure: Measure) -> bool:
    """Whether a text's paragraphs are numbered, but for few that follow one."""
    numbered = plain = 0
    for before, line in pairwise(lines):
        label = label_of_line(line.text)
        if label:
            numbered += label.kind is LabelKind.ARABIC
        elif line.indent == 1:
            plain += measure.is_short(before, line)
    return numbered >= _FEWEST_NUMBERED and 5 * plain <= numbered


def _opens_turn(line: Line, after: Line | None) -> bool:
    """Whether a speech begins: its label can run over two lines."""
    whole = line.text if ":" in line.text or "：" in line.text or after is None else f"{line.text} {after.text}"
    label = match_turn_label(whole)
    return label is not None and (label.affiliation is not None or label.role is not SpeakerRole.GUEST)


def _ends_clause(text: str) -> bool:
    return ends_with_comma(text) or text.endswith((";", "；", "؛"))
