"""Names of divisions: annexes, appendices, enclosures, letters, the same in every language."""

import re

from parsers.labels import ARABIC_ORDINALS, han_value, roman

_NAMES = (
    ("annex", re.compile(r"^(?:附件|Annex(?:es?)?|Anexos?|Приложени[ея]|(?:ال)?مرفق)", re.IGNORECASE)),
    ("appendix", re.compile(r"^(?:附录|Appendi(?:x|ce)|Apéndice)", re.IGNORECASE)),
    ("enclosure", re.compile(r"^(?:附文|附函|Enclosure)", re.IGNORECASE)),
    ("attachment", re.compile(r"^Attachment", re.IGNORECASE)),
    ("letter", re.compile(r"^(?:信函|Letter)", re.IGNORECASE)),
)
# 2024 年 5 月 2 日某国常驻代表给秘书长的信的附件二
_ANNEXED = re.compile(r"^\d{4}\s*年.*的((?:附件|附文|附录)\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})?)$")
_NUMBER = re.compile(r"[IVX]{1,5}|\d{1,2}|[A-Z]|[一二三四五六七八九十]{1,3}|" + "|".join(ARABIC_ORDINALS))
_NUMBERED_TO = re.compile(rf"(?P<number>(?:{_NUMBER.pattern}))(?:\s+to\s|[.:–—]\s)")
_WITHIN = {"appendix": ("annex", "enclosure"), "attachment": ("annex", "enclosure", "letter"), "enclosure": ("annex",)}


def _holds_annex(path: str) -> bool:
    """Whether an annex without a number is one of the division it stands in: of a numbered annex, of an agreement."""
    top, _, rest = path.partition("/")
    return bool(re.match(r"annex-\w", top)) or (top == "annex" and "article-" in rest)


def division_name(heading: str, current: str | None) -> str:
    """The path of the division that `heading` opens: 附件一 and Annex I are `annex-I`; an appendix lies in its annex.

    `current` is the division in which the heading stands.
    """
    bare = heading.rstrip("*＊ ").strip()
    annexed = _ANNEXED.search(bare)
    if annexed:
        bare = annexed.group(1)
    for name, pattern in _NAMES:
        match = pattern.match(bare)
        if match:
            number = bare[match.end() :].strip()
            if not _NUMBER.fullmatch(number):
                # Annex II to the letter dated 11 August 2025 from ...
                numbered = _NUMBERED_TO.match(number)
                number = numbered["number"] if numbered else ""
            value = ARABIC_ORDINALS.index(number) + 1 if number in ARABIC_ORDINALS else han_value(number)
            own = f"{name}-{roman(value) if value else number}" if number else name
            top = (current or "").split("/")[0]
            if own == "annex" and _holds_annex(current or ""):
                return f"{top}/annex"
            return f"{top}/{own}" if top.split("-")[0] in _WITHIN.get(name, ()) else own
    return bare
