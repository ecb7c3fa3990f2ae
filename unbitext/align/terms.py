"""Terms of a sentence: what a lexicon counts, and what both languages write alike.

Words of alphabetic scripts are folded and cut to a stem. Han text, which has no spaces, gives its overlapping pairs of
characters: no word list and no segmenter are needed, and the lexicon learns which pairs mean something. Numbers, Latin
strings inside another script, and marks that close a sentence are *shared* terms: both languages write the same term.
"""

import re

STEM = 6
"""Letters kept of a word: enough to tell words apart, few enough to join their endings."""

_PIECE = re.compile(r"(?P<han>[\u3400-\u9fff\uf900-\ufaff〇]+)|(?P<word>[^\W\d_]+)")


def words(text: str) -> list[str]:
    """Terms that a lexicon can translate."""
    found: list[str] = []
    for match in _PIECE.finditer(text):
        if match["han"]:
            run = match["han"]
            if len(run) == 1:
                found.append(run)
            found.extend(run[n : n + 2] for n in range(len(run) - 1))
        else:
            found.append(match["word"].casefold()[:STEM])
    return found
