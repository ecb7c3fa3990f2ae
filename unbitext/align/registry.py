"""Aligners by name, as the command line offers them. In Python, any object with the methods of `Aligner` will do."""

# ruff: noqa: PLC0415 - only the aligner that is asked for is imported

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.base import Model
from schemas.settings import Settings
from unbitext.align.passages import Aligner

if TYPE_CHECKING:
    from unbitext.align.lexicon import Lexicon

DEFAULT: str = Settings.model_fields["aligner"].default


class AlignerOptions(Model):
    """What an aligner may be given: a lexicon's file or a folder of them, a model's folder or name.

    `languages` are those of the texts that it is for, as far as they are known: a folder's lexicons for others are left
    out, and if there are no others the aligner cannot be made.
    """

    lexicon: Path | None = None
    model: str | None = None
    languages: tuple[str | None, str | None] = (None, None)


class AlignerError(ValueError):
    """An aligner that cannot be made; the message says why and what to do."""


Factory = Callable[[AlignerOptions], Aligner]


def read_lexicons(path: Path) -> list["Lexicon"]:
    """Read a lexicon's file, or those (`*.tsv.gz`) of a folder by name. Raises `AlignerError` where there is none."""
    from unbitext.align.lexicon import LexiconError, load_lexicon

    files = sorted(path.glob("*.tsv.gz")) if path.is_dir() else [path]
    if not files:
        raise AlignerError(f"{path}: no lexicon (*.tsv.gz) in this folder; `unbitext lexicon` makes one")
    try:
        return [load_lexicon(file) for file in files]
    except LexiconError as error:
        raise AlignerError(f"{error}; `unbitext lexicon` makes one") from error
    except OSError as error:
        raise AlignerError(f"{error.filename}: {error.strerror}; give a file that can be read") from error


def _lexical(options: AlignerOptions) -> Aligner:
    from unbitext.align.engine import LexicalAligner

    if options.model is not None:
        raise AlignerError("the lexical aligner takes no model: give --aligner embeddings with it")
    if options.lexicon is None:
        return LexicalAligner()
    lexicons = read_lexicons(options.lexicon)
    fitting = [lexicon for lexicon in lexicons if lexicon.fits(*options.languages)]
    if not fitting:
        known = ", ".join("-".join(lexicon.languages) for lexicon in lexicons if lexicon.languages)
        texts = "-".join(language or "?" for language in options.languages)
        raise AlignerError(f"{options.lexicon}: a lexicon for {known}, and the texts are {texts}: give one for these")
    return LexicalAligner(fitting)


def _embeddings(options: AlignerOptions) -> Aligner:
    from unbitext.align.embedding import EmbeddingAligner
    from unbitext.align.sentence_model import SentenceModelError, load_sentence_model

    if options.model is None:
        raise AlignerError("which model? give its folder or name with --model")
    if options.lexicon is not None:
        raise AlignerError("the embeddings aligner takes no lexicon")
    try:
        return EmbeddingAligner(load_sentence_model(options.model))
    except SentenceModelError as error:
        raise AlignerError(str(error)) from error


_FACTORIES: dict[str, Factory] = {DEFAULT: _lexical, "embeddings": _embeddings}


def aligner_names() -> tuple[str, ...]:
    """The names that `make_aligner` knows."""
    return tuple(_FACTORIES)


def register_aligner(name: str, factory: Factory) -> None:
    """Let `make_aligner` know one more aligner. Raises `ValueError` for a name that is taken."""
    if name in _FACTORIES:
        raise ValueError(f"there is an aligner {name!r} already")
    _FACTORIES[name] = factory


def make_aligner(name: str = DEFAULT, options: AlignerOptions | None = None) -> Aligner:
    """Make an aligner by its name. Raises `AlignerError` for an unknown name, and where it cannot be made."""
    if name not in _FACTORIES:
        raise AlignerError(f"no aligner {name!r}: there are {', '.join(_FACTORIES)}")
    return _FACTORIES[name](options or AlignerOptions())
