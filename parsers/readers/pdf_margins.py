"""Running headers, footers, page and job numbers of PDF pages: by their place, what they say, and their return.

A row is furniture where it stands at the edge of its page and each of its strips is of a kind that UN pages carry there
(`2/6 25-01034`, `GE.25-05795 3`, `A/79/PV.64 16/04/2025`, `Page 2`, `/...`), or where it comes again at the same height
on other pages. The tag Artifact is a witness, no proof: first-page symbols and figures carry it too.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from parsers.job_numbers import BARCODE, JOB, JOB_LINE
from parsers.readers.pdf_page import PageRows
from parsers.readers.pdf_rows import Row
from schemas.ids import split_symbols

_TOP, _BOTTOM = 0.135, 0.87
_EDGE_ROWS = 4
_SAME_SIZE = 0.6
_APART = 1.6
_FEWEST_COUNTED = 3
_SECTION = re.compile(
    r"^(?:article|artículo|статья|المادة|rule|regulation|section|chapter|chapitre|capítulo|part|annex[e]?|anexo|decision|resolution|décision|résolution|decisión|resolución|решение|резолюция)\s+#(?:/[\w.#-]{1,12})?[.*]?$",
    re.IGNORECASE,
)
"""Headings that come again at the top of pages with other numbers are no running headers."""
_NUMBERED = re.compile(r"^#\. .{30,}")
_BARE_NUMBER = re.compile(r"^[-–—]?\s*\d{1,4}\s*[-–—]?$")
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("barcode", BARCODE),
    ("job_number", JOB_LINE),
    (
        "page_footer",
        re.compile(rf"^(?:\d{{1,4}}(?:/\d{{1,4}})?\s+{JOB}|{JOB}\s*(?:\([ACEFRS]\))?\s+\d{{1,4}}(?:/\d{{1,4}})?)\W?$"),
    ),
    (
        "page_number",
        re.compile(
            r"^(?:[-–—]?\s*\d{1,4}\s*[-–—]?|\d{1,4}\s?/\s?\d{1,4}|(?i:page)\s+\d{1,4}|[ivxlc]{1,6}|第?\s*\d{1,4}\s*页)$"
        ),
    ),
    (
        "running_header",
        re.compile(r"^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$|^(?:English|Français|Русский|Español|中文|Chinese|French)$"),
    ),
    ("continuation_mark", re.compile(r"^/?(?:\.{3}|…)$")),
    (
        "recycling_notice",
        re.compile(
            r"^(?:Please recycle|Accessible document|请回收|Merci de recycler|Se ruega reciclar|"
            r"Просьба отправить на вторичную переработку)\W*$",
            re.IGNORECASE,
        ),
    ),
)


def find_margins(pages: Sequence[PageRows], known: Sequence[Mapping[int, str]]) -> list[dict[int, str]]:
    """For each page the indexes of its rows that are furniture, with the kind of each; `known` are some."""
    repeated = _repeated(pages)
    found = [_page_margins(page, repeated, stamps) for page, stamps in zip(pages, known, strict=True)]
    for page, index in _counted(pages):
        found[page].setdefault(index, "page_number")
    return found


def _counted(pages: Sequence[PageRows]) -> list[tuple[int, int]]:
    """Page and row of numbers alone at a page's edge that count the pages, however far in: pages of small books."""
    steps: dict[int, list[tuple[int, int]]] = {}
    for at, page in enumerate(pages):
        order = sorted(range(len(page.rows)), key=lambda index: page.rows[index][0].baseline)
        for index in {*order[:1], *order[-1:]}:
            row = page.rows[index]
            if len(row) == 1 and _BARE_NUMBER.match(row[0].text.strip()):
                steps.setdefault(int(row[0].text.strip(" -–—")) - at, []).append((at, index))
    return [place for places in steps.values() if len(places) >= _FEWEST_COUNTED for place in places]


def _page_margins(page: PageRows, repeated: set[str], known: Mapping[int, str]) -> dict[int, str]:
    found, first = dict(known), page.is_first
    headed = set() if first else _headed(page)
    for index in _edges(page):
        row = page.rows[index]
        in_top = row[0].baseline < _TOP * page.height
        in_bottom = row[0].baseline > _BOTTOM * page.height
        if not (in_top or in_bottom) or (in_top and first):
            continue
        if not _is_outermost(page, index, found):
            continue
        kind = _kind(row)
        if kind is None and _key(row) in repeated and not _is_table_head(page, row):
            kind = "running_header" if in_top else "page_footer"
        symbol_tops = not first and len(found) == len(known) and any(split_symbols(strip.text.strip()) for strip in row)
        if kind is None and in_top and (index in headed or symbol_tops):
            # The symbol and, beside it, a short title or the day.
            kind = "running_header"
        if kind is None and not first and all(strip.artifact for strip in row):
            kind = "running_header" if in_top else "page_footer"
        if kind == "page_number" and in_top and page.is_first:
            continue
        if kind:
            found[index] = kind
    return found


