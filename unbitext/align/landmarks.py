"""Landmarks: pairs of sentences of two whole texts that are each other's best by rare terms, and how they run.

Nothing but words, numbers and names finds them, wherever in the other text they stand. In translations nearly all of
them rise together; in unrelated texts they are in any order, as numbers shuffled are: of n such the longest rising
choice has about 2 sqrt(n) (Ulam's problem; Vershik and Kerov 1977). So they tell whether two texts are translations,
and which anchors lead astray.
"""

from dataclasses import dataclass
from math import sqrt

from unbitext.align.associations import Associations
from unbitext.align.term_tables import TermTable
from unbitext.align.text_pair import TextPair
from unbitext.align.waypoints import Wall, mutual_best, rising_chain


@dataclass(frozen=True)
class Landmarks:
    """`chain`: those that rise together, of `found`; `sentences`: different ones of the side that has fewer."""

    chain: tuple[Wall, ...]
    found: int
    sentences: int

    @property
    def density(self) -> float:
        """The share of the sentences that are in the chain."""
        return len(self.chain) / max(self.sentences, 1)

    @property
    def order(self) -> float:
        """How far the chain is longer than chance would have it, as a share of all landmarks; from below 0 to 1."""
        return (len(self.chain) - 2.0 * sqrt(self.found)) / max(self.found, 1)


def find_landmarks(pair: TextPair, associations: Associations) -> Landmarks:
    """Look for landmarks in two whole texts; what structure says of them has no part in it."""
    ends = (0, 0), (pair.rows, pair.columns)
    found = mutual_best(pair, associations, *ends, ends)
    different = min(_different(pair.source), _different(pair.target))
    return Landmarks(tuple(rising_chain(found)), len(found), different)


def _different(table: TermTable) -> int:
    """How many sentences are there, those of the same terms counted once, those without any not at all."""
    begins, ends = table.offsets[:-1].tolist(), table.offsets[1:].tolist()
    return len({table.flat[begin:end].tobytes() for begin, end in zip(begins, ends, strict=True) if begin < end})
