"""Which language a text is in: scripts are counted first, langdetect decides among Latin scripts on long text."""

import re
from functools import cache
from pathlib import Path
from threading import Lock

from langdetect import PROFILES_DIRECTORY, DetectorFactory, LangDetectException, detect_langs, detector_factory

from parsers.characters import han_share
from parsers.errors import Refusal
from schemas.document import Language
from schemas.findings import Finding

_LOADING = Lock()
DetectorFactory.seed = 0  # langdetect draws at random otherwise

SUPPORTED: tuple[Language, ...] = ("zh", "en", "fr", "es", "ru", "ar")
"""The languages that there are sentence rules and genre conventions for."""

_OFFICIAL_PROFILES = ("ar", "en", "es", "fr", "ru", "zh-cn", "zh-tw")
_LONG = 400
_SURELY_ENGLISH = 0.22
"""Share of its commonest words: a quarter to a third of any English text, a twentieth of one in its nearest kin."""

_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_SCRIPTS = (("ru", re.compile("[\u0400-\u04ff]")), ("ar", re.compile("[\u0600-\u06ff]")))
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that|for|on|with|by|is|was|has|have|at|an)\b", re.IGNORECASE)
_LETTER_RUN = re.compile(r"[^\W\d_]+")


def detect_language(text: str, given: str | None = None) -> tuple[Language, list[Finding]]:
    """The language of `text`; `given` wins, with a finding where the text looks otherwise.

    Raises `Refusal` for a language that is not supported.
    """
    found = _look(text)
    if given is not None:
        language = _supported(given)
        if found not in (given, None):
            message = f"asked for as {given}, but the text looks like {found}"
            return language, [Finding.warning("language-doubtful", message)]
        return language, []
    if found is None:
        return "en", [Finding.warning("language-doubtful", "too little text to tell the language; taken as en")]
    return _supported(found), []


def _supported(code: str) -> Language:
    for language in SUPPORTED:
        if code == language:
            return language
    raise Refusal(
        "language-unsupported",
        f"the text is in another language ({code}) than the supported ones ({', '.join(SUPPORTED)})",
        "give the version in an official language of the United Nations, or name the language with --language",
    )


def _look(text: str) -> str | None:
    words = _LETTER_RUN.findall(text)
    letters = len(words)
    if not letters:
        return None
    characters = sum(map(len, words))
    if len(_KANA.findall(text)) * 20 > characters:
        return "ja"
    if len(_HANGUL.findall(text)) * 5 > characters:
        return "ko"
    if han_share(text) > 0.2:
        return "zh"
    for code, pattern in _SCRIPTS:
        if len(pattern.findall(text)) * 3 > characters:
            return code
    english = len(_ENGLISH.findall(text)) / letters
    if len(text) < _LONG:
        return "en" if english > 0.08 else None
    if english > _SURELY_ENGLISH:
        return "en"
    return _detect(text) or ("en" if english > 0.15 else None)


def most_likely_language(text: str) -> tuple[str, float] | None:
    """The code of the language that langdetect finds likeliest, and how likely (0 to 1); None where it finds none.

    Its profiles load on the first call, which is not safe in two threads at once.
    """
    with _LOADING:
        try:
            best = detect_langs(text)[0]
        except LangDetectException as error:
            _raise_interrupt(error)
            return None
    return str(best.lang), float(best.prob)


def likeliest_official(text: str) -> tuple[str, float] | None:
    """The same among the official languages of the UN alone, whose few profiles load fast."""
    with _LOADING:
        try:
            detector = _official_detector().create()
            detector.append(text)
            best = detector.get_probabilities()[0]
        except (LangDetectException, IndexError) as error:
            _raise_interrupt(error)
            return None
    return str(best.lang), float(best.prob)


def _raise_interrupt(error: Exception) -> None:
    """Raise the interrupt that langdetect made an error of its own of, as its loading of profiles does with anything.

    What is loaded by half is thrown away.
    """
    if isinstance(error.__context__, KeyboardInterrupt):
        detector_factory._factory = None
        _official_detector.cache_clear()
        raise KeyboardInterrupt from error


@cache
def _official_detector() -> DetectorFactory:
    factory = DetectorFactory()
    folder = Path(PROFILES_DIRECTORY)
    factory.load_json_profile([(folder / name).read_text(encoding="utf-8") for name in _OFFICIAL_PROFILES])
    return factory


def _detect(text: str) -> str | None:
    # A sample from the middle: mastheads are names and numbers.
    middle = len(text) // 2
    found = most_likely_language(text[max(middle - 4000, 0) : middle + 4000])
    return found[0] if found else None