def _headed(page: PageRows) -> set[int]:
    """Rows of a running header of several lines: those down to one with a symbol of its own beside other text.

    Resolutions of the General Assembly print their title beside the symbol: Oceans and the law of the sea A/RES/78/272.
    """
    order = sorted(range(len(page.rows)), key=lambda index: page.rows[index][0].baseline)[:_EDGE_ROWS]
    for at, index in enumerate(order):
        row = page.rows[index]
        if len(row) > 1 and any(split_symbols(strip.text.strip()) for strip in (row[0], row[-1])):
            size = row[0].size
            header = order[: at + 1]
            alike = all(abs(strip.size - size) < _SAME_SIZE for above in header for strip in page.rows[above])
            body = page.rows[order[at + 1]] if at + 1 < len(order) else None
            apart = body is None or body[0].baseline - row[0].baseline > _APART * size
            return set(header) if alike and apart else set()
    return set()


def _is_table_head(page: PageRows, row: Row) -> bool:
    """Whether a row stands between two rules, as the heads of a table's columns do that come again on each page."""
    line = row[0].baseline
    wide = [rule for rule in page.rules if rule.is_horizontal and rule.x1 - rule.x0 > 20]
    above = any(line - 3 * row[0].size < rule.bottom < line - 0.5 * row[0].size for rule in wide)
    return above and any(line < rule.top < line + 2 * row[0].size for rule in wide)


def _edges(page: PageRows) -> list[int]:
    """Indexes of the rows at the edges, from outside in, so that one can lean on those beyond it."""
    order = sorted(range(len(page.rows)), key=lambda index: page.rows[index][0].baseline)
    return [*order[:_EDGE_ROWS], *(index for index in reversed(order[-_EDGE_ROWS:]) if index not in order[:_EDGE_ROWS])]


def _is_outermost(page: PageRows, index: int, found: dict[int, str]) -> bool:
    line = page.rows[index][0].baseline
    below = [other for other, row in enumerate(page.rows) if row[0].baseline > line]
    above = [other for other, row in enumerate(page.rows) if row[0].baseline < line]
    return all(other in found for other in below) or all(other in found for other in above)


def _kind(row: Row) -> str | None:
    kinds = [_strip_kind(strip.text) for strip in row]
    if None in kinds:
        whole = " ".join(strip.text for strip in row)
        return _strip_kind(whole)
    if len(kinds) == 1:
        return kinds[0]
    if {"page_number", "job_number"} <= set(kinds):
        return "page_footer"  # `2/6` and `25-01034` at the two sides of a foot, as in one line of a text dump
    return next((kind for kind in ("job_number", "barcode", "running_header") if kind in kinds), "page_footer")


def _strip_kind(text: str) -> str | None:
    text = text.strip()
    for kind, pattern in _KINDS:
        if pattern.match(text):
            return kind
    return "running_header" if split_symbols(text) else None


def _repeated(pages: Sequence[PageRows]) -> set[str]:
    """Keys of edge rows that come again, digits apart, at one height of several pages."""
    heights: dict[str, Counter[int]] = {}
    for page in (page for page in pages if not page.is_first):
        seen = set()
        for index in _edges(page):
            row = page.rows[index]
            key = _key(row)
            if _SECTION.match(key) or _NUMBERED.match(key) or any(start == 0 for start, _ in row[0].raised):
                # The same source noted on several pages; the words that numbered paragraphs open with.
                continue
            if key not in seen and not _TOP * page.height <= row[0].baseline <= _BOTTOM * page.height:
                heights.setdefault(key, Counter())[round(row[0].baseline / 4)] += 1
                seen.add(key)
    least = 2 if len(pages) < 5 else max(3, min(4, len(pages) // 5))
    return {key for key, counts in heights.items() if max(counts.values()) >= least and len(key) > 3}


def _key(row: Row) -> str:
    return re.sub(r"\d+", "#", " ".join(strip.text for strip in row))
