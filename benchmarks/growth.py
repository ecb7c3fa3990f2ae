"""How time and memory grow with the length of a text, on one processor: table and plot.

    python -m benchmarks.growth [SHARED] [--largest N] [--write]

Aligns 1,000 to N sentence pairs (50,000; up to 200,000) with the lexicon that ships, each size in a process of its own
that is tied to one processor and one thread. Time is processor time of `align_segmented` after a first short text, so
that other work on the machine counts little and loading nothing; memory is the largest resident size of the process.
The text is made from the lines of `unpc/` in SHARED, or of the specimens: in another order and slightly changed at each
repetition, some sentences joined or left out on one side. `--write` puts the table into docs/alignment.md and the plot
into docs/figures/growth.svg.
"""

import argparse
import gc
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.drawings import BLUE, GREY, Drawing, Panel
from benchmarks.golds import ROOT, specimen_cases
from benchmarks.growth_text import Lines, grown_text
from benchmarks.memory import resident_megabytes
from benchmarks.tables import Row, figure, markdown_table, plain_table, write_part
from unbitext.align import align_segmented

SIZES = (1_000, 2_000, 5_000, 10_000, 50_000, 200_000)
LARGE = 5_000
PAGE = ROOT / "docs" / "alignment.md"
PLOT = ROOT / "docs" / "figures" / "growth.svg"

HEAD = (
    *("sentence pairs", "seconds", "pairs a second", "MB before", "MB at most"),
    *("kB a pair", "strict F1"),
)
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

_WARM = 200
_BOTTOM, _SIDE = 52, 260


@dataclass(frozen=True)
class Growth:
    """One size: processor time in seconds, memory in megabytes before and at most, share of links that is right."""

    pairs: int
    seconds: float
    before: float
    peak: float
    strict: float

    @property
    def rate(self) -> float:
        """Pairs a second."""
        return self.pairs / self.seconds

    @property
    def kilobytes(self) -> float:
        """Kilobytes that a pair takes over what was there before, input apart."""
        return (self.peak - self.before) * 1000 / self.pairs


def read_lines(shared: Path | None) -> Lines:
    """Pairs of sentences to make text of: of the UN Parallel Corpus, else of the specimens' gold."""
    if shared is not None:
        sides = [
            (shared / "unpc" / f"UNv1.0.devset.{language}").read_text(encoding="utf-8").rstrip("\n").split("\n")
            for language in ("zh", "en")
        ]
        return list(zip(*sides, strict=True))
    beads = [bead for case in specimen_cases() for bead in case.gold.beads]
    return [("".join(bead.source), " ".join(bead.target)) for bead in beads if bead.source and bead.target]


def measure_here(pairs: int, lines: Lines) -> Growth:
    """Align a text of so many pairs in this process."""
    warm = grown_text(lines, _WARM)
    align_segmented(warm.source, warm.target, "zh", "en")
    text = grown_text(lines, pairs)
    gc.collect()
    before = resident_megabytes(most=False)
    started = time.process_time()
    links = align_segmented(text.source, text.target, "zh", "en")
    seconds = time.process_time() - started
    peak = resident_megabytes(most=True)
    found = {(tuple(map(int, link.source_ids)), tuple(map(int, link.target_ids))) for link in links}
    right = len(found & set(text.beads))
    return Growth(pairs, seconds, before, peak, 2 * right / (len(found) + len(text.beads)))


def measure_apart(pairs: int, shared: Path | None) -> Growth:
    """The same in a process of its own, tied to one processor where the system can."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.growth",
        *([] if shared is None else [str(shared)]),
        "--one",
        str(pairs),
    ]
    run = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **ONE_THREAD}, stdout=subprocess.PIPE, text=True, check=True
    )
    return Growth(**json.loads(run.stdout))


def table_row(one: Growth) -> Row:
    """One row of the table."""
    return (
        f"{one.pairs:,}",
        f"{one.seconds:.1f}",
        f"{one.rate:,.0f}",
        f"{one.before:.0f}",
        f"{one.peak:.0f}",
        f"{one.kilobytes:.1f}",
        figure(one.strict),
    )


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The power of the size that a cost grows with: the slope of logarithms by least squares; 1 is linear."""
    x, y = ([math.log(point[side]) for point in points] for side in (0, 1))
    x_mean, y_mean = sum(x) / len(x), sum(y) / len(y)
    spread = sum((a - x_mean) ** 2 for a in x)
    return sum((a - x_mean) * (b - y_mean) for a, b in zip(x, y, strict=True)) / spread


