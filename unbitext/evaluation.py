"""What the program makes of the documents that gold was made for, or a person gave links for, compared with these."""

from collections.abc import Sequence
from pathlib import Path

from parsers.parse import parse_file
from schemas.bitext import DocumentPair
from schemas.document import Document
from unbitext.align import align_pair, align_segmented
from unbitext.align.output import LinkRow, pair_rows, segmented_rows
from unbitext.built import pairs
from unbitext.quality.evaluate import (
    AlignmentScores,
    Evaluation,
    evaluate_alignment,
    evaluate_glosses,
    evaluate_structure,
)
from unbitext.quality.gold import Gold, GoldError, gold_sentences, read_gold
from unbitext.quality.person_scores import score_against_person
from unbitext.store import CorpusFolder

_SUFFIX = ".gold.jsonl"


def evaluate_files(paths: Sequence[Path], documents: Path | None = None) -> Evaluation:
    """Evaluate against these files of gold and these corpora, in order.

    The documents of `NAME.gold.jsonl` are `NAME.zh.txt` and `NAME.en.txt` in the folder `documents`, or beside it.
    Gold that holds links alone brings its sentences with it, and is aligned without structure. Of a corpus, the links
    that a person fixed or confirmed are gold, and its documents are aligned as if there were none.

    Raises `GoldError` for a file that is no gold or whose documents are absent, and for a folder that is no corpus,
    `Refusal` for a document that is refused, `NotATranslation` for a pair that is.
    """
    parts = [_evaluate_corpus(path) if path.is_dir() else _evaluate(path, documents or path.parent) for path in paths]
    return Evaluation(
        structure=tuple(score for part in parts for score in part.structure),
        alignment=tuple(score for part in parts for score in part.alignment),
        corrections=tuple(score for part in parts for score in part.corrections),
        uncorrected=tuple(name for part in parts for name in part.uncorrected),
        glosses=tuple(score for part in parts for score in part.glosses),
    )


def _evaluate_corpus(corpus: Path) -> Evaluation:
    if not (corpus / CorpusFolder.CORPUS).is_file():
        raise GoldError(f"{corpus} is no corpus: {CorpusFolder.CORPUS} is not there")
    found: list[AlignmentScores] = []
    for pair in pairs(corpus):
        if persons := [link for link in pair.links if link.is_persons]:
            found.append(score_against_person(pair.name, align_pair(pair.documents), persons))
    return Evaluation(corrections=tuple(found), uncorrected=() if found else (str(corpus),))


def _evaluate(path: Path, folder: Path) -> Evaluation:
    gold = read_gold(path)
    if not gold.has_structure:
        source, target = gold_sentences(gold)
        links = align_segmented(source, target, gold.source_language, gold.target_language)
        return _alignment(segmented_rows(source, target, links), gold)
    languages = (gold.source_language, gold.target_language)
    read = [_read(folder / f"{path.name.removesuffix(_SUFFIX)}.{language}.txt", language) for language in languages]
    documents = [(language, document) for language, document in zip(languages, read, strict=True) if document]
    if not documents:
        raise GoldError(f"{path.name}: no document for it in {folder}")
    structure = tuple(evaluate_structure(document, gold, language) for language, document in documents)
    if len(documents) < len(languages):
        return Evaluation(structure=structure)
    pair = DocumentPair(source=documents[0][1], target=documents[1][1])
    return _alignment(pair_rows(pair, align_pair(pair)), gold).model_copy(update={"structure": structure})


def _read(path: Path, language: str) -> Document | None:
    return parse_file(path, language=language) if path.is_file() else None


def _alignment(rows: Sequence[LinkRow], gold: Gold) -> Evaluation:
    glosses = evaluate_glosses(rows, gold)
    return Evaluation(alignment=(evaluate_alignment(rows, gold),), glosses=(glosses,) if glosses else ())
