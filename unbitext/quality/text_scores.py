"""Corpus BLEU and chrF of one text against another, line by line: sacrebleu's figures with sacrebleu's signatures."""

from collections.abc import Sequence
from typing import Literal

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from schemas.base import Model
from unbitext.align.terms import is_han

Tokenizer = Literal["zh", "13a", "none"]


class TextScores(Model):
    """BLEU and chrF2, both from 0 to 100, over `segments` lines."""

    name: str
    segments: int
    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str


def score_texts(
    name: str, hypotheses: Sequence[str], references: Sequence[str], tokenizer: Tokenizer | None = None
) -> TextScores:
    """Score hypotheses against references, of which line n answers line n.

    Without `tokenizer`, references that are mostly in Han characters are cut as Chinese (`zh`), others as sacrebleu
    does by default (`13a`); the signature says which. Raises `ValueError` where the numbers of lines differ or are 0.
    """
    if len(hypotheses) != len(references) or not references:
        raise ValueError(f"{len(hypotheses)} hypotheses for {len(references)} references: line n must answer line n")
    if tokenizer is None:
        tokenizer = "zh" if 2 * sum(map(is_han, references)) > sum(bool(line.strip()) for line in references) else "13a"
    # force: sacrebleu would warn on standard error of text that is tokenized already, which glosses are
    bleu, chrf = BLEU(tokenize=tokenizer, force=tokenizer == "none"), CHRF()
    sides = list(hypotheses), [list(references)]
    return TextScores(
        name=name,
        segments=len(references),
        bleu=round(bleu.corpus_score(*sides).score, 4),
        chrf=round(chrf.corpus_score(*sides).score, 4),
        bleu_signature=f"BLEU|{bleu.get_signature()}",
        chrf_signature=f"chrF2|{chrf.get_signature()}",
    )
