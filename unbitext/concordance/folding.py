"""What texts and terms share when they are compared: case, accents, widths and spaces beside Han do not count."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

_HAN = "\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff"
HAN = f"[{_HAN}]"
LETTER = f"[^\\W_{_HAN}]"
"""A character of a word: a letter or a digit that is no Han character."""

_PIECE = re.compile(f"({HAN}+)|({LETTER}+)")
_BESIDE_HAN = re.compile(f"\\s+(?={HAN})|(?<={HAN})\\s+")
_ALIKE = {
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "「": '"', "」": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
}  # fmt: skip
_ENDS_HERE = "z"


class _Folded(dict[int, str]):
    """What each character becomes; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _ALIKE:
            found = _ALIKE[character]
        elif unicodedata.category(character) in ("Cf", "Cc", "Zs", "Zl", "Zp"):
            # Marks of direction and soft hyphens fall; any white space is a space.
            found = " " if character.isspace() else ""
        else:
            plain = unicodedata.normalize("NFKD", character)
            found = "".join(each for each in plain if unicodedata.category(each) not in ("Mn", "Me")).casefold()
        self[code] = found
        return found


_FOLDED = _Folded()


class _Codes(dict[str, str]):
    """How each Han character is written in a token."""

    def __missing__(self, character: str) -> str:
        self[character] = code = f"h{ord(character):x}"
        return code


_CODES = _Codes()


def fold(text: str) -> str:
    """Reduce a text to what is compared."""
    return _BESIDE_HAN.sub("", text.translate(_FOLDED))


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Fold a text; also give for each character of the result the place in the text that it comes from."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for each in _FOLDED[ord(character)]:
            folded.append(each)
            places.append(place)
    whole = "".join(folded)
    kept: list[int] = []
    start = 0
    for match in _BESIDE_HAN.finditer(whole):
        kept += range(start, match.start())
        start = match.end()
    kept += range(start, len(whole))
    return "".join(whole[n] for n in kept), [places[n] for n in kept]


def tokens(folded: str, *, whole: bool = True) -> Iterator[str]:
    """Give what a folded text is indexed by: each word, and each Han character with the Han character after it.

    A token is made of ASCII letters and digits, so that no tokenizer can take it apart. The last character of a run of
    Han stands alone, and its token says so. Where the text is not `whole`, more Han may follow its end, and nothing is
    known of that last character.
    """
    for match in _PIECE.finditer(folded):
        han, word = match.groups()
        if han is None:
            yield word if word.isascii() else f"w{word.encode('utf-8').hex()}"
            continue
        codes = [_CODES[character] for character in han]
        yield from map("".join, pairwise(codes))
        if whole or match.end() < len(folded):
            yield codes[-1] + _ENDS_HERE
