"""Making a release, from a built corpus to a folder that others can use; and an export, which is one format of it."""

import logging
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from schemas.base import Model
from schemas.languages import bcp47
from unbitext.corpus import Corpus
from unbitext.database_errors import as_disk_errors
from unbitext.export.formats import format_module
from unbitext.export.records import Provenance, Shards
from unbitext.generator import GENERATOR
from unbitext.release.archive import write_archive
from unbitext.release.card import card_text
from unbitext.release.census import Census, take_census
from unbitext.release.changes import Changes, why_not_comparable, write_changes, write_no_changes
from unbitext.release.checksums import write_checksums
from unbitext.release.citation import write_citation
from unbitext.release.croissant import write_croissant
from unbitext.release.decisions import settle_splits, shard_count
from unbitext.release.filters import REASONS
from unbitext.release.gathering import gather
from unbitext.release.manifest import NAME, Manifest, libraries, release_date, write_manifest
from unbitext.release.options import Filters, ReleaseOptions, Splits
from unbitext.release.previous import previous_release
from unbitext.release.repetitions import settle_duplicates
from unbitext.release.report_page import REPORT, report_page
from unbitext.release.spool import Spool
from unbitext.release.staging import copy_tei, link_unchanged, publish_folder, staging
from unbitext.release.unpacking import SUFFIX
from unbitext.release.writing import FormatReport, ReleaseError, write_formats
from unbitext.store import folder_lock
from unbitext.tei.validate import validate_paths
from unbitext.tei.violations import Violation

_LOG = logging.getLogger("unbitext.release")


