"""Sentences of languages that put a space between words and, all but Arabic, a capital at the head of a sentence.

A full stop ends a sentence unless something says that it does not: the word before it, or what follows it. A sentence
never begins with a lower-case letter, and never with a closing mark.
"""

import re
from collections.abc import Iterator

from parsers.sentences.abbreviations import Conventions
from parsers.sentences.enclosures import CLOSING, OPENING, Enclosures

_LIMIT = 300
"""A bracket of up to so many characters is not cut: the longest remarks in brackets of records are about 200."""

_STOPS = ".?!…؟۔。？！"
_SUPERSCRIPTS = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_CLOSERS = re.escape(CLOSING + _SUPERSCRIPTS)

# What may close is taken along, also after a space where the mark can only close (French sets a space before »).
# An apostrophe after a space opens a word, a straight quote a quotation.
_RUN = re.compile(
    rf"[{_STOPS}](?:[{_STOPS}{_CLOSERS}'\"]|>>)*"
    rf"(?:\s+(?:[{re.escape(CLOSING.replace('’', ''))}]|>>)(?:[{_STOPS}{_CLOSERS}'\"]|>>)*)*"
)
_SPACE = re.compile(r"\s*")
_OPENERS = re.compile(rf"(?:[{re.escape(OPENING)}'\"–—―*•\s-]|<<)*")
_TAIL = re.compile(r"[^\W\d_](?:[^\W\d_.'’-]|[.'’-](?=[^\W\d_]))*$")
_NUMBER_LIKE = re.compile(
    r"[(\[]?(?:\d|[IVXLC]+\b|[A-Z](?:\b(?!['’])|/)|[A-Z0-9./-]*\d|(?:One|Two|Three|Four|Five|Six)\b)"
)
_ENUMERATOR = re.compile(r"(?:[(\[]\w{1,5}[)\]])*[(\[]?(?:\d{1,3}|[^\W\d_]|[IVXLC]+|[ivxlc]+)(?:\.(?:\d{1,3}|[A-Z]))*[)\]]*")
_ITEM = re.compile(r"(?:\((?:[^\W\d_]{1,2}|[ivx]+)\)|[^\W\d_][.)](?=\s))\s*[“\"‘«]?(?P<word>\w)")
_MARK = re.compile(r"\d{1,3}(?:,\s?\d{1,3})*(?=\s)")
_YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_BIND = frozenset(",;:،؛)]}”’»")
_ELLIPSIS = re.compile(r"\.{2,}|…")
_LEADER = re.compile(r"\.{5,}|…{3,}")
_TIME_ZONE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|GMT|UTC|[ECMPBW]E?[SD]?T)\b|(?:[A-Z][\w-]*\s+){1,3}[Tt]ime\b"
)
_DAY = re.compile(r"\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_CLOCK = frozenset(("a.m", "p.m"))

# Words that open a sentence but are surnames or second initials as well: "J. So", "John A. He".
_NAMES_TOO = frozenset(
    ("a", "an", "he", "her", "i", "no", "so", "see", "still", "to", "even", "but", "you", "one", "few")
)

_WINDOW = 48
"""How far back a word is looked for: longer than any abbreviation, so that time stays linear."""


def spaced_boundaries(text: str, conventions: Conventions) -> Iterator[int]:
    """Give the offsets after which a new sentence begins, in order, the end of the text not among them."""

    def continues(end: int) -> bool:
        return _goes_on(text, end)

    enclosures = Enclosures(text, _LIMIT, continues)
    start = 0
    for match in _RUN.finditer(text):
        boundary = _boundary(text, start, match.start(), match.end(), conventions)
        if boundary is not None and boundary > start and not enclosures.hold(boundary):
            yield boundary
            start = boundary


def _skip(pattern: re.Pattern[str], text: str, offset: int) -> int:
    match = pattern.match(text, offset)
    return offset if match is None else match.end()


def _goes_on(text: str, end: int) -> bool:
    """Whether the sentence goes on after a closing mark: with a lower-case word or with punctuation that binds."""
    place = _skip(_SPACE, text, end)
    return place < len(text) and (text[place].islower() or text[place] in _BIND)


def _boundary(text: str, start: int, stop: int, end: int, conventions: Conventions) -> int | None:
    """Where the sentence ends whose last stop may be at `stop`; closing marks reach to `end`. None: it goes on."""
    following = _skip(_SPACE, text, end)
    if following == len(text):
        return None
    if following == end:
        return _glued(text, stop, end, conventions)
    if text[following] in _BIND or text[following] in _STOPS or _omission(text, stop, end):
        return None
    first = _skip(_OPENERS, text, following)
    if first < len(text) and text[first].islower() and not _is_item(text, following):
        return None
    if text[stop] == "." and not _stop_ends(text, start, stop, first, conventions):
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


def _stop_ends(text: str, start: int, stop: int, first: int, conventions: Conventions) -> bool:
    """Whether the single full stop at `stop` ends its sentence, though a capital or a number stands at `first`."""
    if stop == start or text[stop - 1].isspace():
        # Leaders may be set apart: "Mr. X . . . . (Congo)".
        return not text[max(start, stop - _WINDOW) : stop].rstrip().endswith(".")
    window = text[max(start, stop - _WINDOW) : stop]
    if _is_label(text, start, stop, window, conventions):
        return False
    tail = _TAIL.search(window)
    if tail is None:
        return True
    word = tail.group()
    if len(word) == 1 and word.isupper():
        return _letter_ends(text, window[: tail.start()], first, conventions)
    # In "Mr./Ms. X" and "e.g./i.e." the last of them counts; in "10 p.m." the figure before it does not.
    key = word.casefold()
    if key in conventions.titles:
        return False
    if key in _CLOCK:
        return _clock_ends(text, first)
    if key in conventions.numbered:
        return not _NUMBER_LIKE.match(text, first)
    if key == "etc":
        return True
    if key in conventions.trailing or _ACRONYM.fullmatch(word):
        return _next_word(text, first) in conventions.starters
    return True


def _letter_ends(text: str, before: str, first: int, conventions: Conventions) -> bool:
    """Whether a capital and its full stop end a sentence (`annex A.`), or abbreviate a name (`John J. Smith`)."""
    if before[-1:].isalnum() or before.endswith("/"):
        return True
    word = _TAIL.search(before.rstrip())
    # French elides the article: "l'annexe I."
    if word is not None and re.split("['’]", word.group().casefold())[-1] in conventions.designators:
        return True
    opener = _next_word(text, first)
    return opener in conventions.starters and opener not in _NAMES_TOO


def _next_word(text: str, first: int) -> str:
    match = _WORD.match(text, first)
    return "" if match is None else match.group().casefold()


def _is_item(text: str, following: int) -> bool:
    """Whether the lower-case letter that follows is the number of an item: `(b) The`, `b. The`."""
    item = _ITEM.match(text, following)
    return item is not None and item["word"].isupper()


def _is_label(text: str, start: int, stop: int, window: str, conventions: Conventions) -> bool:
    """Whether all that stands before the stop is a number: `1.`, `IV.`, `(a).`, `Article 5.`."""
    if stop - start > _WINDOW:
        return False
    words = window.split()
    if len(words) == 1:
        return _ENUMERATOR.fullmatch(words[0].lstrip(OPENING)) is not None
    return len(words) == 2 and words[0].casefold() in conventions.run_in and _ENUMERATOR.fullmatch(words[1]) is not None


def _clock_ends(text: str, first: int) -> bool:
    """Whether `a.m.` or `p.m.` is the last word: not before a weekday, a date, a time zone or a remark in brackets."""
    if text[first - 1] in "([-–—":
        return False
    return not _TIME_ZONE.match(text, first) and not _DAY.match(text, first)


def _glued(text: str, stop: int, end: int, conventions: Conventions) -> int | None:
    """Where a sentence ends though no space follows its stop: before a lost space, or after a footnote's mark."""
    window = text[max(0, stop - _WINDOW) : stop]
    token = window.rsplit(maxsplit=1)[-1] if window.strip() else ""
    if not token or token[0] in "/@" or "/" in token or "@" in token or token.startswith("www."):
        return None
    tail = _TAIL.search(window)
    word = "" if tail is None else tail.group()
    known = word.casefold() in conventions.titles | conventions.numbered | conventions.trailing
    plain = word.isalpha() and len(word) > 1 and word[-1].islower() and not known
    mark = _MARK.match(text, end)
    if mark is not None:
        # "until 1970.3 States": the mark 3 is set against the stop, in readers that lose its height. Full stops in
        # decimals, symbols and references have a number or an abbreviation before them; a year is no decimal.
        closed = end - stop > 1 or window[-1] in CLOSING
        sure = plain or closed or _YEAR.search(window) is not None
        first = _skip(_OPENERS, text, mark.end())
        return mark.end() if sure and first < len(text) and text[first].isupper() else None
    if plain and text[stop] in ".?!" and text[end : end + 2].istitle() and text[end + 1 : end + 2].islower():
        # "the Treaty.The parties": the space was lost. Not in addresses, which have a stop again before the next space.
        next_word = _WORD.match(text, end)
        return None if next_word is not None and text[next_word.end() : next_word.end() + 1] in (".", "/", "@") else end
    return None
