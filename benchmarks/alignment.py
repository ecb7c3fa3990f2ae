"""Print the tables of alignment figures, next to Gale-Church (NLTK's) in the same run.

    python -m benchmarks.alignment [SHARED] [--json | --write] [--no-peers] [--jobs N]

SHARED is the folder with `champollion/`, `gold/` and `documents/`; without it the specimens alone are aligned. One
table a way of aligning: each file, then each genre (the mean of its files; links with an empty side counted together),
then the links with an empty side of all real files together; last, all ways side by side. A star marks the files on
which prices and weights were chosen (docs/alignment.md); the lexicon that ships was learned from none of them.
`--write` puts the last table, and that of the files by the way that ships, into docs/alignment.md, and one
by genre into README.md.
"""

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.golds import GENRES, ROOT, Case, real_cases, specimen_cases
from benchmarks.tables import Row, figure, markdown_table, plain_table, write_part
from benchmarks.ways import WAYS, Way
from unbitext.quality.alignment_scores import SIGNATURE, AlignmentScores, evaluate_alignment, right_links
from unbitext.quality.figures import NO_FIGURES, Figures
from unbitext.quality.reliability import Reliability, reliability

HEAD = (
    *("file", "links", "gold", "strict P", "R", "F1", "lax F1"),
    *("empty P", "R", "right/found", "of gold"),
)
PAGE = ROOT / "docs" / "alignment.md"
README = ROOT / "README.md"
GENRE_HEAD = (
    *("strict F1 / lax F1", "files", "tuned on", "all files", "files not tuned on"),
    *("Gale-Church (NLTK)", "empty links P / R"),
)
SPECIMENS_GENRE = "specimens"


@dataclass(frozen=True)
class Measured:
    """One file by one way: its figures, and each link's score with whether it is right."""

    name: str
    genre: str
    tuned: bool
    figures: AlignmentScores
    scores: tuple[float, ...]
    right: tuple[bool, ...]


def measure(way: int, case: Case) -> Measured | None:
    """Align one file by a way, given by its place in `WAYS`; None where its time was over."""
    rows = WAYS[way].rows(case)
    if rows is None:
        return None
    right = tuple(right_links(rows, case.gold))
    figures = evaluate_alignment(rows, case.gold)
    return Measured(case.name, case.genre, case.tuned, figures, tuple(row.score for row in rows), right)


def measure_all(
    cases: Sequence[Case], ways: Sequence[int], jobs: int
) -> Iterator[tuple[Way, list[Case], list[Measured | None]]]:
    """Each way with the files it applies to and what was measured; files side by side in `jobs` processes."""
    with ProcessPoolExecutor(jobs) as pool:
        tasks = []
        for way in ways:
            those = [case for case in cases if not WAYS[way].raw or case.raw() is not None]
            tasks.append((WAYS[way], those, [pool.submit(measure, way, case) for case in those]))
        for what, those, futures in tasks:
            yield what, those, [future.result() for future in futures]


def table_rows(found: Sequence[Measured]) -> list[Row]:
    """Rows for files, genres, and the links with an empty side of all real files."""
    rows = [file_row(one) for one in found]
    for genre in GENRES:
        part = [one.figures for one in found if one.genre == genre]
        if part:
            rows.append(genre_row(genre, part))
    real = [one.figures for one in found if one.genre != SPECIMENS_GENRE]
    if real:
        rows.append(("all real files", *[""] * 6, *empty_cells(pooled_empty(real))))
    return rows


def file_row(one: Measured) -> Row:
    """Figures of one file."""
    strict, lax = one.figures.strict, one.figures.lax
    shares = (strict.precision, strict.recall, strict.f1, lax.f1)
    counts = str(one.figures.links), str(one.figures.gold_links)
    name = f"{one.name}{' *' if one.tuned else ''}"
    return (name, *counts, *map(figure, shares), *empty_cells(one.figures.empty))


def genre_row(genre: str, part: Sequence[AlignmentScores]) -> Row:
    """The means of the files of a genre; empty links are too few in a file for a mean, and are counted together."""
    columns = [
        [score.strict.precision for score in part],
        [score.strict.recall for score in part],
        [score.strict.f1 for score in part],
        [score.lax.f1 for score in part],
    ]
    means = [figure(sum(values) / len(values)) for values in columns]
    counts = str(sum(score.links for score in part)), str(sum(score.gold_links for score in part))
    return (f"{genre}, mean of {len(part)}", *counts, *means, *empty_cells(pooled_empty(part)))


def pooled_empty(part: Sequence[AlignmentScores]) -> Figures:
    """Links with an empty side of several files, counted together."""
    return sum((score.empty for score in part), NO_FIGURES)


def empty_cells(empty: Figures) -> tuple[str, str, str, str]:
    """Precision and recall of links with an empty side, with what they are of; a dash for a share of nothing."""
    return (
        figure(empty.precision) if empty.claimed else "-",
        figure(empty.recall) if empty.wanted else "-",
        f"{empty.right}/{empty.claimed}",
        str(empty.wanted),
    )


def overview_head(genres: Sequence[str]) -> Row:
    """The head of the last table."""
    return ("strict F1 / lax F1", *genres, "empty P / R, real files")


