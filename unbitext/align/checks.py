"""Checks of single links: what looks wrong with one, each as a Finding; none of them changes a link."""

import re
from collections.abc import Sequence

from parsers.language import most_likely_language
from schemas.findings import Finding
from unbitext.align.length import lengths
from unbitext.align.number_checks import differing_numbers
from unbitext.align.shared_terms import is_hard, shared_terms

_LONG_LETTERS = 60.0
_MOST_TIMES = 2.6
_COPY_LETTERS = 12
_DUPLICATE_LETTERS = 60
_LANGDETECT_LETTERS = 120
_LANGDETECT_ENOUGH = 2000

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
        if first == where or float(lengths([key[1]])[0]) < _DUPLICATE_LETTERS:
            return []
        return [Finding.info("duplicate-link", f"the same two texts are linked at {first}", where)]


def _numbers(
    source: Sequence[str], target: Sequence[str], languages: tuple[str | None, str | None], where: str
) -> list[Finding]:
    """Numbers above the small ones that only one side has."""
    sides = [
        {term[1:] for text in texts for term in shared_terms(text, language) if term[0] == "#"}
        for texts, language in zip((source, target), languages, strict=True)
    ]
    only = [sorted(n for n in numbers if is_hard(f"#{n}")) for numbers in differing_numbers(*sides)]
    # a number may be counted in other units (3 万 = 30 thousand), so that only two unlike sets are told
    if not (only[0] and only[1]):
        return []
    message = f"only the source has {', '.join(only[0])}, only the target {', '.join(only[1])}"
    return [Finding.warning("link-numbers-differ", message, where)]


def _lengths(source: Sequence[str], target: Sequence[str], where: str) -> list[Finding]:
    s, t = float(lengths(source).sum()), float(lengths(target).sum())
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


# Words that French and Spanish do not have.
_ENGLISH = frozenset(
    {"the", "of", "and", "to", "that", "for", "with", "by", "is", "was", "be", "has", "have", "which", "their", "its"}
)


def _wrong_language(text: str, language: str | None, side: str, where: str) -> list[Finding]:
    """Scripts are counted first; only long text in the right script is given to langdetect."""
    if language not in _SCRIPT_OF:
        return []
    counts = {script: len(pattern.findall(text)) for script, pattern in _SCRIPTS.items()}
    letters = sum(counts.values())
    # a symbol, a name or an address may be all that a sentence consists of
    expected = counts[_SCRIPT_OF[language]]
    if letters >= _COPY_LETTERS and not expected and not _is_name(text):
        script = max(counts, key=lambda name: counts[name])
        return [Finding.warning("link-language", f"the {side} should be {language}, but its script is {script}", where)]
    if _SCRIPT_OF[language] == "latin" and letters >= _LANGDETECT_LETTERS and not _is_plainly(text, language):
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
    """Whether the function words alone show the language: langdetect takes 60% of all time without this."""
    words = re.findall(r"[a-z]+", text.lower())
    return language == "en" and sum(word in _ENGLISH for word in words) * 5 >= len(words)


def _detect(text: str) -> str | None:
    """The language that langdetect is sure of; None where it is not."""
    found = most_likely_language(text)
    if found is None or found[1] <= _SURE:
        return None
    return _DETECTED.get(found[0], found[0])
