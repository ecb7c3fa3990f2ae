"""Why a link is not exported, and the judgement of one link by itself.

A link without a counterpart is no row of any format. The other reasons rest on the score and on what the aligner's
checks found. Duplicates are judged later, when all links are known (`unbitext.release.near_duplicates`).
"""

from typing import NamedTuple

from parsers.masthead_lines import Part, masthead_part
from schemas.bitext import is_persons
from schemas.document import Kind
from schemas.rows import Segment
from unbitext.release.options import Filters


class Reason(NamedTuple):
    """A reason: whether `--keep` can lift it, and what it means."""

    can_be_lifted: bool
    meaning: str


REASONS = {
    "no-counterpart": Reason(False, "one side is empty: nothing in the other language stands for it"),
    "low-score": Reason(True, "the score is below the threshold, and no person gave the link"),
    "too-long": Reason(True, "a side is longer than the bound"),
    "no-letters": Reason(True, "a side has no letter: a number, a rule, a mark"),
    "masthead-mark": Reason(True, "a line of a masthead that nobody translates: symbol, distribution, language, day"),
    "length-ratio": Reason(True, "one side is more than two and a half times as long as the other"),
    "wrong-language": Reason(True, "a side is not in the language of its document"),
    "untranslated": Reason(True, "both sides are the same text"),
    "numbers-differ": Reason(True, "each side has a number that the other lacks"),
    "duplicate": Reason(True, "an earlier row has the same two texts"),
    "near-duplicate": Reason(True, "both texts are nearly those of an earlier row"),
    "near-duplicate-in-other-split": Reason(False, "a text is nearly that of an earlier row in another split"),
}
"""By their codes, in the order in which they are looked for."""

_FINDINGS = {
    "link-length-outlier": "length-ratio",
    "link-language": "wrong-language",
    "link-copy": "untranslated",
    "link-numbers-differ": "numbers-differ",
}


def reasons_against(row: Segment, filters: Filters) -> tuple[str, ...]:
    """The reasons that lie in the link itself; none where it is fit."""
    if not (row.source_ids and row.target_ids and row.source_text.strip() and row.target_text.strip()):
        return ("no-counterpart",)
    sides = row.source_text, row.target_text
    found = {_FINDINGS[code] for code in row.findings if code in _FINDINGS}
    if row.score < filters.min_score and not is_persons(row.method):
        found.add("low-score")
    if any(len(side) > filters.max_characters for side in sides):
        found.add("too-long")
    if not all(any(character.isalpha() for character in side) for side in sides):
        found.add("no-letters")
    if set(row.kinds) == {Kind.MASTHEAD} and _is_mark(*sides):
        found.add("masthead-mark")
    return tuple(code for code in REASONS if code in found and code not in filters.keep)


_MARKS = frozenset({Part.SYMBOL, Part.DISTRIBUTION, Part.LANGUAGE, Part.ORIGINAL})
"""Lines that mark a document as one of its language, and do not stand for one another: Chinese, English."""


def _is_mark(source: str, target: str) -> bool:
    """Whether two lines of a masthead are such marks, or the same day in the same words."""
    parts = {masthead_part(source), masthead_part(target)}
    return parts <= _MARKS or (parts == {Part.DATE} and source == target)
