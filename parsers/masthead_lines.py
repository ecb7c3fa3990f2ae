"""What a line of a masthead says: each kind of line that UN mastheads are made of, in Chinese and English."""

import re
from enum import StrEnum

from parsers.dates import find_date, is_bare_date, is_span_of_days
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
_EN_PLACE = r"[A-Z][\w’'., ()-]{1,60}"
_LANGUAGES = (
    r"(?:Chinese|English|French|Spanish|Russian|Arabic|中文|英文|法文|西班牙文|俄文|阿拉伯文"
    r"|Français|Anglais|Espagnol|Russe|Chinois|Arabe|Español|Inglés|Francés|Ruso|Chino|Árabe|Русский|Английский|عربي)"
)
_CHAIR = (
    r"(?:(?:代理|临时|副|共同)?主席|(?:Acting |Temporary |Interim )?President|Chair(?:man|person|woman)?s?|Co-Chairs?"
    r"|Président(?:e|\(e\))?|President[ea](?:/a)?|Председатель)"
)
_KIND = r"(?:special|regular|emergency|substantive|annual|resumed|reconvened|organizational|\(resumed\))"
_PART_OF = (
    r"(?:\s*\((?:[^()]{0,40}\b(?:part|resumed)\b[^()]{0,20}|resumed)\)|,? (?:first|second|third|main) part"
    r"|\s*[-–—]?,? part [IVX]{1,4})"
)
_FR_ORDINAL = r"(?:\d{1,3}(?:e|re|ème|ère)|[A-Z][\w-]{1,30}(?: et un|-et-un)?(?:ième|ière|onde))"


