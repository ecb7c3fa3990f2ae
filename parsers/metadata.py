"""What the masthead says, as metadata: symbol, dates, session, place, agenda items, submitter, chair, ..."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.dates import find_date, find_dates
from parsers.furniture import Mark
from parsers.job_numbers import job_number
from parsers.labels import han_value
from parsers.masthead import MastheadBlock
from parsers.masthead_lines import Part, language_of
from parsers.ordinals import number_in_words
from schemas.document import Chair, Dates, Genre, Kind, Language, Meta
from schemas.ids import split_symbols
from schemas.languages import is_official
from schemas.layout import Line
from schemas.source import SourceFile
from schemas.states import find_affiliation


class MastheadFacts(NamedTuple):
    """What the masthead's lines say; texts as printed, in normal form."""

    blocks: Sequence[tuple[MastheadBlock, str]]
    furniture: Sequence[tuple[Line, Mark]]
    headings: Sequence[str]
    notes: Sequence[str]

    def first(self, part: Part) -> str | None:
        """The first line of this kind."""
        return next((text for block, text in self.blocks if block.part is part), None)

    def titles(self) -> list[str]:
        """The title blocks."""
        return [text for block, text in self.blocks if block.kind is Kind.TITLE]


_RECORDS = (Genre.VERBATIM_RECORD, Genre.SUMMARY_RECORD)


def read_metadata(facts: MastheadFacts, source: SourceFile, language: Language | None, genre: Genre) -> Meta:
    """The metadata that a masthead gives; null where it does not."""
    record = facts.first(Part.RECORD)
    # The name of the committee stands once more over its record.
    titles = [title for title in facts.titles() if not (record and title == facts.first(Part.BODY))]
    held = facts.first(Part.HELD)
    where = facts.first(Part.DATE_AND_PLACE)
    issued = facts.first(Part.DATE)
    meeting = held or where
    session = facts.first(Part.SESSION)
    whole = (_SESSION_IN_BRACKETS.match(session) or _SESSION_AND_DATES.match(session)) if session else None
    meeting = meeting or (whole["dates"] if whole else None)
    heading = next(iter(facts.headings), None)
    return Meta(
        symbols=_symbols(facts),
        language=language,
        original_language=_original(facts.first(Part.ORIGINAL)),
        genre=genre,
        title=record if record and genre in _RECORDS else _title(titles) if titles else record or heading,
        submitter=next((name for title in titles for name in [_submitter(title)] if name), None),
        session=whole["session"] if whole else session,
        place=_place(held, where or (whole["dates"] if whole and not whole["items"] else None))
        or _place_after_time(facts),
        distribution=_after_colon(facts.first(Part.DISTRIBUTION)),
        job_number=next((job for line, _ in facts.furniture for job in [job_number(line.text)] if job), None),
        reissued=next((note for note in facts.notes if _REISSUED.search(note)), None),
        body=_body(facts),
        meeting_number=_meeting_number(record),
        dates=Dates(issued=find_date(issued) if issued else None, meeting=find_dates(meeting) if meeting else None),
        agenda_items=_agenda_items(facts.first(Part.AGENDA))
        or _agenda_items(whole["items"] if whole else None)
        or _items_taken_up(facts.headings),
        chair=_chair(facts.first(Part.CHAIR)),
        source=source,
    )


_SESSION_IN_BRACKETS = re.compile(
    r"^\((?P<session>[^,]+ session),\s*(?P<dates>[^,]*\d{4}),?\s*(?P<items>(?:agenda )?items? [^)]*?)?\s*\)?$",
    re.IGNORECASE,
)
_SESSION_AND_DATES = re.compile(
    r"^(?P<session>[^,]+ session), (?P<dates>[A-Z][^.:;]{2,60} \d{4})(?P<items>)$", re.IGNORECASE
)
_INSTRUMENT = re.compile(r"^(?:Agreement|Convention|Protocol|Treaty|Regulations?)$", re.IGNORECASE)
_SPONSORS = re.compile(
    r"^(?P<who>[^\W\d_][^:：]{1,}?)\s?(?:: (?:(?:revised|amended|second|third) )?draft (?:resolution|decision)"
    r"|: projet de (?:résolution|décision)|: proyecto de (?:resolución|decisión)"
    r"|: (?:пересмотренный )?проект (?:резолюции|решения)"
    r"|[:：]\s?(?:订正)?(?:决议|决定)草案)",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:Submitted|Transmitted|Prepared|Presented) by ")
