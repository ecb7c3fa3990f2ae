"""The gold that is measured against: which files, of which genre, and which of them the aligner was tuned on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from unbitext.quality.gold import Gold, read_gold

ROOT = Path(__file__).resolve().parents[1]
SPECIMENS = ROOT / "data" / "specimens"

TUNED = frozenset({"HKHansard.890621f", "Sinorama.200110006", "CD_PV.1511"})
"""Files on which the aligner's prices and weights were chosen (docs/alignment.md)."""

GENRES = ("United Nations", "HK Hansard", "Sinorama", "specimens")
"""In the order of the tables. `specimens` are the project's own inventions, written with its rules in view."""

_SUFFIXES = (".gold.jsonl", ".jsonl")


@dataclass(frozen=True)
class Case:
    """A file of gold with sentences on both sides; `documents` is the folder of its two raw files, if there are any."""

    gold: Gold
    documents: Path | None

    @property
    def name(self) -> str:
        """The file's name without its endings."""
        return stem(self.gold.name)

    @property
    def genre(self) -> str:
        """One of `GENRES`."""
        return genre(self.gold.name)

    @property
    def tuned(self) -> bool:
        """Whether the aligner's prices and weights were chosen on it."""
        return self.name in TUNED

    def raw(self) -> tuple[Path, Path] | None:
        """The two documents as they came, if both are there."""
        if self.documents is None:
            return None
        languages = self.gold.source_language, self.gold.target_language
        source, target = (self.documents / f"{self.name}.{language}.txt" for language in languages)
        return (source, target) if source.is_file() and target.is_file() else None


def stem(name: str) -> str:
    """The name of a file of gold without its endings."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return name


def genre(name: str) -> str:
    """The genre of a file of gold, by its name."""
    for beginning, found in (("HKHansard.", "HK Hansard"), ("Sinorama.", "Sinorama"), ("SPECIMEN_", "specimens")):
        if name.startswith(beginning):
            return found
    return "United Nations"


def real_cases(shared: Path) -> list[Case]:
    """What other people aligned and what was made for real documents: by genre, then by name."""
    found = [Case(read_gold(path), None) for path in (shared / "champollion").glob("*.jsonl")]
    found += [Case(read_gold(path), shared / "documents") for path in (shared / "gold").glob("*.gold.jsonl")]
    return _ordered(found)


def specimen_cases(folder: Path = SPECIMENS) -> list[Case]:
    """The specimens that have both languages."""
    cases = [Case(read_gold(path), folder) for path in folder.glob("*.gold.jsonl")]
    return _ordered([case for case in cases if case.raw() is not None])


def _ordered(cases: Sequence[Case]) -> list[Case]:
    return sorted(cases, key=lambda case: (GENRES.index(case.genre), case.name))
