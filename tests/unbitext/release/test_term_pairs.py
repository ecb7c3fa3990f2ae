"""Pairs of terms are whole terms."""

from collections.abc import Sequence

import pytest

from unbitext.export.term_pairs import TermFinder

PROTOCOL = [
    ("本议定书开放供签署。", "This protocol is open for signature."),
    ("各方批准了该议定书。", "The parties ratified that protocol."),
    ("议定书没有规定期限。", "The protocol sets no time limit."),
    ("没有人反对这项议定书。", "Nobody opposed the protocol."),
]
WEAPONS = [
    ("他们交出了核武器。", "They handed over nuclear weapons."),
    ("核武器不在岛上。", "The nuclear weapons are not on the island."),
    ("没有人见过核武器。", "Nobody has seen the nuclear weapons."),
]
REPORTS = [
    ("这是我们的报告。", "This is our report."),
    ("你们的报告很长。", "Your report is long."),
    ("他们的报告没有到。", "Their report did not arrive."),
]


@pytest.mark.parametrize(
    ("rows", "pair"),
    [
        (PROTOCOL, ("议定书", "protocol")),  # the lexicon has no 议 for it, and it always stands there
        (WEAPONS, ("武器", "weapons")),  # what stands before it is another word's: nuclear
        (REPORTS, ("报告", "report")),  # a particle is no part of a term
        ([*PROTOCOL, ("文定书。", "A protocol.")] * 2, ("议定书", "protocol")),
        ([*PROTOCOL, *[("文定书。", "A protocol.")] * 2], ("定书", "protocol")),
    ],
)
def test_a_term_is_as_long_as_it_is_in_the_rows(rows: Sequence[tuple[str, str]], pair: tuple[str, str]) -> None:
    finder = TermFinder("zh", "en")
    for source, target in rows:
        finder.add(source, target)
    assert pair in {(found.source, found.target) for found in finder.pairs()}
