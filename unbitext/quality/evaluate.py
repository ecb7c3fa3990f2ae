"""What `unbitext evaluate` prints: structure, alignment, glosses and texts, as a table and as JSON."""

from collections.abc import Sequence

from schemas.base import Model
from unbitext.quality.alignment_scores import NO_ALIGNMENT, AlignmentScores, evaluate_alignment
from unbitext.quality.figures import Figures
from unbitext.quality.gloss_scores import GlossScores, evaluate_glosses
from unbitext.quality.gold import Gold, GoldError, read_gold
from unbitext.quality.structure_scores import StructureScores, evaluate_structure
from unbitext.quality.text_scores import TextScores, score_texts

__all__ = [
    "AlignmentScores",
    "Evaluation",
    "GlossScores",
    "Gold",
    "GoldError",
    "StructureScores",
    "TextScores",
    "evaluate_alignment",
    "evaluate_glosses",
    "evaluate_structure",
    "evaluation_json",
    "evaluation_table",
    "read_gold",
    "score_texts",
]


_STRUCTURE_HEAD = (
    *("structure", "language", "units F1", "kinds", "numbers F1"),
    *("speakers F1", "states F1", "spoken F1", "sentences F1"),
)
_ALIGNMENT_HEAD = (
    *("links", "gold", "strict P", "strict R", "strict F1"),
    *("lax P", "lax R", "lax F1", "empty P", "empty R"),
)
_GLOSS_HEAD = ("glosses", "BLEU gold", "found", "chance", "share", "chrF gold", "found", "chance", "share")
_TEXT_HEAD = ("text", "segments", "BLEU", "chrF")


class Evaluation(Model):
    """All figures of one run; each row carries the signature of its method.

    `corrections` are those against the links that a person fixed or confirmed in a corpus, by pair; `uncorrected` names
    the corpora that have no such link, so that there is nothing to compare with.
    """

    structure: tuple[StructureScores, ...] = ()
    alignment: tuple[AlignmentScores, ...] = ()
    corrections: tuple[AlignmentScores, ...] = ()
    uncorrected: tuple[str, ...] = ()
    glosses: tuple[GlossScores, ...] = ()
    texts: tuple[TextScores, ...] = ()


def evaluation_json(evaluation: Evaluation) -> str:
    """The evaluation as indented JSON, precision, recall and F1 beside the counts."""
    return evaluation.model_dump_json(indent=2)


def evaluation_table(evaluation: Evaluation, pooled: bool = True) -> str:
    """The evaluation as plain text: one line a file, the pooled alignment last if wanted; differences below."""
    parts: list[str] = []
    if evaluation.structure:
        rows = [_structure_row(row) for row in evaluation.structure]
        parts.append(_table(_STRUCTURE_HEAD, rows))
        parts.append(f"signature: {evaluation.structure[0].signature}")
        for row in evaluation.structure:
            parts.extend(f"{row.name} ({row.language}): {note}" for note in row.differences)
    for what, rows_of in (("alignment", evaluation.alignment), ("corrections", evaluation.corrections)):
        if rows_of:
            scores = list(rows_of)
            if pooled and len(scores) > 1:
                scores.append(sum(scores, NO_ALIGNMENT))
            parts.append(_table((what, *_ALIGNMENT_HEAD), [_alignment_row(row) for row in scores]))
            parts.append(f"signature: {rows_of[0].signature}")
    parts.extend(
        f"{name}: a person has fixed or confirmed no link: nothing to compare with" for name in evaluation.uncorrected
    )
    if evaluation.glosses:
        parts.append(_table(_GLOSS_HEAD, [_gloss_row(row) for row in evaluation.glosses]))
        parts.append(f"signature: {evaluation.glosses[0].signature}")
        parts.extend(_text_signatures(evaluation.glosses[0].gold))
    if evaluation.texts:
        parts.append(_table(_TEXT_HEAD, [_text_row(row) for row in evaluation.texts]))
        parts.extend(_text_signatures(evaluation.texts[0]))
    return "\n".join(parts)


def _structure_row(row: StructureScores) -> tuple[str, ...]:
    figures = (row.numbers, row.speakers, row.affiliations, row.spoken_languages, row.sentences)
    return (row.name, row.language, _figure(row.units.f1), _figure(row.kinds.precision), *map(_f1, figures))


def _alignment_row(row: AlignmentScores) -> tuple[str, ...]:
    strict, lax, empty = row.strict, row.lax, row.empty
    return (
        row.name,
        str(row.links),
        str(row.gold_links),
        *map(_figure, (strict.precision, strict.recall, strict.f1, lax.precision, lax.recall, lax.f1)),
        _figure(empty.precision) if empty.claimed else "-",
        _figure(empty.recall) if empty.wanted else "-",
    )


def _gloss_row(row: GlossScores) -> tuple[str, ...]:
    scores = (row.gold, row.found, row.chance)
    bleu, chrf = [_points(score.bleu) for score in scores], [_points(score.chrf) for score in scores]
    return (row.name, *bleu, _figure(row.bleu_share), *chrf, _figure(row.chrf_share))


def _text_row(row: TextScores) -> tuple[str, ...]:
    return (row.name, str(row.segments), _points(row.bleu), _points(row.chrf))


def _text_signatures(scores: TextScores) -> list[str]:
    return [f"signature: {signature}" for signature in (scores.bleu_signature, scores.chrf_signature)]


def _points(value: float) -> str:
    return f"{value:.2f}"


def _f1(figures: Figures) -> str:
    return _figure(figures.f1) if figures.wanted or figures.claimed else "-"


def _figure(value: float) -> str:
    return f"{value:.4f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = []
    for row in [head, *rows]:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
