"""Boundaries against the gold of real documents."""

import json
import re
from pathlib import Path

import pytest

from parsers.sentences import split_sentences

_WIDE = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"


def _without_inner_space(sentence: str) -> str:
    """Chinese as the project keeps it: no space between Han and what is not."""
    return re.sub(rf"(?<={_WIDE}) +|(?<=\S) +(?={_WIDE})", "", sentence)


def _units(shared: Path, language: str) -> list[list[str]]:
    units = []
    files = sorted((shared / "gold").glob("*.gold.jsonl"))
    assert files
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            beads = json.loads(line).get("beads", [])
            sentences = [sentence for bead in beads for sentence in bead[language]]
            if sentences:
                units.append(sentences)
    return units


@pytest.mark.shared
@pytest.mark.parametrize(("language", "spaced"), [("en", True), ("zh", True), ("zh", False)])
def test_boundaries_agree_with_the_gold(shared: Path, language: str, spaced: bool) -> None:
    expected = found = agreed = 0
    for sentences in _units(shared, language):
        kept = sentences if spaced else [_without_inner_space(sentence) for sentence in sentences]
        gap = "" if language == "zh" else " "
        text = gap.join(kept)
        ends, place = set(), 0
        for sentence in kept:
            ends.add(place + len(sentence))
            place += len(sentence) + len(gap)
        split = {end for _, end in split_sentences(text, language)}
        expected, found, agreed = expected + len(ends), found + len(split), agreed + len(ends & split)
    assert expected > 600
    assert 2 * agreed / (expected + found) >= 0.99


@pytest.mark.shared
@pytest.mark.parametrize("language", ["zh", "en", "fr", "es", "ru", "ar"])
def test_single_sentences_are_not_split(shared: Path, language: str) -> None:
    lines = (shared / "unpc" / f"UNv1.0.devset.{language}").read_text(encoding="utf-8").splitlines()
    split = [line for line in lines if len(split_sentences(line, language)) > 1]
    assert len(lines) == 4000
    assert len(split) <= 4
