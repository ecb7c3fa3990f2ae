"""What a Word file holds once it is walked: paragraphs and tables, with their characters and what is said of them."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from parsers.readers.docx_styles import ParagraphLook, RunLook

LINE_BREAK = "\n"
PAGE_BREAK = "\f"


class NoteMark(NamedTuple):
    """A note mark in a text: the span of its characters, and the note, as `footnote:3`."""

    start: int
    end: int
    note: str


class Piece(NamedTuple):
    """A visual line that the author broke: its characters, what is raised, which marks it holds, where it stands.

    `fresh` says that an empty line or a page break stands before it; `page` is None where no page is known.
    """

    text: str
    raised: tuple[tuple[int, int], ...]
    marks: tuple[NoteMark, ...]
    page: int | None
    fresh: bool


@dataclass
class Paragraph:
    """A paragraph of Word. `label` is its number as printed, with the space after it, and not in `text`.

    `in_contents` says that it is a line of a list of contents. `boxes` are the blocks of text boxes that hang on it,
    `notes` the notes it refers to, in order.
    """

    look: ParagraphLook = field(default_factory=ParagraphLook)
    label: str = ""
    boxes: list["Block"] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    only_page_fields: bool = False
    in_contents: bool = False
    _text: list[str] = field(default_factory=list)
    _length: int = 0
    _raised: list[tuple[int, int]] = field(default_factory=list)
    _marks: list[NoteMark] = field(default_factory=list)
    _pages: list[tuple[int, int | None]] = field(default_factory=list)
    _letters: Counter[tuple[bool, bool, float | None]] = field(default_factory=Counter)

    def add(self, text: str, look: RunLook, page: int | None) -> None:
        """Append characters of one look."""
        if not text:
            return
        if not self._pages or self._pages[-1][1] != page:
            self._pages.append((self._length, page))
        end = self._length + len(text)
        if look.raised and text.strip():
            if self._raised and self._raised[-1][1] == self._length:
                self._raised[-1] = (self._raised[-1][0], end)
            else:
                self._raised.append((self._length, end))
        letters = len("".join(text.split()))
        if letters:
            self._letters[bool(look.bold), bool(look.italic), look.size] += letters
        self._text.append(text)
        self._length = end

    def mark(self, text: str, note: str, look: RunLook, page: int | None) -> None:
        """Append the mark of a note."""
        start = self._length
        self.add(text, look, page)
        if text:
            self._marks.append(NoteMark(start, self._length, note))

    @property
    def text(self) -> str:
        """Its characters without the label; line breaks are `LINE_BREAK`, page breaks `PAGE_BREAK`."""
        return "".join(self._text)

    @property
    def is_empty(self) -> bool:
        """Whether it shows nothing."""
        return not self.label and not self.text.strip()

    @property
    def bold(self) -> bool:
        """Whether all its letters are bold."""
        return bool(self._letters) and all(bold for bold, _, _ in self._letters)

    @property
    def italic(self) -> bool:
        """Whether all its letters are italic."""
        return bool(self._letters) and all(italic for _, italic, _ in self._letters)

    @property
    def size(self) -> float | None:
        """The size of most of its letters, in points."""
        sizes: Counter[float | None] = Counter()
        for (_, _, size), count in self._letters.items():
            sizes[size] += count
        return max(sizes, key=lambda size: (sizes[size], size or 0)) if sizes else None

    @property
    def page(self) -> int | None:
        """The page it begins on."""
        return self._pages[0][1] if self._pages else None

    @property
    def last_page(self) -> int | None:
        """The page it ends on."""
        return self._pages[-1][1] if self._pages else None

    def pieces(self) -> list[Piece]:
        """Its visual lines as far as they are broken on purpose, the label before the first; none that is blank."""
        whole = self.label + self.text
        shift = len(self.label)
        found: list[Piece] = []
        start, fresh = 0, False
        for end in [*(index for index, char in enumerate(whole) if char in "\n\f"), len(whole)]:
            line = whole[start:end]
            if line.strip():
                found.append(
                    Piece(
                        line,
                        tuple(_within(self._raised, shift - start, len(line))),
                        tuple(
                            NoteMark(mark.start + shift - start, mark.end + shift - start, mark.note)
                            for mark in self._marks
                            if start <= mark.start + shift < end
                        ),
                        self._page_at(max(start - shift, 0)),
                        fresh,
                    )
                )
                fresh = False
            else:
                fresh = fresh or bool(found)
            fresh = fresh or whole[end : end + 1] == PAGE_BREAK
            start = end + 1
        return found

    def _page_at(self, offset: int) -> int | None:
        page = self.page
        for start, found in self._pages:
            if start <= offset:
                page = found
        return page


def _within(spans: list[tuple[int, int]], shift: int, length: int) -> list[tuple[int, int]]:
    moved = ((max(start + shift, 0), min(end + shift, length)) for start, end in spans)
    return [(start, end) for start, end in moved if start < end]


@dataclass
class Cell:
    """A cell of a table: what it holds, how many columns it spans, whether it goes on the cell above it."""

    blocks: list["Block"]
    columns: int = 1
    goes_on: bool = False


@dataclass
class Row:
    """A row of a table; `before` columns of the grid are left out at its start."""

    cells: list[Cell]
    before: int = 0


@dataclass
class Table:
    """A table; `ruled` says whether any line is drawn in or around it."""

    rows: list[Row]
    ruled: bool = True


Block = Paragraph | Table
