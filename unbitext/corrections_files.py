"""What all files of corrections have in common: TOML, checked against a model, naming texts by their hashes."""

import tomllib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError

from schemas.base import Model

HASH_DIGITS = 12
"""How many hex digits name a text: enough that no two texts of one document share them."""

TextHash = Annotated[str, Field(pattern=rf"^[0-9a-f]{{{HASH_DIGITS}}}$")]

_OF_PAIR = frozenset({"source_language", "target_language", "link"})

File = TypeVar("File", bound=Model)


class CorrectionsError(ValueError):
    """A corrections file that cannot be used; the message names the file and what is wrong in it."""


def text_hash(text: str) -> str:
    """Give the short hash by which a correction names the text it was made on."""
    return sha256(text.encode("utf-8")).hexdigest()[:HASH_DIGITS]


def read_table(path: Path) -> dict[str, object]:
    """Read a file of corrections, not checked yet. Raises `CorrectionsError` where it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorrectionsError(f"{path.name}: {error}") from error


def is_of_pair(table: Mapping[str, object]) -> bool:
    """Whether a file corrects the links of a pair, and not one document."""
    return not _OF_PAIR.isdisjoint(table)


def checked(model: type[File], table: Mapping[str, object], path: Path) -> File:
    """Make the model of what was read. Raises `CorrectionsError` for the first thing that is wrong."""
    try:
        return model.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        raise CorrectionsError(f"{path.name}: {place or 'the file'}: {first['msg']}") from error
