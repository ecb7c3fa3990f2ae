"""Checks of single links: what looks wrong with one, each as a Finding; none of them changes a link."""

import re
from collections.abc import Sequence

from parsers.language import likeliest_official
from schemas.findings import Finding
from unbitext.align.length import letters
from unbitext.align.number_checks import differing_numbers
from unbitext.align.shared_terms import is_hard, numbers

_LONG_LETTERS = 60.0
_MOST_TIMES = 2.6
_COPY_LETTERS = 12
_DUPLICATE_LETTERS = 60
_LANGDETECT_LETTERS = 120
_LANGDETECT_ENOUGH = 600

_SCRIPTS = {
    "han": re.compile(r"[\u3400-\u9fff\uf900-\ufaff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "arabic": re.compile(r"[\u0600-\u06ff]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
}
_SCRIPT_OF = {"zh": "han", "ru": "cyrillic", "ar": "arabic", "en": "latin", "fr": "latin", "es": "latin"}
_SURE = 0.99
_DETECTED = {"zh-cn": "zh", "zh-tw": "zh"}


class LinkChecks:
    """Checks for the links of one pair of texts; remembers what it has seen, to find duplicates."""

    def __init__(self, source_language: str | None, target_language: str | None) -> None:
        self._languages = source_language, target_language
        self._seen: dict[tuple[str, str], str] = {}

    def findings(self, source: Sequence[str], target: Sequence[str], where: str) -> tuple[Finding, ...]:
        """What is doubtful about a link between these sentences; `where` names it."""
        found: list[Finding] = []
        for texts, language, side in ((source, self._languages[0], "source"), (target, self._languages[1], "target")):
            found.extend(_wrong_language(" ".join(texts), language, side, where))
        if source and target:
            found.extend(_numbers(source, target, self._languages, where))
            found.extend(_lengths(source, target, where))
            found.extend(_copy(source, target, self._languages, where))
            found.extend(self._duplicate(source, target, where))
        return tuple(found)

    def _duplicate(self, source: Sequence[str], target: Sequence[str], where: str) -> list[Finding]:
        key = "".join(" ".join(source).split()), " ".join(" ".join(target).split())
        first = self._seen.setdefault(key, where)
        if first == where or letters(key[1]) < _DUPLICATE_LETTERS:
            return []
        return [Finding.info("duplicate-link", f"the same two texts are linked at {first}", where)]


def _numbers(
    source: Sequence[str], target: Sequence[str], languages: tuple[str | None, str | None], where: str
) -> list[Finding]:
    """Numbers above the small ones that only one side has."""
    first = _numbers_of(source, languages[0])
    # most sentences have no number that could differ
    if not any(map(_is_hard_number, first)):
        return []
    sides = differing_numbers(first, _numbers_of(target, languages[1]))
    only = [sorted(filter(_is_hard_number, side)) for side in sides]
    # a number may be counted in other units (3 万 = 30 thousand), so that only two unlike sets are told
    if not (only[0] and only[1]):
        return []
    message = f"only the source has {', '.join(only[0])}, only the target {', '.join(only[1])}"
    return [Finding.warning("link-numbers-differ", message, where)]


def _numbers_of(texts: Sequence[str], language: str | None) -> set[str]:
    return {term[1:] for text in texts for term in numbers(text, language)}


def _is_hard_number(number: str) -> bool:
    return is_hard(f"#{number}")


def _lengths(source: Sequence[str], target: Sequence[str], where: str) -> list[Finding]:
    s, t = sum(map(letters, source)), sum(map(letters, target))
    if max(s, t) < _LONG_LETTERS or max(s, t) < _MOST_TIMES * min(s, t):
        return []
    message = f"{s:.0f} letters stand for {t:.0f} (Chinese characters counted as in English letters)"
    return [Finding.warning("link-length-outlier", message, where)]


def _copy(
    source: Sequence[str], target: Sequence[str], languages: tuple[str | None, str | None], where: str
) -> list[Finding]:
    one, other = "".join("".join(source).split()), "".join("".join(target).split())
    if one != other or languages[0] == languages[1] or sum(map(str.isalpha, one)) < _COPY_LETTERS:
        return []
    if _is_name(" ".join(source)):
        return []
    return [Finding.warning("link-copy", "both sides are the same text", where)]


# Words of one of the three languages in Latin letters that the other two do not have, by how often they come.
_FUNCTION_WORDS = {
    "en": "the of and to that for with by is was be has have which their its in as at it not or on are from this "
    "these an we our been were will would should can all also any other who such they may must there his her had more",
    "fr": "les des du et dans pour par une est sur aux au ses leur leurs qui ne pas ont été cette ces avec sont il "
    "elle nous ou ce où plus tous être ainsi notamment dont mais aussi",
    "es": "el los del y por las con una su sus para como ha han este esta estos estas al lo se más también o ser entre "
    "sobre sin todos nuestro nos sido está están pero fue",
}
_FUNCTION_WORDS_OF = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_ENOUGH = 8
"""One word in so many shows a language, where no other has half as many."""


def _wrong_language(text: str, language: str | None, side: str, where: str) -> list[Finding]:
    """Scripts are counted first; only long text in the right script is given to langdetect."""
    if language not in _SCRIPT_OF:
        return []
    script = _SCRIPT_OF[language]
    # a symbol, a name or an address may be all that a sentence consists of
    if not _SCRIPTS[script].search(text):
        counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
        if sum(counts.values()) < _COPY_LETTERS or _is_name(text):
            return []
        other = max(counts, key=lambda name: counts[name])
        return [Finding.warning("link-language", f"the {side} should be {language}, but its script is {other}", where)]
    if script == "latin" and len(text) >= _LANGDETECT_LETTERS and not (_is_plainly(text, language) or _is_name(text)):
        detected = _detect(text[:_LANGDETECT_ENOUGH])
        if detected is not None and detected != language:
            return [
                Finding.warning("link-language", f"the {side} should be {language}, but looks like {detected}", where)
            ]
    return []


def _is_name(text: str) -> bool:
    """Whether every word begins with a capital, or is an address: nothing that would be translated."""
    words = re.findall(r"[^\W\d_]+", text)
    return "//" in text or "@" in text or "/" in text or sum(word[0].isupper() for word in words) * 3 >= 2 * len(words)


def _is_plainly(text: str, language: str) -> bool:
    """Whether the function words alone show the language: langdetect takes most of all time without this."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    seen = {name: sum(map(known.__contains__, words)) for name, known in _FUNCTION_WORDS_OF.items()}
    own = seen.pop(language)
    return own * _ENOUGH >= len(words) and own > 2 * max(seen.values())


def _detect(text: str) -> str | None:
    """The language that langdetect is sure of; None where it is not."""
    found = likeliest_official(text)
    if found is None or found[1] <= _SURE:
        return None
    return _DETECTED.get(found[0], found[0])
