"""Print the table of alignment figures, next to Gale-Church (NLTK's) in the same run.

    python benchmarks/alignment.py SHARED [--json]

SHARED is the folder with `champollion/`, `gold/` and `documents/`. Files marked `tuned` are those on which the
aligner's parameters were chosen (docs/alignment.md); the lexicon that ships was learned from
none of them.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from nltk.translate.gale_church import align_blocks

from parsers.parse import parse_file
from schemas.bitext import DocumentPair
from unbitext.align import align_pair, align_segmented
from unbitext.align.engine import LexicalAligner
from unbitext.align.lexicon import learn_lexicon
from unbitext.align.output import LinkRow, pair_rows, segmented_rows
from unbitext.corpus_lexicon import LEAST_SCORE
from unbitext.quality.alignment_scores import NO_ALIGNMENT, AlignmentScores, evaluate_alignment, right_links
from unbitext.quality.evaluate import Evaluation, evaluation_table
from unbitext.quality.gold import Gold, gold_sentences, read_gold
from unbitext.quality.reliability import Reliability, reliability

TUNED = frozenset({"HKHansard.890621f", "Sinorama.200110006", "CD_PV.1511"})

Rows = list[LinkRow]


def gale_church(gold: Gold) -> Rows:
    """Gale and Church (1993) as NLTK has it, on lengths in characters; Chinese ones count 3.7 letters."""
    source, target = gold_sentences(gold)
    pairs = align_blocks([round(3.7 * len(text)) for text in source], [len(text) for text in target])
    # pairs of indices that share a sentence are one bead
    beads: list[tuple[set[int], set[int]]] = []
    for i, j in pairs:
        if beads and (i in beads[-1][0] or j in beads[-1][1]):
            beads[-1][0].add(i)
            beads[-1][1].add(j)
        else:
            beads.append(({i}, {j}))
    seen_s = {i for s, _ in beads for i in s}
    seen_t = {j for _, t in beads for j in t}
    beads += [({i}, set()) for i in range(len(source)) if i not in seen_s]
    beads += [(set(), {j}) for j in range(len(target)) if j not in seen_t]
    return [
        LinkRow(
            source=tuple(source[i] for i in sorted(s)),
            target=tuple(target[j] for j in sorted(t)),
            source_ids=tuple(str(i) for i in sorted(s)),
            target_ids=tuple(str(j) for j in sorted(t)),
            kinds=(),
            unit="sentence",
            score=1.0,
            method="nltk-gale-church",
            findings=(),
        )
        for s, t in beads
    ]


def segmented(aligner: LexicalAligner) -> Callable[[Gold], Rows]:
    """The project's aligner on the gold's own sentences, without structure."""

    def run(gold: Gold) -> Rows:
        source, target = gold_sentences(gold)
        links = align_segmented(source, target, gold.source_language, gold.target_language, aligner)
        return segmented_rows(source, target, links)

    return run


def with_others(golds: list[Gold], use_shipped: bool) -> Callable[[Gold], Rows]:
    """The same with a lexicon learned from the sure links of the other files of the genre, as of a built corpus.

    The links are the aligner's own: no gold is learned from.
    """
    plain = segmented(LexicalAligner(use_shipped=use_shipped))
    found: dict[str, Rows] = {}

    def sure_lines(gold: Gold) -> list[tuple[str, str]]:
        rows = found[gold.name] if gold.name in found else found.setdefault(gold.name, plain(gold))
        sure = [row for row in rows if row.score >= LEAST_SCORE and row.source and row.target and not row.findings]
        return [(" ".join(row.source), " ".join(row.target)) for row in sure]

    def run(gold: Gold) -> Rows:
        others = [other for other in golds if genre(other.name) == genre(gold.name) and other.name != gold.name]
        lines = dict.fromkeys(line for other in others for line in sure_lines(other))
        lexicon = learn_lexicon(lines, languages=("zh", "en"))
        return segmented(LexicalAligner([lexicon], use_shipped=use_shipped))(gold)

    return run


def raw(shared: Path) -> Callable[[Gold], Rows]:
    """The project's parser, segmentation and aligner on the raw files."""

    def run(gold: Gold) -> Rows:
        stem = gold.name.removesuffix(".gold.jsonl")
        source = parse_file(shared / "documents" / f"{stem}.zh.txt")
        target = parse_file(shared / "documents" / f"{stem}.en.txt")
        pair = DocumentPair(source=source, target=target)
        return pair_rows(pair, align_pair(pair))

    return run


def genre(name: str) -> str:
    """The genre of a gold file, by its name."""
    return "HK Hansard" if name.startswith("HK") else "Sinorama" if name.startswith("Sino") else "United Nations"


def measured(golds: list[Gold], run: Callable[[Gold], Rows]) -> Iterator[tuple[Gold, AlignmentScores, Rows]]:
    for gold in golds:
        rows = run(gold)
        yield gold, evaluate_alignment(rows, gold), rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object a row in place of tables")
    arguments = parser.parse_args()
    beads = [read_gold(path) for path in sorted((arguments.shared / "champollion").glob("*.jsonl"))]
    units = [read_gold(path) for path in sorted((arguments.shared / "gold").glob("*.gold.jsonl"))]
    ways: list[tuple[str, list[Gold], Callable[[Gold], Rows]]] = [
        ("this aligner without a lexicon", beads + units, segmented(LexicalAligner(use_shipped=False, learns=False))),
        ("this aligner with what it learns alone", beads + units, segmented(LexicalAligner(use_shipped=False))),
        ("this aligner", beads + units, segmented(LexicalAligner())),
        ("this aligner, and a lexicon from the other files", beads + units, with_others(beads + units, True)),
        ("the same without the one that ships", beads + units, with_others(beads + units, False)),
        ("this aligner from raw files, own sentences", units, raw(arguments.shared)),
        ("Gale-Church (NLTK; takes minutes)", beads + units, gale_church),
    ]
    for title, golds, run in ways:
        scores: list[AlignmentScores] = []
        judged: dict[str, tuple[list[float], list[bool]]] = {}
        for gold, score, rows in measured(golds, run):
            mark = " (tuned)" if gold.name.split(".jsonl")[0].removesuffix(".gold") in TUNED else ""
            scores.append(score.model_copy(update={"name": gold.name.removesuffix(".jsonl") + mark}))
            values, right = judged.setdefault(genre(gold.name), ([], []))
            values.extend(row.score for row in rows)
            right.extend(right_links(rows, gold))
        single = tuple(scores)
        for name in judged:
            part = [score for score in single if genre(score.name) == name]
            scores.append(sum(part, NO_ALIGNMENT).model_copy(update={"name": f"all {name}"}))
        if arguments.json:
            for score in scores:
                print(json.dumps({"aligner": title, **score.model_dump()}, ensure_ascii=False))
            continue
        print(f"\n{title}\n")
        print(evaluation_table(Evaluation(alignment=tuple(scores)), pooled=False), flush=True)
        if title.startswith("this aligner") and "without" not in title:
            for name, (values, right) in judged.items():
                print(f"{name}: {summary(reliability(values, right))}")


def summary(figures: Reliability) -> str:
    return (
        f"scores: expected calibration error {figures.error:.3f}, area under ROC {figures.area:.3f}, "
        f"{figures.sure_right:.1%} of the {figures.sure} links from .9 right, "
        f"lowest 5% hold {figures.wrong_in_lowest:.0%} of {figures.wrong} wrong ones"
    )


if __name__ == "__main__":
    main()
