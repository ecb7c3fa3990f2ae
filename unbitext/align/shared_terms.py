"""Terms that every language of a document writes alike, after a little reading: the same term in both texts.

`#1511` a number, in figures, Chinese numerals or English words; `=CTBTO` a Latin string; `@DEU` a State; `%?` a mark.
"""

import re
from collections.abc import Iterable
from functools import cache

from parsers.ordinals import number_in_words
from schemas.states import states
from unbitext.align.numerals import CHINESE_NUMERAL_CHARS, LONGEST_NUMBER, chinese_value
from unbitext.align.terms import is_han

SMALL_NUMBER = 10
"""Numbers up to this are often words of another sense (一 in 一般, one in "one of"): they count less."""

_SMALL_DIGITS = len(str(SMALL_NUMBER))

# 250万, 75亿, 2.5 million, 15,000, 15 000; a clock time 2.40 p.m. is two numbers, the 1960s are 60 (六十年代)
_FIGURES = re.compile(
    r"(?P<hour>\d{1,2})\.(?P<minute>\d\d)(?=\s*[ap]\.?\s?m\b)|(?<!\d)\d\d(?P<decade>\d0)(?=s\b)|"
    r"(?P<figure>\d{1,3}(?:[,\u00a0\u202f ]\d{3}(?!\d))+|\d+)(?P<part>\.\d+)?"
    r"(?:\)?\s*(?P<scale>[百千]?[万亿]|千(?![年瓦克米卡伏赫兆])|thousand|million|billion|trillion))?"
)
_SCALES = {
    **{"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10, "千亿": 10**11},
    **{"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
}
_CHINESE = re.compile(f"[{CHINESE_NUMERAL_CHARS}]+")
_DECIMAL = re.compile(f"(?<=分之)([{CHINESE_NUMERAL_CHARS}]+)点([〇○零一二三四五六七八九]+)")
_MORE = re.compile(f"(?<=[0-9{CHINESE_NUMERAL_CHARS}])[多余](?=[百千]?[万亿])")
# 2,5 million and 15.000 in French, Spanish and Russian texts
_COMMA_DECIMALS = frozenset({"fr", "es", "ru"})
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_GROUPING_DOT = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_HALF = re.compile(r"\bhalf a (million|billion)\b", re.IGNORECASE)
# alone, these are words: 千年 is a millennium, 百年 a long time
_UNIT = frozenset("百千万亿")
_HUNDREDS = frozenset({"hundred", "hundredth", "thousand", "thousandth"})
# what may stand inside a number in words
_INSIDE = " \n\t\u00a0-\u2010\u2011"
# after one numeral alone, what shows that it counts something: month, day, year, unit, chapter, article, item, session
_COUNTED = frozenset("月日年个时章条项次届")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_DIGIT = re.compile(r"\d")
_MARKS = {"?": "%?", "？": "%?", "!": "%!", "！": "%!", ":": "%:", "：": "%:", ";": "%;", "；": "%;"}
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {name: f"#{number}" for number, name in enumerate(_MONTH_NAMES, start=1)}
_LATIN_LETTERS = 8
_CAPITALIZED = re.compile(r"[^\W\d_a-z][^\W\d_]*")


def shared_terms(text: str, language: str | None = None) -> list[str]:
    """Shared terms of `text`, with repetitions. Without `language`, Han text counts as Chinese, other as English."""
    latin = ("=" + match.lower()[:_LATIN_LETTERS] for match in _LATIN.findall(text))
    return [*rest_of_shared_terms(text, language, True), *latin]


def latin_string(word: str) -> str:
    """The shared term of a word of Latin letters; empty for any other."""
    return "=" + word.lower()[:_LATIN_LETTERS] if len(word) > 1 and word.isascii() else ""


def telling_words(vocabulary: Iterable[str], language: str | None) -> set[str]:
    """Those words of an alphabet without one of which a sentence has no number in words, month or State."""
    starts = _state_names(language or "en")
    return {word for word in vocabulary if word in starts or _is_telling(word.lower())}


@cache
def _is_telling(word: str) -> bool:
    return word in _MONTHS or word == "half" or _is_number_word(word)


def rest_of_shared_terms(text: str, language: str | None, telling: bool) -> list[str]:
    """All shared terms but Latin strings; `telling` is whether the text has one of `telling_words`."""
    han = is_han(text)
    found = numbers(text, language, telling or han)
    found.extend(term for mark, term in _MARKS.items() if mark in text)
    if telling or han:
        found.extend(_states(text, language or ("zh" if han else "en")))
    return found


def numbers(text: str, language: str | None = None, in_words: bool = True) -> list[str]:
    """Numbers of `text` as shared terms; `in_words` says whether it is worth looking for other than figures."""
    han = is_han(text)
    if han:
        text = _plain_numerals(text)
    elif language in _COMMA_DECIMALS:
        text = _DECIMAL_COMMA.sub(".", _GROUPING_DOT.sub("", text))
    found: list[str] = []
    digit = _DIGIT.search(text)
    while digit is not None:
        match = _FIGURES.match(text, digit.start())
        if match is not None:
            found.extend(_figures(match))
        digit = _DIGIT.search(text, max(match.end() if match is not None else 0, digit.end()))
    if in_words:
        found.extend(_chinese_numbers(text) if han else _numbers_in_words(text))
    return found


def is_shared(term: str) -> bool:
    """Whether a term is of this module: no word of any language begins so."""
    return term[0] in "#=@%"


def is_hard(term: str) -> bool:
    """Whether the other side must have this term too, or something is wrong: a number above the small ones."""
    # by length first: Python converts no number of thousands of digits
    return term[0] == "#" and not (
        len(term) <= _SMALL_DIGITS + 1 and term[1:].isdigit() and int(term[1:]) <= SMALL_NUMBER
    )


def _figures(match: re.Match[str]) -> list[str]:
    if match["hour"]:
        return [f"#{int(match['hour'])}", f"#{int(match['minute'])}"]
    if match["decade"]:
        return [f"#{match['decade']}"]
    whole = re.sub(r"\D", "", match["figure"])
    if not match["scale"] or len(match["figure"]) > LONGEST_NUMBER:
        return [f"#{whole.lstrip('0') or '0'}{match['part'] or ''}"]
    # in decimals, which binary fractions would blur
    digits = (match["part"] or ".")[1:]
    value = int(whole + digits) * _SCALES[match["scale"]]
    return [f"#{value // 10 ** len(digits)}"]


def _plain_numerals(text: str) -> str:
    """Numerals that need reading before they are looked for.

    廿 and 卅 are written out; 多 and 余 ("more than") inside a number (200多万) left out; a decimal in a percentage
    (百分之二点五) put in figures, and only there: 三点二十分 is a time of the day.
    """
    text = _MORE.sub("", text.replace("廿", "二十").replace("卅", "三十"))
    return _DECIMAL.sub(lambda match: f"{chinese_value(match[1])}.{_digits(match[2])}", text)


def _digits(numeral: str) -> str:
    return "".join(str(chinese_value(char)) for char in numeral)


def _chinese_numbers(text: str) -> list[str]:
    found: list[str] = []
    for match in _CHINESE.finditer(text):
        value = chinese_value(match.group())
        if value is None:
            continue
        alone = len(match.group()) == 1
        counted = text[match.end() : match.end() + 1] in _COUNTED and match.group() not in _UNIT
        if not alone or counted or text[: match.start()].endswith("第"):
            found.append(f"#{value}")
    return found


def _numbers_in_words(text: str) -> list[str]:
    # most sentences have no such word: a look at each word is cheaper than reading on
    if not any(map(_is_telling, _WORD.findall(text.lower()))):
        return []
    found = [f"#{_SCALES[match[1].lower()] // 2}" for match in _HALF.finditer(text)]
    run: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word in _MONTHS:
            found.append(_MONTHS[word])
        joined = bool(run) and not text[end : match.start()].strip(_INSIDE)
        if joined and word in _SCALES and word not in _HUNDREDS:
            found.append(f"#{_run_value(run) * _SCALES[word]}")
            run = []
        elif joined and _continues(run[-1], word):
            run.append(word)
        else:
            if run:
                found.append(f"#{_run_value(run)}")
            run = [word] if _is_number_word(word) else []
        end = match.end()
    if run:
        found.append(f"#{_run_value(run)}")
    return found


def _continues(before: str, word: str) -> bool:
    """Whether two words belong to one number: twenty-one, one hundred and five; not fourteenth and fifteenth."""
    if word in _HUNDREDS:
        return before != "and" and not before.endswith("th")
    if word == "and":
        return before in ("hundred", "thousand")
    if not _is_number_word(word):
        return False
    if before in ("hundred", "thousand", "and"):
        return True
    return before.endswith("ty") and (number_in_words(word) or 10) < 10


@cache
def _is_number_word(word: str) -> bool:
    return number_in_words(word) is not None


def _run_value(run: list[str]) -> int:
    return number_in_words(" ".join(run)) or 0


def _states(text: str, language: str) -> list[str]:
    names = _state_names(language)
    if language == "zh":
        places = [match.start() for match in _state_starts(language).finditer(text)]
        places = [n for n in places if text[n : n + 2] in names]
        keys = [text[n : n + 2] for n in places]
    else:
        starts = [match for match in _CAPITALIZED.finditer(text) if match.group() in names]
        places, keys = [match.start() for match in starts], [match.group() for match in starts]
    found: list[str] = []
    end = 0
    for place, key in zip(places, keys, strict=True):
        if place < end:
            continue
        for name, code in names[key]:
            if text.startswith(name, place):
                found.append("@" + code)
                end = place + len(name)
                break
    return found


@cache
def _state_names(language: str) -> dict[str, list[tuple[str, str]]]:
    """Names of States with their codes by first two characters (zh) or first word, the longest first."""
    by_start: dict[str, list[tuple[str, str]]] = {}
    for code, state in states().items():
        for name in state.names(language):
            start = _WORD.match(name)
            if start is not None and len(name) > 1:
                by_start.setdefault(name[:2] if language == "zh" else start.group(), []).append((name, code))
    for names in by_start.values():
        names.sort(key=lambda entry: (-len(entry[0]), entry))
    return by_start


@cache
def _state_starts(language: str) -> re.Pattern[str]:
    """Where a name may start: a first and a second character that some name has."""
    names = _state_names(language)
    first, second = (re.escape("".join(sorted({name[n] for name in names}))) for n in (0, 1))
    return re.compile(f"[{first}](?=[{second}])")
