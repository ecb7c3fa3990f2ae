"""Commands that give a corpus away: export, release."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_run import Run, command
from flows.exit_codes import ExitCode, UsageError
from flows.folders import CHOOSE_OUT, require_writable
from flows.messages import LOGGER

if TYPE_CHECKING:
    from schemas.settings import Settings
    from unbitext.release.census import Census
    from unbitext.release.options import Filters
    from unbitext.release.release import Released

_SHOWN = 20
"""Violations that are told of a corpus that is not released; `unbitext validate` tells all."""

CorpusArgument = Annotated[Path, typer.Argument(metavar="CORPUS", help="The folder of a built corpus.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    command(app)(export)
    command(app)(release)


def export(
    run: Run,
    corpus: CorpusArgument,
    format: Annotated[str, typer.Option(help="tei, jsonl, parquet, tmx, moses, xces, tsv, xliff, vertical or tbx.")],
    out: Annotated[Path, typer.Option(help="Where it is written: an empty folder, or a new one.")],
    min_score: Annotated[float, typer.Option(min=0, max=1, help="Leave out rows with a lower score.")] = 0.0,
) -> ExitCode:
    """Write one format of a corpus."""
    from unbitext.corpus import CorpusError
    from unbitext.export.formats import FORMATS, MissingExtraError
    from unbitext.release.release import EVERYTHING, export_corpus
    from unbitext.release.writing import ReleaseError
    from unbitext.store import FolderLockedError

    if format not in FORMATS:
        raise UsageError(f"no format {format!r}; the formats are {', '.join(FORMATS)}")
    require_writable(out.parent, CHOOSE_OUT)
    filters = EVERYTHING.model_copy(
        update={"min_score": min_score, "keep": tuple(code for code in EVERYTHING.keep if code != "low-score")}
    )
    try:
        exported = export_corpus(corpus, out, format, filters=filters, jobs=run.settings.jobs)
    except MissingExtraError as error:
        raise UsageError(f"{error}, or choose other formats") from error
    except (CorpusError, ReleaseError, FolderLockedError) as error:
        raise UsageError(str(error)) from error
    census = exported.census
    print(f"{format}  {exported.folder}")
    if exported.report.rows is not None:
        print(f"rows       {exported.report.rows.rows} of {census.links} links")
        print(f"excluded   {census.excluded}" + (f": {_counts(census.reasons)}" if census.excluded else ""))
    if exported.report.entries is not None:
        print(f"terms      {exported.report.entries}")
    _warn_of_nothing(census)
    return ExitCode.DONE


def release(
    run: Run,
    corpus: CorpusArgument,
    version: Annotated[str, typer.Option(help="The version of the release: 1.0, 2026.11.")],
    out: Annotated[Path, typer.Option(help="The folder of releases; this one goes to OUT/VERSION.")],
    since: Annotated[
        Path | None, typer.Option(help="The release to compare with (the newest below VERSION in OUT).")
    ] = None,
    formats: Annotated[str | None, typer.Option(metavar="F,F", help="Only these formats.")] = None,
    min_score: Annotated[float, typer.Option(min=0, max=1, help="Leave out rows with a lower score.")] = 0.5,
    max_characters: Annotated[int, typer.Option(min=1, help="Leave out rows with a longer side.")] = 2_000,
    keep: Annotated[
        list[str] | None, typer.Option(metavar="REASON", help="Leave nothing out for this reason; may be repeated.")
    ] = None,
    validation: Annotated[float, typer.Option(min=0, max=1, help="Share of documents for validation.")] = 0.05,
    test: Annotated[float, typer.Option(min=0, max=1, help="Share of documents for testing.")] = 0.05,
    testset: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Documents that are held out of training: a test set's list.")
    ] = None,
    shards: Annotated[int | None, typer.Option(min=1, help="Files a split and level: a power of two.")] = None,
    archive: Annotated[bool, typer.Option("--archive", help="Write OUT/VERSION.tar.bz2, too.")] = False,
) -> ExitCode:
    """Make a validated, versioned release of a corpus in every format."""
    from pydantic import ValidationError

    from unbitext.corpus import CorpusError
    from unbitext.export.formats import FORMATS, MissingExtraError
    from unbitext.release.held_out import read_held_out
    from unbitext.release.options import ReleaseOptions, Splits
    from unbitext.release.release import InvalidCorpusError, make_release
    from unbitext.release.writing import ReleaseError
    from unbitext.store import FolderLockedError

    wanted = FORMATS if formats is None else tuple(dict.fromkeys(name.strip() for name in formats.split(",")))
    if unknown := [name for name in wanted if name not in FORMATS]:
        raise UsageError(f"no format {unknown[0]!r}; the formats are {', '.join(FORMATS)}")
    if shards is not None and shards & (shards - 1):
        raise UsageError(f"--shards {shards}: give a power of two, as 16 or 64")
    filters = _filters(min_score, max_characters, keep or [])
    if validation + test > 1:
        raise UsageError("--validation and --test are more than the whole together")
    require_writable(out, CHOOSE_OUT)
    try:
        held_out = () if testset is None else read_held_out(testset)
        options = ReleaseOptions(
            version=version,
            formats=wanted,
            filters=filters,
            splits=Splits(validation=validation, test=test, held_out=held_out),
            shards=shards,
            jobs=run.settings.jobs,
        )
        made = make_release(
            corpus,
            out,
            options,
            since=_since(since, out),
            archive=archive,
            note=lambda release, sources: _note(run.settings, release, sources),
        )
    except ValidationError as error:
        raise UsageError(f"--version {version}: letters, digits, `.`, `_`, `+` and `-` only") from error
    except MissingExtraError as error:
        raise UsageError(f"{error}, or choose other formats") from error
    except (CorpusError, ReleaseError, FolderLockedError) as error:
        raise UsageError(str(error)) from error
    except InvalidCorpusError as error:
        for violation in error.violations[:_SHOWN]:
            LOGGER.error("%s", violation)
        LOGGER.error("%s; `unbitext validate %s` tells all", error, corpus)
        return ExitCode.SOME_FAILED
    _tell(made)
    return ExitCode.DONE


def _warn_of_nothing(census: "Census") -> None:
    """Say so where there are no rows, and why."""
    if not census.pairs:
        LOGGER.warning("there are no rows: the corpus has no pair of a translation and its original")
    elif not census.rows.rows:
        LOGGER.warning("there are no rows: all links were left out; excluded.jsonl says why")


def _note(settings: "Settings", release: Path, sources: frozenset[str]) -> None:
    """List what the release rests on, so that no policy removes it, where files are fetched by this program at all."""
    from unbitext.retention.releases import note_release

    if (settings.data / "kept").is_dir():
        note_release(settings.data, release, sources)


def _filters(min_score: float, max_characters: int, keep: list[str]) -> "Filters":
    from unbitext.release.filters import REASONS
    from unbitext.release.options import Filters

    liftable = [code for code, reason in REASONS.items() if reason.can_be_lifted]
    if unknown := [code for code in keep if code not in liftable]:
        raise UsageError(f"--keep {unknown[0]}: give one of {', '.join(liftable)}")
    return Filters(min_score=min_score, max_characters=max_characters, keep=tuple(sorted(set(keep))))


def _since(since: Path | None, out: Path) -> Path | None:
    """A release named by its folder, or by its version."""
    return since if since is None or since.is_dir() else out / since


def _tell(made: "Released") -> None:
    census = made.manifest.census
    print(f"release    {made.folder}")
    if made.archive is not None:
        print(f"archive    {made.archive}")
    print(f"documents  {census.documents} in {census.pairs} pairs")
    print(f"rows       {census.rows.rows} of {census.links} links, the same in every format")
    print(f"excluded   {census.excluded}" + (f": {_counts(census.reasons)}" if census.excluded else ""))
    parts: dict[str, int] = {}
    for part in census.parts:
        parts[part.split] = parts.get(part.split, 0) + part.rows
    print(f"splits     {_counts(tuple(parts.items())) or 'none'}")
    _warn_of_nothing(census)
    for name in made.manifest.not_found:
        LOGGER.warning("%s was to be held out, and the corpus does not have it", name)
    if made.changes is not None:
        for what in ("document", "segment"):
            told = ", ".join(f"{made.changes.count(what, how)} {how}" for how in ("added", "changed", "removed"))
            print(f"since {made.changes.since}  {what}s: {told}")
        print(f"unchanged  {made.linked} files, linked")


def _counts(counts: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts)
