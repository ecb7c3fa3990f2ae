"""Alignment against gold: strict, lax, and empty links on their own.

Strict and lax are those of vecalign (Thompson and Koehn 2019): strict = the whole link is right; lax = some pair of
sentences in it is linked in the gold too. Precision counts predicted insertions and deletions, recall leaves those
of the gold out.
"""

from collections import defaultdict
from collections.abc import Sequence

from schemas.base import Model
from unbitext.align.output import LinkRow
from unbitext.quality.comparison import common_pieces
from unbitext.quality.figures import NO_FIGURES, Figures
from unbitext.quality.gold import Gold, gold_sentences

SIGNATURE = "alignment|vecalign-strict-lax|pieces:text|version:1"

_Bead = tuple[tuple[int, ...], tuple[int, ...]]


class AlignmentScores(Model):
    """Figures of one alignment. `empty` counts links with an empty side only, right where the gold has the same."""

    name: str
    links: int
    gold_links: int
    strict: Figures
    lax: Figures
    empty: Figures
    signature: str = SIGNATURE

    def __add__(self, other: "AlignmentScores") -> "AlignmentScores":
        """Pooled counts; the name becomes `pooled`."""
        return AlignmentScores(
            name="pooled",
            links=self.links + other.links,
            gold_links=self.gold_links + other.gold_links,
            strict=self.strict + other.strict,
            lax=self.lax + other.lax,
            empty=self.empty + other.empty,
        )


NO_ALIGNMENT = AlignmentScores(
    name="pooled", links=0, gold_links=0, strict=NO_FIGURES, lax=NO_FIGURES, empty=NO_FIGURES
)


def evaluate_alignment(links: Sequence[LinkRow], gold: Gold) -> AlignmentScores:
    """Figures of `links` against `gold`.

    Sentences are matched by their text, so that a segmentation that differs from the gold's is no obstacle: a link is
    strictly right where its two sides write exactly what the sides of a gold bead write, at the same place.
    """
    found, wanted = link_pieces(links, gold)
    return score_beads(gold.name, found, wanted)


def right_links(links: Sequence[LinkRow], gold: Gold) -> list[bool]:
    """For each link, whether it is strictly right; what calibrated scores are learned from and checked against."""
    found, wanted = link_pieces(links, gold)
    known = set(wanted)
    return [bead in known for bead in found]


def link_pieces(links: Sequence[LinkRow], gold: Gold) -> tuple[list[_Bead], list[_Bead]]:
    """Links and gold beads as tuples of the numbers of common pieces."""
    gold_source, gold_target = gold_sentences(gold)
    sides = []
    for side, (texts, language) in enumerate(
        ((gold_source, gold.source_language), (gold_target, gold.target_language))
    ):
        found_texts = _in_text_order(links, side)
        gold_pieces, found_pieces = common_pieces(texts, [text for _, text in found_texts], language)
        by_id = {identifier: pieces for (identifier, _), pieces in zip(found_texts, found_pieces, strict=True)}
        sides.append((gold_pieces, by_id))
    (gold_s, found_s), (gold_t, found_t) = sides
    found: list[_Bead] = [
        (
            tuple(sorted(p for i in link.source_ids for p in found_s[i])),
            tuple(sorted(p for j in link.target_ids for p in found_t[j])),
        )
        for link in links
    ]
    wanted: list[_Bead] = []
    s_place, t_place = _places(gold, 0), _places(gold, 1)
    for places_s, places_t in zip(s_place, t_place, strict=True):
        wanted.append(
            (
                tuple(sorted(p for i in places_s for p in gold_s[i])),
                tuple(sorted(p for j in places_t for p in gold_t[j])),
            )
        )
    return found, wanted


def score_beads(name: str, found: Sequence[_Bead], wanted: Sequence[_Bead]) -> AlignmentScores:
    """Vecalign's figures for beads of comparable numbers; beads empty on both sides are left out."""
    test = {bead for bead in found if bead[0] or bead[1]}
    gold = {bead for bead in wanted if bead[0] or bead[1]}
    full_test = {bead for bead in test if bead[0] and bead[1]}
    full_gold = {bead for bead in gold if bead[0] and bead[1]}
    empty_test, empty_gold = test - full_test, gold - full_gold
    both = len(empty_test & empty_gold)
    strict, lax = _hits(gold, test)
    strict_back, lax_back = _hits(full_test, full_gold)
    return AlignmentScores(
        name=name,
        links=len(test),
        gold_links=len(gold),
        strict=Figures(right=strict, claimed=len(test), met=strict_back, wanted=len(full_gold)),
        lax=Figures(right=lax, claimed=len(test), met=lax_back, wanted=len(full_gold)),
        empty=Figures(right=both, claimed=len(empty_test), met=both, wanted=len(empty_gold)),
    )


def _hits(reference: set[_Bead], tested: set[_Bead]) -> tuple[int, int]:
    """How many of `tested` are strictly and laxly right by `reference`."""
    partners: dict[int, set[int]] = defaultdict(set)
    for source, target in reference:
        for piece in source:
            partners[piece].update(target)
    strict = lax = 0
    for source, target in tested:
        if (source, target) in reference:
            strict += 1
            lax += 1
        elif any(not partners[piece].isdisjoint(target) for piece in source if piece in partners):
            lax += 1
    return strict, lax


def _in_text_order(links: Sequence[LinkRow], side: int) -> list[tuple[str, str]]:
    """Ids and texts of one side; links are in source order, their target ids nearly so, which is all that is needed."""
    pairs = [
        pair
        for link in links
        for pair in (
            zip(link.target_ids, link.target, strict=True) if side else zip(link.source_ids, link.source, strict=True)
        )
    ]
    if all(identifier.isdecimal() for identifier, _ in pairs):
        pairs.sort(key=lambda pair: int(pair[0]))
    return pairs


def _places(gold: Gold, side: int) -> list[tuple[int, ...]]:
    """For each gold bead, the positions of its sentences among `gold_sentences`."""
    keys: list[tuple[int, int, int]] = []
    count = 0
    for number, bead in enumerate(gold.beads):
        texts, indices = (bead.target, bead.target_indices) if side else (bead.source, bead.source_indices)
        for offset in range(len(texts)):
            keys.append((indices[offset] if indices is not None else count, number, offset))
            count += 1
    order = sorted(range(len(keys)), key=lambda n: keys[n][0])
    rank = {n: place for place, n in enumerate(order)}
    places: list[list[int]] = [[] for _ in gold.beads]
    for n, (_, number, _) in enumerate(keys):
        places[number].append(rank[n])
    return [tuple(place) for place in places]
