"""A rough word-for-word rendering of source sentences in the target language, and how well it agrees with the target.

A gloss is made of terms (`unbitext.align.terms`): the stem that each source term stands for most often, in the order of
the source, then what both languages write alike (numbers, Latin strings, codes of States, marks). The target is reduced
to its terms likewise, so that the two compare. It is no translation, and is shown to nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unbitext.align.associations import Associations
from unbitext.align.chrf import Characters, chrf_scores
from unbitext.align.dynamic import Step
from unbitext.align.shared_terms import is_shared
from unbitext.align.term_tables import TermTable
from unbitext.align.terms import is_han
from unbitext.align.text_pair import TextPair

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST_LIFT = 2.0
"""A term is rendered by one that is at least this many times as probable as by chance: no particle by an article."""

_NOTHING = -1


@dataclass(frozen=True)
class Glossary:
    """What each term of the two tables of a text pair is written as.

    `rendered[s]` is the number of the string of source term s in `strings`, -1 where nothing is known of it;
    `written[t]` that of target term t itself.
    """

    strings: tuple[str, ...]
    rendered: Ints
    written: Ints

    def gloss(self, terms: Sequence[int] | Ints) -> str:
        """Render the numbered source terms of a sentence; a string that would follow itself is written once."""
        return self._joined(_renderings(self.rendered, np.asarray(terms, dtype=np.int64)))

    def original(self, terms: Sequence[int] | Ints) -> str:
        """The numbered target terms of a sentence in the form that a gloss has."""
        return self._joined(self.written[np.asarray(terms, dtype=np.int64)])

    def _joined(self, numbers: Ints) -> str:
        return " ".join(self.strings[number] for number in numbers.tolist())


def glossary(source: TermTable, target: TermTable, associations: Associations) -> Glossary:
    """Choose for each source term the target term that it stands for most often in the forward direction.

    A term without an entry is written as it is (a name in two languages of one script), a Chinese character not at all.
    """
    places: dict[str, int] = {}
    written = np.array([places.setdefault(_bare(term), len(places)) for term in target.terms], dtype=np.int64)
    best = _likeliest(source, target, associations)
    rendered = np.full(len(source.terms), _NOTHING, dtype=np.int64)
    for number, term in enumerate(source.terms):
        if is_shared(term) or (best[number] < 0 and not is_han(term)):
            rendered[number] = places.setdefault(_bare(term), len(places))
        elif best[number] >= 0:
            rendered[number] = written[best[number]]
    return Glossary(tuple(places), rendered, written)


def link_gloss_scores(
    pair: TextPair, associations: Associations, steps: Sequence[Step], mask: NDArray[np.bool_] | None = None
) -> Floats:
    """For each bead of a path the chrF, from 0 to 1, of the gloss of its source against its target.

    0 where a side is empty, and where `mask` (one truth value a bead) is false: those are not computed.
    """
    found = np.zeros(len(steps))
    ends = np.array(steps, dtype=np.int64).reshape(-1, 2, 2)
    wanted = (ends[:, 0] < ends[:, 1]).all(axis=1)
    if mask is not None:
        wanted &= mask
    if not wanted.any():
        return found
    known = glossary(pair.source, pair.target, associations)
    characters = Characters.of(known.strings)
    sides = []
    for side, table in enumerate((pair.source, pair.target)):
        begin, end = table.offsets[ends[wanted, 0, side]], table.offsets[ends[wanted, 1, side]]
        flat, bead = _slices(table.flat, begin, end)
        numbers = known.written[flat] if side else known.rendered[flat]
        kept = np.ones(len(numbers), dtype=bool) if side else _worth_writing(numbers, bead)
        sides.append((numbers[kept], bead[kept]))
    found[wanted] = chrf_scores(characters, sides[0], sides[1], int(wanted.sum()))
    return found


def _likeliest(source: TermTable, target: TermTable, associations: Associations) -> Ints:
    """The number of the likeliest target term of each source term, -1 where none is likely."""
    direction = associations.forward
    given = np.repeat(np.arange(len(source.terms)), np.diff(direction.starts))
    probability = direction.lift * target.counts[direction.generated]
    enough = direction.lift >= LEAST_LIFT
    given, generated, probability = given[enough], direction.generated[enough], probability[enough]
    order = np.argsort(probability, kind="stable")
    best = np.full(len(source.terms), -1, dtype=np.int64)
    # the last of equal places wins an assignment: the most probable one
    best[given[order]] = generated[order]
    return best


def _renderings(rendered: Ints, terms: Ints) -> Ints:
    numbers = rendered[terms]
    return numbers[_worth_writing(numbers, np.zeros(len(numbers), dtype=np.int64))]


def _worth_writing(numbers: Ints, bead: Ints) -> NDArray[np.bool_]:
    """Known renderings but those that follow themselves in a bead: the characters of a Chinese word share a stem."""
    known = np.flatnonzero(numbers >= 0)
    again = np.zeros(len(known), dtype=bool)
    again[1:] = (numbers[known][1:] == numbers[known][:-1]) & (bead[known][1:] == bead[known][:-1])
    kept = np.zeros(len(numbers), dtype=bool)
    kept[known[~again]] = True
    return kept


def _slices(flat: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The pieces `flat[begin[n]:end[n]]` one after the other, and n for each element."""
    sizes = end - begin
    owner = np.repeat(np.arange(len(sizes)), sizes)
    first = begin - (np.cumsum(sizes) - sizes)
    return flat[np.arange(len(owner)) + first[owner]], owner


def _bare(term: str) -> str:
    """A term as a gloss writes it: without the mark of shared terms."""
    return term[1:].casefold() if is_shared(term) else term
