"""Links that a person gave, and the aligner's work around them.

The sentences of such a link are taken out, so that none of the aligner's links can share one with it. Where it agrees
with the order of the text it is a wall too: what precedes it on one side stands for what precedes it on the other, and
its neighbours find their counterparts anew. A link that crosses what the aligner is sure of tells of text that was
moved; it is kept, and nothing follows from it for its neighbours.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Sentence
from unbitext.align.passages import Aligner, Bead, Passage, PassagePair
from unbitext.align.runs import Run
from unbitext.align.waypoints import rising_chain

_SURE_CROSSED = 1.5
"""Scores of the aligner's links that a wall may cut, together: one that is sure, not two."""

_Place = tuple[int, int]


@dataclass(frozen=True)
class _Wall:
    """A person's link by its place in a run: sentences before its first and before the one after its last."""

    begin: _Place
    end: _Place


class FixedLinks:
    """The links that a person gave for a pair. Raises `ValueError` where two share a sentence, or one is unknown."""

    def __init__(self, pair: DocumentPair, links: Sequence[Link]) -> None:
        self._pair = pair
        self._texts = tuple(
            {s.id: s.text for block in side.blocks for s in block.sentences} for side in (pair.source, pair.target)
        )
        places = [{one: place for place, one in enumerate(texts)} for texts in self._texts]
        named = [(places[0], one) for link in links for one in link.source_ids]
        named += [(places[1], one) for link in links for one in link.target_ids]
        if unknown := [one for known, one in named if one not in known]:
            raise ValueError(f"no sentence has the id {unknown[0]}")
        # In text order, so that nothing depends on the order in which a person gave them.
        self.links = tuple(
            sorted(
                links,
                key=lambda link: (
                    min((places[0][one] for one in link.source_ids), default=len(places[0])),
                    min((places[1][one] for one in link.target_ids), default=len(places[1])),
                ),
            )
        )
        self._source = _holders([link.source_ids for link in self.links])
        self._target = _holders([link.target_ids for link in self.links])

    def contradict(self, source: Block, target: Block) -> bool:
        """Whether two blocks do not begin together, because the first sentence of one stands for something else."""
        return _is_elsewhere(source, target, self._source, [link.target_ids for link in self.links]) or _is_elsewhere(
            target, source, self._target, [link.source_ids for link in self.links]
        )

    def align(self, runs: Sequence[Run], engine: Aligner) -> list[tuple[Run, list[Bead]]]:
        """Align what these links leave of the runs: pieces of runs, and the beads of each."""
        if not self.links:
            beads = engine.align([run.passages(self._pair) for run in runs])
            return list(zip(runs, beads, strict=True))
        whole = [piece for run in runs for piece in self._pieces(run, [])]
        aligned = self._align_rest(whole, engine)
        walls = [self._walls(run, rest, beads) for run, (rest, beads) in zip(runs, aligned, strict=True)]
        if any(walls):
            pieces = [piece for run, inside in zip(runs, walls, strict=True) for piece in self._pieces(run, inside)]
            aligned = self._align_rest(pieces, engine)
        return [(run, beads) for run, beads in aligned if beads]

    def _align_rest(self, runs: Sequence[Run], engine: Aligner) -> list[tuple[Run, list[Bead]]]:
        """Align runs of which some may be empty.

        The links' own sentences go along as passages of their own: the aligner learns from them, and judges by the
        whole text whether it is a translation.
        """
        full = [run for run in runs if run.source or run.target]
        found = engine.align([*(run.passages(self._pair) for run in full), *map(self._own_passages, self.links)])
        beads = iter(found[: len(full)])
        return [(run, next(beads) if run.source or run.target else []) for run in runs]

    def _own_passages(self, link: Link) -> PassagePair:
        meta = self._pair.source.meta, self._pair.target.meta
        return PassagePair(
            Passage(tuple(self._texts[0][one] for one in link.source_ids), language=meta[0].language),
            Passage(tuple(self._texts[1][one] for one in link.target_ids), language=meta[1].language),
        )

    def _pieces(self, run: Run, walls: Sequence[_Wall]) -> list[Run]:
        """The parts of a run between walls, without the links' sentences; one for the whole where there is no wall."""
        source, target = _sentences(run.source), _sentences(run.target)
        taken = [side[0][1].id in of for side, of in ((source, self._source), (target, self._target)) if side]
        anchored = run.anchored and not any(taken)
        starts = [(0, 0), *(wall.end for wall in walls)]
        ends = [*(wall.begin for wall in walls), (len(source), len(target))]
        return [
            Run(_blocks(source[i:k], self._source), _blocks(target[j:m], self._target), anchored and (i, j) == (0, 0))
            for (i, j), (k, m) in zip(starts, ends, strict=True)
        ]

    def _walls(self, run: Run, rest: Run, beads: Sequence[Bead]) -> list[_Wall]:
        """The links that lie in a run, on either side without a gap, and that the rest of it can be divided at."""
        places = [
            {s.id: place for place, (_, s) in enumerate(_sentences(blocks))} for blocks in (run.source, run.target)
        ]
        crossing = _Crossing(rest, beads, places)
        found: dict[_Place, _Wall] = {}
        inside, opposite = (
            {holders[one] for one in of if one in holders}
            for holders, of in zip((self._source, self._target), places, strict=True)
        )
        for number in sorted(inside & opposite):
            link = self.links[number]
            source, target = _span(link.source_ids, places[0]), _span(link.target_ids, places[1])
            if source is None or target is None or crossing.sure(source[0], target[0]) > _SURE_CROSSED:
                continue
            found[source[0], target[0]] = _Wall((source[0], target[0]), (source[1], target[1]))
        return [found[place] for place in rising_chain(sorted(found))]


