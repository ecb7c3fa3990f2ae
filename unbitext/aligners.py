"""The aligner that a build is asked for, as a small record that worker processes can make it from."""

# ruff: noqa: PLC0415 - a build that has nothing to do needs no numpy, which aligners import

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from schemas.base import Model
from schemas.settings import Settings
from unbitext.inputs import InputError
from unbitext.store import digest

if TYPE_CHECKING:
    from unbitext.align import Aligner


class GivenLexicon(Model):
    """A lexicon that was given: the hash that scores name it by, and its languages where they are known."""

    signature: str
    languages: tuple[str, str] | None

    def __str__(self) -> str:
        return f"{self.signature} ({'-'.join(self.languages)})" if self.languages else self.signature

    def fits(self, source_language: str, target_language: str) -> bool:
        """Whether it can be for these languages, in either direction."""
        return self.languages is None or set(self.languages) == {source_language, target_language}


class AlignerChoice(Model):
    """An aligner by name, with what it is given; `lexicons` are those that the file or folder held when it was read.

    `key` is another where any alignment could be.
    """

    name: str = Settings.model_fields["aligner"].default
    lexicon: Path | None = None
    model: str | None = None
    lexicons: tuple[GivenLexicon, ...] = ()
    key: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Look at what the settings name. Raises `InputError` where it cannot be used."""
        choice = cls(name=settings.aligner, lexicon=settings.lexicon, model=settings.model)
        if choice == cls():
            return choice
        lexicons = _read(choice.lexicon) if choice.lexicon is not None else ()
        _, signature = _make(choice, (None, None))
        return choice.model_copy(update={"lexicons": lexicons, "key": digest(choice.name, signature)})

    def aligner(self, source_language: str, target_language: str) -> tuple["Aligner", str]:
        """Give the aligner for texts in two languages, with its signature: that of a model can be dear.

        Lexicons for other languages are left out. Raises `InputError` where one is no longer what it was.
        """
        languages = source_language, target_language
        if any(one.fits(*languages) for one in self.lexicons):
            return _made(self, languages)
        return _made(self.model_copy(update={"lexicon": None, "lexicons": ()}), (None, None))

    def unused(self, languages: set[tuple[str, str]]) -> list[GivenLexicon]:
        """The lexicons that are for none of these pairs of languages."""
        return [one for one in self.lexicons if not any(one.fits(*pair) for pair in languages)]


@lru_cache(maxsize=64)
def _made(choice: AlignerChoice, languages: tuple[str | None, str | None]) -> tuple["Aligner", str]:
    if choice.lexicon is not None and _read(choice.lexicon) != choice.lexicons:
        raise InputError(f"{choice.lexicon}: the lexicon changed while the build ran; build again")
    return _make(choice, languages)


def _make(choice: AlignerChoice, languages: tuple[str | None, str | None]) -> tuple["Aligner", str]:
    from unbitext.align.registry import AlignerError, AlignerOptions, make_aligner

    try:
        aligner = make_aligner(
            choice.name, AlignerOptions(lexicon=choice.lexicon, model=choice.model, languages=languages)
        )
    except AlignerError as error:
        raise InputError(str(error)) from error
    return aligner, aligner.signature


def _read(path: Path) -> tuple[GivenLexicon, ...]:
    from unbitext.align.registry import AlignerError, read_lexicons

    try:
        return tuple(GivenLexicon(signature=one.signature, languages=one.languages) for one in read_lexicons(path))
    except AlignerError as error:
        raise InputError(str(error)) from error
