"""The official languages, and the names that mastheads and speakers' labels give to languages.

`vocabularies/languages.tsv`: the six official languages first, then others that are spoken in meetings. Codes are
ISO 639-1; `bcp47` is what TEI and published metadata carry. United Nations Chinese is written in simplified characters:
zh-Hans.
"""

import re
from functools import cache

from schemas.vocabularies.table import Named, name_key, names_in, read_rows


class LanguageEntry(Named):
    """A language: its code, its BCP 47 tag, whether it is one of the six official ones, its names by language."""

    code: str
    bcp47: str
    official: bool


@cache
def languages() -> dict[str, LanguageEntry]:
    """Every language by its code, the official ones first."""
    rows = read_rows("languages.tsv")
    return {
        row["code"]: LanguageEntry.model_validate(
            {"code": row["code"], "bcp47": row["bcp47"], "official": row["official"] == "yes", **names_in(row)}
        )
        for row in rows
    }


def bcp47(code: str) -> str:
    """Give the BCP 47 tag of a language code: `zh` gives `zh-Hans`; an unknown code is its own tag."""
    entry = languages().get(code)
    return code if entry is None else entry.bcp47


def is_official(code: str) -> bool:
    """Whether `code` is one of the six official languages."""
    entry = languages().get(code)
    return entry is not None and entry.official


# What stands around a language's name where a document says which language it, or a speech, is in. Only these notes
# are read, so that a text that merely mentions a language is not taken for one. Each with a sample of the convention:
_NOTES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[以用](?P<name>.+?)(?:发言|作发言|讲话)",  # 以英语发言
        r"(?P<name>.+?)(?:发言|讲话|口译)",  # 英语发言
        r"(?:原文|原件|原稿)\s*[:：]\s*(?P<name>.+)",  # 原文：英文
        # spoke in French, interpretation from Spanish
        r"(?:spoke|spoken|speaking|delivered|interpretation|translated)\s+(?:in|from)\s+(?P<name>.+)",
        r"original\s*:\s*(?P<name>.+)",  # Original: English
        r"in\s+(?P<name>.+)",
        r"(?P<name>.+?)\s+(?:only|seulement|solamente)",  # English only
        r"(?:l'orat(?:eur|rice)\s+)?parle\s+en\s+(?P<name>.+)",  # parle en anglais
        r"interprétation\s+(?:du\s+|de\s+l')(?P<name>.+)",  # interprétation de l'anglais
        r"(?:habla|interpretación)\s+(?:en|del)\s+(?P<name>.+)",  # habla en inglés
        r"(?:говорит|перевод\s+с|устный\s+перевод\s+с)\s+(?P<name>.+?)(?:\s+языка)?",  # говорит по-французски
        r"оригинал\s*:\s*(?P<name>.+)",  # Оригинал: английский
        r"(?:تكلم|تكلمت|يتكلم|تتكلم)\s+ب(?P<name>.+)",  # تكلم بالفرنسية
        r"ترجمة\s+شفوية\s+عن\s+(?P<name>.+)",  # ترجمة شفوية عن الفرنسية
        r"الأصل\s*:\s*ب?(?P<name>.+)",  # الأصل: بالإنكليزية
    )
)


def language_from_name(text: str) -> str | None:
    """Find the code of the language that a name or a note gives: `中文`, `(以英语发言)`, `(spoke in French)`.

    Brackets around it fall, and so does what follows a semicolon (`spoke in Portuguese; English text provided by the
    delegation`: the language spoken is the first). None where the text is neither a name nor such a note.
    """
    note = text.strip().strip("()（）[]［］").strip()
    note = re.split(r"[;；]", note, maxsplit=1)[0].replace("’", "'").strip()
    names = _names()
    found = names.get(name_key(note))
    if found is None:
        matches = (pattern.fullmatch(note) for pattern in _NOTES)
        found = next((names[key] for match in matches if match and (key := name_key(match["name"])) in names), None)
    return found


def language_name(code: str, language: str = "en") -> str | None:
    """Give the name of the language `code` in `language` (`language_name("fr", "zh")` is 法文), None if not known."""
    entry = languages().get(code)
    names = () if entry is None else entry.names(language)
    return names[0] if names else None


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in languages().values():
        for names in entry.by_language().values():
            for name in names:
                found.setdefault(name_key(name), entry.code)
    return found
