"""Parts, articles, rules, resolutions and decisions: headings that open a division with numbers of its own.

Treaties and rules of procedure count their paragraphs anew in each article or rule; reports print the resolutions that
they recommend, and meetings their decisions, each counted from 1. The path of the division is the same in every
language: Article 5, Artículo 5 and 第五条 of Part II are `part-II/article-5`.
"""

import re
from typing import NamedTuple

from parsers.labels import ARABIC_ORDINALS, han_value, roman, roman_value

_RANKS = {
    "resolution": 1,
    "decision": 1,
    "part": 3,
    "chapter": 4,
    "section": 5,
    "subsection": 6,
    "article": 7,
    "rule": 7,
    "regulation": 7,
}
_SECTIONS = frozenset({"section", "subsection"})
_PROVISIONS = frozenset({"article", "rule", "regulation"})
_ADOPTED = frozenset({"resolution", "decision"})
_NESTED_ANNEX = 2
_HAN = "[一二三四五六七八九十百零〇]{1,5}"
# Typewritten instruments have l for 1: Article 4l.
_NUMBER = (
    r"(?P<n>\d{1,2}l(?=\W|$)|\d{1,3}|[IVXLC]{1,7}|(?i:premi[eè]re?|primer[oa]?|первая|единственная))"
    r"(?P<bis> ?(?:bis|ter|quater))?"
)
_ARABIC_NUMBER = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(ARABIC_ORDINALS, key=len, reverse=True))})"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"(?i:part|partie|parte|часть)\s+{_NUMBER}(?=[.:\s]|$)")),
    ("part", re.compile(rf"第\s*(?P<n>{_HAN}|\d{{1,2}})\s*部分(?=\s|$)")),
    ("part", re.compile(rf"الجزء\s+{_ARABIC_NUMBER}(?=[.:\s]|$)")),
    ("chapter", re.compile(rf"(?i:chapter|chapitre|capítulo|глава)\s+{_NUMBER}(?=[.:\s]|$)")),
    ("chapter", re.compile(rf"第\s*(?P<n>{_HAN}|\d{{1,2}})\s*章(?=\s|$)")),
    ("section", re.compile(r"(?i:section|sección|раздел)\s+(?P<n>\d{1,2}|[IVX]{1,5}|[A-Z])(?=[.:\s]|$)")),
    ("section", re.compile(rf"第\s*(?P<n>{_HAN}|\d{{1,2}})\s*节(?=\s|$)")),
    ("section", re.compile(rf"الفرع\s+{_ARABIC_NUMBER}(?=[.:\s]|$)")),
    ("subsection", re.compile(r"(?i:sub-?section|subsección|подраздел)\s+(?P<n>\d{1,2}|[A-Z])(?=[.:\s]|$)")),
    ("subsection", re.compile(rf"第\s*(?P<n>{_HAN}|\d{{1,2}})\s*分节(?=\s|$)")),
    ("article", re.compile(rf"(?i:article|artículo|статья)\s+{_NUMBER}(?=[.:\s]|$)")),
    ("article", re.compile(rf"المادة\s+{_ARABIC_NUMBER}(?=[.:\s]|$)")),
    ("article", re.compile(rf"第\s*(?P<n>{_HAN}|\d{{1,3}})\s*条(?=\s|$)")),
    ("rule", re.compile(rf"(?i:rule|правило)\s+{_NUMBER}(?=[.:\s]|$)")),
    ("regulation", re.compile(rf"(?i:regulation)\s+{_NUMBER}(?=[.:\s]|$)")),
    (
        "resolution",
        re.compile(
            r"(?:(?:Draft|Revised draft) )?[Rr]esolution(?: (?P<n>[IVX]{1,5}|\d{1,3}|[A-Z]))?(?=\s*(?:\(.*\))?\d?$)"
        ),
    ),
    (
        "decision",
        re.compile(
            r"(?:(?:Draft|Revised draft|Intersessional) )?[Dd]ecision(?: (?P<n>[IVX]{1,5}|\d{1,3}|[A-Z]))?"
            r"(?=\s*(?:\(.*\))?\d?$)"
        ),
    ),
    ("resolution", re.compile(rf"决议草案(?P<n>{_HAN})?$")),
    ("decision", re.compile(rf"决定草案(?P<n>{_HAN})?$")),
)
_RECOMMENDS = re.compile(
    r"(?:following draft (?P<kind>resolution|decision)s?|(?:下列|以下)(?P<han>决议|决定)草案)[:：]$"
)
_LONGEST_TITLE = 400


