"""Furniture: running headers, footers, page and job numbers, bar codes, footnote rules.

Rules after the layout of UN pages: New York prints `25-01034 (E) 030225` and `*2501034*` on the first page, then `2/6
25-01034` at the foot and the symbol at the top; Geneva `GE.25-05795 (C) 030420 240420`, then `2 GE.25-05795` or
`GE.25-05795 3`. What is printed once as part of the masthead is not furniture.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.job_numbers import BARCODE, JOB, JOB_LINE
from schemas.ids import is_symbol
from schemas.layout import Line

_SCRIPT = r"(?:\s*\([ACEFRS]\))?"
_FOOTER = re.compile(
    rf"^(?:(?P<a>\d{{1,4}})(?:/\d{{1,4}})?\s+{JOB}{_SCRIPT}|{JOB}{_SCRIPT}\s+(?P<b>\d{{1,4}})(?:/\d{{1,4}})?)$"
)
_PAGE = re.compile(r"^(?:[-–—]\s*(?P<a>\d{1,4})\s*[-–—]|(?:[Pp]age|第)\s*(?P<b>\d{1,4})\s*页?|(?P<c>\d{1,4})/\d{1,4})$")
_DAYS = re.compile(r"^\d{6}(?:\s+\d{6})*$")
_RULE = re.compile(r"^(?:[_＿]{5,}|[-─━—]{10,})$")
_URL = re.compile(r"^(?:https?://|www\.)\S+$")
_RECYCLE = re.compile(r"^(?:Please recycle|请回收)\W*$", re.IGNORECASE)


class Mark(NamedTuple):
    """What a line of furniture is: its kind, and the page number it prints."""

    kind: str
    page: int | None = None


def furniture_kind(text: str) -> str | None:
    """What a line is that can be nothing but furniture: a job number, a bar code, a page number, a rule."""
    mark = _mark(text)
    return mark.kind if mark else None


def find_furniture(lines: Sequence[Line]) -> dict[int, Mark]:
    """The furniture among `lines`: index to what it is."""
    if any(line.box is not None or line.starts is not None for line in lines):
        return {index: Mark(line.furniture) for index, line in enumerate(lines) if line.furniture}
    found: dict[int, Mark] = {}
    texts = [line.text for line in lines]
    for index, text in enumerate(texts):
        mark = _mark(text)
        if mark:
            found[index] = mark
        elif _URL.match(text) and any(text in earlier for earlier in texts[max(index - 60, 0) : index]):
            # The text layer repeats a link's address on a line of its own after the note that prints it.
            found[index] = Mark("repeated_url")
    for index, text in enumerate(texts):
        # The days of the work stand on lines of their own where a tool parts what stands apart: 25-01034 (E) / 030225
        above = found.get(index - 1)
        if index not in found and _DAYS.match(text) and above and above.kind == "job_number":
            found[index] = above
    printed: set[str] = set()
    for index, text in enumerate(texts):
        symbol = text.rstrip("*").strip()
        if index not in found and is_symbol(symbol) and (symbol in printed or _is_beside_footer(found, index)):
            found[index] = Mark("running_header")
        printed.add(symbol)
    return found


def _mark(text: str) -> Mark | None:
    if JOB_LINE.match(text):
        return Mark("job_number")
    for kind, pattern in (("page_footer", _FOOTER), ("page_number", _PAGE)):
        match = pattern.match(text)
        if match:
            return Mark(kind, next((int(group) for group in match.groups() if group), None))
    if BARCODE.match(text):
        return Mark("barcode")
    if _RULE.match(text):
        return Mark("footnote_rule")
    return Mark("recycling_notice") if _RECYCLE.match(text) else None


def _is_beside_footer(found: dict[int, Mark], index: int) -> bool:
    """Whether a line stands beside the foot of its page, as headers do in text layers."""
    beside = {mark.kind for mark in (found.get(index - 1), found.get(index + 1)) if mark}
    return bool(beside & {"page_footer", "page_number"})
