"""Putting a corpus together from what the cache holds, and releasing nothing that breaks a rule."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from unbitext.generator import GENERATOR
from unbitext.outcome import Refused
from unbitext.report import Report, render_report
from unbitext.store import Cache, CorpusFolder
from unbitext.tei.corpus import encode_corpus
from unbitext.tei.serialize import serialize
from unbitext.tei.validate import validate_paths
from unbitext.tei.violations import Violation


class InvalidCorpusError(RuntimeError):
    """What was assembled breaks rules, and is not released."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        shown = "; ".join(str(violation) for violation in violations[:5])
        super().__init__(f"the corpus breaks {len(violations)} rules and is not released: {shown}")


def assemble_valid(report: Report, cache: Cache, folder: Path) -> tuple[Report, list[str]]:
    """Write the files of a valid corpus into an empty folder; return what is in it, and the names of its files.

    A document or an alignment whose file breaks a rule is left out and counted as refused: it does not cost the others.

    Raises `InvalidCorpusError` where the rest breaks a rule too, or there is none; otherwise as `assemble`.
    """
    names = assemble(report, cache, folder)
    if violations := validate_paths([folder]):
        report = leave_out(report, {violation.file: str(violation) for violation in reversed(violations)}, folder)
        if not report.documents:
            raise InvalidCorpusError(violations)
        shutil.rmtree(folder)
        names = assemble(report, cache, folder)
        if violations := validate_paths([folder]):
            raise InvalidCorpusError(violations)
    return report, names


def assemble(report: Report, cache: Cache, folder: Path) -> list[str]:
    """Write the files of a corpus into an empty folder; return their names.

    Raises `LookupError` where the cache no longer holds what the report names, `OSError` where they cannot be written.
    """
    contents = {CorpusFolder.document(one.identifier): ("tei", one.key) for one in report.documents}
    contents |= {CorpusFolder.alignment(pair.name): ("alignments", pair.key) for pair in report.aligned}
    for name, (kind, key) in contents.items():
        data = cache.get(kind, key)
        if data is None:
            raise LookupError(f"{name} is no longer in the cache: run again")
        _write(folder / name, data)
    root = encode_corpus(
        [one.component for one in report.documents],
        [pair.component for pair in report.aligned if pair.component is not None],
        generator=GENERATOR,
    )
    _write(folder / CorpusFolder.CORPUS, serialize(root))
    _write(folder / CorpusFolder.REPORT, render_report(report).encode("utf-8"))
    return [*contents, CorpusFolder.CORPUS, CorpusFolder.REPORT]


def _write(path: Path, data: bytes) -> None:
    # Staged files need not survive a crash: the next run makes them anew.
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def leave_out(report: Report, faults: dict[str, str], folder: Path) -> Report:
    """Take the documents and alignments out of a report whose files in the folder have a fault.

    `faults` gives the first fault of each file. A translation whose original goes waits for it.
    """

    def fault(name: str) -> str | None:
        return faults.get(str(folder / name))

    documents = [one for one in report.documents if fault(CorpusFolder.document(one.identifier)) is None]
    kept = {one.identifier for one in documents}
    pairs = [pair for pair in report.pairs if pair.source in kept and pair.target in kept]
    refused = [
        _invalid(one.label, message)
        for one in report.documents
        if (message := fault(CorpusFolder.document(one.identifier))) is not None
    ]
    return Report(
        documents=tuple(documents),
        pairs=tuple(
            pair
            if (message := fault(CorpusFolder.alignment(pair.name))) is None
            else pair.model_copy(update={"refusal": _invalid(pair.name, message)})
            for pair in pairs
        ),
        waiting=tuple(
            sorted(
                {one for one in report.waiting if one in kept}
                | {pair.source for pair in report.pairs if pair.source in kept and pair.target not in kept}
            )
        ),
        refused=(*report.refused, *refused),
        general=report.general,
    )


def _invalid(label: str, message: str) -> Refused:
    return Refused.of(label, "document-invalid", f"its file breaks a rule: {message.rpartition('/')[2]}")
