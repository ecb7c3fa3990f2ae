"""The course of the landmarks through the blocks of two documents: what an anchor by number alone is checked against.

Marks of notes may be one off throughout, a half of a document has the numbers of the other half too, and a sequence
that starts again has each number several times: there, words must say which of two equal numbers is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from schemas.bitext import DocumentPair
from schemas.document import Block
from unbitext.align.associations import associate, lexicon_counts
from unbitext.align.landmarks import find_landmarks
from unbitext.align.lexicon import shipped_lexicon
from unbitext.align.parameters import Parameters
from unbitext.align.runs import Run
from unbitext.align.text_pair import text_pair

_FEWEST = 2
_LEAST_RISING = 0.6
"""Of unrelated texts hardly half of the landmarks rise together, of halves of a translation nine of ten."""


@dataclass(frozen=True)
class Course:
    """How many landmarks stand before each block of a text, and before the end of each; empty if none are known."""

    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


NO_COURSES = Course(), Course()


def find_courses(pair: DocumentPair, source: Sequence[Block], target: Sequence[Block]) -> tuple[Course, Course]:
    """The courses of the landmarks of some blocks of two documents; `NO_COURSES` where they are too few or in disorder.

    Words are known by the lexicon that ships for the two languages, if there is one.
    """
    texts = text_pair([Run(tuple(source), tuple(target), False).passages(pair)])
    lexicon = shipped_lexicon(*texts.languages)
    known = [] if lexicon is None else [lexicon_counts(lexicon, texts.source, texts.target)]
    landmarks = find_landmarks(texts, associate(texts.source, texts.target, known, Parameters()))
    if landmarks.found < _FEWEST or len(landmarks.chain) < _LEAST_RISING * landmarks.found:
        return NO_COURSES
    rows, columns = zip(*landmarks.chain, strict=True)
    return _course(source, rows), _course(target, columns)


def _course(blocks: Sequence[Block], landmarks: Sequence[int]) -> Course:
    ends = np.cumsum([len(block.sentences) for block in blocks])
    begins = np.concatenate([[0], ends[:-1]])
    return Course(*(tuple(np.searchsorted(landmarks, places).tolist()) for places in (begins, ends)))
