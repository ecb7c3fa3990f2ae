"""Labels of speeches: who speaks, for whom, in which language.

Chinese: `主席(以英语发言)：`, `比尔韦特先生(德国)(以英语发言)：`, `黄先生(法国)：`, `Victor Lopes先生(巴西)：`.
English: `The President:`, `Mr. X (Congo) (spoke in French):`, `Ms. Y (Department for ...):`. Older records have
`(interpretation from French)`.
"""

import re
from typing import NamedTuple

from schemas.document import Affiliation, SpeakerRole
from schemas.languages import language_from_name
from schemas.states import find_affiliation, find_state

_HONORIFIC_ZH = r"(?:先生|女士|夫人|小姐|阁下|博士|教授|大使|将军|殿下|公主|王子|国王|陛下|酋长|主教|大主教|勋爵|爵士)"
_CHAIR_ZH = r"(?:(?:临时|代理|共同|执行|副)*主席|主持人|议长)"
_OFFICER_ZH = r"(?:(?:副|助理|代理)*秘书长|(?:裁谈会|会议|委员会)?秘书|高级代表|执行秘书|总干事|高级专员)"
_CHAIR_EN = (
    r"(?:Acting |Temporary |Interim |Vice[- ]|Co-|Deputy )*(?:President|Chair(?:man|woman|person)?|Speaker|Moderator)"
)
_OFFICER_EN = (
    r"(?:Deputy |Assistant |Acting |Under-)*(?:Secretary-General|Executive Secretary|Secretary|High Representative"
    r"|High Commissioner|Director-General)(?: of the [A-Z][\w ]{2,60})?"
)
_TITLE_EN = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Baroness|Baron|Count|Prince|Princess|King|Queen|Sheikha?|Shaikha?"
    r"|Archbishop|Bishop|Cardinal|Monsignor|Msgr|Mgr|Reverend|Father|Ambassador|General|Gen|Colonel|Judge|Justice|Chief"
    r"|Professor|Doctor|Crown Prince|Mx|H\.E)\.?"
)
_BRACKETS = r"(?P<brackets>(?:\s*[(（][^()（）]{1,90}(?:[(（][^()（）]{1,60}[)）][^()（）]{0,60})?[)）])*)"
_NAME_ZH = r"[^\s:：()（）。，；、！？“”《》][^:：()（）。，；！？“”《》]{0,40}?"
_NAME_EN = r"[^:：()（）;,!?“”]{1,60}?"
_SPEAKER = (
    rf"(?P<chair>{_CHAIR_ZH}(?!先生|女士)|The {_CHAIR_EN})"
    rf"|(?P<officer>{_OFFICER_ZH}|The {_OFFICER_EN})"
    rf"|(?P<member>{_NAME_ZH}{_HONORIFIC_ZH}|{_TITLE_EN} {_NAME_EN})"
)
_VERBS_EN = (
    "said|asked|thanked|welcomed|noted|recalled|expressed|drew|introduced|invited|suggested|proposed|speaking|replied"
    "|stressed|wished|reported|explained|pointed|agreed|requested|declared|announced|took|stated|observed"
)
_VERBS_ZH = (
    "说|指出|表示|问|询问|感谢|欢迎|回顾|认为|强调|提议|建议|介绍|代表|宣布|邀请|请|要求|补充|解释|赞同|同意|希望|回答"
    "|提请"
)
_LABEL = re.compile(rf"^(?P<speaker>{_SPEAKER}){_BRACKETS}\s*[:：]")
_SAID = re.compile(
    rf"^(?P<speaker>{_SPEAKER}){_BRACKETS},?(?:\s*[(（][^()（）]*[)）])?"
    # Mr. X (Country), replying to the question raised by the representative of Y, said that ...
    r"(?:, (?:[a-z]+ing|on behalf|in explanation|Vice-|Chair|Rapporteur)[^.;:]{0,160}?,(?= (?:said|asked|thanked)))?"
    # After a State in brackets, how or when it was said may come first: 在解释立场时说, 应主席邀请发言.
    rf"(?P<verb>(?:(?<=[)）])[^，。；：,.;:]{{0,24}}?|\s*(?:，|,)?\s*)(?:{_VERBS_EN}|{_VERBS_ZH}|发言))"
)
_BRACKET = re.compile(r"[(（]((?:[^()（）]|[(（][^()（）]*[)）])*)[)）]")
# What a speech says to the chair looks like a label without brackets: `主席先生：`, `女士们、先生们：`.
_ADDRESS = re.compile(
    r"(?:们|^(?:副)?主席|^尊敬的.*|^亲爱的.*|^各位.*)(?:先生|女士|阁下)?$"
    r"|^(?:Mr|Madam|Ms)\.? (?:President|Chair\w*|Speaker)"
)


class TurnLabel(NamedTuple):
    """A turn's label as printed and what it says; `length` counts its characters with the white space after."""

    printed: str
    speaker: str
    role: SpeakerRole
    affiliation: Affiliation | None
    spoken_language: str | None
    length: int


def match_turn_label(text: str) -> TurnLabel | None:
    """The label of a speech that `text` opens with, in a verbatim record."""
    match = _LABEL.match(text)
    return _turn_label(text, match, match.end()) if match else None


def match_reported_speaker(text: str) -> TurnLabel | None:
    """The speaker that a paragraph of a summary record opens with (`Mr. X (Country) said that`).

    The label ends before the verb and, unlike a verbatim record's, belongs to the sentence.
    """
    match = _SAID.match(text)
    return _turn_label(text, match, match.end("brackets")) if match else None


def _turn_label(text: str, match: re.Match[str], end: int) -> TurnLabel | None:
    speaker = " ".join(match["speaker"].split())
    brackets = [inner.strip() for inner in _BRACKET.findall(match["brackets"])]
    if not brackets and match["member"] and (_ADDRESS.search(speaker) or len(speaker) > 30):
        return None
    languages = [language for inner in brackets if (language := language_from_name(inner))]
    named = [inner for inner in brackets if not language_from_name(inner)]
    affiliation = _affiliation(named[-1]) if named else None
    length = end + len(text[end:]) - len(text[end:].lstrip())
    role = _role(match, affiliation)
    return TurnLabel(text[:end].strip(), speaker, role, affiliation, languages[-1] if languages else None, length)


def _affiliation(text: str) -> Affiliation:
    return Affiliation(text=" ".join(text.split()), code=find_affiliation(text))


_SECRETARIAT = re.compile(
    r"Secretar|Department|Office for|Office of|United Nations|Division|Controller|Legal Counsel|"
    r"秘书|部\)?$|厅$|司$|处$|办公室|联合国"
)


def _role(match: re.Match[str], affiliation: Affiliation | None) -> SpeakerRole:
    if match["chair"]:
        return SpeakerRole.CHAIR
    if match["officer"]:
        return SpeakerRole.SECRETARIAT
    if affiliation is None:
        return SpeakerRole.GUEST
    if find_state(affiliation.text):
        return SpeakerRole.MEMBER
    return SpeakerRole.SECRETARIAT if _SECRETARIAT.search(affiliation.text) else SpeakerRole.GUEST
