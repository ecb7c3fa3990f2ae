"""Numbers of paragraphs as Word prints them: lists, their levels, where they start, restart and continue.

ECMA-376 part 1, 17.9. A paragraph names a `num`, which names an `abstractNum` and may override levels. Counting belongs
to the `abstractNum`: two nums of one abstractNum count on together, but where one says where it starts.
"""

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from parsers.readers.docx_styles import ParagraphLook, RunLook, Styles, paragraph_look, run_look
from parsers.readers.docx_symbols import bullet, from_symbol_font
from parsers.readers.docx_xml import Element, child, integer, is_on, qn, value
from parsers.readers.number_formats import format_number

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_SUFFIXES = {"tab": "\t", "space": " ", "nothing": ""}
_LONGEST_LABEL = 200


@dataclass(frozen=True)
class Level:
    """One level of a list. `restart_after` is the level (from 1) whose number restarts it, 0 for never."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "\t"
    restart_after: int | None = None
    legal: bool = False
    picture: bool = False
    linked_style: str | None = None
    run: RunLook = field(default_factory=RunLook)
    paragraph: ParagraphLook = field(default_factory=ParagraphLook)


@dataclass
class _List:
    """An abstractNum; `alias` is the numbering style that defines it elsewhere."""

    levels: dict[int, Level] = field(default_factory=dict)
    alias: str | None = None


@dataclass
class _Num:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Label(NamedTuple):
    """A number as printed, with what stands between it and the text; how the list sets the paragraph in."""

    text: str
    suffix: str
    paragraph: ParagraphLook


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, _Num] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self.unknown_formats: set[str] = set()
        self.unresolved: set[str] = set()
        if root is not None:
            self._read(root)

    def label(self, style: str | None, look: ParagraphLook, direct: ParagraphLook) -> Label | None:
        """The number of the next paragraph of that style; `look` with and `direct` without what the style says."""
        number = look.list_id
        if number is None or number == "0":
            return None
        num, levels, key = self._resolve(number)
        if num is None:
            self.unresolved.add(number)
            return None
        depth = self._depth(style, look, direct, levels)
        level = levels.get(depth)
        if level is None:
            return None
        counts = self._count(key, number, num, levels, depth)
        if level.run.hidden:
            return None
        text = self._text(level, levels, counts)
        return Label(text, _SUFFIXES.get(level.suffix, "\t") if text else "", level.paragraph)

    def _depth(self, style: str | None, look: ParagraphLook, direct: ParagraphLook, levels: dict[int, Level]) -> int:
        if direct.list_id is None and direct.list_level is None:
            # A style that belongs to a list stands at the level that names it.
            names = list(self._styles.with_list(style))
            for depth, level in levels.items():
                if level.linked_style in names:
                    return depth
        return min(max(look.list_level or 0, 0), _LEVELS - 1)

    def _resolve(self, number: str) -> tuple[_Num | None, dict[int, Level], str]:
        """The num, its levels with overrides, and the key of the list that counts."""
        num = self._nums.get(number)
        if num is None:
            return None, {}, ""
        key, hops = num.abstract, 0
        while key in self._lists and self._lists[key].alias and not self._lists[key].levels and hops < _LEVELS:
            # A list that only names a numbering style is the list that the style names.
            other = self._nums.get(self._styles.lists.get(self._lists[key].alias or "", ""))
            if other is None:
                break
            key, hops = other.abstract, hops + 1
        found = self._lists.get(key)
        return num, {**(found.levels if found else {}), **num.levels}, key

    def _count(self, key: str, number: str, num: _Num, levels: dict[int, Level], depth: int) -> dict[int, int]:
        counts = self._counts.setdefault(key, {})
        if depth in num.starts and (number, depth) not in self._started:
            counts[depth] = num.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = levels[depth].start
        self._started.add((number, depth))
        for deeper in [other for other in counts if other > depth]:
            after = levels[deeper].restart_after if deeper in levels else None
            if after is None or (after > 0 and depth < after):
                del counts[deeper]
                # An override starts its list once, and a level that restarts begins with what the override said.
                self._started.discard((number, deeper))
        return counts

    def _text(self, level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
        if level.style == "bullet" or level.picture:
            return bullet(level.text, level.run.font)

        def written(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            of = levels.get(depth, Level())
            number = counts.get(depth, of.start)
            style = "decimal" if level.legal and of.style not in ("none", "bullet") else of.style
            text = format_number(number, style)
            if text is None:
                self.unknown_formats.add(of.style)
                return str(number)
            return text

        return from_symbol_font(_PLACE.sub(written, level.text), level.run.font)[:_LONGEST_LABEL]

    def _read(self, root: Element) -> None:
        for abstract in root.iterchildren(qn("w:abstractNum")):
            alias = value(child(abstract, "w:numStyleLink"))
            self._lists[value(abstract, "w:abstractNumId") or ""] = _List(_levels(abstract), alias)
        for num in root.iterchildren(qn("w:num")):
            entry = _Num(value(child(num, "w:abstractNumId")) or "")
            for override in num.iterchildren(qn("w:lvlOverride")):
                depth = integer(override, "w:ilvl")
                if depth is None or not 0 <= depth < _LEVELS:
                    continue
                for level in _levels(override).values():
                    entry.levels[depth] = level
                start = integer(child(override, "w:startOverride"))
                if start is not None:
                    entry.starts[depth] = start
            self._nums[value(num, "w:numId") or ""] = entry


def _levels(parent: Element) -> dict[int, Level]:
    found = {}
    for element in parent.iterchildren(qn("w:lvl")):
        depth = integer(element, "w:ilvl")
        if depth is not None and 0 <= depth < _LEVELS:
            found[depth] = _level(element)
    return found


def _level(element: Element) -> Level:
    # A format that Word has added since the standard stands in a choice, with a fallback.
    style = child(element, "w:numFmt")
    if style is None:
        style = next(element.iter(qn("w:numFmt")), None)
    level = Level(
        style=value(style) or "decimal",
        text=value(child(element, "w:lvlText")) or "",
        suffix=value(child(element, "w:suff")) or "tab",
        restart_after=integer(child(element, "w:lvlRestart")),
        legal=bool(is_on(child(element, "w:isLgl"))),
        picture=child(element, "w:lvlPicBulletId") is not None,
        linked_style=value(child(element, "w:pStyle")),
        run=run_look(child(element, "w:rPr")),
        paragraph=paragraph_look(child(element, "w:pPr")),
    )
    start = integer(child(element, "w:start"))
    return level if start is None else replace(level, start=start)