_NUMBER_OF_RESOLUTION = re.compile(r"^(?:S-)?\d{1,4}/(?:\d{1,4}[A-Z]?\.|[…._]{1,6})(?:\s+|(?=[\u4e00-\u9fff《]))")
_NUMBER_INSIDE = re.compile(r"(?i:adopted|通过).{0,200}?\s(?:S-)?\d{1,4}/\d{1,4}[A-Z]?\.\s+(?P<title>\S.+)$")
_ADOPTION = re.compile(r"(?i)^(?:Resolution|Decision) adopted by|通过的(?:决议|决定)$|^\d{4}\s*年.{4,12}大会决议$")
# What issuances of the Secretariat are, above what they are about.
_SERIES = re.compile(
    r"^(?:Secretary-General[’']s bulletin|Administrative instruction|Information circular|Legislative history)[*＊]*$"
    r"|^(?:秘书长公报|行政指示|情况通报|Circulaire du Secrétaire général|Instruction administrative"
    r"|Boletín del Secretario General|Instrucción administrativa|Бюллетень Генерального секретаря)[*＊]*$",
    re.IGNORECASE,
)
_REISSUED = re.compile(r"重发|重新印发|重新发布|重新分发|[Rr]eissued")
_DATED = re.compile(r"^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_SUBMITTERS = (
    _SPONSORS,
    re.compile(r"^(?:[A-Z]?[a-z]+ ){0,3}(?:[Rr]eport|[Ss]tudy|[Nn]ote) by the (?P<who>[A-Z].+)$"),
    re.compile(
        r"^(?:[A-Z]?[a-z]+ ){0,2}[Rr]eport of the "
        r"(?P<who>(?:\w+ Committee|Expert Mechanism|Working Group|Working Party|Special Rapporteur"
        r"|Independent Expert|Advisory Committee|Scientific Advisory Group|Board of Auditors|Executive Director"
        r"|High Commissioner).*?)(?: on its .*)?$"
    ),
    re.compile(
        r"^(?P<who>.+?)(?:共同|联合)?(?:提交|编写|提出)的(?:工作文件|说明|报告|决议草案|决定草案|信息|资料|会议室文件)"
    ),
    re.compile(r"^(?P<who>.+?)(?:写给|给|致)[^，]{2,60}的(?:普通照会|照会|信函|信|函|同文信)"),
    re.compile(r"^(?P<who>.+?)的(?:普通照会|照会)$"),
    re.compile(r"(?:submitted|prepared|presented|transmitted) by (?:the )?(?P<who>.+)$", re.IGNORECASE),
    re.compile(r"^(?:Identical l|L)etters? dated .+? from (?:the )?(?P<who>.+?) addressed to ", re.IGNORECASE),
    re.compile(r"^Notes? verbales? dated .+? from (?:the )?(?P<who>.+?) addressed to ", re.IGNORECASE),
    re.compile(r"^(?:Report|Note|Letter) (?:of|by|from) the (?P<who>Secretary-General|Secretariat)\b", re.IGNORECASE),
    re.compile(r"^(?P<who>秘书长|秘书处)的?(?:报告|说明|信)"),
)
_TRAILING = re.compile(r"[(（](?P<who>[^()（）]{2,60})[)）]$")


def _title(titles: list[str]) -> str:
    """The first title; of a resolution the one that follows the line of its adoption."""
    kept = [title for title in titles if not (_ADOPTION.search(title) or _SPONSORS.match(title) or _BY.match(title))]
    kept = kept or titles
    if len(kept) > 1 and _SERIES.match(kept[0]):
        kept = kept[1:]
    numbered = next((title for title in kept if _NUMBER_OF_RESOLUTION.match(title)), None)
    if numbered:
        return _NUMBER_OF_RESOLUTION.sub("", numbered)
    if inside := next((found for title in titles if (found := _NUMBER_INSIDE.search(title))), None):
        # Resolution adopted by ... 79/312. Lamps: titles that nothing parts
        return inside["title"]
    if len(kept) > 1 and _INSTRUMENT.match(kept[0]):
        # Agreement / concerning the Adoption of ...: the name of an instrument over two lines of different size.
        return f"{kept[0]} {kept[1]}"
    return kept[0]


def _submitter(title: str) -> str | None:
    bare = _DATED.sub("", title).strip()
    for pattern in _SUBMITTERS:
        match = pattern.search(bare)
        if match:
            return match["who"].strip()
    trailing = _TRAILING.search(bare)
    return trailing["who"] if trailing and find_affiliation(trailing["who"]) else None


def _symbols(facts: MastheadFacts) -> tuple[str, ...]:
    printed = facts.first(Part.SYMBOL)
    if printed is not None:
        return split_symbols(printed.rstrip("*＊ "))
    headers = (line.text for line, mark in facts.furniture if mark.kind == "running_header")
    return next((found for header in headers if (found := split_symbols(header.rstrip("*＊ ")))), ())


def _original(text: str | None) -> Language | None:
    code = language_of(text) if text else None
    return code if code is not None and is_official(code) else None  # type: ignore[return-value]


def _after_colon(text: str | None) -> str | None:
    return re.split(r"[:：]|(?<=r)\.\s|(?<=t)\.\s", text, maxsplit=1)[-1].strip() if text else None