def overview_row(title: str, found: Sequence[Measured], genres: Sequence[str]) -> Row:
    """One way in one line: strict and lax F1 of each genre (means of its files), and the empty links of real files."""
    cells = []
    for genre in genres:
        cells.append(strict_and_lax([one for one in found if one.genre == genre]))
    real = [one.figures for one in found if one.genre != SPECIMENS_GENRE]
    return (title, *cells, " / ".join(empty_cells(pooled_empty(real))[:2]) if real else "-")


def genre_overview(ours: Sequence[Measured], peer: Sequence[Measured]) -> list[Row]:
    """One row a genre: files, those tuned on, figures of all files and of the others, figures of a peer."""
    rows: list[Row] = []
    for genre in GENRES:
        part = [one for one in ours if one.genre == genre]
        unseen = [one for one in part if not one.tuned]
        other = [one for one in peer if one.genre == genre]
        if part:
            empty = empty_cells(pooled_empty([one.figures for one in part]))
            tuned = ", ".join(one.name for one in part if one.tuned) or "none"
            cells = [strict_and_lax(each) for each in (part, unseen, other)]
            rows.append((genre, str(len(part)), tuned, *cells, f"{empty[0]} / {empty[1]} of {empty[3]}"))
    return rows


def strict_and_lax(part: Sequence[Measured]) -> str:
    """The means of the strict and of the lax F1 of some files; a dash for none."""
    means = [
        sum(values) / len(part) for values in zip(*((o.figures.strict.f1, o.figures.lax.f1) for o in part), strict=True)
    ]
    return " / ".join(map(figure, means)) if means else "-"


def reliability_lines(found: Sequence[Measured]) -> list[str]:
    """What the scores are worth, genre by genre; on files that they were fitted on, too."""
    lines = []
    for genre in GENRES:
        part = [one for one in found if one.genre == genre]
        scores = [score for one in part for score in one.scores]
        if scores:
            figures = reliability(scores, [right for one in part for right in one.right])
            lines.append(f"scores, {genre}: {summary(figures)}")
    return lines


def summary(figures: Reliability) -> str:
    """One line for the figures of some scores."""
    lowest = f"lowest 5% hold {figures.wrong_in_lowest:.0%} of {figures.wrong} wrong ones" if figures.wrong else ""
    return ", ".join(
        part
        for part in (
            f"expected calibration error {figures.error:.3f}",
            f"area under ROC {figures.area:.3f}" if figures.wrong else "none wrong",
            f"{figures.sure_right:.1%} of the {figures.sure} links from .9 right",
            lowest,
        )
        if part
    )


def print_tables(
    shared: Path | None, peers: bool = True, jobs: int | None = None, as_json: bool = False, write: bool = False
) -> None:
    """Measure all ways on the real files, where there are any, and the specimens."""
    cases = ([] if shared is None else real_cases(shared)) + specimen_cases()
    ways = [number for number, way in enumerate(WAYS) if peers or way.seconds is None]
    genres = [genre for genre in GENRES if any(case.genre == genre for case in cases)]
    overview: list[Row] = []
    by_way: dict[str, list[Measured]] = {}
    if not as_json:
        absent = "; real files absent: the specimens alone" if shared is None else ""
        print(f"* tuned on; genres are means of files, empty links counted together{absent}; {SIGNATURE}")
    for way, those, results in measure_all(cases, ways, jobs or os.cpu_count() or 1):
        found = [one for one in results if one is not None]
        if as_json:
            for one in found:
                print(json.dumps({"aligner": way.title, "genre": one.genre, **one.figures.model_dump()}), flush=True)
            continue
        late = [case.name for case, one in zip(those, results, strict=True) if one is None]
        print(f"\n{way.title}\n")
        print(plain_table(HEAD, table_rows(found)))
        if late:
            print(f"not done in {way.seconds} s of processor time: {', '.join(late)}")
        if way.scored:
            print("\n".join(reliability_lines(found)), flush=True)
        by_way[way.title] = found
        overview.append(overview_row(way.title + (" (not all files)" if late else ""), found, genres))
        if write and way is WAYS[0]:
            write_part(PAGE, "files", markdown_table(HEAD, table_rows(found)))
    if not as_json:
        print(f"\nall ways\n\n{plain_table(overview_head(genres), overview)}")
    if write:
        write_part(PAGE, "ways", markdown_table(overview_head(genres), overview))
        rows = genre_overview(by_way[WAYS[0].title], by_way[WAYS[-1].title])
        write_part(README, "alignment figures", markdown_table(GENRE_HEAD, rows))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, nargs="?")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--json", action="store_true", help="one JSON object a file in place of tables")
    what.add_argument("--write", action="store_true", help="refresh docs/alignment.md (needs SHARED and the peers)")
    parser.add_argument("--no-peers", action="store_true", help="without Gale-Church")
    parser.add_argument("--jobs", type=int, help="processes side by side (all processors)")
    arguments = parser.parse_args()
    if arguments.write and (arguments.no_peers or arguments.shared is None):
        parser.error("--write needs SHARED and the peers")
    print_tables(arguments.shared, not arguments.no_peers, arguments.jobs, arguments.json, arguments.write)


if __name__ == "__main__":
    main()
