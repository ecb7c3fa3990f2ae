"""The categories that documents point to, with their names in English and Chinese."""

from collections.abc import Iterable, Mapping

from lxml import etree

from schemas.document import Genre, Role, SpeakerRole
from schemas.languages import language_name
from schemas.votes import VotePart, VoteSide
from unbitext.tei.incidents import INCIDENT_KINDS
from unbitext.tei.names import XML_ID, XML_LANG, add

Named = Mapping[str, tuple[str, str]]

GENRES: Named = {
    Genre.REPORT: ("report or working paper", "报告或工作文件"),
    Genre.VERBATIM_RECORD: ("verbatim record", "逐字记录"),
    Genre.SUMMARY_RECORD: ("summary record", "简要记录"),
    Genre.LETTER: ("letter or note verbale", "信函或普通照会"),
    Genre.RESOLUTION: ("resolution or decision", "决议或决定"),
    Genre.TREATY: ("treaty", "条约"),
    Genre.OTHER: ("other", "其他"),
}
DISTRIBUTION: Named = {
    "general": ("General", "普遍"),
    "limited": ("Limited", "限量"),
    "restricted": ("Restricted", "限制"),
    "provisional": ("Provisional", "临时"),
}
ROLES: Named = {
    SpeakerRole.CHAIR: ("presiding officer", "主席"),
    SpeakerRole.MEMBER: ("representative of a member", "成员代表"),
    SpeakerRole.GUEST: ("guest or observer", "来宾或观察员"),
    SpeakerRole.SECRETARIAT: ("secretariat", "秘书处"),
}
PARTS: Named = {
    Role.PREAMBULAR: ("preambular paragraph", "序言段"),
    Role.OPERATIVE: ("operative paragraph", "执行段"),
}


VOTES: Named = {
    VotePart.ANNOUNCEMENT: ("announcement of a vote", "宣布进行表决"),
    VotePart.SIDE: ("words over a list of voters", "投票名单的标题"),
    VotePart.VOTERS: ("list of voters", "投票名单"),
    VotePart.RESULT: ("result of a vote", "表决结果"),
    VotePart.LATER: ("statement after a vote", "表决后的说明"),
}
SIDES: Named = {
    VoteSide.FAVOUR: ("in favour", "赞成"),
    VoteSide.AGAINST: ("against", "反对"),
    VoteSide.ABSTAINING: ("abstaining", "弃权"),
}


def write_taxonomies(parent: etree._Element, spoken_languages: Iterable[str]) -> None:
    """Write all taxonomies; of the languages spoken only those that occur."""
    _write(parent, "genre", "kind of document", GENRES)
    _write(parent, "distribution", "distribution of the document", DISTRIBUTION)
    _write(parent, "role", "role of the speaker", ROLES)
    _write(parent, "part", "part of a resolution", PARTS)
    _write(parent, "incident", "kind of incident", INCIDENT_KINDS)
    _write(parent, "vote", "part of a vote", VOTES)
    _write(parent, "side", "how one voted", SIDES)
    delivered = {
        code: (
            f"delivered in {language_name(code) or code}",
            f"以{language_name(code, 'zh') or code}发言",
        )
        for code in sorted(set(spoken_languages))
    }
    if delivered:
        _write(parent, "delivered", "language the speech was delivered in", delivered)


def _write(parent: etree._Element, name: str, meaning: str, categories: Named) -> None:
    taxonomy = add(parent, "taxonomy")
    taxonomy.set(XML_ID, f"tax.{name}")
    add(taxonomy, "desc", meaning).set(XML_LANG, "en")
    for key, (english, chinese) in categories.items():
        category = add(taxonomy, "category")
        category.set(XML_ID, f"{name}.{key}")
        add(category, "catDesc", english).set(XML_LANG, "en")
        add(category, "catDesc", chinese).set(XML_LANG, "zh-Hans")
