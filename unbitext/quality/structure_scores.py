"""Structure of a document against gold: whole units, kinds, numbers, turns, sentence boundaries.

A unit is right where its whole text is, white space aside (`comparison.comparable`). Furniture is no unit.
"""

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from schemas.base import Model
from schemas.document import Block, Document, Genre
from unbitext.quality.comparison import comparable
from unbitext.quality.figures import Figures
from unbitext.quality.gold import Gold, GoldUnit

SIGNATURE = "structure|units:exact-text|version:1"

_KINDS = {"numbered": "paragraph", "para": "paragraph", "turn": "paragraph"}
_NUMBERED = frozenset({"paragraph", "item", "footnote"})
_SHOWN = 90


class Unit(Model):
    """A unit of the gold in one language, after its paragraphs were joined or divided as that language has them."""

    kind: str
    number: str | None
    sentences: tuple[str, ...]
    text: str


class StructureScores(Model):
    """Figures of one document. `kinds` and `sentences` are over the units whose text is right."""

    name: str
    language: str
    units: Figures
    kinds: Figures
    numbers: Figures
    speakers: Figures
    affiliations: Figures
    spoken_languages: Figures
    sentences: Figures
    differences: tuple[str, ...]
    signature: str = SIGNATURE


def gold_units(gold: Gold, language: str) -> list[Unit]:
    """The units that a document in `language` should have; those without text in it are left out."""
    side = 0 if language == gold.source_language else 1
    units: list[Unit] = []
    held: list[str] = []
    first: GoldUnit | None = None
    for unit in gold.units:
        if unit.kind == "furniture":
            continue
        first = first or unit
        for bead in unit.beads:
            held.extend(bead.target if side else bead.source)
            if side and bead.target_break_after:
                units.extend(_unit(first, held, language))
                held = []
        if not (side and unit.target_merges_with_next):
            units.extend(_unit(first, held, language))
            held, first = [], None
    if first is not None:
        units.extend(_unit(first, held, language))
    return units


def _unit(unit: GoldUnit, sentences: Sequence[str], language: str) -> list[Unit]:
    text = comparable(" ".join(sentences), language)
    if not text:
        return []
    kind = _KINDS.get(unit.kind, unit.kind)
    return [Unit(kind=kind, number=unit.number, sentences=tuple(sentences), text=text)]


def evaluate_structure(document: Document, gold: Gold, language: str) -> StructureScores:
    """Figures of `document`, which is in `language`, against `gold`; and every difference, in words."""
    wanted = gold_units(gold, language)
    blocks = [block for block in document.blocks if comparable(block.text, language)]
    pairs = _pair_units(wanted, blocks, language)
    differences = _unit_differences(wanted, blocks, pairs, own=language == gold.source_language)
    kinds = sum(wanted[u].kind == blocks[b].kind.value for u, b in pairs)
    numbers_right = sum(
        wanted[u].number is not None and wanted[u].number == blocks[b].number
        for u, b in pairs
        if wanted[u].kind in _NUMBERED
    )
    return StructureScores(
        name=gold.name,
        language=language,
        units=Figures(right=len(pairs), claimed=len(blocks), met=len(pairs), wanted=len(wanted)),
        kinds=Figures(right=kinds, claimed=len(pairs), met=kinds, wanted=len(pairs)),
        numbers=Figures(
            right=numbers_right,
            claimed=sum(block.number is not None and block.kind.value in _NUMBERED for block in blocks),
            met=numbers_right,
            wanted=sum(unit.number is not None and unit.kind in _NUMBERED for unit in wanted),
        ),
        **_turn_figures(document, gold, language, differences),
        sentences=_sentence_figures([(wanted[u], blocks[b]) for u, b in pairs], language, differences),
        differences=tuple(differences),
    )


def _pair_units(wanted: Sequence[Unit], blocks: Sequence[Block], language: str) -> list[tuple[int, int]]:
    """Units and blocks of equal text: in sequence first, then those that stand elsewhere."""
    left = [unit.text for unit in wanted]
    right = [comparable(block.text, language) for block in blocks]
    pairs: list[tuple[int, int]] = []
    for i, j, size in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        pairs.extend((i + step, j + step) for step in range(size))
    used = {i for i, _ in pairs}, {j for _, j in pairs}
    waiting: dict[str, list[int]] = defaultdict(list)
    for j, text in enumerate(right):
        if j not in used[1]:
            waiting[text].append(j)
    for i, text in enumerate(left):
        if i not in used[0] and waiting[text]:
            pairs.append((i, waiting[text].pop(0)))
    return sorted(pairs)