class _Crossing:
    """What a wall would cut of an alignment: beads are in text order on both sides, so that it is a stretch of them."""

    def __init__(self, rest: Run, beads: Sequence[Bead], places: Sequence[dict[str, int]]) -> None:
        full = [bead for bead in beads if bead.source[0] < bead.source[1] and bead.target[0] < bead.target[1]]
        source = [places[0][s.id] for _, s in _sentences(rest.source)]
        target = [places[1][s.id] for _, s in _sentences(rest.target)]
        self._first = [source[bead.source[0]] for bead in full], [target[bead.target[0]] for bead in full]
        self._last = [source[bead.source[1] - 1] for bead in full], [target[bead.target[1] - 1] for bead in full]
        self._sums = [0.0, *accumulate(bead.score for bead in full)]

    def sure(self, i: int, j: int) -> float:
        """Sum of the scores of the beads that are neither wholly before nor wholly after a place on both sides."""
        before = min(bisect_left(self._last[0], i), bisect_left(self._last[1], j))
        after = max(bisect_right(self._first[0], i), bisect_right(self._first[1], j))
        return self._sums[max(after, before)] - self._sums[before]


def _holders(sides: Sequence[Sequence[str]]) -> dict[str, int]:
    holders: dict[str, int] = {}
    for number, ids in enumerate(sides):
        for identifier in ids:
            if identifier in holders:
                raise ValueError(f"two of a person's links hold {identifier}")
            holders[identifier] = number
    return holders


def _is_elsewhere(block: Block, other: Block, holders: dict[str, int], counterparts: Sequence[Sequence[str]]) -> bool:
    number = holders.get(block.sentences[0].id)
    if number is None or not counterparts[number]:
        return False
    return not {s.id for s in other.sentences}.intersection(counterparts[number])


def _sentences(blocks: Sequence[Block]) -> list[tuple[Block, Sentence]]:
    return [(block, sentence) for block in blocks for sentence in block.sentences]


def _blocks(sentences: Sequence[tuple[Block, Sentence]], without: dict[str, int]) -> tuple[Block, ...]:
    """Blocks with these sentences, those of a person's links left out."""
    kept = [(block, sentence) for block, sentence in sentences if sentence.id not in without]
    groups = [list(group) for _, group in groupby(kept, key=lambda one: one[0].id)]
    return tuple(
        group[0][0].model_copy(update={"sentences": tuple(sentence for _, sentence in group)}) for group in groups
    )


def _span(ids: Sequence[str], places: dict[str, int]) -> _Place | None:
    """Begin and end of sentences in a run, where all of them lie in it without a gap."""
    if not all(one in places for one in ids):
        return None
    found = sorted(places[one] for one in ids)
    return (found[0], found[-1] + 1) if found and found[-1] - found[0] + 1 == len(found) else None