def _body(facts: MastheadFacts) -> str | None:
    named = facts.first(Part.BODY)
    if named:
        return named
    # A body that no vocabulary has stands where bodies stand: on the line after the symbol.
    after_symbol = [
        text
        for (before, _), (block, text) in zip(facts.blocks, facts.blocks[1:], strict=False)
        if before.part is Part.SYMBOL and block.part is None and block.kind is Kind.MASTHEAD
    ]
    return after_symbol[0] if after_symbol else None


_HELD_EN = re.compile(r"^Held (?:at|in) (?:the )?(?P<place>.+?),? on ")
_HELD_OTHER = re.compile(
    r"^(?:Tenue (?:à|au|aux) (?:la |le )?|Celebrada en (?:la |el )?|Состоявшееся в )"
    r"(?P<place>.+?),? (?:le |el |в )?(?=lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles"
    r"|jueves|viernes|sábado|понедельник|вторник|среду|четверг|пятницу|субботу)",
    re.IGNORECASE,
)
_HELD_ZH = re.compile(r"在(?P<place>[^在]+?)(?:举行|召开)$")


def _place(held: str | None, where: str | None) -> str | None:
    if held:
        match = _HELD_EN.search(held) or _HELD_ZH.search(held) or _HELD_OTHER.search(held)
        return match["place"].strip() if match else None
    if not where:
        return None
    parts = [part.strip() for part in re.split(r"[，,]", where)]
    if len(parts) < 2:
        return None
    # Atlanta, United States of America, 11–15 December 2023; 5 to 9 June 2023, New York
    named = [part for part in parts if not re.match(r"(?:and )?\d", part)]
    return ", ".join(named) or None


def _place_after_time(facts: MastheadFacts) -> str | None:
    """New York records print the place on a line of its own under day and hour."""
    for (before, _), (block, text) in zip(facts.blocks, facts.blocks[1:], strict=False):
        if (
            before.part is Part.HELD
            and block.part is None
            and re.fullmatch(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}", text)
        ):
            return text
    return None


_ITEM = r"\d{1,3}(?:\.\d{1,3})*[A-Z]?(?:\s?\(?[a-zа-я]{1,2}\)|\s?[（(][a-z]{1,4}[)）]|\s?[\u3220-\u3229])*"
# 75 (a) to (c) and 5, 6 (b) and (c): the letters after the first are of the same item.
_LETTERS = r"(?:(?:\s?[-–]\s?|,? (?:and|to|et|à|y|a|и) |, ?|[和及至、]\s?)\(?[a-zа-я]{1,2}\))*"
_ONE_OF_ITEMS = _ITEM + _LETTERS
_ITEMS = re.compile(
    r"(?:\b[Ii](?:tems?|TEMS?)|ITEMS?|\bPoints?|\bTemas?|\bПункты?|项目|البنود|البندان|البند)[*＊]*\s*"
    rf"(?P<items>{_ONE_OF_ITEMS}"
    rf"(?:(?:\s?[-–]\s?|\s?[，,、；;]\s?|,? (?:and|to|et|à|y|a|и) |\s?[和及至]\s?){_ONE_OF_ITEMS})*)"
)
_BETWEEN_ITEMS = re.compile(r"\s*(?:[，,、；;和及]| and | et | y | и )+\s*(?=\d)")


def _agenda_items(text: str | None) -> tuple[str, ...]:
    match = _ITEMS.search(text) if text else None
    if not match:
        return ()
    return tuple(part.strip() for part in _BETWEEN_ITEMS.split(match["items"]) if part.strip())


_TAKEN_UP = re.compile(r"^Agenda items? (?P<items>\d.*?)(?:\s*\((?:continued|\w+ed)\))?$")


def _items_taken_up(headings: Sequence[str]) -> tuple[str, ...]:
    """The items that a record takes up, by its headings: `Agenda item 13 (continued)`."""
    matches = (_TAKEN_UP.match(heading) for heading in headings)
    found = [item for match in matches if match for item in _agenda_items(f"Agenda item {match['items']}")]
    return tuple(dict.fromkeys(found))


_CHAIR = re.compile(
    r"^[^:：]+[:：]\s*(?P<name>.+?)\s*(?:(?:\.{3,}|…+)\s*(?P<far>.+)|[(（](?P<near>[^()（）]+)[)）])?\s*$"
)


def _chair(text: str | None) -> Chair | None:
    match = _CHAIR.match(text) if text else None
    if not match:
        return None
    state = (match["far"] or match["near"] or "").strip().strip("()（）").strip()
    return Chair(name=match["name"].strip(" .…"), affiliation=state or None)


_MEETING_ZH = re.compile(r"第\s*(?P<n>[一二三四五六七八九十百〇零\d]+)\s*次")
_MEETING_EN = re.compile(r"\b(?P<n>\d+)(?:st|nd|rd|th)\b")


def _meeting_number(record: str | None) -> int | None:
    if not record:
        return None
    match = _MEETING_ZH.search(record)
    if match:
        return int(match["n"]) if match["n"].isdigit() else han_value(match["n"])
    match = _MEETING_EN.search(record)
    return int(match["n"]) if match else number_in_words(record)
