"""What is looked up: a run of Chinese characters, a word, a phrase, or a mixture."""

import re
from collections.abc import Iterator

from unbitext.concordance.folding import HAN, LETTER, fold, fold_with_places, tokens

_PIECE = re.compile(f"{HAN}+|{LETTER}+")
_LOOSE = re.compile(r"[\s-]+")

Span = tuple[int, int]
"""From one character of a text to before another."""


class TermError(ValueError):
    """A term that no index can find: it has no letter, digit or Chinese character."""


class Term:
    """A term, and where it stands in texts.

    Chinese is found wherever its characters stand. Words are found as wholes; where the term has a space or hyphen
    between two, any spaces and hyphens may stand. Other punctuation must be there as it is in the term. Case, accents,
    forms of quotation marks and dashes, full width and spaces beside Chinese do not count.

    Raises `TermError`.
    """

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self._folded = fold(self.text).strip()
        pieces = list(_PIECE.finditer(self._folded))
        if not pieces:
            raise TermError(f"{text!r} has no word and no Chinese character to look for")
        self._pattern = re.compile("".join(_parts(self._folded, pieces)))

    @property
    def query(self) -> str:
        """The query in SQLite's FTS5 that finds every row the term stands in, and few others."""
        found = list(tokens(self._folded, whole=False))
        if found:
            return f'"{" ".join(found)}"'
        # A single Chinese character: every token that begins with it.
        return f"h{ord(self._folded[-1]):x} *"

    def spans(self, text: str) -> list[Span]:
        """Find where the term stands in a text, from left to right, without overlaps."""
        if self._pattern.search(fold(text)) is None:
            return []
        folded, places = fold_with_places(text)
        return [(places[match.start()], places[match.end() - 1] + 1) for match in self._pattern.finditer(folded)]


def _parts(folded: str, pieces: list[re.Match[str]]) -> Iterator[str]:
    """The pattern, piece by piece: words end where words end, Chinese anywhere."""
    end = 0
    before_is_word = False
    for piece in pieces:
        is_word = re.match(HAN, piece.group()) is None
        between = folded[end : piece.start()]
        if before_is_word and is_word and _LOOSE.fullmatch(between):
            yield r"[\s-]+"
        else:
            yield _literal(between)
        yield f"(?<!{LETTER}){piece.group()}(?!{LETTER})" if is_word else piece.group()
        end, before_is_word = piece.end(), is_word
    yield _literal(folded[end:])


def _literal(text: str) -> str:
    return "".join(r"\s*" if part.isspace() else re.escape(part) for part in re.split(r"(\s+)", text) if part)
