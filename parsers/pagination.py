"""Which page a line is on: what footers print, and page tops that the text layer hides.

A dump gives no page marks. Footers print numbers (on even pages only, where recto pages carry the symbol alone),
missing empty lines give others away (readers.text). Where a dump keeps all empty lines, the tops of pages without
furniture show by regularity only: the same count of lines between all page tops that are known, and a leading space at
each place so computed.
"""

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from parsers.furniture import Mark
from parsers.measure import Measure
from schemas.layout import Line

PAGE_LENGTHS = range(30, 61)
"""Lines that a page of running text may have."""


def paginate(lines: Sequence[Line], furniture: dict[int, Mark], measure: Measure) -> list[Line]:
    """The same lines with `page` set from printed numbers, and hidden page tops marked (their indent less one)."""
    numbered = _apply_printed_numbers(lines, furniture)
    if any(line.page_top for line in lines[1:]):
        return numbered
    return _mark_hidden_tops(numbered, furniture, measure)


def _apply_printed_numbers(lines: Sequence[Line], furniture: dict[int, Mark]) -> list[Line]:
    """Shift the counted page numbers at each printed one.

    The text layer gives header and footer before the page's text, so that a run of furniture opens its page.
    """
    result: list[Line] = []
    page = 1
    for index, line in enumerate(lines):
        if line.page_top and index and index not in furniture:
            page += 1
        mark = furniture.get(index)
        if mark and mark.page and page <= mark.page <= page + 40:
            page = mark.page
            _repage_run(result, furniture, page)
        # The white space around a header or footer is the page's, not the text's.
        gap = line.gap_before and index - 1 not in furniture
        result.append(line._replace(page=page, gap_before=gap))
    return result


def _repage_run(result: list[Line], furniture: dict[int, Mark], page: int) -> None:
    index = len(result) - 1
    while index in furniture and furniture[index].kind == "running_header":
        result[index] = result[index]._replace(page=page)
        index -= 1


def _mark_hidden_tops(lines: list[Line], furniture: dict[int, Mark], measure: Measure) -> list[Line]:
    content = [index for index in range(len(lines)) if index not in furniture]
    known = _known_tops(lines, furniture, content)
    per_page = _lines_per_page(known) if len(known) > 1 else _lines_per_page_by_sense(lines, measure)
    if per_page is None:
        return lines
    tops = _hidden_tops(known, per_page, len(content))
    if not tops or not all(lines[content[top]].indent > 0 for top in tops):
        return lines
    hidden, printed = set(tops), {position for position, _ in known}
    result = list(lines)
    added = 0
    for position, index in enumerate(content):
        line = result[index]
        if position in printed:
            added = 0
        if position in hidden:
            added += 1
            line = line._replace(page_top=True, indent=line.indent - 1)
        if added:
            result[index] = line._replace(page=(line.page or 1) + added)
    return result


def _known_tops(lines: list[Line], furniture: dict[int, Mark], content: list[int]) -> list[tuple[int, int]]:
    """(position among the content lines, page) of the tops that printed page numbers give, and of the first page."""
    known = [(0, 1)]
    for index, mark in sorted(furniture.items()):
        position = bisect_right(content, index)
        if mark.page and mark.page > known[-1][1] and position < len(content):
            known.append((position, mark.page))
    return known


def _lines_per_page(known: list[tuple[int, int]]) -> int | None:
    """The one page length that explains all known tops; the first page, which may be short, need not have it."""
    rates = [
        Fraction(position - before, page - page_before) for (before, page_before), (position, page) in pairwise(known)
    ]
    for candidates in (rates, rates[1:]):
        if len(set(candidates)) == 1 and candidates[0].denominator == 1 and int(candidates[0]) in PAGE_LENGTHS:
            return int(candidates[0])
    return None


def _hidden_tops(known: list[tuple[int, int]], per_page: int, count: int) -> list[int]:
    """Tops between those known, and after the last: one page more where some are known, else to the end."""
    tops: list[int] = []
    for (start, page), (end, page_after) in pairwise(known):
        if end - start == per_page * (page_after - page):
            tops += range(start + per_page, end, per_page)
    last = known[-1][0]
    reach = count if len(known) == 1 else min(count, last + per_page + 1)
    return [*tops, *range(last + per_page, reach, per_page)]


def _lines_per_page_by_sense(lines: list[Line], measure: Measure) -> int | None:
    """The page length of a dump without furniture: leading spaces in mid-sentence can only be page tops.

    One length must explain them all, and each place that it gives must have its leading space.
    """
    tops = [
        index
        for index, (before, line) in enumerate(pairwise(lines), 1)
        if line.indent == 1 and not before.indent > 1 and measure.goes_on(before, line)
    ]
    lengths = [
        length
        for length in PAGE_LENGTHS
        if tops
        and all(top % length == 0 for top in tops)
        and all(lines[top].indent for top in range(length, len(lines), length))
    ]
    return lengths[0] if len(lengths) == 1 else None
