"""How text is set: styles, what they are based on, and what a paragraph or a run says over them.

ECMA-376 part 1, 17.7: document defaults, then the paragraph's style, the character's style, then direct formatting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import NamedTuple, TypeVar

from lxml import etree

from parsers.readers.docx_xml import Element, child, integer, is_on, qn, value

_DEEPEST_STYLE = 30
_TWIPS = 20.0
_CONTENTS = re.compile(r"toc ?\d$", re.IGNORECASE)
_SIMPLE_TOGGLES = (("w:b", "bold"), ("w:i", "italic"), ("w:vanish", "hidden"))


@dataclass(frozen=True)
class RunLook:
    """What is said of characters; None where nothing is. `size` in points."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    size: float | None = None
    font: str | None = None


@dataclass(frozen=True)
class ParagraphLook:
    """What is said of a paragraph; None where nothing is. Measures in points; `first_line` is negative if hanging.

    `outline` is 1 for the highest heading. `list_id` "0" takes a paragraph out of the list that its style puts it in.
    """

    alignment: str | None = None
    left: float | None = None
    right: float | None = None
    first_line: float | None = None
    before: float | None = None
    after: float | None = None
    contextual: bool | None = None
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    page_break_before: bool | None = None


class _Style(NamedTuple):
    based_on: str | None
    run: RunLook
    paragraph: ParagraphLook


_Look = TypeVar("_Look", RunLook, ParagraphLook)


def merged(below: _Look, above: _Look) -> _Look:
    """`below`, with what `above` says over it."""
    said = {field.name: found for field in fields(above) if (found := getattr(above, field.name)) is not None}
    return replace(below, **said) if said else below


