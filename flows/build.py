"""The flow that builds a corpus. It reads from top to bottom; what each stage does stands in `unbitext.build`.

Import this module only where a flow runs: it imports Prefect.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.futures import PrefectFuture, as_completed
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task

from flows import progress
from flows.tasks import (
    Item,
    align_batch,
    assemble_corpus,
    batches,
    finish_batch,
    parse_batch,
    publish_corpus,
    start_worker,
)
from schemas.document import Language
from schemas.settings import Settings
from unbitext.build import (
    Paired,
    claims,
    corrections_for,
    divide,
    link_claims,
    link_corrections_for,
    pair_records,
    settle_claims,
    unparsed_bytes,
    unused_lexicons,
)
from unbitext.corrections import CorrectionsByDocument, read_corrections, unused_corrections
from unbitext.link_corrections import LinkCorrectionsByPair, read_link_corrections, unused_link_corrections
from unbitext.outcome import BuildOutcome, Refused
from unbitext.plan import Plan
from unbitext.publishing import recover
from unbitext.records import DocumentRecord, PairRecord, Parsed
from unbitext.report import Report
from unbitext.store import folder_lock

Result = TypeVar("Result")

_ARTIFACT_CHARACTERS = 100_000
_BYTES_A_SENTENCE = 150
_PROCESSES_PAY_BYTES = 4_000_000
"""Text to be parsed from which worker processes pay: each imports Prefect for seconds before its first document."""


@flow(name="build_corpus", flow_run_name="build {settings.out}", validate_parameters=False)
def build_corpus(
    inputs: tuple[Path, ...], settings: Settings, symbol: str | None = None, language: Language | None = None
) -> BuildOutcome:
    """Build the corpus of these files and folders in `settings.out`; the former corpus stays until the end.

    Raises `InputError`, `FolderLockedError` where another build is at work there, `InvalidCorpusError` where what was
    made is not valid, `OSError` where it cannot be written: the former corpus is then as it was.
    """
    plan = Plan(inputs, settings, symbol, language)
    with folder_lock(plan.corpus.root), plan.state.staging(plan.corpus.root) as staged:
        recover(plan.corpus)
        plan.cache.mark_used()
        corrections, general = read_corrections(plan.corrections)
        link_corrections, unusable = read_link_corrections(plan.corrections)

        parsed, unparsed = parse(plan)
        settled, rivals = settle_claims(parsed)
        documents, unfinished = finish(plan, settled, corrections)
        paired = pair_records(documents)
        pairs = align(plan, documents, paired, link_corrections)

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
        with progress.current().stage("validated", len(report.documents) + len(report.aligned)) as shown:
            report, names = assemble_corpus(report, plan.cache, staged)
            shown.advance(len(report.documents) + len(report.aligned))
        changed, removed = publish_corpus(plan.corpus, staged, names)
        create_markdown_artifact(
            (staged / plan.corpus.REPORT).read_text(encoding="utf-8")[:_ARTIFACT_CHARACTERS], "corpus-report"
        )

        record = plan.record(report, plan.corpus.hashes())
        plan.remember(record)
        return BuildOutcome(record=record, changed=tuple(changed), removed=tuple(removed))


def parse(plan: Plan) -> tuple[list[Parsed], list[Refused]]:
    """Parse the inputs."""
    files = plan.inputs.files
    sizes = [file.size_bytes for file in files]
    common = {"cache": plan.cache, "symbol": plan.symbol, "language": plan.language}
    return divide(_in_batches("parsed", parse_batch, files, sizes, plan.jobs, common), Parsed)


def finish(
    plan: Plan, settled: Sequence[Parsed], corrections: CorrectionsByDocument
) -> tuple[list[DocumentRecord], list[Refused]]:
    """Correct and encode what was parsed."""
    work = [(parsed, corrections_for(parsed.meta, corrections)) for parsed in settled]
    sizes = [parsed.input.size_bytes for parsed in settled]
    done = _in_batches("encoded", finish_batch, work, sizes, plan.jobs, {"cache": plan.cache})
    return divide(done, DocumentRecord)


def align(
    plan: Plan, documents: Sequence[DocumentRecord], paired: Paired, corrections: LinkCorrectionsByPair
) -> list[PairRecord]:
    """Align translations with their originals, around the links that a person gave."""
    by_identifier = {document.identifier: document for document in documents}
    pairs = [(by_identifier[source], by_identifier[target]) for source, target in paired.pairs]
    work = [(source, target, link_corrections_for(source, target, corrections)) for source, target in pairs]
    sizes = [_BYTES_A_SENTENCE * (source.sentences + target.sentences) for source, target in pairs]
    common = {"cache": plan.cache, "choice": plan.aligner}
    return _in_batches("aligned", align_batch, work, sizes, plan.jobs, common)


def _in_batches(
    stage: str,
    task: Task[..., list[Result]],
    items: Sequence[Item],
    sizes_bytes: Sequence[int],
    workers: int,
    common: Mapping[str, object],
) -> list[Result]:
    """Submit the items in batches and wait for all, in order, showing how far it is."""
    with progress.current().stage(stage, len(items)) as shown:
        futures: dict[PrefectFuture[list[Result]], int] = {}
        for batch in batches(items, sizes_bytes, workers):
            futures[task.submit(batch, **common)] = len(batch)
        for future in as_completed(list(futures)):
            future.result()
            shown.advance(futures[future])
        return [result for future in futures for result in future.result()]


def task_runner(plan: Plan, settings: Settings) -> TaskRunner[Any]:
    """Choose how tasks run: in worker processes where there is work for them, else one by one in this process.

    Threads would not help: the stages compute, and Python's threads take turns at that.
    """
    unparsed = unparsed_bytes(plan.inputs.files, plan.cache, plan.symbol, plan.language)
    if plan.jobs > 1 and unparsed > _PROCESSES_PAY_BYTES:
        messages = (settings.verbose, settings.quiet, settings.log_format)
        return ProcessPoolTaskRunner(max_workers=plan.jobs, initializer=start_worker, initargs=messages)
    return ThreadPoolTaskRunner(max_workers=1)