class InvalidCorpusError(Exception):
    """A corpus that fails validation and is not released; `violations` are the reasons."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        codes = Counter(violation.code for violation in violations)
        told = ", ".join(f"{code} {count}" for code, count in sorted(codes.items()))
        super().__init__(f"the corpus is not released, for it has {len(violations)} violations: {told}")
        self.violations = tuple(violations)


_FIRST = "The first release in its folder: nothing to compare with"


class Released(Model):
    """A release that was made: its folder, its archive, what it holds, what changed since the previous one."""

    folder: Path
    archive: Path | None
    manifest: Manifest
    changes: Changes | None
    linked: int


class Exported(Model):
    """An export that was made."""

    folder: Path
    report: FormatReport
    census: Census


class _Prepared(Model):
    shards: Shards
    census: Census
    not_found: tuple[str, ...]
    languages: tuple[str, ...]
    sources: frozenset[str]


def make_release(
    corpus: Path,
    out: Path,
    options: ReleaseOptions,
    *,
    since: Path | None = None,
    archive: bool = False,
    note: Callable[[Path, frozenset[str]], object] = lambda _release, _sources: None,
) -> Released:
    """Make `out/VERSION`, complete and checked, or nothing.

    `note` hears, before the release appears, its folder and the sha256 of the files that its documents were read from.
    It is compared with the release `since`, or else with the newest one in `out`, where both hold what is compared.
    Raises `ReleaseError` where the version exists, cannot be made, or cannot be compared with `since`,
    `InvalidCorpusError`, `CorpusError`, `MissingExtraError`, `FolderLockedError`, and `OSError` where the disk does not
    take it.
    """
    for name in options.formats:
        if name != "tei":
            format_module(name)
    target = out / options.version
    with folder_lock(out):
        packed = out / f"{options.version}{SUFFIX}" if archive else None
        for path in (target, packed):
            if path is not None and path.exists():
                raise ReleaseError(f"{path} exists already: choose another version, or remove it yourself")
        previous = since or previous_release(out, options.version)
        # Before the work is done, and not after it.
        obstacle = _FIRST if previous is None else why_not_comparable(previous, options.formats)
        if since is not None and obstacle is not None:
            raise ReleaseError(obstacle)
        with as_disk_errors(out), staging(out) as folder:
            staged, scratch = folder / options.version, folder / "scratch"
            scratch.mkdir()
            staged.mkdir()
            manifest, sources = _fill(corpus, staged, scratch, options)
            if previous is None or obstacle is not None:
                changes = None
                write_no_changes(staged, manifest, obstacle or _FIRST)
            else:
                changes = write_changes(staged, previous, manifest, scratch / "changes.sqlite")
            write_checksums(staged)
            linked = 0 if previous is None else link_unchanged(staged, previous)
            if packed is not None:
                _LOG.info("packing")
                write_archive(staged, folder / "archive", options.jobs)
            note(target, sources)
            publish_folder(staged, target)
            if packed is not None:
                (folder / "archive").rename(packed)
    return Released(folder=target, archive=packed, manifest=manifest, changes=changes, linked=linked)


def _fill(corpus: Path, staged: Path, scratch: Path, options: ReleaseOptions) -> tuple[Manifest, frozenset[str]]:
    _LOG.info("validating")
    # The copy is what is validated and read: nobody changes it meanwhile.
    copy_tei(corpus, staged)
    if violations := validate_paths([staged]):
        raise InvalidCorpusError([_in_corpus(violation, staged, corpus) for violation in violations])
    opened = Corpus(staged)
    prepared = _prepare(staged, scratch, options, staged)
    provenance = Provenance(name=NAME, version=options.version, program=_program_version(), date=release_date())
    formats = [name for name in options.formats if name != "tei"]
    _LOG.info("writing %s", ", ".join(formats))
    reports = write_formats(scratch / "spool", staged, formats, prepared.shards, provenance, options.jobs)
    _check_rows(reports, prepared.census)
    digest = opened.sha256
    if "tei" not in options.formats:
        shutil.rmtree(staged / "tei")
    tei = FormatReport(name="tei", difference="Holds every link, and all documents, whether in a pair or not.")
    manifest = Manifest(
        version=options.version,
        program=GENERATOR,
        libraries=libraries(),
        date=release_date(),
        corpus_sha256=digest,
        filters=options.filters,
        splits=options.splits,
        not_found=prepared.not_found,
        shards=prepared.shards.count,
        census=prepared.census,
        formats=tuple([tei, *reports] if "tei" in options.formats else reports),
    )
    write_manifest(staged, manifest)
    (staged / "README.md").write_text(card_text(manifest, prepared.languages), encoding="utf-8")
    (staged / REPORT).write_text(report_page(manifest), encoding="utf-8")
    write_citation(staged, manifest)
    write_croissant(staged, manifest, prepared.languages)
    return manifest, prepared.sources


def _in_corpus(violation: Violation, staged: Path, corpus: Path) -> Violation:
    """The same of the file that was copied; other files that the message names are those of the corpus, too."""
    path = Path(violation.file)
    own = corpus / path.relative_to(staged) if path.is_relative_to(staged) else path
    message = violation.message.replace(f"{staged}/", f"{corpus}/")
    return violation.model_copy(update={"file": str(own), "message": message})


def _program_version() -> str:
    return GENERATOR.partition(" ")[2]


def _prepare(corpus: Path, scratch: Path, options: ReleaseOptions, folder: Path) -> _Prepared:
    """Read the corpus into the spool, decide, and count; `excluded.jsonl` goes into `folder`."""
    _LOG.info("reading")
    with Spool(scratch / "spool", "x") as spool:
        sources = gather(corpus, spool, options.filters, options.jobs)
        _, pairs = spool.count()
        shards = Shards(count=options.shards or shard_count(pairs))
        _LOG.info("deciding on splits and duplicates of %d pairs", pairs)
        not_found = settle_splits(spool, options.splits, shards.count)
        settle_duplicates(spool, options.filters, scratch)
    census = take_census(scratch / "spool", folder)
    codes = dict.fromkeys(code for part in census.parts for code in part.languages.split("-"))
    languages = tuple(bcp47(code) for code in codes)
    return _Prepared(shards=shards, census=census, not_found=not_found, languages=languages, sources=sources)


def _check_rows(reports: Sequence[FormatReport], census: Census) -> None:
    """Hold the formats against the rows: a release in which they differ is not made."""
    for report in reports:
        if report.rows is not None and report.rows != census.rows:
            raise ReleaseError(
                f"{report.name} gives back {report.rows.rows} rows ({report.rows.digest}), and not {census.rows.rows} "
                f"({census.rows.digest}): nothing is released; please report this"
            )


EVERYTHING = Filters(
    min_score=0, max_characters=10**9, keep=tuple(code for code, reason in REASONS.items() if reason.can_be_lifted)
)
"""Filters that leave out nothing but what is no row of any format."""


def export_corpus(corpus: Path, out: Path, format: str, *, filters: Filters = EVERYTHING, jobs: int = 1) -> Exported:
    """Write one format of a corpus to the folder `out`, which must be empty or absent; all of it is of one split.

    What is left out goes to `excluded.jsonl` beside it. Raises as `make_release` does, but does not validate.
    """
    if format != "tei":
        format_module(format)
    if out.is_dir() and any(out.iterdir()):
        raise ReleaseError(f"{out} holds files already: choose an empty folder, or remove them yourself")
    options = ReleaseOptions(
        version="export", formats=(format,), filters=filters, splits=Splits(validation=0, test=0), jobs=jobs
    )
    parent = out.parent
    lock = folder_lock(parent) if parent != out else nullcontext()
    with lock, as_disk_errors(parent), staging(parent) as folder:
        staged, scratch = folder / format, folder / "scratch"
        scratch.mkdir()
        prepared = _prepare(corpus, scratch, options, scratch)
        provenance = Provenance(name=NAME, version="export", program=_program_version(), date=release_date())
        if format == "tei":
            copy_tei(corpus, folder / "copy")
            (folder / "copy" / "tei").rename(staged)
            report = FormatReport(name="tei")
        else:
            (report,) = write_formats(scratch / "spool", folder, [format], prepared.shards, provenance, jobs)
            _check_rows([report], prepared.census)
            (scratch / "excluded.jsonl").rename(staged / "excluded.jsonl")
        if out.is_dir():
            out.rmdir()
        publish_folder(staged, out)
    return Exported(folder=out, report=report, census=prepared.census)
