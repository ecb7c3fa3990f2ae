"""Aligning two documents: streams, anchors, passages between anchors, sentences."""

from collections.abc import Sequence, Set
from itertools import pairwise

from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Document, Kind
from schemas.findings import Finding
from unbitext.align.anchors import SINGLE, block_keys, match_keys
from unbitext.align.astray import SURE, find_astray
from unbitext.align.checks import LinkChecks
from unbitext.align.courses import NO_COURSES, find_courses
from unbitext.align.engine import LexicalAligner
from unbitext.align.fixed_links import FixedLinks
from unbitext.align.lone import lone_cuts, without_walls
from unbitext.align.moved import Moved, find_moved, same_number
from unbitext.align.ordering import order_links
from unbitext.align.passages import Aligner, Bead
from unbitext.align.refusal import check_sizes
from unbitext.align.runs import Run

_MASTHEAD, _NOTES = frozenset({Kind.MASTHEAD}), frozenset({Kind.FOOTNOTE})


_DOUBTS = frozenset({"link-numbers-differ", "link-length-outlier"})
"""Checks that doubt a link, not a text: a person's link has been looked at."""


def align_pair(pair: DocumentPair, aligner: Aligner | None = None, fixed: Sequence[Link] = ()) -> list[Link]:
    """Links between the sentences of two documents, in the order of the contract.

    Every sentence of every block of both is in exactly one link. No link crosses an anchor (a shared paragraph
    number, heading, turn, note, incident). `fixed` are links that a person gave: they are kept as they are, and the
    others are made around them.

    Raises `NotATranslation` where the two texts are not translations of one another, `ValueError` where two of the
    fixed links share a sentence or name one that is not there.
    """
    engine = aligner if aligner is not None else LexicalAligner()
    source_texts = [s.text for block in pair.source.blocks for s in block.sentences]
    target_texts = [s.text for block in pair.target.blocks for s in block.sentences]
    check_sizes(source_texts, target_texts)
    persons = FixedLinks(pair, fixed)
    links = _aligned(pair, persons, engine, [])
    moved = find_moved(pair, links)
    if moved:
        links = _aligned(pair, persons, engine, moved)
    for kind in (Kind.MASTHEAD, Kind.FOOTNOTE):
        for run in find_astray(pair, links, kind):
            links = _with_astray(links, run, engine, pair)
    ordered = order_links(links, _sentence_ids(pair.source), _sentence_ids(pair.target))
    return _checked(pair, _with_moved(_with_lonely(pair, ordered), moved))


def _aligned(pair: DocumentPair, persons: FixedLinks, engine: Aligner, moved: Sequence[Moved]) -> list[Link]:
    """Links of all that a person left, those of moved blocks apart from the rest."""
    away = {id(block) for one in moved for block in (one.source, one.target)}
    runs = [run for kinds in _streams(pair) for run in _runs(pair, kinds, persons, away)]
    runs.extend(Run((one.source,), (one.target,), True) for one in moved)
    links = list(persons.links)
    signature = engine.signature  # once: a model's is a hash of all its weights
    for run, beads in persons.align(runs, engine):
        links.extend(_links(run, beads, signature))
    return links


def _with_astray(links: Sequence[Link], run: Run, engine: Aligner, pair: DocumentPair) -> list[Link]:
    """The links with those of a run in place of the empty ones of its blocks, as far as they are sure."""
    found = _links(run, engine.align([run.passages(pair)])[0], engine.signature)
    sure = [link for link in found if link.source_ids and link.target_ids and link.score >= SURE]
    placed = {one for link in sure for one in link.source_ids}, {one for link in sure for one in link.target_ids}
    left = [
        link
        for link in links
        if not (placed[0].intersection(link.source_ids) or placed[1].intersection(link.target_ids))
    ]
    return [*left, *sure]


def _streams(pair: DocumentPair) -> list[frozenset[Kind]]:
    """Kinds of blocks that are aligned among themselves: a note interrupts the body at another place in each language.

    Where one document has no masthead, what is read as one in the other may be the title of both.
    """
    body = frozenset(Kind) - _MASTHEAD - _NOTES
    if all(any(block.kind is Kind.MASTHEAD for block in side.blocks) for side in (pair.source, pair.target)):
        return [_MASTHEAD, _NOTES, body]
    return [_NOTES, _MASTHEAD | body]


