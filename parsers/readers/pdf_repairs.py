"""What the readers of PDFs repaired or put in order before a document is made of the lines: findings, one a kind."""

from collections.abc import Sequence

from parsers.readers.pdf_page import PageRows
from parsers.readers.pdf_runs import RunPage
from parsers.repairs import Repairs
from schemas.findings import Finding
from schemas.layout import Zone


def find_repairs(pages: Sequence[RunPage], laid_out: Sequence[PageRows]) -> list[Finding]:
    """The repairs of a document, given its pages as they were read and as they are laid out."""
    repairs = Repairs()
    for page, lines in zip(pages, laid_out, strict=True):
        if page.overprinted:
            repairs.add("letters-overprinted", page.number, count=page.overprinted)
        if page.unprintable:
            repairs.add("characters-unprintable", page.number, count=page.unprintable)
        if lines.is_mixed or any(line.column and line.zone is not Zone.HEAD for line in lines.lines):
            repairs.add("reading-order", page.number)
        _add_lines(lines, repairs)
    return repairs.findings()


def _add_lines(page: PageRows, repairs: Repairs) -> None:
    for line in page.lines:
        for stretch in line.strip.widened:
            repairs.add("letter-spacing-closed", page.number, repr(stretch))
        if line.repeats_head:
            repairs.add("table-head-repeated", page.number)
        if line.furniture == "hidden_text":
            repairs.add("hidden-text", page.number, repr(line.text))
