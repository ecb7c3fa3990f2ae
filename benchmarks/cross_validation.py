"""Choose parameters and fit scores without the file they are reported on, one file after the other.

    python -m benchmarks.cross_validation SHARED [--settings N] [--jobs N]

For each file of real gold, the aligner's parameters are chosen on all other files (the mean over genres of the mean
strict F1 of their files), then the temperature and the weights of the score are fitted on them, and all are reported on
the file that was left out. Prints what each fold chose, the middle of the folds, and the held-out figures beside those
of the parameters that ship. `--settings` bounds the search: each setting is measured once on every file,
about five seconds of processor time. The temperatures of the settings that the folds chose come on top.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from benchmarks.alignment import empty_cells, pooled_empty, summary
from benchmarks.golds import GENRES, Case, real_cases
from benchmarks.judging import Judged, judge
from benchmarks.parameter_search import LADDERS, Setting, consensus, parameters_of, search, shipped_setting
from benchmarks.score_fitting import fit_weights, held_out, leave_one_out, log_loss, weights_text
from benchmarks.tables import Row, figure, plain_table

MOST_SETTINGS = 60

HEAD = ("left out", "empty", "letter", "unexplained", "merge", "document", "temperature", "strict F1", "shipped")
GENRE_HEAD = ("", "strict F1", "lax F1", "empty P", "R", "right/found", "of gold")


class Measurements:
    """Every file aligned with every setting that was asked for, once."""

    def __init__(self, cases: Sequence[Case], pool: Executor) -> None:
        self._cases = cases
        self._pool = pool
        self._found: dict[Setting, dict[str, Judged]] = {}

    def __len__(self) -> int:
        return len(self._found)

    def prepare(self, settings: Iterable[Setting], most: int | None = None) -> bool:
        """Measure settings, all files side by side; False, and nothing done, where there would be more than `most`."""
        new = [setting for setting in settings if setting not in self._found]
        if most is not None and len(self) + len(new) > most:
            return False
        tasks = {
            setting: [self._pool.submit(judge, case, parameters_of(setting)) for case in self._cases] for setting in new
        }
        for setting, futures in tasks.items():
            judged = [future.result() for future in futures]
            self._found[setting] = {one.name: one for one in judged}
            print(f"{len(self)}. {goodness(judged):.5f} {setting}", file=sys.stderr, flush=True)
        return True

    def of(self, setting: Setting) -> dict[str, Judged]:
        """All files with a setting that was measured."""
        return self._found[setting]

    def others(self, setting: Setting, name: str) -> list[Judged]:
        """All files but one."""
        return [one for one in self._found[setting].values() if one.name != name]


def genre_means(judged: Iterable[Judged], of: Callable[[Judged], float]) -> dict[str, float]:
    """The mean of a figure over the files of each genre."""
    values: dict[str, list[float]] = {}
    for one in judged:
        values.setdefault(one.genre, []).append(of(one))
    return {genre: sum(each) / len(each) for genre, each in values.items()}


def goodness(judged: Iterable[Judged]) -> float:
    """What is searched for: the mean over genres of the mean strict F1 of their files."""
    means = genre_means(judged, lambda one: one.figures.strict.f1)
    return sum(means.values()) / len(means)


def choose_temperature(measured: Measurements, setting: Setting, name: str) -> Setting:
    """The temperature with which scores fitted on all files but one surprise least on these."""
    ways = [replace(setting, temperature=value) for value in LADDERS["temperature"]]
    measured.prepare(ways)

    def surprise(way: Setting) -> float:
        others = measured.others(way, name)
        return log_loss(others, fit_weights(others))

    return min(ways, key=surprise)


def fold_rows(chosen: Mapping[str, Setting], measured: Measurements) -> list[Row]:
    """What each fold chose, and the strict F1 of the file that it left out, beside that with what ships."""
    shipped = measured.of(shipped_setting())
    rows: list[Row] = []
    for name, setting in chosen.items():
        values = [f"{getattr(setting, each):g}" for each in Setting.__dataclass_fields__]
        held = measured.of(setting)[name].figures.strict.f1
        rows.append((name, *values, figure(held), figure(shipped[name].figures.strict.f1)))
    return rows


def genre_rows(judged: Sequence[Judged]) -> list[Row]:
    """Means of the files of each genre; links with an empty side counted together."""
    strict = genre_means(judged, lambda one: one.figures.strict.f1)
    lax = genre_means(judged, lambda one: one.figures.lax.f1)
    rows: list[Row] = []
    for genre in GENRES:
        if genre in strict:
            empty = pooled_empty([one.figures for one in judged if one.genre == genre])
            rows.append((genre, figure(strict[genre]), figure(lax[genre]), *empty_cells(empty)))
    mean = [figure(sum(each.values()) / len(each)) for each in (strict, lax)]
    rows.append(("mean of the genres", *mean, *empty_cells(pooled_empty([one.figures for one in judged]))))
    return rows


def report(cases: Sequence[Case], measured: Measurements, most: int = MOST_SETTINGS) -> str:
    """Search, fit, and say what came of it."""
    start = shipped_setting()
    names = [case.name for case in cases]
    measured.prepare([start])
    found = search(
        names,
        start,
        objective=lambda name, setting: goodness(measured.others(setting, name)),
        prepare=lambda settings: measured.prepare(settings, most),
    )
    searched = len(measured)
    chosen = {name: choose_temperature(measured, setting, name) for name, setting in found.items()}
    held = [measured.of(setting)[name] for name, setting in chosen.items()]
    middle = consensus(list(chosen.values()))
    weights = [fit_weights(measured.others(setting, name)) for name, setting in chosen.items()]
    parts = [
        f"{searched} settings searched (at most {most}), {len(measured) - searched} for temperatures\n",
        plain_table(HEAD, fold_rows(chosen, measured)),
        f"\nshipped: {start}\nmiddle of the folds: {middle}",
        "\nheld out, parameters of each fold\n",
        plain_table(GENRE_HEAD, genre_rows(held)),
        "\nthe same files, parameters that ship\n",
        plain_table(GENRE_HEAD, genre_rows(list(measured.of(start).values()))),
    ]
    if middle != start:
        measured.prepare([middle])
        rows = genre_rows(list(measured.of(middle).values()))
        parts += ["\nthe same files, middle of the folds (chosen on them)\n", plain_table(GENRE_HEAD, rows)]
    parts.append("\nheld-out scores, parameters of each fold")
    folds = list(zip(held, weights, strict=True))
    parts += [f"  {each.genre}: {summary(each.figures)}" for each in held_out(folds)]
    parts.append("held-out scores, parameters that ship")
    ours = list(measured.of(start).values())
    parts += [f"  {each.genre}: {summary(each.figures)}" for each in held_out(leave_one_out(ours))]
    parts.append(f"weights of the score on all files, parameters that ship: {weights_text(fit_weights(ours))}")
    return "\n".join(parts)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--settings", type=int, default=MOST_SETTINGS, help="most settings of the search")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes side by side (all processors)")
    arguments = parser.parse_args()
    cases = real_cases(arguments.shared)
    with ProcessPoolExecutor(arguments.jobs) as pool:
        print(report(cases, Measurements(cases, pool), arguments.settings))


if __name__ == "__main__":
    main()
