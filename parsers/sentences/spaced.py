"""Sentences of languages that put a space between words and, all but Arabic, a capital at the head of a sentence.

A full stop ends a sentence unless something says that it does not: the word before it, or what follows it. A sentence
never begins with a lower-case letter, and never with a closing mark.
"""

import re
from collections.abc import Iterator

from parsers.sentences.abbreviations import Conventions
from parsers.sentences.enclosures import CLOSING, OPENING, Enclosures

_LIMIT = 300
"""A bracket or quotation of up to so many characters counts as short: the remarks in brackets of records do."""

_WINDOW = 48
"""How far back a word is looked for: longer than any abbreviation, so that time stays linear."""

_WIDE = "。？！｡"
"""The stops of Chinese, after which no space is set."""
_STOPS = ".?!…؟۔" + _WIDE
_BIND = frozenset(",;:،؛，、；：" + CLOSING)

# What may close is taken along, also after a space where the mark can only close (French sets a space before »).
# An apostrophe after a space opens a word, a straight quote a quotation.
_MARKS = rf"(?:[{_STOPS}{re.escape(CLOSING)}¹²³⁰⁴⁵⁶⁷⁸⁹'\"]|>>)*"
_RUN = re.compile(rf"[{_STOPS}]{_MARKS}(?:\s+(?:[{re.escape(CLOSING.replace('’', ''))}]|>>){_MARKS})*")
_SPACE = re.compile(r"\s*")
_OPENERS = re.compile(rf"(?:[{re.escape(OPENING)}'\"–—―*•\s-]|<<)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")

# What stands alone before a full stop and is a number, not a sentence: "1.", "IV.A.", "(a).", "(ALL)5."
_LABEL = re.compile(r"(?:[(\[]\w{1,5}[)\]])*[(\[]?(?:\d{1,3}|[^\W\d_]|[IVXLC]+|[ivxlc]+)(?:\.(?:\d{1,3}|[A-Z]))*[)\]]*")
# The lower-case letter of an item, and the capital that its text begins with: "(b) The", "b. The".
_ITEM = re.compile(r"(?:\((?:[^\W\d_]{1,2}|[ivx]+)\)|[^\W\d_][.)](?=\s))\s*[“\"‘«]?(?P<word>\w)")

# What a reference goes on with: "5", "(2)", "VI", "B", "A/79/1", "E.03.II.A.1", "Two".
_NUMBER = re.compile(r"[(\[]|[A-Z0-9./-]*\d|[IVXLC]+\b|[A-Z](?:\b(?!['’])|/)|(?:One|Two|Three|Four|Five|Six)\b")
# The same after a word that may have been meant ("no", "art"): there "I" and "A" can begin a sentence.
_SURE_NUMBER = re.compile(
    r"[(\[]?(?:[A-Z0-9./-]*\d|(?:[IVXLC]{2,}|[B-HJ-Z])\b(?!['’])|[IA]\b(?!['’]|\s+(?!(?:of|to|and|or)\b)[a-z]))"
)

_FOOTNOTE_MARK = re.compile(r"\d{1,3}(?:,\s?\d{1,3})*(?=\s)")
_YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d$")

_LEADER = re.compile(r"\.{5,}|…{3,}")
_ELLIPSIS = re.compile(r"\.{2,}|…")

_CLOCK = frozenset(("a.m", "p.m"))
_AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|GMT|UTC|[ECMPBW]E?[SD]?T)\b"
    r"|\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d"
    r"|(?:[A-Z][\w-]*\s+){1,3}[Tt]ime\b"
)

# Words that open a sentence but are surnames or second initials as well: "J. So", "John A. He".
_NAMES_TOO = frozenset(("a", "an", "he", "her", "i", "no", "so", "see", "still", "to", "even", "but", "you", "one"))


def spaced_boundaries(text: str, conventions: Conventions) -> Iterator[int]:
    """Give the offsets after which a new sentence begins, in order, the end of the text not among them."""

    def goes_on(end: int) -> bool:
        """Whether the sentence goes on after a closing quote: with a lower-case word, or punctuation that binds."""
        place = _skip(_SPACE, text, end)
        return place < len(text) and (text[place].islower() or text[place] in _BIND)

    enclosures = Enclosures(text, _LIMIT, goes_on)
    start = 0
    for match in _RUN.finditer(text):
        boundary = _boundary(text, start, match.start(), match.end(), conventions)
        if boundary is not None and not enclosures.hold(boundary):
            yield boundary
            start = boundary


def _skip(pattern: re.Pattern[str], text: str, offset: int) -> int:
    match = pattern.match(text, offset)
    return offset if match is None else match.end()


def _boundary(text: str, start: int, stop: int, end: int, conventions: Conventions) -> int | None:
    """Where the sentence ends whose last stop may be at `stop`; closing marks reach to `end`. None: it goes on."""
    following = _skip(_SPACE, text, end)
    if following == len(text) or text[following] in _BIND or text[following] in _STOPS or _omission(text, stop, end):
        return None
    wide = any(mark in _WIDE for mark in text[stop:end])
    if following == end and not wide:
        return _glued(text, start, stop, end, conventions)
    first = _skip(_OPENERS, text, following)
    if first < len(text) and text[first].islower() and not _is_item(text, following):
        return None
    if text[stop] == "." and not wide and not _stop_ends(text, start, stop, first, conventions):
        return None
    return end


