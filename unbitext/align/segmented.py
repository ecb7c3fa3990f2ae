"""Aligning two plain lists of sentences, without structure."""

from collections.abc import Sequence

from schemas.bitext import Link
from unbitext.align.checks import LinkChecks
from unbitext.align.engine import LexicalAligner
from unbitext.align.ordering import order_links
from unbitext.align.passages import Aligner, Bead, Passage, PassagePair
from unbitext.align.refusal import check_sizes


def align_segmented(
    source: Sequence[str],
    target: Sequence[str],
    source_language: str | None = None,
    target_language: str | None = None,
    aligner: Aligner | None = None,
) -> list[Link]:
    """Links between two lists of sentences; ids are zero-based line numbers as strings, `kinds` is empty.

    Raises `NotATranslation` where the two texts are not translations of one another.
    """
    engine = aligner if aligner is not None else LexicalAligner()
    check_sizes(source, target)
    if not source and not target:
        return []
    passages = PassagePair(
        Passage(tuple(source), language=source_language), Passage(tuple(target), language=target_language)
    )
    (beads,) = engine.align([passages])
    checks = LinkChecks(source_language, target_language)
    links = [
        Link(
            source_ids=tuple(map(str, range(*bead.source))),
            target_ids=tuple(map(str, range(*bead.target))),
            score=bead.score,
            method=engine.signature,
            findings=checks.findings(source[slice(*bead.source)], target[slice(*bead.target)], _place(bead)),
        )
        for bead in beads
    ]
    return order_links(links, [str(i) for i in range(len(source))], [str(j) for j in range(len(target))])


def _place(bead: Bead) -> str:
    """Where a finding about a bead is: the line of the source, or of the target where there is none."""
    return str(bead.source[0]) if bead.source[0] < bead.source[1] else f"target {bead.target[0]}"
