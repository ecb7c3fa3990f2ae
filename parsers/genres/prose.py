"""Running text: headings, numbered paragraphs, items, quotations, divisions, signatures - what all genres share.

A genre passes its paragraphs to a `Prose` one by one, or all of them, and adds what is its own (turns, roles).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.drafts import Draft
from parsers.genres.divisions import division_name
from parsers.genres.lists import agenda_end, inner_end, members_end, names_end
from parsers.genres.numbers import main_numbers, misprinted_number
from parsers.genres.openings import (
    Opening,
    around_provision,
    depth,
    is_provision,
    is_section,
    match_opening,
    nested_annex,
    path_of,
    recommended,
)
from parsers.labels import HEADING_KINDS, ITEM_KINDS, Label, LabelKind, position, roman_value
from parsers.masthead_lines import masthead_part
from parsers.measure import HEADING_INDENT, ends_with_comma, is_ended
from parsers.paragraphs import Paragraph, is_counted_heading, is_division, is_division_to, is_heading_word
from parsers.signatures import is_signed
from schemas.document import Kind, Turn
from schemas.layout import Zone

_OPENS_QUOTE = re.compile(r"^[“\"「『]")
_CLOSES_QUOTE = re.compile(r"[”\"」』][*＊]?[。.；;，,]?\d{0,2}$")
_LONGEST_QUOTE = 60
_LONGEST_HEADING = 3
_MOST_HEADINGS = 3
_LETTER_SUCCESSION = {"i": "h", "v": "u", "x": "w"}


_DEEPER = 8.0
"""How much further in (points) a list inside a paragraph stands than the numbers of paragraphs."""


@dataclass
class _State:
    """Where in the text the walk is."""

    division: str | None = None
    last_number: int = 0
    numbers_at: float | None = None
    counted_by: LabelKind | None = None
    numbered_level: int = 0
    parent: Draft | None = None
    quote_until: int = -1
    list_until: int = -1
    names_until: int = -1
    inner_until: int = -1


class Prose:
    """Walks paragraphs and makes drafts of them, in order, in `drafts`."""

    def __init__(self, paragraphs: Sequence[Paragraph], *, divided: bool = True, instrument: bool = False) -> None:
        """`divided`: whether articles, resolutions and decisions open divisions, as they do not in records.

        `instrument`: whether sections do, as in treaties; elsewhere they do so after the first article.
        """
        self._paragraphs = paragraphs
        self._label_after = _labels_after(paragraphs)
        self._heading_letter: str | None = None
        self._divided = divided
        self._sectioned = instrument
        self._state = _State()
        self._items: list[Draft] = []
        self._item_kinds: list[LabelKind] = []
        self._outside: _State | None = None
        self._counted: dict[str, int] = {}
        self._counted_inside: dict[str, int] = {}
        self._numbers_at = main_numbers(paragraphs)
        self.drafts: list[Draft] = []
        self.turn: Turn | None = None
        self.spoken_language: str | None = None

    def walk(self) -> list[Draft]:
        """Draft every paragraph."""
        for index in range(len(self._paragraphs)):
            self.take(index)
        return self.drafts

    def take(self, index: int) -> Draft:
        """Draft one paragraph, and return the draft."""
        paragraph = self._paragraphs[index]
        if paragraph.lines[0].zone is Zone.TABLE:
            return self.add(Draft(Kind.TABLE, paragraph.lines))
        if paragraph.lines[0].zone is Zone.CONTENTS:
            return self.add(Draft(Kind.ITEM, paragraph.lines, level=1))
        for attempt in (
            *(self._division, self._opening, self._quote, self._name, self._heading),
            *(self._inner_number, self._numbered, self._item, self._list_member),
        ):
            draft = attempt(index, paragraph)
            if draft:
                return draft
        return self.plain(paragraph)

    def take_heading(self, paragraph: Paragraph, level: int) -> Draft:
        """Draft a paragraph as a heading that its genre knows."""
        return self._add_heading(paragraph, level, None)

    def plain(self, paragraph: Paragraph, kind: Kind = Kind.PARAGRAPH) -> Draft:
        """A paragraph without more to it."""
        draft = self.add(Draft(kind, paragraph.lines))
        if kind is Kind.PARAGRAPH:
            self._open_parent(draft)
        return draft

    def add(self, draft: Draft) -> Draft:
        """Append a draft in the current division and turn."""
        draft.division = self._state.division
        draft.turn = self.turn
        draft.spoken_language = self.spoken_language if self.turn else None
        self.drafts.append(draft)
        return draft

    @property
    def last(self) -> Draft | None:
        """The draft made last."""
        return self.drafts[-1] if self.drafts else None

    def _open_parent(self, draft: Draft) -> None:
        self._state.parent = draft
        self._items, self._item_kinds = [], []

    def _division(self, index: int, paragraph: Paragraph) -> Draft | None:
        first = paragraph.lines[0]
        # A layout shows an annex and its title as one heading, where no white space parts them.
        titled = first.box is not None and first.indent >= HEADING_INDENT and is_division(first.text)
        apart = paragraph.is_bold or (first.box is None and not paragraph.is_ended)
        if not (is_division(paragraph.text) or titled or (apart and is_division_to(paragraph.text))):
            return None
        if self._state.division is None:
            self._outside = self._state
        # A division starts its own sequences.
        name = division_name(first.text if titled else paragraph.text, self._state.division)
        self._state = _State(division=nested_annex(name, self._state.division) or name)
        self._counted_inside = {}
        self._items, self._item_kinds = [], []
        return self.add(Draft(Kind.HEADING, paragraph.lines, level=1))

    def _opening(self, index: int, paragraph: Paragraph) -> Draft | None:
        """A part, article, rule, resolution or decision, by its label alone or as a heading looks."""
        if not self._divided:
            return None
        shown = paragraph.is_bold or paragraph.indent >= HEADING_INDENT
        if self._recommended and paragraph.is_bold and paragraph.label is None:
            opening: Opening | None = Opening(self._recommended, None, is_bare=False)
        else:
            opening = match_opening(paragraph.unmarked)
        if opening is None or (paragraph.is_ended and not opening.is_bare) or not (opening.is_bare or shown):
            return None
        if not shown and paragraph.lines[0].box is not None:
            return None
        if is_section(opening) and not self._sectioned:
            return None
        self._sectioned = self._sectioned or opening.kind == "article"
        if self._state.division is None:
            self._outside = self._state
        division = path_of(opening, self._state.division)
        self._state = _State(division=division, numbered_level=depth(division))
        draft = self._add_heading(paragraph, depth(division), None)
        draft.misprint = opening.misprint
        return draft

    @property
    def _recommended(self) -> str | None:
        """What the last paragraph announced: the text of a resolution that a report recommends."""
        return recommended(self.last.text) if self.last and self.last.kind is Kind.PARAGRAPH else None

    def _heading(self, index: int, paragraph: Paragraph) -> Draft | None:
        label = paragraph.label
        if label and label.kind in HEADING_KINDS:
            asks = paragraph.lines[-1].text.endswith((":", "：", "?", "？"))
            if paragraph.is_ended and not (asks or paragraph.is_bold):
                return None
            if is_provision(self._state.division):
                if label.kind is LabelKind.HAN and (asks or not paragraph.is_heading_like):
                    # 一、 counts the paragraphs of an article.
                    return None
                # A chapter of rules of procedure, whose rules are counted through: II. Meetings / Rule 3
                self._state = _State(division=around_provision(self._state.division or ""))
            self._return_from_division(paragraph, label)
            sequence, place = self._place(label)
            (self._counted if self._state.division is None else self._counted_inside)[sequence] = place
            level = 2 if self._is_letter(label) else 1
            self._state.numbered_level = level
            return self._add_heading(paragraph, level, label)
        if (
            label
            and label.kind is LabelKind.ARABIC
            and (self._is_numbered_heading(index, paragraph, label) or (paragraph.is_bold and not paragraph.is_ended))
        ):
            return self._add_heading(paragraph, max(self._state.numbered_level, 2) + 1, label)
        if not label and is_heading_word(paragraph.text):
            return self._add_heading(paragraph, self._state.numbered_level + 1, None)
        if is_signed(paragraph.text):
            return None
        if label or not (paragraph.is_heading_like or self._is_plain_heading(index, paragraph)):
            return None
        above = self.last
        if above and above.kind is Kind.HEADING and above.level and above.label is None:
            # Right under another heading without number: a level below it.
            return self._add_heading(paragraph, above.level + 1, None)
        return self._add_heading(paragraph, self._state.numbered_level + 1, None)

    def _return_from_division(self, paragraph: Paragraph, label: Label) -> None:
        """Leave a division where a heading goes on with those before it: the annex was that of a recommended draft."""
        if self._state.division is None or self._outside is None or not paragraph.is_bold:
            return
        state = self._outside
        sequence, place = self._place(label)
        if place == self._counted_inside.get(sequence, 0) + 1:
            return
        if place == self._counted.get(sequence, 0) + 1 > 1:
            self._state = _State(
                division=state.division, last_number=state.last_number, numbered_level=state.numbered_level
            )

    def _place(self, label: Label) -> tuple[str, int]:
        """Which sequence of headings a label is of (I. is Roman or a letter), and its place in it."""
        if self._is_letter(label):
            return "letter", position(label.number, label.kind) or 0
        if label.kind in (LabelKind.ROMAN, LabelKind.CAPITAL):
            return "roman", roman_value(label.number) or 0
        return label.kind.value, position(label.number, label.kind) or 0

    def _is_plain_heading(self, index: int, paragraph: Paragraph) -> bool:
        """A heading that only its place shows: the title of an annex, or short words over a numbered paragraph."""
        if paragraph.is_ended or ends_with_comma(paragraph.unmarked) or len(paragraph.lines) > _LONGEST_HEADING:
            return False
        before = self.last
        if before and before.kind is Kind.HEADING:
            if (opened := match_opening(before.text)) is not None and opened.is_bare:
                # The title of an article may be what a masthead has, too: 第五十条 / 秘书处
                return not is_signed(paragraph.text)
            if (before.division and is_division(before.text)) or is_counted_heading(before.text):
                return masthead_part(paragraph.text) is None and not is_signed(paragraph.text)
        if not paragraph.in_indented and self._is_bare_heading(index, paragraph):
            return True
        if self._is_set_apart(index, paragraph):
            return True
        label = self._label_after[index]
        return bool(label and label.kind is LabelKind.ARABIC and int(label.number) == self._state.last_number + 1)

    def _is_set_apart(self, index: int, paragraph: Paragraph) -> bool:
        """Words at the margin with an empty line before and after, over an indented or numbered paragraph."""
        first = paragraph.lines[0]
        if first.box is not None or not paragraph.in_indented or paragraph.indent or not first.gap_before:
            return False
        if index + 1 == len(self._paragraphs) or masthead_part(paragraph.text) or is_signed(paragraph.text):
            return False
        before, after = self.last, self._paragraphs[index + 1]
        if before and before.kind is not Kind.HEADING and not is_ended(before.text):
            return False
        return bool(after.lines[0].gap_before and (after.indent or after.label) and not is_signed(after.text))

    def _is_bare_heading(self, index: int, paragraph: Paragraph) -> bool:
        """Short words over running text, in a dump without indents: no date, no line of a masthead or signature."""
        before = self.last
        if index + 1 == len(self._paragraphs) or masthead_part(paragraph.text) or is_signed(paragraph.text):
            return False
        if before and before.kind is Kind.PARAGRAPH and not is_ended(before.text):
            return False
        after = self._paragraphs[index + 1]
        return after.is_ended and len(after.text) > len(paragraph.text) and not is_signed(after.text)

    def _add_heading(self, paragraph: Paragraph, level: int, label: Label | None) -> Draft:
        self._open_parent_none()
        number, printed = (label.number, label.printed) if label else (None, None)
        if number and len(number) == 1 and number.isascii():
            self._heading_letter = number
        return self.add(Draft(Kind.HEADING, paragraph.lines, label=printed, number=number, level=level))

    def _open_parent_none(self) -> None:
        self._state.parent = None
        self._items, self._item_kinds = [], []

    def _is_letter(self, label: Label) -> bool:
        """Whether a capital is a letter (A., B., C.) and not a Roman number (I., V.): by the one before it."""
        if label.kind is not LabelKind.CAPITAL:
            return False
        if label.number not in "IVXLC":
            return True
        before = self._heading_letter
        if label.number == "I":
            return before == "H"
        return before is not None and ord(before) == ord(label.number) - 1

    def _is_numbered_heading(self, index: int, paragraph: Paragraph, label: Label) -> bool:
        """`1. Title` over paragraphs of the main sequence: it does not end as a sentence and is out of sequence."""
        if (
            paragraph.is_ended
            or int(label.number) == self._state.last_number + 1
            or len(paragraph.lines) > _LONGEST_HEADING
        ):
            return False
        # Headings of a lower level, and a word of introduction, may stand between.
        following = (after.label for after in self._paragraphs[index + 1 : index + 4])
        after = next((label for label in following if label and label.kind is LabelKind.ARABIC), None)
        return bool(after and int(after.number) == self._state.last_number + 1)

    def _name(self, index: int, paragraph: Paragraph) -> Draft | None:
        """A member of a list of names or States, one a line without a stop, under words that end with a colon."""
        state = self._state
        if index > state.names_until:
            before = self.last
            if not (before and before.kind is Kind.PARAGRAPH and before.text.endswith((":", "："))):
                return None
            state.names_until = names_end(self._paragraphs, index)
            if state.names_until < index:
                return None
        return self.add(Draft(Kind.ITEM, paragraph.lines, level=1, parent=state.parent))

    def _inner_number(self, index: int, paragraph: Paragraph) -> Draft | None:
        """A number of a list inside a paragraph, an agenda mostly: the numbers of paragraphs go on behind the list."""
        state, label = self._state, paragraph.label
        if index > state.inner_until:
            before = self.last
            if not (label and label.kind is LabelKind.ARABIC and label.number == "1"):
                return None
            if before and before.kind is Kind.PARAGRAPH and _announces(before.text):
                state.inner_until = inner_end(self._paragraphs, index, state.last_number)
            elif state.last_number == 0 and (before is None or before.kind is Kind.HEADING):
                state.inner_until = agenda_end(self._paragraphs, index, before.text if before else None)
        if index > state.inner_until or not label or label.kind is not LabelKind.ARABIC:
            return None
        self._items, self._item_kinds = [], []
        draft = self.add(
            Draft(Kind.ITEM, paragraph.lines, label=label.printed, number=label.number, level=1, parent=state.parent)
        )
        self._items, self._item_kinds = [draft], [label.kind]
        return draft

    def _numbered(self, index: int, paragraph: Paragraph) -> Draft | None:
        label, misprint = paragraph.label, None
        if not label or label.kind is LabelKind.BULLET or label.kind in ITEM_KINDS or self._is_deeper(paragraph):
            label = misprinted_number(self._paragraphs, index, self._state.last_number + 1)
            if label is None:
                return None
            # `[9.` is printed as it is meant.
            misprint = None if label.printed.startswith("[") else label.printed
        draft = self.add(Draft(Kind.PARAGRAPH, paragraph.lines, label=label.printed, number=label.number))
        draft.misprint = misprint
        self._state.counted_by = label.kind
        if label.kind is LabelKind.ARABIC:
            self._state.last_number = int(label.number)
            if self._state.numbers_at is None:
                self._state.numbers_at = paragraph.lines[0].left
        self._open_parent(draft)
        return draft

    def _item(self, index: int, paragraph: Paragraph) -> Draft | None:
        label = paragraph.label
        if not label or not (label.kind in ITEM_KINDS or self._is_deeper(paragraph)):
            return None
        above = self.last
        if above and above.kind is Kind.HEADING and paragraph.is_bold and not (self._divided or paragraph.is_ended):
            # (k) Cooperation between ...: sub-items of the agenda head a record's sections.
            return self._add_heading(paragraph, (above.level or 1) + 1, label)
        kind = self._item_kind(label)
        if kind in self._item_kinds:
            depth = self._item_kinds.index(kind)
            del self._items[depth:], self._item_kinds[depth:]
        parent = self._items[-1] if self._items else self._state.parent
        draft = self.add(
            Draft(
                Kind.ITEM,
                paragraph.lines,
                label=label.printed,
                number=label.number or None,
                level=len(self._items) + 1,
                parent=parent,
            )
        )
        self._items.append(draft)
        self._item_kinds.append(kind)
        return draft

    def _is_deeper(self, paragraph: Paragraph) -> bool:
        """Whether a number is further in than those of the main sequence, as in a list inside a paragraph."""
        left, label, state = paragraph.lines[0].left, paragraph.label, self._state
        if label and label.kind is LabelKind.ARABIC and self._items and state.counted_by is LabelKind.HAN:
            # 一、 counts paragraphs, （一） their items: 1． is below these.
            return True
        if left is None or self._numbers_at is None or label is None or label.kind is not LabelKind.ARABIC:
            return False
        if state.numbers_at is None and label.number == "1":
            # The first number of a division shows where its numbers stand: those of its articles may stand further out.
            # Below `The members are:` a list begins, but in an article that opens with such words its paragraphs.
            announced = state.parent is not None and _announces(state.parent.text)
            if not announced or (is_provision(state.division) and state.parent and state.parent.number is None):
                return False
        usual = self._numbers_at if state.numbers_at is None else state.numbers_at
        return left > usual + _DEEPER and state.parent is not None

    def _item_kind(self, label: Label) -> LabelKind:
        """`(i)` after (h) is a letter, else Roman."""
        if label.kind is LabelKind.SMALL_ROMAN and len(label.number) == 1:
            before = [
                item.number
                for item, kind in zip(self._items, self._item_kinds, strict=True)
                if kind is LabelKind.LETTER
            ]
            roman_open = LabelKind.SMALL_ROMAN in self._item_kinds
            if before and before[-1] == _LETTER_SUCCESSION[label.number] and not roman_open:
                return LabelKind.LETTER
        return label.kind

    def _quote(self, index: int, paragraph: Paragraph) -> Draft | None:
        state = self._state
        if (
            paragraph.is_inset
            and state.parent
            and paragraph.label
            and not self._resumes_sequence(paragraph)
            and paragraph.label.kind is LabelKind.ARABIC
        ):
            # Numbers of a decision that is quoted between paragraphs of the text.
            return self.add(
                Draft(
                    Kind.QUOTE,
                    paragraph.lines,
                    label=paragraph.label.printed,
                    number=paragraph.label.number,
                    parent=state.parent,
                )
            )
        if index > state.quote_until:
            before = self.last
            if not (before and before.text.endswith((":", "：")) and _OPENS_QUOTE.match(paragraph.text)):
                return None
            state.quote_until = self._quote_end(index)
            if state.quote_until < index:
                return None
        label = paragraph.label
        number, printed = (label.number or None, label.printed) if label else (None, None)
        return self.add(Draft(Kind.QUOTE, paragraph.lines, label=printed, number=number, parent=state.parent))

    def _quote_end(self, index: int) -> int:
        """Index of the paragraph that closes a quotation of paragraphs; -1 where none does before the next section."""
        for end in range(index, min(index + _LONGEST_QUOTE, len(self._paragraphs))):
            paragraph = self._paragraphs[end]
            if end > index and (is_division(paragraph.text) or self._resumes_sequence(paragraph)):
                return -1
            if _CLOSES_QUOTE.search(paragraph.text):
                return end
        return -1

    def _resumes_sequence(self, paragraph: Paragraph) -> bool:
        label = paragraph.label
        return bool(
            label
            and label.kind is LabelKind.ARABIC
            and self._state.last_number > 0
            and int(label.number) == self._state.last_number + 1
        )

    def _list_member(self, index: int, paragraph: Paragraph) -> Draft | None:
        """An item whose bullet is lost: the introduction ends with a colon, a series of clauses follows (CD/2105)."""
        if paragraph.label:
            return None
        state = self._state
        if index > state.list_until:
            before = self.last
            if not (before and before.kind is Kind.PARAGRAPH and before.text.endswith((":", "："))):
                return None
            state.list_until = members_end(self._paragraphs, index)
            if state.list_until <= index:
                return None
        return self.add(Draft(Kind.ITEM, paragraph.lines, level=1, parent=state.parent))


def _announces(text: str) -> bool:
    """Whether a paragraph ends as one does that a list follows."""
    return text.endswith((":", "："))


def _labels_after(paragraphs: Sequence[Paragraph]) -> list[Label | None]:
    """For each paragraph, the label of the first one after it that is not short words without a label or a stop."""
    labels: list[Label | None] = []
    label: Label | None = None
    passed = 0
    for paragraph in reversed(paragraphs):
        labels.append(label if passed < _MOST_HEADINGS else None)
        passed += 1
        if is_division(paragraph.text):
            label = None
        elif paragraph.label or paragraph.is_ended or len(paragraph.lines) > _LONGEST_HEADING:
            label, passed = paragraph.label, 0
    return labels[::-1]
