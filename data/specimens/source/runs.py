"""Which words a page sets bold or italic: speakers' names, languages spoken, how the clauses of a resolution begin."""

import re
from typing import NamedTuple

from render import Source, Unit, paragraphs

_SPEAKER = re.compile(
    r"(?P<name>[^(：:]+?)(?P<of> ?\((?!以|spoke).*?\))?(?P<spoken> ?\((?:以|spoke).*\))?(?P<stop>[：:] ?)$"
)
_CLAUSE = re.compile(r"(?:(?:Also|Further) )?\w+(?: with \w+)?")


class Run(NamedTuple):
    """A stretch of text set in one way; note marks stand in it as `layout` writes them."""

    text: str
    bold: bool = False
    italic: bool = False


def printed(source: Source, language: str) -> list[tuple[Unit, str, str]]:
    """List unit, label and text of every printed paragraph."""
    return [(source.units[index], label, text) for index, label, text in paragraphs(source, language)]


def speaker_runs(label: str, language: str) -> list[Run]:
    """The label of a turn: the name bold, the State roman, the language that is spoken italic in English.

    Raises `SystemExit` for what is no such label.
    """
    match = _SPEAKER.match(label)
    if match is None:
        raise SystemExit(f"no speaker's label: {label}")
    out = [Run(match["name"], bold=True), Run(match["of"] or "")]
    spoken = match["spoken"] or ""
    if spoken and language == "en":
        out += [Run(" ("), Run(spoken.strip(" ()"), italic=True), Run(")")]
    else:
        out.append(Run(spoken))
    return [run for run in [*out, Run(match["stop"])] if run.text]


def text_runs(unit: Unit, text: str, language: str) -> list[Run]:
    """The text of a unit; Chinese has no italics."""
    if language == "zh":
        return [Run(text)]
    if unit.kind in ("incident", "closing"):
        return [Run(text, italic=True)]
    opening = _CLAUSE.match(text) if "role" in unit.attributes and unit.kind != "item" else None
    if opening:
        return [Run(opening[0], italic=True), Run(text[opening.end() :])]
    return [Run(text)]
