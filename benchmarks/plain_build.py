"""A build without Prefect: all stages in this process, for tests and measurements that only need a corpus to read."""

from collections.abc import Sequence
from pathlib import Path

from schemas.settings import Settings
from unbitext.assembly import assemble
from unbitext.build import align_records, divide, finish_document, pair_records, parse_input, settle_claims
from unbitext.plan import Plan
from unbitext.records import DocumentRecord, Parsed
from unbitext.report import Report


def build_plainly(inputs: Sequence[Path], out: Path, state: Path) -> Path:
    """Build a corpus of these files in an empty folder, all stages in this process; corrections are left out."""
    plan = Plan(inputs, Settings(state=state, out=out, corrections=state / "none"))
    plan.cache.mark_used()
    parsed, _ = divide([parse_input(file, plan.cache) for file in plan.inputs.files], Parsed)
    settled, _ = settle_claims(parsed)
    documents, _ = divide([finish_document(one, None, plan.cache) for one in settled], DocumentRecord)
    by_identifier = {document.identifier: document for document in documents}
    paired = pair_records(documents)
    pairs = [align_records(by_identifier[s], by_identifier[t], plan.cache) for s, t in paired.pairs]
    report = Report(documents=tuple(documents), pairs=tuple(pairs), waiting=paired.waiting, refused=(), general=())
    out.mkdir(parents=True, exist_ok=True)
    assemble(report, plan.cache, out)
    return out