def _any(*alternatives: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(f"^(?:{'|'.join(alternatives)})", flags)


_PATTERNS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        Part.LETTERHEAD,
        _any(
            r"United Nations$",
            r"联\s*合\s*国$",
            r"Nations Unies$",
            r"Naciones Unidas$",
            r"Организация Объединенных Наций$",
            r"الأمم المتحدة$",
            flags=re.IGNORECASE,
        ),
    ),
    (
        Part.DISTRIBUTION,
        _any(
            r"(?:Distr\.?|分发|Distribution)\s*[:：]\s*\S",
            r"Distr?\.\s+(?:[A-Z]|générale|limitée|restreinte|general|limitada|reservada)",
            # The word stands on the next line: Distr. / GENERAL
            r"Distr\.?\s*[:：]?$",
        ),
    ),
    (Part.ORIGINAL, _any(r"(?:Original|原文|原件|Оригинал|الأصل)\s*[:：]\s*\S?", flags=re.IGNORECASE)),
    # English only, Arabic/English, 中文和英文, ENGLISH, English, French and Spanish only
    (
        Part.LANGUAGE,
        _any(
            rf"{_LANGUAGES}(?: only|\s*[/和及、]\s*{_LANGUAGES}|(?:, | and |, and ){_LANGUAGES}| et \w+| y \w+"
            r"| seulement| solamente| únicamente)*$",
            flags=re.IGNORECASE,
        ),
    ),
    # President: Mr. X .......... (State)
    (
        Part.CHAIR,
        _any(
            rf"{_CHAIR}\s*[:：]\s*(?:\S.*?(?:\.{{3,}}|…{{2,}}|\(|（)|(?:Mr|Mrs|Ms|Miss|Sir|Dame)\b[^:;]{{2,60}}$"
            r"|(?:M\.|Mme|Sr\.|Sra\.|г-н|г-жа)[^:;]{2,60}$)",
            r"(?:[Ll]ater|puis|ulteriormente|затем|后)\s*[:：]\s*(?:Mr|Mrs|Ms|Miss|M|Mme|Sr|Sra|г-н|г-жа)\b[^:;]{2,80}$",
        ),
    ),
    (
        Part.RECORD,
        _any(
            r".*第.{1,12}次(?:全体|正式|非正式)?会议.{0,12}?(?:记录|纪录)$",
            r"(?:Final|Provisional|Verbatim|Summary)\b.*\brecord of the .* (?:meeting|session).*$",
            # The line may be broken before its end: Summary record of the second part (public) of the
            r"(?:Provisional )?(?:Summary|Verbatim) record of the .{0,60}\d{1,5}(?:st|nd|rd|th)$",
            r"\d{1,5}(?:st|nd|rd|th) (?:plenary )?meeting$",
            r"Compte rendu (?:analytique|sténographique|in extenso).{0,60} séance.{0,20}$",
            r"Acta (?:resumida|literal|taquigráfica).{0,60} sesión.{0,20}$",
            r"(?:Краткий|Стенографический|Предварительный краткий) отчет.{0,40} заседани\w+.{0,20}$",
            flags=re.IGNORECASE,
        ),
    ),
    (
        Part.HELD,
        _any(
            r"\d{4}\s*年.*(?:举行|召开)$",
            r"Held (?:at|on|in) ",
            r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{1,2} [A-Z][a-z]+ \d{4}\b",
            r"(?:Tenue|Celebrada|Состоявшееся) ",
            r"(?:Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche|Lunes|Martes|Miércoles|Jueves|Viernes|Sábado"
            r"|Понедельник|Вторник|Среда|Четверг|Пятница|Суббота)\b,? \d{1,2}",
        ),
    ),
    (
        Part.SESSION,
        _any(
            rf".{{0,20}}第\s*{_HAN_OR_DIGIT}{{1,6}}\s*(?:届|次)(?:常|特别|紧急特别|实质性|组织|年度)?(?:会议|会)(?:续会)?"
            r"(?:[(（].{1,20}[)）])?$",
            r"\d{4}\s*年(?:会议|届会|实质性会议|组织会议|年度会议|第[一二三四]届常会)$",
            rf"(?:{_KIND} ){{0,2}}{_ORDINAL} (?:{_KIND} )*"
            rf"(?:session|meeting)(?: of States Parties| of \d{{4}})?{_PART_OF}?$",
            # First part of the twenty-eighth session
            rf"(?:first|second|third|resumed) (?:resumed )?part of the {_ORDINAL} (?:{_KIND} )?session$",
            # 2025 session; Annual session 2025; First regular session 2025; Organizational session for 1997
            rf"(?:(?:\d{{4}}|first|second|third|{_KIND}) ){{1,4}}"
            rf"session(?:,? (?:of |for )?\d{{4}})?{_PART_OF}?$",
            r"Session (?:of |for )?\d{4}$",
            # (Fifty-fifth session, 16-18 October 2001, agenda item 13): subsidiary bodies of the 1990s in Geneva
            rf"\({_ORDINAL} (?:\w+ )?session,",
            # Fifteenth session, Geneva, 24-26 October 2005
            rf"{_ORDINAL} (?:{_KIND} )?session, [A-Z][^.:;]{{2,60}} \d{{4}}$",
            rf"(?:Reprise de la )?{_FR_ORDINAL} session\b[^.:;]{{0,50}}$",
            r"(?:Première|Deuxième|Seconde) session ordinaire\b.{0,20}$",
            r"Session (?:annuelle|ordinaire|extraordinaire|d[’']organisation|de fond|de) ?.{0,24}\d{4}$",
            r"[\w.º ]{0,60}\bper[ií]odo (?:\w+ ){0,4}de sesiones\b[^.:;]{0,40}$",
            r"(?:[\w-]+ ){0,4}сессия\b[^.:;]{0,40}$",
            r"الدورة [^.:؛]{1,50}$",
            flags=re.IGNORECASE,
        ),
    ),
    (
        Part.AGENDA,
        _any(
            r"(?:临时|暂定|订正|初步)?(?:议程|一览表|清单)?[*＊]*\s*项目\s*[*＊]*\s*\S",
            r"(?:Provisional )?(?:[Aa]genda )?[Ii]tems? \d+",
            r"AGENDA ITEMS? \d+",
            r"Points? \d[^.;]{0,60}(?:de l[’']ordre du jour|de la liste)",
            r"Temas? \d[^.;]{0,60}(?:del programa|de la agenda|de la lista|del orden del día)",
            r"Пункты? \d[^.;]{0,60}(?:повестки дня|перечня)",
            r"(?:البند|البندان|البنود) \d",
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
            rf"{_EN_PLACE}, {_DAY}(?:(?:,|,? and|{_TO}) ?{_DAY}){{1,4}}$",
            rf"{_DAY}{_TO}\d{{1,2}} [A-Z][a-z]+ \d{{4}}, {_EN_PLACE}$",
            rf"{_EN_PLACE}, \d{{1,2}} [A-Z][a-z]+ \d{{4}}$",
        ),
    ),
    (
        Part.NOTICE,
        _any(
            # Security Council / Eightieth year
            rf"{_ORDINAL} year$",
            r"第\s*[一二三四五六七八九十百〇\d]{1,5}\s*年$",
            rf"{_FR_ORDINAL} année$",
            r"[\w ]{4,40} año$",
            r"(?:\w+ )?\w+ый год$",
            r"Specimen\b.*",
            r"样本.*",
            r"Advance,? (?:and )?unedited (?:version|copy)\b.*",
            flags=re.IGNORECASE,
        ),
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
    if _is_date_and_place(bare):
        return Part.DATE_AND_PLACE
    return Part.BODY if find_body(bare) else None


_PLACE_BEFORE = re.compile(r"^(?:[^\W\d_][\w’'.() -]{1,40}(?:, [^\W\d_][\w’'.() -]{1,40}){0,2}, )?(?=\d)")


def _is_date_and_place(text: str) -> bool:
    """Whether a line is a span of days, in any language, alone or behind a place: Ginebra, 3 a 7 de marzo de 2025."""
    place = _PLACE_BEFORE.match(text)
    return bool(place and is_span_of_days(text[place.end() :]) and (place.group() or len(text) > _SHORTEST_SPAN))


_SHORTEST_SPAN = 9


def distribution_word(text: str) -> bool:
    """Whether a line is what a line `Distr.` goes on with: GENERAL, LIMITED."""
    return bool(_DISTRIBUTIONS.match(text.strip()))


_DISTRIBUTIONS = re.compile(
    r"^(?:General|Limited|Restricted|Provisional|Générale|Limitée|Restreinte|Provisoire|Limitada|Reservada"
    r"|Общее|Ограниченное|عام|普遍|有限)$",
    re.IGNORECASE,
)


def held_goes_on(before: str, text: str) -> bool:
    """Whether `text` is the day of a meeting whose place `before` gives: Held at Headquarters, New York, / on 3 May."""
    return masthead_part(before) is Part.HELD and find_date(before) is None and find_date(text) is not None


def language_of(text: str) -> str | None:
    """The language that a line names, alone or after a colon: `Original: English` is `en`."""
    named = re.split(r"[:：]", text)[-1].strip()
    return language_from_name(re.split(r"/|,| and | et | y |\[|[和及]", named)[0].strip())
