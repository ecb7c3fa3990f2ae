"""Gold made by people: units of a document with their beads, or beads alone; and readers for both formats.

Both are JSON lines. A *unit* file holds one unit of the document a line, `{"kind", "n", "turn", "beads", ...}`, each
bead with the sentences of both languages; `en_merge_with_next` on a unit and `en_para_break_after` on a bead tell where
the paragraphs of the second language differ. A *bead* file holds one bead a line, `{"zh_idx", "en_idx", "zh", "en"}`.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ConfigDict, ValidationError

from parsers.readers.files import read_regular
from schemas.base import Model
from unbitext.quality.comparison import comparable

MOST_BYTES = 64 * 1024 * 1024
"""Longer files are no gold: a thousand times the longest of a record."""


class GoldError(ValueError):
    """A gold file that cannot be read; the message names file and line."""


class GoldBead(Model):
    """Sentences that stand for one another; `indices` are positions in the two texts where the file gives them."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    source_indices: tuple[int, ...] | None = None
    target_indices: tuple[int, ...] | None = None
    target_break_after: bool = False


class GoldUnit(Model):
    """A block as a person sees it. `kind` is the gold's own word (numbered, para, turn, ...)."""

    kind: str
    number: str | None = None
    turn: int | None = None
    speaker: tuple[str | None, str | None] = (None, None)
    country: tuple[str | None, str | None] = (None, None)
    label: tuple[str | None, str | None] = (None, None)
    spoken_language: str | None = None
    text: str | None = None
    beads: tuple[GoldBead, ...] = ()
    target_merges_with_next: bool = False


class Gold(Model):
    """One gold file: `name` is the file's, without folders; languages are of the two sides of the beads."""

    name: str
    source_language: str = "zh"
    target_language: str = "en"
    units: tuple[GoldUnit, ...] = ()
    beads: tuple[GoldBead, ...]

    @property
    def has_structure(self) -> bool:
        """Whether it holds units, not only beads."""
        return bool(self.units)


class _BeadLine(Model):
    model_config = ConfigDict(frozen=True, extra="ignore")

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    zh_idx: tuple[int, ...] | None = None
    en_idx: tuple[int, ...] | None = None
    en_para_break_after: bool = False

    def bead(self) -> GoldBead:
        return GoldBead(
            source=self.zh,
            target=self.en,
            source_indices=self.zh_idx,
            target_indices=self.en_idx,
            target_break_after=self.en_para_break_after,
        )


class _UnitLine(Model):
    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: str
    n: str | None = None
    turn: int | None = None
    lang: str | None = None
    speaker_zh: str | None = None
    speaker_en: str | None = None
    country_zh: str | None = None
    country_en: str | None = None
    label_zh: str | None = None
    label_en: str | None = None
    text: str | None = None
    beads: tuple[_BeadLine, ...] = ()
    en_merge_with_next: bool = False

    def unit(self) -> GoldUnit:
        return GoldUnit(
            kind=self.kind,
            number=self.n,
            turn=self.turn,
            speaker=(self.speaker_zh, self.speaker_en),
            country=(self.country_zh, self.country_en),
            label=(self.label_zh, self.label_en),
            spoken_language=self.lang,
            text=self.text,
            beads=tuple(bead.bead() for bead in self.beads),
            target_merges_with_next=self.en_merge_with_next,
        )


def read_gold(path: Path) -> Gold:
    """Read a gold file of either format.

    Beads of furniture are left out: furniture is not aligned.

    Raises `GoldError` where the file is not JSON lines of these formats, or has no line.
    """
    units: list[GoldUnit] = []
    beads: list[GoldBead] = []
    for number, line in _numbered_lines(path):
        try:
            value = json.loads(line)
            if isinstance(value, dict) and "kind" in value:
                units.append(_UnitLine.model_validate(value).unit())
            else:
                beads.append(_BeadLine.model_validate(value).bead())
        except (ValidationError, json.JSONDecodeError) as error:
            raise GoldError(f"{path.name}, line {number}: not a line of gold ({error})") from error
    if bool(units) == bool(beads):
        raise GoldError(f"{path.name}: empty, or units and beads mixed")
    if units:
        beads = [bead for unit in units if unit.kind != "furniture" for bead in unit.beads]
    return Gold(name=path.name, units=tuple(units), beads=tuple(beads))


def _numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = read_regular(path, MOST_BYTES).decode("utf-8")
    except UnicodeDecodeError as error:
        raise GoldError(f"{path.name}: not UTF-8") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def gold_sentences(gold: Gold) -> tuple[list[str], list[str]]:
    """All sentences of both sides in text order: by the indices of the file, else in the order of the beads."""
    sides: tuple[list[tuple[int, str]], list[tuple[int, str]]] = ([], [])
    for bead in gold.beads:
        for side, texts, indices in (
            (sides[0], bead.source, bead.source_indices),
            (sides[1], bead.target, bead.target_indices),
        ):
            places = indices if indices is not None else range(len(side), len(side) + len(texts))
            side.extend(zip(places, texts, strict=True))
    return tuple([text for _, text in sorted(side)] for side in sides)  # type: ignore[return-value]


def unit_text(unit: GoldUnit, language: str, side: int) -> str:
    """The text of a unit on side 0 or 1, in comparable form."""
    return comparable(
        " ".join(text for bead in unit.beads for text in (bead.target if side else bead.source)), language
    )
