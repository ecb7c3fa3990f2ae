"""Paragraphs numbered `1)` or `(1)`, where a document numbers none otherwise: they are its main sequence, not items."""

from collections.abc import Sequence
from dataclasses import replace

from parsers.labels import LabelKind
from parsers.paragraphs import Paragraph

_FEWEST = 4
_MAIN = frozenset({LabelKind.ARABIC, LabelKind.DECIMAL, LabelKind.HAN})
_ANNOUNCES = (":", "：")


def count_by_brackets(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with numbers in brackets as those of the main sequence where they run from 1 without a break.

    A sequence that the text above it announces with a colon is a list.
    """
    kinds = {paragraph.label.kind for paragraph in paragraphs if paragraph.label}
    counted = [
        index
        for index, paragraph in enumerate(paragraphs)
        if paragraph.label and paragraph.label.kind is LabelKind.BRACKETED_NUMBER
    ]
    numbers = [int(label.number) for index in counted if (label := paragraphs[index].label)]
    if kinds & _MAIN or len(numbers) < _FEWEST or numbers != list(range(1, len(numbers) + 1)):
        return list(paragraphs)
    if counted[0] and paragraphs[counted[0] - 1].text.endswith(_ANNOUNCES):
        return list(paragraphs)
    result = list(paragraphs)
    for index in counted:
        label = result[index].label
        if label:
            result[index] = replace(result[index], label=label._replace(kind=LabelKind.ARABIC))
    return result