def _omission(text: str, stop: int, end: int) -> bool:
    """Whether the stops at `stop` are leaders, or mark words left out, and not the end of a sentence."""
    run = text[stop:end]
    before = text[stop - 1] if stop else " "
    if _LEADER.match(run):
        return True
    if _ELLIPSIS.match(run):
        # "[...]" and " ... " stand for words in mid-sentence; "word..." trails off and may end it.
        return before.isspace() or (before in "[(" and not any(mark in _STOPS for mark in run.lstrip(".…")))
    # "(?)" and "(!)" comment on the word before.
    return before in "[(" and run[0] in "?!" and run[1:2] in (")", "]")


def _is_item(text: str, following: int) -> bool:
    """Whether the lower-case letter that follows is the number of an item."""
    item = _ITEM.match(text, following)
    return item is not None and item["word"].isupper()


def _last_word(text: str, start: int, stop: int) -> tuple[str, str]:
    """Give the word before the full stop at `stop`, inner stops and hyphens included, and the character before it."""
    floor = max(start, stop - _WINDOW)
    place = stop
    while place > floor and (text[place - 1].isalpha() or text[place - 1] in ".'’-"):
        place -= 1
    while place < stop and not text[place].isalpha():
        place += 1
    return text[place:stop], text[place - 1] if place > floor else ""


def _next_word(text: str, first: int) -> str:
    match = _WORD.match(text, first)
    return "" if match is None else match.group().casefold()


def _stop_ends(text: str, start: int, stop: int, first: int, conventions: Conventions) -> bool:
    """Whether the single full stop at `stop` ends its sentence, though a capital or a number stands at `first`."""
    if stop == start or text[stop - 1].isspace():
        # Leaders may be set apart: "Mr. X . . . . (Congo)".
        return not text[max(start, stop - _WINDOW) : stop].rstrip().endswith(".")
    if _is_label(text, start, stop, conventions):
        return False
    word, before = _last_word(text, start, stop)
    key = word.casefold()
    if key in _CLOCK:
        # In brackets the remark goes on: "10 a.m. (New York time)".
        return text[first - 1] not in "([-–—" and not _AFTER_CLOCK.match(text, first)
    if not word or before.isdigit() or before == "/":
        return True  # the tail of a number or a symbol: "21st", "A/C.1/L"
    if len(word) == 1 and word.isupper():
        return _letter_ends(text, start, stop - 1, first, conventions)
    if key in conventions.titles:
        return False
    if key in conventions.numbered:
        number = _SURE_NUMBER if key in conventions.homographs else _NUMBER
        return not number.match(text, first) and not (number is _NUMBER and text[first - 1] in "([")
    if key in conventions.trailing or _ACRONYM.fullmatch(word):
        return _next_word(text, first) in conventions.starters
    return True


def _letter_ends(text: str, start: int, letter: int, first: int, conventions: Conventions) -> bool:
    """Whether a capital and its full stop end a sentence (`annex A.`), or abbreviate a name (`John J. Smith`)."""
    end = letter
    while end > start and text[end - 1].isspace() and letter - end < _WINDOW:
        end -= 1
    word, _ = _last_word(text, start, end)
    # French elides the article: "l'annexe I."
    if end < letter and re.split("['’]", word.casefold())[-1] in conventions.designators:
        return True
    opener = _next_word(text, first)
    return opener in conventions.starters and opener not in _NAMES_TOO


def _is_label(text: str, start: int, stop: int, conventions: Conventions) -> bool:
    """Whether all that stands before the stop is a number: `1.`, `IV.`, `(a).`, `Article 5.`."""
    if stop - start > _WINDOW:
        return False
    words = text[start:stop].split()
    if len(words) == 1:
        return _LABEL.fullmatch(words[0].lstrip("“‘«\"'")) is not None
    return len(words) == 2 and words[0].casefold() in conventions.run_in and _LABEL.fullmatch(words[1]) is not None


def _glued(text: str, start: int, stop: int, end: int, conventions: Conventions) -> int | None:
    """Where a sentence ends though no space follows its stop: before a lost space, or after a footnote's mark."""
    if not (text[end].isdigit() or text[end].isupper()):
        return None
    window = text[max(start, stop - _WINDOW) : stop]
    token = "" if not window or window[-1].isspace() else window.split()[-1]
    if not token or "/" in token or "@" in token or token.startswith("www."):
        return None
    word, _ = _last_word(text, start, stop)
    plain = word.isalpha() and len(word) > 1 and word[-1].islower() and not conventions.knows(word.casefold())
    mark = _FOOTNOTE_MARK.match(text, end)
    if mark is not None:
        # "until 1970.3 States": the mark 3 is set against the stop, in readers that lose its height. Full stops in
        # decimals, symbols and references have a number or an abbreviation before them; a year is no decimal.
        sure = plain or end - stop > 1 or token[-1] in CLOSING or _YEAR.search(window) is not None
        first = _skip(_OPENERS, text, mark.end())
        return mark.end() if sure and first < len(text) and text[first].isupper() else None
    if plain and text[end].isupper() and text[end + 1 : end + 2].islower():
        # "the Treaty.The parties": the space was lost. Not in addresses, which have a stop again before the next one.
        after = _skip(_WORD, text, end)
        return None if text[after : after + 1] in (".", "/", "@") else end
    return None
