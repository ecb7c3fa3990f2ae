"""Aligners by name, as the command line offers them. In Python, any object with the methods of `Aligner` will do."""

# ruff: noqa: PLC0415 - only the aligner that is asked for is imported

from collections.abc import Callable
from pathlib import Path

from schemas.base import Model
from unbitext.align.passages import Aligner

DEFAULT = "lexical"


class AlignerOptions(Model):
    """What an aligner may be given: a lexicon's file, a model's folder or name."""

    lexicon: Path | None = None
    model: str | None = None


class AlignerError(ValueError):
    """An aligner that cannot be made; the message says why and what to do."""


Factory = Callable[[AlignerOptions], Aligner]


def _lexical(options: AlignerOptions) -> Aligner:
    from unbitext.align.engine import LexicalAligner
    from unbitext.align.lexicon import LexiconError, load_lexicon

    if options.model is not None:
        raise AlignerError("the lexical aligner takes no model: give --aligner embeddings with it")
    if options.lexicon is None:
        return LexicalAligner()
    try:
        return LexicalAligner(load_lexicon(options.lexicon))
    except LexiconError as error:
        raise AlignerError(f"{error}; `unbitext lexicon` makes one") from error
    except OSError as error:
        raise AlignerError(f"{options.lexicon}: {error.strerror}; give a file that can be read") from error


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
