"""Aligning two documents: streams, anchors, passages between anchors, sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Document, Kind
from schemas.findings import Finding
from unbitext.align.anchors import SINGLE, block_keys, match_keys
from unbitext.align.checks import LinkChecks
from unbitext.align.engine import LexicalAligner
from unbitext.align.ordering import order_links
from unbitext.align.passages import Aligner, Bead, Passage, PassagePair
from unbitext.align.refusal import check_sizes

_STREAMS: tuple[frozenset[Kind], ...] = (
    frozenset({Kind.MASTHEAD}),
    frozenset({Kind.FOOTNOTE}),
    frozenset(Kind) - {Kind.MASTHEAD, Kind.FOOTNOTE},
)
"""Blocks that are aligned among themselves: a note interrupts the body at another place in each language."""


@dataclass(frozen=True)
class _Run:
    """Blocks of one stream between two anchors; `anchored` where it begins with one."""

    source: tuple[Block, ...]
    target: tuple[Block, ...]
    anchored: bool


def align_pair(pair: DocumentPair, aligner: Aligner | None = None) -> list[Link]:
    """Links between the sentences of two documents, in the order of the contract.

    Every sentence of every block of both is in exactly one link. No link crosses an anchor (a shared paragraph
    number, heading, turn, note, incident).

    Raises `NotATranslation` where the two texts are not translations of one another.
    """
    engine = aligner if aligner is not None else LexicalAligner()
    source_texts = [s.text for block in pair.source.blocks for s in block.sentences]
    target_texts = [s.text for block in pair.target.blocks for s in block.sentences]
    check_sizes(source_texts, target_texts)
    runs = [run for kinds in _STREAMS for run in _runs(pair, kinds)]
    passages = [
        PassagePair(
            _passage(run.source, pair.source.meta.language),
            _passage(run.target, pair.target.meta.language),
            run.anchored,
        )
        for run in runs
    ]
    links: list[Link] = []
    for run, beads in zip(runs, engine.align(passages), strict=True):
        links.extend(_links(run, beads, engine.signature))
    ordered = order_links(links, _sentence_ids(pair.source), _sentence_ids(pair.target))
    return _checked(pair, ordered)


def _runs(pair: DocumentPair, kinds: frozenset[Kind]) -> list[_Run]:
    source = [block for block in pair.source.blocks if block.kind in kinds and block.sentences]
    target = [block for block in pair.target.blocks if block.kind in kinds and block.sentences]
    anchors = match_keys(block_keys(pair.source, source), block_keys(pair.target, target))
    cuts = [(0, 0)]
    begins = set(anchors)
    for i, j in anchors:
        cuts.append((i, j))
        if source[i].kind in SINGLE and target[j].kind in SINGLE:
            cuts.append((i + 1, j + 1))
    cuts.append((len(source), len(target)))
    return [
        _Run(tuple(source[i:k]), tuple(target[j:m]), (i, j) in begins)
        for (i, j), (k, m) in pairwise(cuts)
        if k > i or m > j
    ]


def _passage(blocks: Sequence[Block], language: str | None) -> Passage:
    return Passage(
        sentences=tuple(s.text for block in blocks for s in block.sentences),
        paragraphs=tuple(n for n, block in enumerate(blocks) for _ in block.sentences),
        language=language,
    )


def _links(run: _Run, beads: Sequence[Bead], signature: str) -> list[Link]:
    source = [(s.id, block) for block in run.source for s in block.sentences]
    target = [(s.id, block) for block in run.target for s in block.sentences]
    paired = [bead for bead in beads if bead.source[0] < bead.source[1] and bead.target[0] < bead.target[1]]
    met_source = {block.id for bead in paired for _, block in source[slice(*bead.source)]}
    met_target = {block.id for bead in paired for _, block in target[slice(*bead.target)]}
    links: list[Link] = []
    for bead in beads:
        left, right = source[slice(*bead.source)], target[slice(*bead.target)]
        findings = [*_lonely("source", left, met_source), *_lonely("target", right, met_target)]
        links.append(
            Link(
                source_ids=tuple(identifier for identifier, _ in left),
                target_ids=tuple(identifier for identifier, _ in right),
                kinds=tuple(sorted({block.kind for _, block in [*left, *right]})),
                score=bead.score,
                method=signature,
                findings=tuple(findings),
            )
        )
    return links


def _checked(pair: DocumentPair, links: Sequence[Link]) -> list[Link]:
    """The links with what `LinkChecks` finds in them."""
    checks = LinkChecks(pair.source.meta.language, pair.target.meta.language)
    source = {s.id: s.text for block in pair.source.blocks for s in block.sentences}
    target = {s.id: s.text for block in pair.target.blocks for s in block.sentences}
    checked: list[Link] = []
    for link in links:
        texts = [source[i] for i in link.source_ids], [target[j] for j in link.target_ids]
        findings = checks.findings(*texts, where=(*link.source_ids, *link.target_ids)[0])
        checked.append(link.model_copy(update={"findings": (*link.findings, *findings)}) if findings else link)
    return checked


def _lonely(side: str, sentences: Sequence[tuple[str, Block]], met: set[str]) -> list[Finding]:
    """A finding, at its first sentence, for each block of which no sentence has a counterpart."""
    return [
        Finding.warning(
            "paragraph-without-counterpart", f"no counterpart for {block.kind} of the {side}: {block.text}", block.id
        )
        for identifier, block in sentences
        if identifier == block.sentences[0].id and block.id not in met
    ]


def _sentence_ids(document: Document) -> list[str]:
    return [s.id for block in document.blocks for s in block.sentences]
