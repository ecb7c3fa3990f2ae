"""How the vocabularies are read: tab-separated files beside this module, several names to a cell."""

import csv
import re
import unicodedata
from importlib.resources import files

from schemas.base import Model

NAME_LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
"""The columns that hold names; the first of a cell is the one the United Nations prints today."""


class Named(Model):
    """Something with names in the six official languages: in each the present one first; empty where none is known."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()
    es: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    ar: tuple[str, ...] = ()

    def by_language(self) -> dict[str, tuple[str, ...]]:
        """Give the names keyed by language."""
        return {"en": self.en, "zh": self.zh, "fr": self.fr, "es": self.es, "ru": self.ru, "ar": self.ar}

    def names(self, language: str) -> tuple[str, ...]:
        """Give all names in `language`; empty for a language that the vocabulary does not have."""
        return self.by_language().get(language, ())

    def name(self, language: str = "en") -> str:
        """Give the present name in `language`, or the English one where there is none."""
        return (self.names(language) or self.en)[0]


def read_rows(name: str) -> list[dict[str, str]]:
    """Read the vocabulary `name` (`states.tsv`): one dictionary a row, keyed by the names of its columns."""
    text = files("schemas.vocabularies").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def names_in(row: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Give the names of a row by language; an empty cell gives no entry."""
    return {language: tuple(row[language].split("|")) for language in NAME_LANGUAGES if row[language]}


_INVERTED = re.compile(r"\s*(?P<name>[^()]+?)\s*\((?P<form>[^()]+)\)\s*")
_ARTICLE = re.compile(r"(?:the|le|la|les|l['’]|el|los|las)(?:(?<=['’])|\s+)", re.IGNORECASE)


def name_key(text: str) -> str:
    """Reduce a name to what two printings of it share: letters and digits alone, without case and accents.

    White space, apostrophes, hyphens and brackets fall (`Côte d’Ivoire` = `Cote d'Ivoire`), so does a leading article;
    full-width forms count as the plain ones (`刚果（金）` = `刚果(金)`). Empty for a text without letters.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ").strip()
    plain = _ARTICLE.sub("", plain, count=1) if _ARTICLE.match(plain) else plain
    return "".join(character for character in plain if character.isalnum())


def name_keys(text: str) -> tuple[str, ...]:
    """Give the keys to look a name up by, the likeliest first.

    The United Nations inverts formal names in lists - `Iran (Islamic Republic of)` - so that the bracket is also tried
    before the name.
    """
    plain = unicodedata.normalize("NFKC", text)
    keys = [name_key(plain)]
    inverted = _INVERTED.fullmatch(plain)
    if inverted:
        keys.append(name_key(f"{inverted['form']} {inverted['name']}"))
    return tuple(key for key in keys if key)