def _runs(pair: DocumentPair, kinds: frozenset[Kind], persons: FixedLinks, away: Set[int]) -> list[Run]:
    source, target = (
        [block for block in side.blocks if block.kind in kinds and block.sentences and id(block) not in away]
        for side in (pair.source, pair.target)
    )
    source_keys, target_keys = block_keys(pair.source, source), block_keys(pair.target, target)
    courses = find_courses(pair, source, target) if source and target else NO_COURSES
    matched = match_keys(source_keys, target_keys, courses)
    anchors = [(i, j) for i, j in matched if not persons.contradict(source[i], target[j])]
    cuts = [(0, 0)]
    begins = set(anchors)
    parted = _headings_going_on(source, {i for i, _ in anchors}), _headings_going_on(target, {j for _, j in anchors})
    for i, j in anchors:
        cuts.append((i, j))
        if source[i].kind in SINGLE and target[j].kind in SINGLE and (i in parted[0]) == (j in parted[1]):
            cuts.append((i + 1, j + 1))
    cuts.append((len(source), len(target)))
    return [
        Run(tuple(source[i:k]), tuple(target[j:m]), (i, j) in begins)
        for (i, j), (k, m) in pairwise(without_walls(lone_cuts(source_keys, target_keys, cuts, courses)))
        if k > i or m > j
    ]


def _headings_going_on(blocks: Sequence[Block], anchored: Set[int]) -> set[int]:
    """The headings below which another one stands that is no anchor: 第五条 and its title, where Article 5 has both."""
    headings = [block.kind is Kind.HEADING for block in blocks]
    return {n for n, (one, after) in enumerate(pairwise(headings)) if one and after and n + 1 not in anchored}


def _links(run: Run, beads: Sequence[Bead], signature: str) -> list[Link]:
    source = [(s.id, block) for block in run.source for s in block.sentences]
    target = [(s.id, block) for block in run.target for s in block.sentences]
    links: list[Link] = []
    for bead in beads:
        left, right = source[slice(*bead.source)], target[slice(*bead.target)]
        links.append(
            Link(
                source_ids=tuple(identifier for identifier, _ in left),
                target_ids=tuple(identifier for identifier, _ in right),
                kinds=tuple(sorted({block.kind for _, block in [*left, *right]})),
                score=bead.score,
                method=signature,
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
        if link.is_persons:
            findings = tuple(finding for finding in findings if finding.code not in _DOUBTS)
        checked.append(link.model_copy(update={"findings": (*link.findings, *findings)}) if findings else link)
    return checked


def _with_lonely(pair: DocumentPair, links: Sequence[Link]) -> list[Link]:
    """The links with a finding, at its first sentence, for each block of which no sentence has a counterpart.

    A sentence that a person left alone is none to tell of: the block's next one bears the finding, if there is one.
    """
    source = {s.id: block for block in pair.source.blocks for s in block.sentences}
    target = {s.id: block for block in pair.target.blocks for s in block.sentences}
    full = [link for link in links if link.source_ids and link.target_ids]
    told = {id(source[i]) for link in full for i in link.source_ids}
    told |= {id(target[j]) for link in full for j in link.target_ids}
    alone = [[block for block in side.blocks if id(block) not in told] for side in (pair.source, pair.target)]
    found: list[Link] = []
    for link in links:
        findings: list[Finding] = []
        sides = (
            ("source", link.source_ids, source, alone[1]),
            ("target", link.target_ids, target, alone[0]),
        )
        for side, ids, of, others in sides:
            for block in (of[one] for one in ids if not link.is_persons):
                if id(block) not in told:
                    told.add(id(block))
                    same = same_number(block, others)
                    place = f" (the other text has one of its number elsewhere: {same.id})" if same else ""
                    message = f"no counterpart for {block.kind} of the {side}{place}: {block.text}"
                    findings.append(Finding.warning("paragraph-without-counterpart", message, block.id))
        found.append(link.model_copy(update={"findings": (*link.findings, *findings)}) if findings else link)
    return found


def _with_moved(links: Sequence[Link], moved: Sequence[Moved]) -> list[Link]:
    """The links with a finding at the first of each moved block that has two sides."""
    waiting = {s.id: one for one in moved for s in one.source.sentences}
    told: set[str] = set()
    found: list[Link] = []
    for link in links:
        one = waiting.get(link.source_ids[0]) if link.source_ids and link.target_ids else None
        if one is not None and one.source.id not in told:
            told.add(one.source.id)
            finding = Finding.warning("paragraph-moved", one.message, one.source.id)
            link = link.model_copy(update={"findings": (*link.findings, finding)})
        found.append(link)
    return found


def _sentence_ids(document: Document) -> list[str]:
    return [s.id for block in document.blocks for s in block.sentences]
