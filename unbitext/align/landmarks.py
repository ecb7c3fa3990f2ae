"""Landmarks: pairs of sentences of two whole texts that are each other's best by rare terms, and how they run.

Nothing but words, numbers and names finds them, wherever in the other text they stand. In translations nearly all of
them rise together; in unrelated texts they are in any order, as numbers shuffled are: of n such the longest rising
choice has about 2 sqrt(n) (Ulam's problem; Vershik and Kerov 1977). So they tell whether two texts are translations,
and which anchors lead astray.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from unbitext.align.associations import Associations
from unbitext.align.term_tables import TermTable
from unbitext.align.text_pair import TextPair
from unbitext.align.waypoints import Wall, mutual_best, rising_chain


@dataclass(frozen=True)
class Landmarks:
    """`chain`: those that rise together, of `found`; `sentences`: different ones of the side that has fewer.

    `density` is the share of the shorter text that is in the chain.
    """

    chain: tuple[Wall, ...]
    found: int
    sentences: int
    density: float

    @property
    def order(self) -> float:
        """How far the chain is longer than chance would have it, as a share of all landmarks; from below 0 to 1."""
        return (len(self.chain) - 2.0 * sqrt(self.found)) / max(self.found, 1)


def find_landmarks(pair: TextPair, associations: Associations, least_terms: int = 1) -> Landmarks:
    """Look for landmarks in two whole texts; what structure says of them has no part in it.

    Sentences of fewer than `least_terms` terms are left out.
    """
    ends = (0, 0), (pair.rows, pair.columns)
    terms = np.diff(pair.source.offsets), np.diff(pair.target.offsets)
    found = [
        (i, j)
        for i, j in mutual_best(pair, associations, *ends, ends)
        if terms[0][i] >= least_terms and terms[1][j] >= least_terms
    ]
    chain = rising_chain(found)
    letters = np.diff(pair.source_letters), np.diff(pair.target_letters)
    covered = sum(min(float(letters[0][i]), float(letters[1][j])) for i, j in chain)
    density = covered / max(min(float(letters[0].sum()), float(letters[1].sum())), 1.0)
    return Landmarks(tuple(chain), len(found), different_sentences(pair, least_terms), density)


def different_sentences(pair: TextPair, least_terms: int = 1) -> int:
    """Different sentences of at least `least_terms` terms, of the side that has fewer."""
    return min(_different(pair.source, least_terms), _different(pair.target, least_terms))


def _different(table: TermTable, least_terms: int) -> int:
    """How many sentences of so many terms there are, those of the same terms counted once."""
    begins, ends = table.offsets[:-1].tolist(), table.offsets[1:].tolist()
    return len(
        {table.flat[begin:end].tobytes() for begin, end in zip(begins, ends, strict=True) if end - begin >= least_terms}
    )
