"""Drawing a test set: whole documents, in an order that the seed decides, those that are sure and stand alone."""

from collections import Counter
from collections.abc import Iterator, Sequence

from schemas.bitext import is_persons
from schemas.document import Document
from schemas.rows import Segment
from unbitext.corpus import AlignedPair, Corpus
from unbitext.corpus.corpus import pair_languages
from unbitext.store import digest
from unbitext.testset.draw import RUNNING_TEXT, Draw, DrawError, DrawnDocument, DrawnSegment, DrawOptions
from unbitext.testset.relatives import Relatives


def draw(corpus: Corpus, name: str, options: DrawOptions) -> Draw:
    """Draw a test set from the pairs that are selected of a corpus.

    The order depends on the seed and the pairs' ids alone: a document more changes the set only where its turn comes.
    Raises `DrawError` where the pairs are of several languages or nothing can be drawn, `CorpusError`.
    """
    languages = _languages(corpus)
    relatives = Relatives(corpus)
    drawn: list[DrawnDocument] = []
    passed: Counter[str] = Counter()
    families: frozenset[int] = frozenset()
    for identifier in _order(corpus, options.seed):
        if _is_enough(drawn, options):
            break
        sides = corpus.sides(identifier)
        if any(relatives.has_double(side) for side in sides):
            passed["nearly the same as a document of another family"] += 1
            continue
        pair = corpus.pair_if_wanted(identifier)
        if pair is None:
            continue
        document, reason = _document(pair, options)
        if document is None:
            passed[reason] += 1
            continue
        drawn.append(document)
        families = families.union(*map(relatives.families, sides))
    if not drawn:
        told = "; ".join(f"{count} {reason}" for reason, count in passed.most_common()) or "none is selected"
        raise DrawError(f"no pair of {corpus.path} is fit for a test set: {told}")
    return Draw(
        name=name,
        corpus_sha256=corpus.sha256,
        languages=languages,
        options=options,
        documents=tuple(sorted(drawn, key=lambda document: document.docid)),
        families=relatives.members(families),
        passed_over=dict(sorted(passed.items())),
    )


def _languages(corpus: Corpus) -> tuple[str, str]:
    found = sorted({pair_languages(name) for name in corpus.pair_ids()})
    if len(found) > 1:
        raise DrawError(f"the pairs are of {', '.join('-'.join(each) for each in found)}: choose with --language")
    if not found:
        raise DrawError(f"{corpus.path} has no pair in the languages selected")
    return found[0]


def _order(corpus: Corpus, seed: int) -> list[str]:
    return sorted(corpus.pair_ids(), key=lambda name: (digest("testset", str(seed), name), name))


def _is_enough(drawn: Sequence[DrawnDocument], options: DrawOptions) -> bool:
    if options.documents is not None:
        return len(drawn) >= options.documents
    return sum(len(document.segments) for document in drawn) >= (options.segments or 0)


def _document(pair: AlignedPair, options: DrawOptions) -> tuple[DrawnDocument | None, str]:
    """The document that a pair gives, or why it gives none."""
    running = [row for row in pair.segments() if row.kinds and set(row.kinds) <= set(RUNNING_TEXT)]
    fit = [row for row in running if is_fit(row, options.least_score)]
    if len(fit) < options.least_segments:
        return None, "too short"
    if len(fit) < options.least_share * len(running):
        return None, "too much is unsure"
    contexts = _Contexts(pair.source), _Contexts(pair.target)
    segments = [_segment(row, number, contexts, options.context) for number, row in enumerate(fit, 1)]
    languages = Counter(segment.origlang for segment in segments)
    first = fit[0]
    document = DrawnDocument(
        docid=pair.id,
        symbol=first.symbol,
        symbols=first.symbols,
        genre=first.genre,
        origlang=min(languages, key=lambda language: (-languages[language], language)),
        source_document=first.source_document,
        target_document=first.target_document,
        source_language=first.source_language,
        target_language=first.target_language,
        left_out=len(running) - len(fit),
        segments=tuple(segments),
    )
    return document, ""


def is_fit(row: Segment, least_score: float) -> bool:
    """Whether a link has two sides with words, is sure or a person's, and no check doubts it."""
    texts = row.source_text, row.target_text
    has_words = all(any(character.isalpha() for character in text) for text in texts)
    return has_words and not row.findings and (row.score >= least_score or is_persons(row.method))


class _Contexts:
    """The sentences before any place of a document, as lines."""

    def __init__(self, document: Document) -> None:
        self._sentences = [line(one.text) for block in document.blocks for one in block.sentences]

    def before(self, position: int | None, count: int) -> Iterator[str]:
        """The sentences before the one at `position` (from 1), `count` at most."""
        end = (position or 1) - 1
        return iter(self._sentences[max(0, end - count) : end])


def _segment(row: Segment, number: int, contexts: tuple[_Contexts, _Contexts], count: int) -> DrawnSegment:
    return DrawnSegment(
        id=row.id,
        docid=row.pair,
        number=number,
        origlang=row.spoken_language or row.original_language or row.target_language,
        source=line(row.source_text),
        target=line(row.target_text),
        source_context=tuple(contexts[0].before(row.source_position, count)),
        target_context=tuple(contexts[1].before(row.target_position, count)),
        kinds=row.kinds,
        speaker=row.target_speaker or row.source_speaker,
        state=row.state,
        source_pages=row.source_pages,
        target_pages=row.target_pages,
        score=row.score,
        method=row.method,
    )


def line(text: str) -> str:
    """A text as one line: any white space is a single space, as sacrebleu makes it."""
    return " ".join(text.split())
