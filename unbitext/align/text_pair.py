"""All that is known of two texts before any path through them: terms, lengths, paragraphs, sections."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from unbitext.align.dynamic import Step
from unbitext.align.length import lengths, ratio
from unbitext.align.passages import Passage, PassagePair
from unbitext.align.term_tables import TermTable, term_tables
from unbitext.align.terms import is_han

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]

_NEARBY = 100
"""Within so many sentences, a path might take one for another that reads the same."""


@dataclass(frozen=True)
class TextPair:
    """The sentences of all passages of a document, one passage after the other.

    `walls` are positions (sentences before them, source and target) that every path passes through, first and last
    included. `source_letters` and `target_letters` are running sums of lengths, the source's scaled to the target's;
    `source_anchored` and `target_anchored` are 1 for sentences that begin an anchored passage; `source_breaks` and
    `target_breaks` are running counts of paragraph starts that are not starts of passages.
    """

    languages: tuple[str | None, str | None]
    source: TermTable
    target: TermTable
    walls: tuple[tuple[int, int], ...]
    source_letters: Floats
    target_letters: Floats
    source_anchored: Ints
    target_anchored: Ints
    source_breaks: Ints
    target_breaks: Ints
    source_again: Marks
    target_again: Marks

    def rescaled(self, steps: Sequence[Step]) -> "TextPair":
        """The same with lengths compared as in the beads of a path: text that one side lacks has no say in them."""
        ends = np.array(steps, dtype=np.int64).reshape(-1, 2, 2)
        s = np.diff(self.source_letters[ends[:, :, 0]])[:, 0]
        t = np.diff(self.target_letters[ends[:, :, 1]])[:, 0]
        both = (s > 0) & (t > 0)
        factor = ratio(float(s[both].sum()), float(t[both].sum()))
        return replace(self, source_letters=self.source_letters * factor)

    @property
    def rows(self) -> int:
        """Sentences of the source."""
        return len(self.source_letters) - 1

    @property
    def columns(self) -> int:
        """Sentences of the target."""
        return len(self.target_letters) - 1


def text_pair(pairs: Sequence[PassagePair]) -> TextPair:
    """Read the sentences of all passages."""
    source = [text for pair in pairs for text in pair.source.sentences]
    target = [text for pair in pairs for text in pair.target.sentences]
    languages = (_language([pair.source for pair in pairs]), _language([pair.target for pair in pairs]))
    source_table, target_table = term_tables(source, target, *languages)
    walls = [(0, 0)]
    for pair in pairs:
        walls.append((walls[-1][0] + len(pair.source), walls[-1][1] + len(pair.target)))
    s, t = lengths(source), lengths(target)
    return TextPair(
        languages=languages,
        source=source_table,
        target=target_table,
        walls=tuple(walls),
        source_letters=_running(s * ratio(float(s.sum()), float(t.sum()))),
        target_letters=_running(t),
        source_anchored=_anchored(len(source), [wall[0] for wall in walls], pairs),
        target_anchored=_anchored(len(target), [wall[1] for wall in walls], pairs),
        source_breaks=_breaks([pair.source.paragraphs or (0,) * len(pair.source) for pair in pairs]),
        target_breaks=_breaks([pair.target.paragraphs or (0,) * len(pair.target) for pair in pairs]),
        source_again=_again(source),
        target_again=_again(target),
    )


def named_language(passages: Sequence[Passage]) -> str | None:
    """The language that the passages name; None where they name none, or more than one."""
    named = {passage.language for passage in passages if passage.language is not None}
    return named.pop() if len(named) == 1 else None


def _language(passages: Sequence[Passage]) -> str | None:
    """The language that the passages name, or what their script suggests; Latin script counts as English."""
    if any(passage.language is not None for passage in passages):
        return named_language(passages)
    sentences = [text for passage in passages for text in passage.sentences if text.strip()]
    if not sentences:
        return None
    return "zh" if sum(map(is_han, sentences)) * 2 > len(sentences) else "en"


def _again(sentences: Sequence[str]) -> Marks:
    marks = np.zeros(len(sentences), dtype=bool)
    last: dict[str, int] = {}
    for n, text in enumerate(sentences):
        before = last.get(text)
        if before is not None and n - before <= _NEARBY:
            marks[n] = marks[before] = True
        last[text] = n
    return marks


def _running(values: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)])


def _anchored(size: int, walls: Sequence[int], pairs: Sequence[PassagePair]) -> Ints:
    marks = np.zeros(size, dtype=np.int64)
    for pair, begin, end in zip(pairs, walls, walls[1:], strict=False):
        if pair.anchored and begin < end:
            marks[begin] = 1
    return marks


def _breaks(passages: Sequence[Sequence[int]]) -> Ints:
    """At position n, how many of the sentences up to and with the n-th open a paragraph inside a passage."""
    opens = [
        int(n > 0 and paragraphs[n] != paragraphs[n - 1]) for paragraphs in passages for n in range(len(paragraphs))
    ]
    return np.concatenate([[0], np.cumsum(np.array(opens, dtype=np.int64))]).astype(np.int64)
