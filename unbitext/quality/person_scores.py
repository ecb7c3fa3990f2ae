"""The aligner against the links that a person fixed or confirmed in a corpus.

These are gold for parts of a text only. So precision is over the aligner's links that share a sentence with one of
them, recall over them. A link that was fixed is one that the aligner had wrong when it was looked at, a link that was
confirmed one that it had right: the figures tell of what was looked at, not of the whole text.
"""

from collections.abc import Sequence

from schemas.bitext import Link
from unbitext.quality.alignment_scores import AlignmentScores, score_beads

SIGNATURE = "persons-links|vecalign-strict-lax|links:touched|version:1"

_Bead = tuple[tuple[int, ...], tuple[int, ...]]


def score_against_person(name: str, links: Sequence[Link], persons: Sequence[Link]) -> AlignmentScores:
    """Figures of an aligner's links, made without the person's, on the sentences of those; `name` is the pair's."""
    source = {one for link in persons for one in link.source_ids}
    target = {one for link in persons for one in link.target_ids}
    touched = [link for link in links if source.intersection(link.source_ids) or target.intersection(link.target_ids)]
    numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
    found, wanted = ([_bead(link, numbers) for link in some] for some in (touched, persons))
    return score_beads(name, found, wanted).model_copy(update={"signature": SIGNATURE})


def _bead(link: Link, numbers: tuple[dict[str, int], dict[str, int]]) -> _Bead:
    """A link as numbers, which are given to sentences as they come."""
    source, target = (
        tuple(sorted(known.setdefault(one, len(known)) for one in ids))
        for known, ids in zip(numbers, (link.source_ids, link.target_ids), strict=True)
    )
    return source, target
