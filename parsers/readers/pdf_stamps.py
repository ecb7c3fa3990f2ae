"""Stamps: large words that lie over the text of a page (DRAFT, ADVANCE UNEDITED VERSION) and are none of it.

A stamp runs aslant, or it lies over a line: no title does. A page with few lines may show neither, but there the same
words come again in the size of another page's stamp.
"""

from collections.abc import Sequence

from parsers.readers.pdf_page import PageRows
from parsers.readers.pdf_rows import Row
from parsers.readers.pdf_runs import Run

STAMP = "watermark"
"""The kind of furniture that a stamp is."""

_LEAST_ASLANT = 20.0
_LEAST = 28.0
_SMALLER = 0.5
_HEIGHT, _NEARLY = 0.75, 0.1
_FEWEST_LETTERS = 3


Known = set[tuple[str, float]]
"""The words of stamps with their size."""


def part_stamps(runs: Sequence[Run], known: Known) -> tuple[list[Run], list[Run]]:
    """The runs of a page's text, and those of stamps; `known` are those of the pages before, and gets this page's."""
    large = [run for run in runs if run.style.size >= _LEAST_ASLANT and run.chars.strip()]
    found = [run for run in large if _key(run) in known or run.style.aslant or _lies_over(run, runs)]
    if not found:
        return list(runs), []
    known.update(map(_key, found))
    stamps = set(map(id, found))
    return [run for run in runs if id(run) not in stamps], [run for run in runs if id(run) in stamps]


def _key(run: Run) -> tuple[str, float]:
    return run.chars.strip(), run.style.size


def _lies_over(run: Run, runs: Sequence[Run]) -> bool:
    size = run.style.size
    return size >= _LEAST and any(
        len(other.chars.strip()) >= _FEWEST_LETTERS
        and other.style.turned == run.style.turned
        and other.style.size < _SMALLER * size
        and run.baseline - _HEIGHT * size < other.baseline < run.baseline + _NEARLY * size
        and other.x0[0] < run.x1[-1]
        and other.x1[-1] > run.x0[0]
        for other in runs
    )


def find_stamps(pages: Sequence[PageRows]) -> list[dict[int, str]]:
    """For each page the indexes of its rows that are stamps, with the kind of furniture they are."""
    known = {(_text(page.rows[index]), page.rows[index][0].size) for page in pages for index in page.stamps}
    return [
        {
            index: STAMP
            for index, row in enumerate(page.rows if known else ())
            if index in page.stamps or (_text(row), row[0].size) in known
        }
        for page in pages
    ]


def _text(row: Row) -> str:
    return "".join(strip.text for strip in row).replace(" ", "")
