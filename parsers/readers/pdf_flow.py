"""The paragraph that the layout of a PDF is at: where its lines begin, and what number or letter would come next."""

import re

from parsers.characters import ARABIC_LETTER, BULLETS
from parsers.readers.pdf_page import Placed

NEAR = 3.0
"""Points that lines that begin alike are apart at most."""

LABEL = re.compile(
    r"^(?:\d{1,3}[.．)]|[(（][a-zA-Z0-9]{1,5}[)）]|[a-zA-Z][.)]|[IVXLC]{1,6}\.|\d{1,3}(?:\.\d{1,3})+\.?|[*＊†]{1,3}"
    rf"|\d{{1,3}} ?[-–—](?=\s+{ARABIC_LETTER})|\({ARABIC_LETTER}{{1,2}}\u200d?\)|[’‘]\d{{1,2}}[’‘]|[{BULLETS}])(?=\s|$)"
)
_NUMBER = re.compile(rf"(?P<n>\d{{1,3}})(?:\.(?=\s)| ?[-–—](?=\s+{ARABIC_LETTER}))")
_ITEM = re.compile(
    rf"^(?:[(（]?[a-zа-я]{{1,4}}[)）]|[(（]\d{{1,2}}[)）]|\({ARABIC_LETTER}{{1,2}}\)|[’‘]\d{{1,2}}[’‘]|[a-z]\.|[{BULLETS}])\s"
)
_COUNTED_ITEM = re.compile(r"^[(（]?(?P<count>[a-z]|\d{1,2})[)）]\s")
_ITEM_END = re.compile(r"[;；؛]$")
_ENDED = re.compile(r"[.。:：;；؛؟][)）\]”’\"]?$")


def is_ended(line: Placed) -> bool:
    """Whether a line ends as a paragraph may, footnote marks apart."""
    text = line.text
    for start, end in reversed(line.strip.raised):
        text = text[:start] + text[end:]
    return bool(_ENDED.search(text.rstrip(" ,*")))


class Flow:
    """The paragraph being read: its last line, and where its lines after the first begin."""

    def __init__(self) -> None:
        self.last: Placed | None = None
        self.second: float | None = None
        self._first = 0.0
        self._inset: float | None = None
        self._number = 0
        self._number_at = 0.0
        self._item_at: float | None = None
        self._next_item: str | None = None

    def is_next(self, line: Placed) -> bool:
        """Whether a line opens with the number after the last one, at the same place."""
        match = _NUMBER.match(line.text)
        if match is None or int(match["n"]) != self._number + 1 or not self._number:
            return False
        return abs(line.strip.x0 - self._number_at) < 2 * NEAR

    def is_after_item(self, line: Placed) -> bool:
        """Whether a line goes on with the paragraph above a list: further out than the last item, which has ended.

        `(d) Other conditions;` / `and opportunities may be provided ...`: where a page ends, the white space between
        them is lost, and later lines of items may stand as far out. A semicolon ends an item, and few lines within one.
        """
        if self._item_at is None or self.last is None or LABEL.match(line.text):
            return False
        return line.strip.x0 < self._item_at - NEAR and bool(_ITEM_END.search(self.last.text))

    def is_next_item(self, line: Placed) -> bool:
        """Whether a line opens with the letter or figure after the last item's, at the same place."""
        match = _COUNTED_ITEM.match(line.text)
        if match is None or self._item_at is None or match["count"] != self._next_item:
            return False
        return abs(line.strip.x0 - self._item_at) < NEAR

    def opens_alike(self, line: Placed, before: Placed, left: float) -> bool:
        """Whether a line behind a paragraph of one line is set in as that is and as the paragraphs above it are."""
        if self._inset is None or not is_ended(before) or before is not self.last or LABEL.match(before.text):
            return False
        return all(abs(each.strip.x0 - left - self._inset) < 1 for each in (before, line))

    def expected(self, left: float) -> float | None:
        """Where the paragraph's next line begins: at the margin, where its first is set in as those above are."""
        if self.second is None and self._inset is not None and abs(self._first - left - self._inset) < 1:
            return left
        return self.second

    def move(self, shift: float) -> None:
        """Go on in another column, or on a page whose margins are others."""
        self._number_at += shift
        self._first += shift
        if self._item_at is not None:
            self._item_at += shift
        if self.second is not None:
            self.second += shift

    def add(self, line: Placed) -> None:
        """Go on to the next line."""
        if line.zone is not None:
            return
        match = _NUMBER.match(line.text)
        if match and line.starts is not False:
            self._number, self._number_at = int(match["n"]), line.strip.x0
        if line.starts or self.last is None:
            self.second = None
            self._first = line.strip.x0
            self._item_at = line.strip.x0 if _ITEM.match(line.text) else None
            counted = _COUNTED_ITEM.match(line.text)
            self._next_item = _after(counted["count"]) if counted else None
        elif self.second is None and line.starts is not None:
            self.second = line.strip.x0
            self._inset = self._first - self.second if self._first > self.second + NEAR else None
        elif line.starts is None:
            self.second = None
        self.last = line


def _after(count: str) -> str:
    """The letter or figure that follows one in a list."""
    return str(int(count) + 1) if count.isdecimal() else chr(ord(count) + 1)