def _unit_differences(
    wanted: Sequence[Unit], blocks: Sequence[Block], pairs: Sequence[tuple[int, int]], *, own: bool
) -> list[str]:
    """Every difference, in words; `own`: the document is in the language whose numbers the gold has (一, not I)."""
    met, used = {u for u, _ in pairs}, {b for _, b in pairs}
    notes = [
        f"missing unit: {unit.kind} {unit.number or ''} {unit.text[:_SHOWN]}"
        for number, unit in enumerate(wanted)
        if number not in met
    ]
    notes += [
        f"extra block: {block.id} {block.kind} {block.text[:_SHOWN]}"
        for number, block in enumerate(blocks)
        if number not in used
    ]
    for u, b in pairs:
        unit, block = wanted[u], blocks[b]
        if unit.kind != block.kind.value:
            notes.append(f"kind: {block.id} is {block.kind}, gold {unit.kind}: {unit.text[:_SHOWN]}")
        comparable_number = own or unit.kind in _NUMBERED
        if comparable_number and unit.number is not None and unit.number != block.number:
            notes.append(f"number: {block.id} has {block.number}, gold {unit.number}")
    return notes


def _turn_figures(document: Document, gold: Gold, language: str, differences: list[str]) -> dict[str, Figures]:
    side = 0 if language == gold.source_language else 1
    turns = [unit for unit in gold.units if unit.kind == "turn"]
    names = ("speakers", "affiliations", "spoken_languages")
    if not turns and document.meta.genre is Genre.SUMMARY_RECORD:
        # There the speaker is the subject of a sentence: gold without turns has the units alone, and says nothing.
        return {name: Figures(right=0, claimed=0, met=0, wanted=0) for name in names}
    wanted = {
        "speakers": [unit.speaker[side] or "" for unit in turns],
        "affiliations": [unit.country[side] or "" for unit in turns],
        "spoken_languages": [unit.spoken_language or "" for unit in turns],
    }
    found = {
        "speakers": [turn.speaker for turn in document.turns],
        "affiliations": [turn.affiliation.text if turn.affiliation else "" for turn in document.turns],
        "spoken_languages": [turn.spoken_language or "" for turn in document.turns],
    }
    figures: dict[str, Figures] = {}
    for name, texts in wanted.items():
        left = [comparable(text, language) for text in texts]
        right = [comparable(text, language) for text in found[name]]
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        right_count = sum(block.size for block in matcher.get_matching_blocks())
        figures[name] = Figures(right=right_count, claimed=len(right), met=right_count, wanted=len(left))
        for tag, i, k, j, m in matcher.get_opcodes():
            if tag != "equal":
                differences.append(f"turns, {name}: gold {left[i:k]} at turn {i + 1}, found {right[j:m]} at {j + 1}")
    return figures


def _sentence_figures(pairs: Sequence[tuple[Unit, Block]], language: str, differences: list[str]) -> Figures:
    """Ends of sentences inside the units (the last end is the unit's own and would flatter)."""
    right = claimed = wanted = 0
    for unit, block in pairs:
        gold_ends = _inner_ends(unit.sentences, language)
        found_ends = _inner_ends([sentence.text for sentence in block.sentences], language)
        right += len(gold_ends & found_ends)
        claimed += len(found_ends)
        wanted += len(gold_ends)
        if gold_ends != found_ends:
            extra, missed = sorted(found_ends - gold_ends), sorted(gold_ends - found_ends)
            differences.append(f"sentences: {block.id} cut at {extra}, not at {missed}")
    return Figures(right=right, claimed=claimed, met=right, wanted=wanted)


def _inner_ends(sentences: Sequence[str], language: str) -> set[int]:
    ends: set[int] = set()
    total = 0
    for sentence in sentences:
        total += len(comparable(sentence, language).replace(" ", ""))
        ends.add(total)
    ends.discard(total)
    return ends
