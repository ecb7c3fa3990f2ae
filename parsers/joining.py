"""From lines to running text: what a line break stood for, and which white space means something.

Chinese takes no space between Han and Latin letters or digits (text layers put one in mid-line and none at a line
break: an artefact). Other languages take one space for a line break; a hyphen at the end of a line stays and joins,
unless the document itself shows that the word has none.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from parsers.characters import CJK_MARKS, HAN
from parsers.radicals import unify_radicals

SOFT_HYPHEN = "\u00ad"
_BESIDE_HAN = re.compile(rf"(?<=[{HAN}{CJK_MARKS}]) | (?=[{HAN}{CJK_MARKS}])")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_ENDS_OPEN = re.compile(r"[\w)][-‐/–]$")
_HYPHENATED = re.compile(r"([^\W\d_]+)[-‐]$")
_BROKEN = re.compile(rf"([^\W\d_]+){SOFT_HYPHEN}$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_LONGEST_WORD = 100


class Joined(NamedTuple):
    """Running text, the words from which a line-end hyphen was taken, and how many characters could not be printed."""

    text: str
    dehyphenated: tuple[str, ...]
    unprintable: int = 0


class Words:
    """The words a document uses, to judge the hyphens at its line ends by."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        for line in lines:
            words = _WORD.findall(line.strip())
            # The pieces on both sides of a line break are what is in doubt, and no evidence.
            self._counts.update(word.lower() for word in words[1 if words else 0 : -1])

    def is_one_word(self, left: str, right: str) -> bool:
        """Whether `left` + `right` is used in the document as one word, and never with a hyphen between."""
        whole, hyphenated = f"{left}{right}".lower(), f"{left}-{right}".lower()
        return self._counts[whole] > 0 and self._counts[hyphenated] == 0


def join_lines(lines: Sequence[str], language: str, words: Words) -> Joined:
    """The running text of the lines of one block, in normal form.

    Control characters and lone surrogates, which no text needs and XML cannot carry, fall here; `orig` keeps them.
    """
    pieces: list[str] = []
    removed: list[str] = []
    end = ""
    unprintable = 0
    for line in lines:
        piece, dropped = _UNPRINTABLE.subn("", line)
        unprintable += dropped
        piece = piece.strip()
        if not piece:
            continue
        joint, word = _joint(end, piece, words)
        if joint is None:
            pieces[-1] = pieces[-1][:-1]
        elif joint:
            pieces.append(joint)
        if word:
            removed.append(word)
        pieces.append(piece)
        end = ((end[:-1] if joint is None else end + joint) + piece)[-_LONGEST_WORD:]
    return Joined(normal_form("".join(pieces), language), tuple(removed), unprintable)


def _joint(end: str, piece: str, words: Words) -> tuple[str | None, str | None]:
    """What stands between `end` of a text and the next line, None where a hyphen falls; and the word made of both."""
    if end.endswith(SOFT_HYPHEN):
        left, right = _BROKEN.search(end), _FIRST_WORD.match(piece)
        return None, f"{left[1] if left else ''}{right.group() if right else ''}"
    if _ENDS_OPEN.search(end[-2:]):
        left, right = _HYPHENATED.search(end), _FIRST_WORD.match(piece)
        if left and right and right.group()[0].islower() and words.is_one_word(left[1], right.group()):
            return None, left[1] + right.group()
        return "", None
    return (" " if end else ""), None


def normal_form(text: str, language: str) -> str:
    """Unicode NFC without radicals, one space for any white space; in Chinese none beside Han or Chinese marks."""
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", unify_radicals(text.replace(SOFT_HYPHEN, ""))))
    if language == "zh":
        text = _BESIDE_HAN.sub("", text)
    return text.strip()
