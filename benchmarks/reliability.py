"""Do the scores mean what they say, on files that they were not fitted on: figures, table and plot.

    python -m benchmarks.reliability SHARED [--write]

Every file of real gold is aligned with the parameters that ship; its links are scored with weights that were fitted on
the links of all other files. `--write` puts the table into docs/alignment.md and the plot into
docs/figures/reliability.svg.
"""

import argparse
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.drawings import BLUE, GREY, Drawing, Panel
from benchmarks.golds import ROOT, Case, real_cases
from benchmarks.judging import Judged, judge
from benchmarks.score_fitting import HeldOut, fit_weights, held_out, leave_one_out, weights_text
from benchmarks.tables import Row, figure, markdown_table, plain_table, write_part
from unbitext.align.parameters import Parameters
from unbitext.quality.reliability import Reliability

PAGE = ROOT / "docs" / "alignment.md"
PLOT = ROOT / "docs" / "figures" / "reliability.svg"

HEAD = (
    *("genre", "links", "wrong", "calibration error", "area under ROC"),
    *("links from .9", "right among them", "wrong ones in the lowest 5%", "at most"),
)
BIN_HEAD = ("genre", "scores", "links", "mean score", "right")

_NORMAL = 1.96
_SIDE, _GAP, _LEFT, _TOP = 210, 50, 60, 58


def summary_rows(parts: Sequence[HeldOut]) -> list[Row]:
    """One row a genre; the last column is the most that the lowest 5% could hold."""
    rows: list[Row] = []
    for part in parts:
        found = part.figures
        lowest = max(int(0.05 * found.links), 1)
        most = figure(min(lowest / found.wrong, 1.0)) if found.wrong else "-"
        counts = str(found.links), str(found.wrong)
        shares = figure(found.error), figure(found.area) if found.wrong else "-"
        sure = str(found.sure), figure(found.sure_right)
        rows.append((part.genre, *counts, *shares, *sure, figure(found.wrong_in_lowest) if found.wrong else "-", most))
    return rows


def bin_rows(parts: Sequence[HeldOut]) -> list[Row]:
    """One row for each tenth that holds a link."""
    return [
        (
            part.genre,
            f"{figure(each.low)} to {figure(each.high)}",
            str(each.links),
            figure(each.score),
            figure(each.right),
        )
        for part in parts
        for each in part.figures.bins
    ]


def wilson_interval(share: float, count: int) -> tuple[float, float]:
    """Where the true share lies with a probability of 95%, by Wilson's formula."""
    square = _NORMAL**2 / count
    middle = (share + square / 2) / (1 + square)
    reach = _NORMAL / (1 + square) * (share * (1 - share) / count + square / (4 * count)) ** 0.5
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def reliability_plot(parts: Sequence[tuple[str, Reliability]]) -> str:
    """One panel a genre: for each tenth of the scores, the share that is right over the mean score."""
    width = _LEFT + len(parts) * (_SIDE + _GAP) - _GAP + 20
    drawing = Drawing(
        width,
        _TOP + _SIDE + 52,
        "Reliability of the scores of links, held out",
        "For each genre and tenth of the scores, the share of links that is right over their mean score, "
        "with 95% intervals; above, the number of links in each tenth; on the dashed line the two are equal.",
    )
    ticks = [(value / 5, f"{value / 5:.1f}") for value in range(6)]
    for number, (genre, found) in enumerate(parts):
        panel = Panel(_LEFT + number * (_SIDE + _GAP), _TOP, _SIDE, _SIDE, lambda x: x, lambda y: y)
        panel.frame(drawing, ticks, ticks)
        drawing.text((panel.left + _SIDE / 2, 18), genre, 13)
        wrong = f"{found.links} links, {found.wrong} wrong, error {figure(found.error)}"
        drawing.text((panel.left + _SIDE / 2, 34), wrong, 10)
        drawing.line(panel.place(0, 0), panel.place(1, 1), GREY, 1, "4 3")
        drawing.curve([panel.place(each.score, each.right) for each in found.bins], BLUE)
        for each in found.bins:
            low, high = wilson_interval(each.right, each.links)
            drawing.line(panel.place(each.score, low), panel.place(each.score, high), BLUE)
            drawing.dot(panel.place(each.score, each.right))
            drawing.text((panel.place((each.low + each.high) / 2, 1)[0], _TOP - 6), str(each.links), 8)
        drawing.text((panel.left + _SIDE / 2, _TOP + _SIDE + 32), "mean score", 11)
    drawing.text((_LEFT - 5, _TOP - 6), "links", 8, "end")
    drawing.upright_text((18, _TOP + _SIDE / 2), "share of links that is right", 11)
    return drawing.svg()


def judge_all(cases: Sequence[Case], jobs: int) -> list[Judged]:
    """All files with the parameters that ship."""
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(judge, cases, [Parameters()] * len(cases)))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true", help="refresh docs/alignment.md and the plot")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes side by side (all processors)")
    arguments = parser.parse_args()
    judged = judge_all(real_cases(arguments.shared), arguments.jobs)
    parts = held_out(leave_one_out(judged))
    print(plain_table(HEAD, summary_rows(parts)))
    print()
    print(plain_table(BIN_HEAD, bin_rows(parts)))
    print(f"\nweights fitted on all files: {weights_text(fit_weights(judged))}")
    print(f"weights that ship:           {weights_text(Parameters().score_weights)}")
    if arguments.write:
        write_part(PAGE, "held-out scores", markdown_table(HEAD, summary_rows(parts)))
        write_part(PAGE, "bins of held-out scores", markdown_table(BIN_HEAD, bin_rows(parts)))
        PLOT.parent.mkdir(exist_ok=True)
        PLOT.write_text(reliability_plot([(part.genre, part.figures) for part in parts]), encoding="utf-8")


if __name__ == "__main__":
    main()
