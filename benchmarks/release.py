"""Time and memory of a release, stage by stage, over the size of a corpus.

    python -m benchmarks.release [--sizes 1000,10000] [--scratch DIR] [--write]

Corpora of about so many documents are made from the specimens (`benchmarks.copies`). Each stage runs in a process of
its own, one after the other, on one processor; time is processor time, memory the largest resident size. `--write` puts
the table into docs/releases.md.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.copies import copies_for, write_copies
from benchmarks.golds import ROOT
from benchmarks.memory import resident_megabytes
from benchmarks.tables import Row, markdown_table, plain_table, write_part
from unbitext.export.formats import FORMATS
from unbitext.export.records import Provenance, Shards
from unbitext.release.archive import write_archive
from unbitext.release.census import take_census
from unbitext.release.checksums import write_checksums
from unbitext.release.decisions import settle_splits, shard_count
from unbitext.release.gathering import gather
from unbitext.release.options import Filters, Splits
from unbitext.release.repetitions import settle_duplicates
from unbitext.release.spool import Spool
from unbitext.release.staging import copy_tei
from unbitext.release.writing import write_format
from unbitext.tei.validate import validate_paths

SIZES = (1_000, 10_000)
PAGE = ROOT / "docs" / "releases.md"
ROW_FORMATS = tuple(name for name in FORMATS if name != "tei")
STAGES = ("copy tei", "validate", "read", "splits and duplicates", "count", *ROW_FORMATS, "checksums", "archive")


def _decide(folder: Path) -> None:
    with Spool(folder / "spool", "w") as spool:
        settle_splits(spool, Splits(), shard_count(spool.count()[1]))
        settle_duplicates(spool, Filters(), folder)


def _read(folder: Path) -> None:
    with Spool(folder / "spool", "x") as spool:
        gather(folder / "release", spool, Filters(), 1)


def _validate(folder: Path) -> None:
    assert validate_paths([folder / "release"]) == []


def _format(name: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        with Spool(folder / "spool") as spool:
            shards = Shards(count=shard_count(spool.count()[1]))
        provenance = Provenance(name="benchmark", version="1", program="1")
        write_format(folder / "spool", folder / "release", name, shards, provenance)

    return write


WORK: dict[str, Callable[[Path], object]] = {
    "copy tei": lambda folder: copy_tei(folder / "corpus", folder / "release"),
    "validate": _validate,
    "read": _read,
    "splits and duplicates": _decide,
    "count": lambda folder: take_census(folder / "spool", folder / "release"),
    **{name: _format(name) for name in ROW_FORMATS},
    "checksums": lambda folder: write_checksums(folder / "release"),
    "archive": lambda folder: write_archive(folder / "release", folder / "archive", 1),
}


def measure(stage: str, folder: Path) -> tuple[float, float]:
    """Seconds of processor time and megabytes of a stage, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.release", "--stage", stage, "--scratch", str(folder)]
    run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, megabytes = json.loads(run.stdout)
    return seconds, megabytes


def run_stage(stage: str, folder: Path) -> None:
    """Do a stage and print what it took."""
    before = time.process_time()
    WORK[stage](folder)
    seconds = time.process_time() - before
    print(json.dumps([seconds, resident_megabytes(most=True)]))


def build_specimens(folder: Path) -> Path:
    """Build the corpus of the specimens."""
    out = folder / "specimens"
    subprocess.run([sys.executable, "-m", "flows.cli", "build", "--quiet", "--out", str(out)], cwd=ROOT, check=True)
    return out


def measure_sizes(sizes: Sequence[int], scratch: Path) -> list[Row]:
    """The table's rows: for each stage seconds and megabytes at each size."""
    specimens = build_specimens(scratch)
    cells: dict[str, list[str]] = {stage: [] for stage in STAGES}
    for size in sizes:
        with TemporaryDirectory(dir=scratch) as temporary:
            folder = Path(temporary)
            (folder / "release").mkdir()
            write_copies(specimens, folder / "corpus", copies_for(specimens, size))
            for stage in STAGES:
                seconds, megabytes = measure(stage, folder)
                cells[stage] += [f"{seconds:.1f}", f"{megabytes:.0f}"]
                print(f"{size} {stage}: {seconds:.1f} s, {megabytes:.0f} MB", file=sys.stderr, flush=True)
    return [(stage, *cells[stage]) for stage in STAGES]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of documents")
    parser.add_argument("--scratch", type=Path, help="a folder on a disk with room (60 kB a document and format)")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help="put the table into docs/releases.md")
    arguments = parser.parse_args()
    if arguments.stage:
        run_stage(arguments.stage, arguments.scratch)
        return
    sizes = [int(size) for size in arguments.sizes.split(",")]
    with TemporaryDirectory(dir=arguments.scratch) as temporary:
        rows = measure_sizes(sizes, Path(temporary))
    head = ("stage", *(f"{size:,} documents: {unit}" for size in sizes for unit in ("seconds", "MB")))
    print(plain_table(head, rows))
    if arguments.write:
        write_part(PAGE, "release times", markdown_table(head, rows))


if __name__ == "__main__":
    main()
