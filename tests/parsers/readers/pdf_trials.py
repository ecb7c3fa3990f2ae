"""Parsing mutated PDFs in a process of its own, as a run that meets them would.

It prints a line a mutation: its number, what came of it (read, a refusal's code, or an error), seconds, pages, and how
many megabytes the process has held at most. A mutation that ended the process is the one after the last line.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.memory import resident_megabytes
from parsers.errors import Refusal
from parsers.parse import parse_bytes
from parsers.readers.pdf_process import seconds_of_workers
from tests.parsers.readers.pdf_mutations import mutated, tagged_pdf

ROOT = Path(__file__).parents[3]
SPECIMENS = ROOT / "data" / "specimens" / "pdf"
_LARGEST_BASE = 160_000
_TIMEOUT_SECONDS = 900
# A package named `tests` that some library installed must not stand in the way of ours.
_START = """
import sys, types
sys.modules["tests"] = package = types.ModuleType("tests")
package.__path__ = [sys.argv.pop(1)]
from tests.parsers.readers.pdf_trials import main
main()
"""


class Trial(NamedTuple):
    """What came of one mutation; `megabytes` is the most that the process held until then."""

    seed: int
    outcome: str
    seconds: float
    pages: int
    megabytes: int


def bases(folder: Path | None) -> list[bytes]:
    """The sound PDFs that are mutated: one with tags, the specimens, and the small ones of a folder."""
    paths = [*sorted(SPECIMENS.glob("*.pdf")), *(sorted(folder.glob("*.pdf")) if folder else ())]
    return [tagged_pdf(), *(path.read_bytes() for path in paths if path.stat().st_size <= _LARGEST_BASE)]


def run_trials(seeds: range, folder: Path | None = None) -> list[Trial]:
    """Try these mutations in one process. Raises `AssertionError` where it ended before the last one."""
    command = [sys.executable, "-c", _START, str(ROOT / "tests"), str(seeds.start), str(seeds.stop)]
    command += [str(folder)] if folder else []
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False)
    trials = list(_parsed(done.stdout.splitlines()))
    assert done.returncode == 0, (
        f"ended with {done.returncode} at mutation {seeds.start + len(trials)}: {done.stderr[-500:]}"
    )
    return trials


def _parsed(lines: Sequence[str]) -> Iterator[Trial]:
    for line in lines:
        seed, outcome, seconds, pages, megabytes = line.split("\t")
        yield Trial(int(seed), outcome, float(seconds), int(pages), int(megabytes))


def try_one(seed: int, data: bytes) -> Trial:
    """Parse one mutation."""
    started = _computed()
    pages = 1
    try:
        document = parse_bytes(data, "0001.pdf")
        outcome, pages = "read", document.meta.source.pages or 1
    except Refusal as refusal:
        outcome = refusal.code
    except Exception as error:
        outcome = f"error: {error!r}".replace("\t", " ").replace("\n", " ")
    return Trial(seed, outcome, _computed() - started, pages, int(resident_megabytes(most=True)))


def _computed() -> float:
    """Seconds of computing so far: those of the clock are the machine's, which others may use too."""
    return time.process_time() + seconds_of_workers()


def main() -> None:
    """Try the mutations of the numbers given, from the first up to the second."""
    first, last = int(sys.argv[1]), int(sys.argv[2])
    originals = bases(Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    for seed in range(first, last):
        print(*try_one(seed, mutated(seed, originals)), sep="\t", flush=True)
