"""What was repaired in a document, told once a kind: how often, on which pages, and some examples.

A repair is whatever makes the text differ from the characters that the file holds. A finding for each would bury all
others: a record of 25 pages breaks 300 words at line ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.findings import Finding

_MOST_EXAMPLES = 5
_MOST_PAGES = 8
_LONGEST_EXAMPLE = 60

_MESSAGES = {
    "letters-overprinted": (
        "letter that is printed twice, a little aside, was read once",
        "letters that are printed twice, a little aside, were read once",
    ),
    "letter-spacing-closed": (
        "stretch of letters set wide was put together",
        "stretches of letters set wide were put together",
    ),
    "table-head-repeated": (
        "head of a table that comes again where the table goes on was left out of its rows",
        "heads of tables that come again where the tables go on were left out of their rows",
    ),
    "reading-order": (
        "page has text in two columns, or set sideways: one stretch was put after the other",
        "pages have text in two columns, or set sideways: one stretch was put after the other",
    ),
    "hidden-text": (
        "line in type too small to be read was put with the furniture",
        "lines in type too small to be read were put with the furniture",
    ),
    "characters-unprintable": (
        "character that cannot be printed was left out",
        "characters that cannot be printed were left out",
    ),
    "hyphen-removed": (
        "hyphen at the end of a line was taken out of a word",
        "hyphens at the ends of lines were taken out of words",
    ),
    "radicals-replaced": (
        "radical was replaced by the character that it looks like",
        "radicals were replaced by the characters that they look like",
    ),
    "note-marks-taken": (
        "raised mark of a note was taken out of the text and kept as a reference",
        "raised marks of notes were taken out of the text and kept as references",
    ),
    "superscript-levelled": (
        "raised figure or letter that is no note's mark was set on the line",
        "raised figures or letters that are no notes' marks were set on the line",
    ),
    "number-misprinted": (
        "misprinted number was read in its sequence",
        "misprinted numbers were read in their sequence",
    ),
}
"""By code, of one repair and of many."""


@dataclass
class _Repair:
    count: int = 0
    pages: dict[int, None] = field(default_factory=dict)
    examples: dict[str, None] = field(default_factory=dict)


class Repairs:
    """Collects the repairs of one document."""

    def __init__(self) -> None:
        self._found: dict[str, _Repair] = {}

    def add(self, code: str, page: int | None, example: str = "", count: int = 1) -> None:
        """Count a repair of this code on this page; `example` is what was repaired, or how."""
        repair = self._found.setdefault(code, _Repair())
        repair.count += count
        if page is not None:
            repair.pages[page] = None
        if example and len(repair.examples) < _MOST_EXAMPLES:
            repair.examples[example[:_LONGEST_EXAMPLE]] = None

    def findings(self) -> list[Finding]:
        """One finding a code, at the first page that it was met on."""
        return [_finding(code, repair) for code, repair in self._found.items()]


def _finding(code: str, repair: _Repair) -> Finding:
    one, many = _MESSAGES[code]
    message = f"{repair.count:,} {one if repair.count == 1 else many}"
    if repair.examples:
        message += f": {', '.join(repair.examples)}"
    pages = sorted(repair.pages)
    if len(pages) > 1:
        message += f" ({on_pages(pages)})"
    return Finding.info(code, message, f"page {pages[0]}" if pages else "")


def on_pages(numbers: Sequence[int]) -> str:
    """Some pages by their numbers, three dots for all but the first: `page 3`, `pages 3, 4, 9`."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    shown = ", ".join(map(str, numbers[:_MOST_PAGES]))
    return f"pages {shown}, ..." if len(numbers) > _MOST_PAGES else f"pages {shown}"