def growth_note(found: Sequence[Growth]) -> str:
    """How time grows over the larger sizes, where what happens once a document weighs little."""
    large = [(one.pairs, one.seconds) for one in found if one.pairs >= LARGE]
    if len(large) < 2:
        return f"Too few sizes from {LARGE:,} pairs on to tell how time grows."
    return f"From {LARGE:,} pairs on, time grows with the size to the power of {exponent(large):.2f}."


def growth_plot(found: Sequence[Growth]) -> str:
    """Seconds and megabytes over sentence pairs, both on logarithmic scales; dashed is linear growth."""
    drawing = Drawing(
        2 * _SIDE + 190,
        _SIDE + 44 + _BOTTOM,
        "Time and memory of the aligner over the length of the text",
        "Processor seconds and megabytes over sentence pairs on logarithmic scales; dashed lines show linear growth.",
    )
    sides = (
        ("processor seconds", [(one.pairs, one.seconds) for one in found]),
        ("megabytes over those before", [(one.pairs, max(one.peak - one.before, 0.1)) for one in found]),
    )
    for number, (name, points) in enumerate(sides):
        draw_side(drawing, 70 + number * (_SIDE + 90), name, points)
    return drawing.svg()


def draw_side(drawing: Drawing, left: float, name: str, points: Sequence[tuple[float, float]]) -> None:
    """One of the two panels."""
    x_low, x_high = (
        turn(math.log10(value)) for turn, value in ((math.floor, points[0][0]), (math.ceil, points[-1][0]))
    )
    y_low = math.floor(math.log10(min(y for _, y in points)))
    y_high = max(math.ceil(math.log10(max(y for _, y in points))), y_low + 1)
    x_high = max(x_high, x_low + 1)
    panel = Panel(
        left,
        30,
        _SIDE,
        _SIDE,
        lambda x: (math.log10(x) - x_low) / (x_high - x_low),
        lambda y: (math.log10(y) - y_low) / (y_high - y_low),
    )
    panel.frame(
        drawing,
        [(10.0**power, f"{10**power:,}") for power in range(x_low, x_high + 1)],
        [(10.0**power, f"{10.0**power:g}") for power in range(y_low, y_high + 1)],
    )
    last_x, last_y = points[-1]
    first_x = max(10.0**x_low, last_x * 10.0**y_low / last_y)
    drawing.line(panel.place(first_x, last_y * first_x / last_x), panel.place(last_x, last_y), GREY, 1, "4 3")
    drawing.curve([panel.place(x, y) for x, y in points], BLUE)
    for x, y in points:
        drawing.dot(panel.place(x, y))
    drawing.text((left + _SIDE / 2, 30 + _SIDE + 32), "sentence pairs", 11)
    drawing.text((left + _SIDE / 2, 18), name, 12)


def pin() -> None:
    """Tie this process to one processor, the last that it may use, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, nargs="?")
    parser.add_argument("--largest", type=int, default=50_000, help="largest text (50,000)")
    parser.add_argument("--write", action="store_true", help="refresh docs/alignment.md and the plot")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    shared = None if arguments.shared is None else arguments.shared.resolve()
    if arguments.one is not None:
        pin()
        print(json.dumps(asdict(measure_here(arguments.one, read_lines(shared)))))
        return
    found = []
    for pairs in (size for size in SIZES if size <= arguments.largest):
        found.append(measure_apart(pairs, shared))
        print(", ".join(f"{name} {cell}" for name, cell in zip(HEAD, table_row(found[-1]), strict=True)), flush=True)
    rows = [table_row(one) for one in found]
    print(plain_table(HEAD, rows))
    print(growth_note(found))
    if arguments.write:
        write_part(PAGE, "growth", f"{markdown_table(HEAD, rows)}\n\n{growth_note(found)}")
        PLOT.parent.mkdir(exist_ok=True)
        PLOT.write_text(growth_plot(found), encoding="utf-8")


if __name__ == "__main__":
    main()
