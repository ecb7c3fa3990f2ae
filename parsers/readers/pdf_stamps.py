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


def find_aside(pages: Sequence[PageRows]) -> list[dict[int, str]]:
    """For each page the rows that are set aside, and those that are stamps of another page, with their kinds."""
    known = {_key_of(page.rows[at]) for page in pages for at, kind in page.aside.items() if kind == STAMP}
    return [
        {index: STAMP for index, row in enumerate(page.rows if known else ()) if _key_of(row) in known} | page.aside
        for page in pages
    ]


def _key_of(row: Row) -> tuple[str, float]:
    return "".join(strip.text for strip in row).replace(" ", ""), row[0].size
