"""Composing the stages of a build into the build: the story from top to bottom, whoever runs the stages.

`flows.build` gives stages that are Prefect tasks, `PlainStages` calls them one after the other in this process.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from unbitext.assembly import assemble_valid
from unbitext.build import (
    Paired,
    align_records,
    claims,
    corrections_for,
    divide,
    finish_document,
    link_claims,
    link_corrections_for,
    pair_records,
    parse_input,
    settle_claims,
    unused_lexicons,
)
from unbitext.corrections import Corrections, read_corrections, unused_corrections
from unbitext.link_corrections import (
    LinkCorrections,
    LinkCorrectionsByPair,
    read_link_corrections,
    unused_link_corrections,
)
from unbitext.outcome import BuildOutcome, Refused
from unbitext.parse_results import ParseResults
from unbitext.plan import Plan
from unbitext.publishing import publish, recover
from unbitext.records import DocumentRecord, PairRecord, Parsed
from unbitext.report import Report
from unbitext.store import folder_lock

FinishWork = Sequence[tuple[Parsed, Corrections | None]]
AlignWork = Sequence[tuple[DocumentRecord, DocumentRecord, LinkCorrections | None]]


class Stages(Protocol):
    """What runs the stages; each takes all there is to do and gives the results in order."""

    def parse(self, plan: Plan) -> list[Parsed | Refused]:
        """Parse the inputs."""

    def finish(self, plan: Plan, work: FinishWork) -> list[DocumentRecord | Refused]:
        """Correct and encode what was parsed."""

    def align(self, plan: Plan, work: AlignWork) -> list[PairRecord]:
        """Align translations with their originals, around the links that a person gave."""

    def assemble(self, plan: Plan, report: Report, folder: Path) -> tuple[Report, list[str]]:
        """Put a valid corpus together in a folder; give what is in it, and the names of its files."""

    def publish(self, plan: Plan, folder: Path, names: list[str]) -> tuple[list[str], list[str]]:
        """Let it take the place of the former corpus; give the names of changed and of removed files."""


class PlainStages:
    """The stages as plain calls."""

    def parse(self, plan: Plan) -> list[Parsed | Refused]:
        """Parse the inputs."""
        return [parse_input(file, plan.cache, plan.symbol, plan.language) for file in plan.inputs.files]

    def finish(self, plan: Plan, work: FinishWork) -> list[DocumentRecord | Refused]:
        """Correct and encode."""
        return [finish_document(parsed, corrections, plan.cache) for parsed, corrections in work]

    def align(self, plan: Plan, work: AlignWork) -> list[PairRecord]:
        """Align."""
        return [align_records(source, target, plan.cache, given, plan.aligner) for source, target, given in work]

    def assemble(self, plan: Plan, report: Report, folder: Path) -> tuple[Report, list[str]]:
        """Assemble and validate."""
        return assemble_valid(report, plan.cache, folder)

    def publish(self, plan: Plan, folder: Path, names: list[str]) -> tuple[list[str], list[str]]:
        """Publish."""
        return publish(plan.corpus, folder, names)


def compose(plan: Plan, stages: Stages) -> BuildOutcome:
    """Build the corpus that is planned; the former corpus stays until the end.

    Raises `FolderLockedError` where another build is at work there, `InvalidCorpusError` where what was made is not
    valid, `OSError` where it cannot be written: the former corpus is then as it was.
    """
    with folder_lock(plan.corpus.root), plan.state.staging(plan.corpus.root) as staged:
        recover(plan.corpus)
        plan.cache.mark_used()
        corrections, general = read_corrections(plan.corrections)
        link_corrections, unusable = read_link_corrections(plan.corrections)

        parsed, unparsed = divide(stages.parse(plan), Parsed)
        ParseResults(plan.cache).drop_old()
        settled, rivals = settle_claims(parsed)
        finishing = [(one, corrections_for(one.meta, corrections)) for one in settled]
        documents, unfinished = divide(stages.finish(plan, finishing), DocumentRecord)
        paired = pair_records(documents)
        pairs = stages.align(plan, _sides(documents, paired, link_corrections))

        report = Report(
            documents=tuple(documents),
            pairs=tuple(pairs),
            waiting=paired.waiting,
            refused=(*plan.inputs.refused, *unparsed, *rivals, *unfinished),
            general=(
                *general,
                *unusable,
                *unused_corrections(corrections, claims(documents)),
                *unused_link_corrections(link_corrections, link_claims(documents, pairs)),
                *unused_lexicons(plan.aligner, documents, pairs),
            ),
        )
        if not documents:
            return BuildOutcome(record=plan.record(report, {}), released=False)
        report, names = stages.assemble(plan, report, staged)
        changed, removed = stages.publish(plan, staged, names)
        record = plan.record(report, plan.corpus.hashes())
        plan.remember(record)
        return BuildOutcome(record=record, changed=tuple(changed), removed=tuple(removed))


def _sides(
    documents: Sequence[DocumentRecord],
    paired: Paired,
    corrections: LinkCorrectionsByPair,
) -> list[tuple[DocumentRecord, DocumentRecord, LinkCorrections | None]]:
    by_identifier = {document.identifier: document for document in documents}
    pairs = [(by_identifier[source], by_identifier[target]) for source, target in paired.pairs]
    return [(source, target, link_corrections_for(source, target, corrections)) for source, target in pairs]
