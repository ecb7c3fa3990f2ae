"""Radicals that PDF fonts put for the characters they look like: ⼀ (U+2F00) for 一, ⻓ (U+2ED3) for 长.

Many producers map a glyph that serves both to the Kangxi radical. Unicode's compatibility mapping knows the Kangxi
block; of the supplement, whose simplified forms it does not know, those that are characters of their own are listed.
"""

import re
import unicodedata

RADICAL = re.compile("[\u2e80-\u2fd5]")
"""Matches a radical."""

_SUPPLEMENT = str.maketrans(
    dict(
        zip(
            "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
            "母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
            strict=True,
        )
    )
)


def unify_radicals(text: str) -> str:
    """`text` with characters in place of radicals; one that stands for no single character stays."""
    if not RADICAL.search(text):
        return text
    return RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text.translate(_SUPPLEMENT))
