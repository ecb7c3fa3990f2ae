"""The one public function: from the text of a block to the spans of its sentences."""

from collections.abc import Iterator

from parsers.sentences.chinese import chinese_boundaries
from parsers.sentences.english import english_boundaries
from parsers.sentences.plain import plain_boundaries


def split_sentences(text: str, language: str | None) -> list[tuple[int, int]]:
    """Divide the text of one block into sentences: `(start, end)` offsets in characters, in order.

    Spans do not overlap, neither begin nor end with white space, and together hold every character that is not white
    space; a text of white space alone has none. A sentence ends at 。？！ . ? ! with the closing quotes and brackets
    that follow, never at ； ; ： : or a comma; the end of the text ends one. A footnote's mark set against the full
    stop (`1970.3 States`) stays with the sentence that it closes.

    `language` is one of zh en fr es ru ar; others, and None, get rules without abbreviations. Never raises; the time is
    linear in the length of the text.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in (*_boundaries(text, language), len(text)):
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = end - len(piece) + len(piece.rstrip())
        if left < right:
            spans.append((left, right))
        start = end
    return spans


def _boundaries(text: str, language: str | None) -> Iterator[int]:
    if language == "zh":
        return chinese_boundaries(text)
    if language == "en":
        return english_boundaries(text)
    return plain_boundaries(text, language)
