"""The path of a division (`letter-1/annex-II`) and the nested `<div>` elements that stand for it."""

import re
from typing import NamedTuple

MAIN = "main"
MASTHEAD = "masthead"
SECTION = "section"
OTHER = "division"

DIVISION_TYPES = (
    "addendum",
    "annex",
    "appendix",
    "article",
    "attachment",
    "chapter",
    "corrigendum",
    "decision",
    "enclosure",
    "letter",
    "note",
    "part",
    "resolution",
    "statement",
    "text",
)
"""What a division can be called; a path's component `annex-II` is of type annex, number II."""

_COMPONENT = re.compile(rf"({'|'.join(DIVISION_TYPES)})(?:-(.+))?", re.DOTALL)


class Component(NamedTuple):
    """One step of the path, as `div/@type` and `div/@n`."""

    type: str
    n: str | None = None


def components(division: str | None) -> tuple[Component, ...]:
    """Take a path apart; of None, which is the document itself, nothing remains. No text is lost."""
    return () if division is None else tuple(_component(step) for step in division.split("/"))


def _component(step: str) -> Component:
    match = _COMPONENT.fullmatch(step)
    return Component(match.group(1), match.group(2)) if match else Component(OTHER, step)


def path(steps: tuple[Component, ...]) -> str | None:
    """Put a path together again."""
    if not steps:
        return None
    return "/".join(_step(step) for step in steps)


def _step(step: Component) -> str:
    if step.type == OTHER:
        return step.n or ""
    return step.type if step.n is None else f"{step.type}-{step.n}"


def bare(steps: tuple[Component, ...]) -> tuple[Component, ...]:
    """Return the path without the div that only holds the document's own text."""
    return tuple(step for step in steps if step.type not in (MAIN, MASTHEAD))
