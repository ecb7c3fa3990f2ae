"""The flow that builds a corpus. What a build is stands in `unbitext.composition`, its stages in `unbitext.build`.

Import this module only where a flow runs: it imports Prefect.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.futures import PrefectFuture, as_completed
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
)
from schemas.document import Language
from schemas.settings import Settings
from unbitext.composition import AlignWork, FinishWork, compose
from unbitext.outcome import BuildOutcome, Refused
from unbitext.plan import Plan
from unbitext.records import DocumentRecord, PairRecord, Parsed
from unbitext.report import Report

Result = TypeVar("Result")

_ARTIFACT_CHARACTERS = 100_000
_BYTES_A_SENTENCE = 150


@flow(name="build_corpus", flow_run_name="build {settings.out}", validate_parameters=False)
def build_corpus(
    inputs: tuple[Path, ...], settings: Settings, symbol: str | None = None, language: Language | None = None
) -> BuildOutcome:
    """Build the corpus of these files and folders in `settings.out`; the former corpus stays until the end.

    Raises `InputError` for inputs that cannot be used, and what `compose` raises.
    """
    return build_planned(Plan(inputs, settings, symbol, language))


def build_planned(plan: Plan) -> BuildOutcome:
    """Build what is planned, inside a flow; raises what `compose` raises."""
    return compose(plan, TaskStages())


class TaskStages:
    """The stages as tasks of a flow, with what they show of their progress."""

    def parse(self, plan: Plan) -> list[Parsed | Refused]:
        """Parse the inputs."""
        files = plan.inputs.files
        sizes = [file.size_bytes for file in files]
        common = {"cache": plan.cache, "symbol": plan.symbol, "language": plan.language}
        return _in_batches("parsed", parse_batch, files, sizes, plan.jobs, common)

    def finish(self, plan: Plan, work: FinishWork) -> list[DocumentRecord | Refused]:
        """Correct and encode what was parsed."""
        sizes = [parsed.input.size_bytes for parsed, _ in work]
        return _in_batches("encoded", finish_batch, work, sizes, plan.jobs, {"cache": plan.cache})

    def align(self, plan: Plan, work: AlignWork) -> list[PairRecord]:
        """Align translations with their originals."""
        sizes = [_BYTES_A_SENTENCE * (source.sentences + target.sentences) for source, target, _ in work]
        common = {"cache": plan.cache, "choice": plan.aligner}
        return _in_batches("aligned", align_batch, work, sizes, plan.jobs, common)

    def assemble(self, plan: Plan, report: Report, folder: Path) -> tuple[Report, list[str]]:
        """Put a valid corpus together."""
        with progress.current().stage("validated", len(report.documents) + len(report.aligned)) as shown:
            report, names = assemble_corpus(report, plan.cache, folder)
            shown.advance(len(report.documents) + len(report.aligned))
        return report, names

    def publish(self, plan: Plan, folder: Path, names: list[str]) -> tuple[list[str], list[str]]:
        """Let it take the place of the former corpus; its report is left as an artifact."""
        changed, removed = publish_corpus(plan.corpus, folder, names)
        report = (folder / plan.corpus.REPORT).read_text(encoding="utf-8")
        create_markdown_artifact(report[:_ARTIFACT_CHARACTERS], "corpus-report")
        return changed, removed


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
