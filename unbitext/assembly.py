"""Putting a corpus together from what the cache holds, and looking it over before it is released."""

from pathlib import Path

from schemas.findings import Finding
from unbitext.generator import GENERATOR
from unbitext.report import Report, render_report
from unbitext.store import Cache, CorpusFolder
from unbitext.tei.corpus import encode_corpus
from unbitext.tei.serialize import serialize


class InvalidCorpusError(RuntimeError):
    """What was assembled breaks a rule, and is not released; `findings` say where."""

    def __init__(self, findings: list[Finding]) -> None:
        shown = "; ".join(f"{finding.where}: {finding.message}" for finding in findings[:5])
        super().__init__(f"the corpus breaks {len(findings)} rules and is not released: {shown}")
        self.findings = findings


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
    _write(folder / CorpusFolder.REPORT, render_report(report).encode("utf-8"))
    root = encode_corpus(
        [one.component for one in report.documents],
        [pair.component for pair in report.aligned if pair.component is not None],
        generator=GENERATOR,
    )
    _write(folder / CorpusFolder.CORPUS, serialize(root))
    return [*contents, CorpusFolder.REPORT, CorpusFolder.CORPUS]


def _write(path: Path, data: bytes) -> None:
    # Staged files need not survive a crash: the next run makes them anew.
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def check_assembled(folder: Path) -> None:
    """Validate the corpus in this folder. Raises `InvalidCorpusError` where it breaks a rule."""
