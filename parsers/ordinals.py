"""Numbers written out in English, as titles of records print them: `one thousand five hundred and eleventh`."""

import re

_TABLE = """
     0 zero      zeroth
     1 one       first
     2 two       second
     3 three     third
     4 four      fourth
     5 five      fifth
     6 six       sixth
     7 seven     seventh
     8 eight     eighth
     9 nine      ninth
    10 ten       tenth
    11 eleven    eleventh
    12 twelve    twelfth
    13 thirteen  thirteenth
    14 fourteen  fourteenth
    15 fifteen   fifteenth
    16 sixteen   sixteenth
    17 seventeen seventeenth
    18 eighteen  eighteenth
    19 nineteen  nineteenth
    20 twenty    twentieth
    30 thirty    thirtieth
    40 forty     fortieth
    50 fifty     fiftieth
    60 sixty     sixtieth
    70 seventy   seventieth
    80 eighty    eightieth
    90 ninety    ninetieth
"""
_VALUES = {word: int(value) for value, *words in (row.split() for row in _TABLE.strip().splitlines()) for word in words}
_WORD = re.compile(r"[a-z]+")


def number_in_words(text: str) -> int | None:
    """The first number that `text` writes out, cardinal or ordinal; None where it has none."""
    thousands, rest, seen = 0, 0, False
    for word in _WORD.findall(text.lower()):
        if word in _VALUES:
            rest, seen = rest + _VALUES[word], True
        elif word in ("hundred", "hundredth") and seen:
            rest *= 100
        elif word in ("thousand", "thousandth") and seen:
            thousands, rest = thousands + 1000 * rest, 0
        elif seen and word != "and":
            break
    return thousands + rest if seen else None
