"""What a release is asked to be."""

from pydantic import Field

from schemas.base import Model
from unbitext.export.formats import FORMATS


class Filters(Model):
    """What is left out.

    `min_score` and `max_characters` are bounds that a row may reach; `keep` names reasons that do not count.
    """

    min_score: float = Field(default=0.5, ge=0, le=1)
    max_characters: int = Field(default=2_000, ge=1)
    keep: tuple[str, ...] = ()


class Splits(Model):
    """Shares of families, from 0 to 1, that go to validation and test; the rest is for training.

    `held_out` are ids of documents or pairs (`STEM.zh`, `STEM.zh-en`) or symbols whose families go to test.
    """

    validation: float = Field(default=0.05, ge=0, le=1)
    test: float = Field(default=0.05, ge=0, le=1)
    held_out: tuple[str, ...] = ()


class ReleaseOptions(Model):
    """All of it. `shards` is a power of two; None lets the size of the corpus decide."""

    version: str = Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._+-]{0,63}$")
    formats: tuple[str, ...] = FORMATS
    filters: Filters = Filters()
    splits: Splits = Splits()
    shards: int | None = None
    jobs: int = 1
