"""What a line of a masthead says: each kind of line that UN mastheads are made of, in Chinese and English."""

import re
from enum import StrEnum

from parsers.dates import is_bare_date
from schemas.bodies import find_body
from schemas.ids import split_symbols
from schemas.languages import language_from_name


class Part(StrEnum):
    """The kinds of masthead lines."""

    SYMBOL = "symbol"
    LETTERHEAD = "letterhead"
    BODY = "body"
    SESSION = "session"
    DISTRIBUTION = "distribution"
    DATE = "date"
    LANGUAGE = "language"
    ORIGINAL = "original"
    AGENDA = "agenda"
    DATE_AND_PLACE = "date_and_place"
    RECORD = "record"
    HELD = "held"
    CHAIR = "chair"
    NOTICE = "notice"


_HAN_OR_DIGIT = r"[一二三四五六七八九十百〇零\d]"
_ORDINAL = (
    r"(?:\d{1,4}(?:st|nd|rd|th)"
    r"|(?:(?:one|two|three|four|five|six|seven|eight|nine|\w+teen|\w+ty|hundred|thousand|and)[ -]){0,8}"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|\w+tieth))"
)
_DAY = r"\d{1,2}(?: [A-Z][a-z]+)?(?: \d{4})?"
_TO = r"\s*(?:[-–—]|to|and)\s*"
_EN_PLACE = r"[A-Z][\w’' .-]+"
_LANGUAGES = r"(?:Chinese|English|French|Spanish|Russian|Arabic|中文|英文|法文|西班牙文|俄文|阿拉伯文)"
_CHAIR = r"(?:(?:代理|临时|副|共同)?主席|Acting President|President|Chair(?:man|person|woman)?s?|Co-Chairs?)"


def _any(*alternatives: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(f"^(?:{'|'.join(alternatives)})", flags)


_PATTERNS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (Part.LETTERHEAD, _any(r"United Nations$", r"联\s*合\s*国$")),
    (Part.DISTRIBUTION, _any(r"(?:Distr\.?|分发|Distribution)\s*[:：]\s*\S", r"Distr?\.\s+[A-Z]")),
    (Part.ORIGINAL, _any(r"(?:Original|原文|原件)\s*[:：]\s*\S", flags=re.IGNORECASE)),
    # English only, Arabic/English, 中文和英文
    (Part.LANGUAGE, _any(rf"{_LANGUAGES}(?: only|\s*[/和及、]\s*{_LANGUAGES}| and {_LANGUAGES})*$")),
    # President: Mr. X .......... (State)
    (
        Part.CHAIR,
        _any(rf"{_CHAIR}\s*[:：]\s*(?:\S.*?(?:\.{{3,}}|…{{2,}}|\(|（)|(?:Mr|Mrs|Ms|Miss|Sir|Dame)\b[^:;]{{2,60}}$)"),
    ),
    (
        Part.RECORD,
        _any(
            r".*第.{1,12}次(?:全体|正式|非正式)?会议.{0,12}?(?:记录|纪录)$",
            r"(?:Final|Provisional|Verbatim|Summary)\b.*\brecord of the .* (?:meeting|session).*$",
            r"\d{1,5}(?:st|nd|rd|th) (?:plenary )?meeting$",
            flags=re.IGNORECASE,
        ),
    ),
    (
        Part.HELD,
        _any(
            r"\d{4}\s*年.*(?:举行|召开)$",
            r"Held (?:at|on|in) ",
            r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{1,2} [A-Z][a-z]+ \d{4}\b",
        ),
    ),
    (
        Part.SESSION,
        _any(
            rf".{{0,20}}第\s*{_HAN_OR_DIGIT}{{1,6}}\s*(?:届|次)(?:常|特别|紧急特别|实质性|组织)?(?:会议|会)$",
            rf"{_ORDINAL} (?:(?:special|regular|emergency|substantive|annual|resumed|organizational) )*"
            r"(?:session|meeting)(?: of States Parties)?$",
            # 2025 session; Annual session 2025; First regular session 2025
            r"(?:(?:\d{4}|annual|special|first|second|third|organizational|substantive|regular|resumed) ){1,3}"
            r"session(?:,? (?:of )?\d{4})?$",
            # (Fifty-fifth session, 16-18 October 2001, agenda item 13): subsidiary bodies of the 1990s in Geneva
            rf"\({_ORDINAL} (?:\w+ )?session,",
            flags=re.IGNORECASE,
        ),
    ),
    (
        Part.AGENDA,
        _any(
            r"(?:临时|暂定|订正)?(?:议程)?[*＊]*\s*项目\s*\S",
            r"(?:Agenda )?[Ii]tems? \d+",
        ),
    ),
    (
        Part.DATE_AND_PLACE,
        _any(
            # 2025 年 3 月 3 日至 7 日，纽约 - and without the place
            r"\d{4}\s*年\s*\d{1,2}\s*月.{0,24}日\s*[，,]\s*[\u4e00-\u9fff]{2,12}$",
            r"\d{4}\s*年\s*\d{1,2}\s*月[^，]{0,12}[至和-][^，]{1,16}日$",
            # 3-7 March 2025; Vienna, 30 April to 11 May 2018; Geneva, 3 June 2025
            rf"{_DAY}{_TO}\d{{1,2}} [A-Z][a-z]+ \d{{4}}$",
            rf"{_EN_PLACE}, {_DAY}{_TO}{_DAY}$",
            rf"{_DAY}{_TO}\d{{1,2}} [A-Z][a-z]+ \d{{4}}, {_EN_PLACE}$",
            rf"{_EN_PLACE}, \d{{1,2}} [A-Z][a-z]+ \d{{4}}$",
        ),
    ),
    (
        Part.NOTICE,
        _any(r"Specimen\b.*", r"样本.*", r"Advance,? (?:and )?unedited (?:version|copy)\b.*", flags=re.IGNORECASE),
    ),
)


_LONGEST = 500
"""Characters that no line of a masthead has, so that time is linear in the length of a text."""


def masthead_part(text: str) -> Part | None:
    """Which kind of masthead line `text` is; None where it is none of them."""
    if len(text) > _LONGEST:
        return None
    bare = text.rstrip("*＊ ").strip()
    if split_symbols(bare):
        return Part.SYMBOL
    if is_bare_date(bare):
        return Part.DATE
    for part, pattern in _PATTERNS:
        if pattern.match(text):
            return part
    return Part.BODY if find_body(bare) else None


def language_of(text: str) -> str | None:
    """The language that a line names, alone or after a colon: `Original: English` is `en`."""
    return language_from_name(re.split(r"[:：]", text)[-1].strip().split("/")[0].strip())
