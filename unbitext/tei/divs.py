"""The open divisions and sections while a body is written.

TEI wants a `<div>` to hold first its own text, then smaller divs, then its closer. The model's flat sequence may go
back: text after an annex, a paragraph after a signature. Then the div is taken up again in a new one of the same type
and number, marked `rend="continued"`.
"""

from dataclasses import dataclass

from lxml import etree

from schemas.document import Block
from unbitext.tei.divisions import SECTION, Component
from unbitext.tei.names import add, tag

_NOTHING_TO_CLOSE = frozenset(tag(name) for name in ("head", "pb", "fw", "note", "incident"))
"""TEI allows a closer only after text or a smaller div."""


@dataclass
class _Open:
    element: etree._Element
    component: Component
    level: int | None = None
    has_div: bool = False
    has_closer: bool = False

    @property
    def is_section(self) -> bool:
        return self.component.type == SECTION


class Divs:
    """A stack of open divs: the components of the division's path, then sections by level."""

    def __init__(self, body: etree._Element) -> None:
        self._body = body
        self._stack: list[_Open] = []

    @property
    def path(self) -> tuple[Component, ...]:
        """The components that are open, without sections."""
        return tuple(each.component for each in self._stack if not each.is_section)

    @property
    def innermost(self) -> etree._Element:
        """The deepest open div; the body before the first one."""
        return self._stack[-1].element if self._stack else self._body

    def go_to(self, path: tuple[Component, ...]) -> None:
        """Open the divs of a path and close the others."""
        if self.path == path:
            return
        kept = 0
        for here, there in zip(self.path, path, strict=False):
            if here != there:
                break
            kept += 1
        del self._stack[kept:]
        for component in path[kept:]:
            self._open(component)

    def open_section(self, heading: Block) -> etree._Element:
        """Open the section of a heading, below the last heading of a higher level."""
        level = 1 if heading.level is None else heading.level
        while self._stack and (last := self._stack[-1]).is_section and (last.level or 1) >= level:
            self._stack.pop()
        return self._open(Component(SECTION), heading.level)

    def for_text(self) -> etree._Element:
        """Return the deepest div, taken up again if text cannot follow what it holds."""
        last = self._stack[-1]
        if last.has_div or last.has_closer:
            self._continue()
        return self._stack[-1].element

    def for_closer(self) -> etree._Element | None:
        """Return the deepest div, where only closers can follow now; None while it holds nothing to close."""
        last = self._stack[-1]
        if all(child.tag in _NOTHING_TO_CLOSE for child in last.element):
            return None
        last.has_closer = True
        return last.element

    def _open(self, component: Component, level: int | None = None) -> etree._Element:
        if self._stack and self._stack[-1].has_closer:
            self._continue()
        if self._stack:
            self._stack[-1].has_div = True
        subtype = f"level-{level}" if level is not None else None
        element = add(self.innermost, "div", type=component.type, subtype=subtype, n=component.n)
        self._stack.append(_Open(element, component, level))
        return element

    def _continue(self) -> None:
        last = self._stack.pop()
        self._open(last.component, last.level).set("rend", "continued")