class Styles:
    """The styles of a document, resolved; a document without a part for them has none."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default_paragraph: str | None = None
        self.lists: dict[str, str] = {}
        self._contents: set[str] = set()
        self._default_run, self._default_look = RunLook(), ParagraphLook()
        self._runs: dict[str, RunLook] = {}
        self._paragraphs: dict[str, ParagraphLook] = {}
        self._looks: dict[tuple[str | None, bytes], RunLook] = {}
        if root is not None:
            self._read(root)

    def paragraph(self, style: str | None) -> ParagraphLook:
        """What a paragraph style says, over what it is based on and the defaults."""
        key = self._known(style) or ""
        if key not in self._paragraphs:
            look = self._default_look
            for entry in self._chain(key):
                look = merged(look, entry.paragraph)
            self._paragraphs[key] = look
        return self._paragraphs[key]

    def run(self, paragraph_style: str | None, character_style: str | None, direct: RunLook) -> RunLook:
        """How a run is set. Bold, italic and hidden of two styles cancel out (ECMA-376 part 1, 17.7.3)."""
        of_paragraph = self._run_style(self._known(paragraph_style))
        of_character = self._run_style(character_style)
        look = merged(merged(self._default_run, of_paragraph), of_character)
        if of_character.bold:
            look = replace(look, bold=not of_paragraph.bold)
        if of_character.italic:
            look = replace(look, italic=not of_paragraph.italic)
        if of_character.hidden:
            look = replace(look, hidden=not of_paragraph.hidden)
        return merged(look, direct)

    def run_of(self, paragraph_style: str | None, properties: Element | None) -> RunLook:
        """How a run with these properties is set, in a paragraph of that style."""
        # A document sets its runs in few ways: what they say is looked up, and read once.
        key = (paragraph_style, b"" if properties is None else etree.tostring(properties, with_tail=False))
        if key not in self._looks:
            self._looks[key] = self.run(paragraph_style, value(child(properties, "w:rStyle")), run_look(properties))
        return self._looks[key]

    def is_contents(self, style: str | None) -> bool:
        """Whether a paragraph of that style is a line of a list of contents (Word names its styles `toc 1` ...)."""
        return style in self._contents

    def with_list(self, style: str | None) -> Iterator[str]:
        """The style and those it is based on, nearest first: a level of a list can name any of them."""
        seen = 0
        key = self._known(style)
        while key in self._styles and seen < _DEEPEST_STYLE:
            yield key
            key, seen = self._styles[key].based_on, seen + 1

    def _known(self, style: str | None) -> str | None:
        return style if style in self._styles else self.default_paragraph

    def _chain(self, style: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while style in self._styles and len(chain) < _DEEPEST_STYLE:
            entry = self._styles[style]
            chain.append(entry)
            style = entry.based_on
        return chain[::-1]

    def _run_style(self, style: str | None) -> RunLook:
        key = style or ""
        if key not in self._runs:
            look = RunLook()
            for entry in self._chain(style):
                look = merged(look, entry.run)
            self._runs[key] = look
        return self._runs[key]

    def _read(self, root: Element) -> None:
        defaults = child(root, "w:docDefaults")
        self._default_run = run_look(child(child(defaults, "w:rPrDefault"), "w:rPr"))
        self._default_look = paragraph_look(child(child(defaults, "w:pPrDefault"), "w:pPr"))
        for style in root.iterchildren(qn("w:style")):
            name = value(style, "w:styleId")
            if name is None:
                continue
            properties = child(style, "w:pPr")
            self._styles[name] = _Style(
                value(child(style, "w:basedOn")), run_look(child(style, "w:rPr")), paragraph_look(properties)
            )
            if _CONTENTS.match(value(child(style, "w:name")) or name):
                self._contents.add(name)
            kind = value(style, "w:type")
            if kind == "paragraph" and value(style, "w:default") in ("1", "true", "on"):
                self.default_paragraph = name
            numbers = value(child(child(properties, "w:numPr"), "w:numId"))
            if kind == "numbering" and numbers:
                self.lists[name] = numbers


def run_look(properties: Element | None) -> RunLook:
    """What an `rPr` says itself."""
    if properties is None:
        return RunLook()
    toggles = {field: is_on(child(properties, name)) for name, field in _SIMPLE_TOGGLES}
    half_points = integer(child(properties, "w:sz"))
    fonts = child(properties, "w:rFonts")
    return RunLook(
        bold=toggles["bold"],
        italic=toggles["italic"],
        hidden=toggles["hidden"],
        raised=_raised(properties),
        size=half_points / 2 if half_points else None,
        font=value(fonts, "w:ascii") or value(fonts, "w:hAnsi"),
    )


def _raised(properties: Element) -> bool | None:
    aligned = value(child(properties, "w:vertAlign"))
    if aligned:
        return aligned == "superscript"
    position = integer(child(properties, "w:position"))
    # Half points: marks stand three points up or more, small corrections less.
    return None if position is None else position >= 6


def paragraph_look(properties: Element | None) -> ParagraphLook:
    """What a `pPr` says itself."""
    if properties is None:
        return ParagraphLook()
    indents, spacing = child(properties, "w:ind"), child(properties, "w:spacing")
    numbers = child(properties, "w:numPr")
    outline = integer(child(properties, "w:outlineLvl"))
    return ParagraphLook(
        alignment=value(child(properties, "w:jc")),
        left=_points(indents, "w:left", "w:start"),
        right=_points(indents, "w:right", "w:end"),
        first_line=_first_line(indents),
        before=_points(spacing, "w:before"),
        after=_points(spacing, "w:after"),
        contextual=is_on(child(properties, "w:contextualSpacing")),
        outline=outline + 1 if outline is not None and 0 <= outline <= 9 else None,
        list_id=value(child(numbers, "w:numId")),
        list_level=integer(child(numbers, "w:ilvl")),
        page_break_before=is_on(child(properties, "w:pageBreakBefore")),
    )


def _points(element: Element | None, *names: str) -> float | None:
    for name in names:
        twips = integer(element, name)
        if twips is not None:
            return twips / _TWIPS
    return None


def _first_line(indents: Element | None) -> float | None:
    hanging = _points(indents, "w:hanging")
    if hanging is not None:
        return -hanging
    first = _points(indents, "w:firstLine")
    if first:
        return first
    # Chinese documents count the indent in characters, in hundredths.
    characters = integer(indents, "w:firstLineChars")
    return characters / 100 * 10.5 if characters else first