class Opening(NamedTuple):
    """What a heading opens: `kind` and number as in a path (`article`, `5`), and whether it is the label alone.

    `misprint` is its number as printed, where a letter stands in it for a figure.
    """

    kind: str
    number: str | None
    is_bare: bool
    misprint: str | None = None


def match_opening(text: str) -> Opening | None:
    """The division that a heading opens, if any; running text that begins with such words is the caller's to tell."""
    if len(text) > _LONGEST_TITLE:
        return None
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            groups = match.groupdict()
            number = _number(kind, groups["n"]) if groups.get("n") else None
            suffix = (groups.get("bis") or "").strip()
            bare = not text[match.end() :].strip(" .:")
            printed = groups.get("n") or ""
            misprint = printed if printed[:1].isdigit() and "l" in printed else None
            return Opening(kind, f"{number}-{suffix}" if number and suffix else number, bare, misprint)
    return None


def recommended(text: str) -> str | None:
    """What a paragraph says that it is followed by: the text of a resolution or decision that a report recommends."""
    match = _RECOMMENDS.search(text)
    if not match:
        return None
    return match["kind"] or {"决议": "resolution", "决定": "decision"}[match["han"]]


def is_section(opening: Opening) -> bool:
    """Whether it opens a section, which divides an instrument, while in a report it is a heading."""
    return opening.kind in _SECTIONS


def is_provision(path: str | None) -> bool:
    """Whether a division is an article or a rule, whose paragraphs have numbers of their own."""
    return path is not None and _kind(path.rpartition("/")[2]) in _PROVISIONS


def around_provision(path: str) -> str | None:
    """The division that an article or rule lies in; None where it lies in no other."""
    return path.rpartition("/")[0] or None


def path_of(opening: Opening, current: str | None) -> str:
    """The path of the division, below what it can stand in."""
    own = opening.kind if opening.number is None else f"{opening.kind}-{opening.number}"
    steps = current.split("/") if current else []
    kept: list[str] = []
    # A decision printed in the annex of a draft resolution; but the decision after one with an annex is its sibling.
    inside = opening.kind in _ADOPTED and steps and _kind(steps[-1]) == "annex"
    for step in steps:
        if _kind(step) == opening.kind or (_rank(step, kept) >= _RANKS[opening.kind] and not inside):
            break
        kept.append(step)
    return "/".join([*kept, own])


def depth(path: str) -> int:
    """The level of the heading of a division: 1 outside parts and annexes."""
    return len(path.split("/"))


def nested_annex(name: str, current: str | None) -> str | None:
    """The path of an annex of a resolution or decision, None where `name` is no annex of one.

    The first annex in it is its own, and one that goes on with the last; Annex IV after decisions of Annex III is not.
    """
    steps = current.split("/") if current else []
    host = next((index for index, step in enumerate(steps) if _kind(step) in _ADOPTED), None)
    if host is None or not name.startswith("annex"):
        return None
    number = roman_value(name.partition("-")[2]) if "-" in name else None
    inner = next((step for step in steps[host + 1 :] if step.startswith("annex")), None)
    before = (roman_value(inner.partition("-")[2]) or 0) if inner else 0
    if number is None or number == before + 1:
        return "/".join([*steps[: host + 1], name])
    return None


def _kind(step: str) -> str:
    return step.partition("-")[0]


def _rank(step: str, above: list[str]) -> int:
    in_decision = any(_kind(other) in _ADOPTED for other in above)
    return _RANKS.get(_kind(step), _NESTED_ANNEX if in_decision else 0)


def _number(kind: str, number: str) -> str:
    value = 1 if number[:4].lower() in ("prem", "prim", "перв", "един") else han_value(number)
    if number in ARABIC_ORDINALS:
        value = ARABIC_ORDINALS.index(number) + 1
    if number[:1].isdigit():
        return str(int(number.replace("l", "1")))
    if value is None and set(number) <= set("IVX" if kind in _ADOPTED else "IVXLC"):
        value = roman_value(number)
    if value is None:
        return number
    return roman(value) if kind in ("part", "chapter", "resolution") and not number.isdigit() else str(value)
