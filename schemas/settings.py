"""Settings: from flags, then the environment, then `unbitext.toml`, then defaults; each value knows where it came from.

A flag is what the command line gives. The environment holds `UNBITEXT_` and the setting's name in capitals
(`UNBITEXT_JOBS=4`). `unbitext.toml` in the working directory is a flat table (`jobs = 4`). docs/commands.md lists the
settings.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator

from schemas.base import Model

PREFIX = "UNBITEXT_"
SETTINGS_FILE = "unbitext.toml"

Value = str | int | bool | float | Path
"""What a setting can be given as, before it is validated."""


class SettingsError(ValueError):
    """A setting that cannot be used; the message names it, its value, where it came from and what is expected."""


class Settings(Model):
    """Every setting with its default. Paths that are not absolute count from the working directory."""

    jobs: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, le=512, description="processes at work at once"
    )
    verbose: bool = Field(default=False, description="say more, and show tracebacks")
    quiet: bool = Field(default=False, description="say only what went wrong")
    log_format: Literal["text", "json"] = Field(default="text", description="how messages are written: text or json")
    out: Path = Field(default=Path("outputs/corpus"), description="where the corpus is built and read")
    corrections: Path = Field(default=Path("corrections"), description="the folder of a reader's corrections")
    aligner: str = Field(default="lexical", description="how sentences are aligned: lexical or embeddings")
    lexicon: Path | None = Field(
        default=None, description="a lexicon, or a folder of them, beside the one that ships and what each pair teaches"
    )
    model: str | None = Field(default=None, description="the model of the embeddings: a folder or a name")
    state: Path = Field(default=Path(".unbitext"), description="cache, logs and Prefect's home")
    shared: Path = Field(default=Path("../shared"), description="real documents that the tests read")
    contact: str | None = Field(default=None, description="whom a web host may write to; nothing is fetched without")
    ods_url: str | None = Field(default=None, description="another address of the document service, for fetching")
    oai_url: str | None = Field(default=None, description="another address of the catalogue, for discovery")
    allow_private_hosts: bool = Field(default=False, description="fetch from hosts of a private network too")
    data: Path = Field(default=Path("data"), description="what is fetched (data/fetched) and dropped (data/inbox)")
    delay_seconds: float = Field(default=5.0, ge=0, le=3600, description="least time between requests to one host")
    requests_a_day: int = Field(default=5000, ge=1, description="most requests to one host in a day (UTC)")
    attempts: int = Field(default=4, ge=1, le=20, description="how often a request is tried that fails for now")
    backoff_seconds: float = Field(default=15.0, ge=0, le=3600, description="wait before the second try; it doubles")
    backoff_most_seconds: float = Field(
        default=240.0, ge=0, le=86_400, description="longest wait for a host; one that asks for more is left alone"
    )
    connect_seconds: float = Field(default=20.0, gt=0, le=600, description="longest wait for a connection")
    read_seconds: float = Field(default=60.0, gt=0, le=3600, description="longest silence of a host inside an answer")
    answer_seconds: float = Field(default=600.0, gt=0, le=86_400, description="longest time for one whole answer")
    misses: int = Field(default=5, ge=1, le=1000, description="numbers missing in a row that end a series")
    changes_a_cycle: int = Field(
        default=20, ge=0, description="most Add., Corr. and Rev., and most reissues, asked for in a cycle"
    )
    reissue_days: float = Field(
        default=90.0, ge=1, le=36_500, description="days after which documents are asked for again"
    )
    still_seconds: float = Field(
        default=5.0, ge=0, le=3600, description="how long a dropped file must be at rest to be taken"
    )
    unfinished_seconds: float = Field(
        default=600.0, ge=0, le=86_400, description="how long, where the end of a dropped PDF or Word file is missing"
    )
    largest_megabytes: int = Field(default=128, ge=1, le=2048, description="largest file that is fetched")
    stale_hours: float = Field(
        default=48.0, gt=0, le=87_600, description="hours after which a last cycle is too long ago to be healthy"
    )
    least_free_megabytes: int = Field(
        default=1024, ge=0, description="free space on a disk below which it is unhealthy"
    )
    keep_versions_days: float | None = Field(
        default=None, ge=1, le=36_500, description="days after which former versions of files go; without, never"
    )
    mirror: str | None = Field(
        default=None, description="an address of fsspec (s3://bucket/folder) that each cycle ends with copying to"
    )
    task_runner: Literal["auto", "threads", "processes", "dask"] = Field(
        default="auto", description="how Prefect runs the tasks of a build: by the amount of work, or as named"
    )
    dask_address: str | None = Field(
        default=None, description="the scheduler of a Dask cluster (tcp://host:8786); without, one on this machine"
    )

    @field_validator("*", mode="before")
    @classmethod
    def _meant(cls, value: object, field: ValidationInfo) -> object:
        """Refuse what pydantic would take, and nobody means: a truth for a number, nothing for a folder."""
        annotation = cls.model_fields[field.field_name or ""].annotation
        if isinstance(value, bool) and annotation in (int, float):
            raise ValueError("give a number")
        if annotation in (Path, Path | None) and value is not None and (not str(value) or "\0" in str(value)):
            raise ValueError("give the path of a file or folder")
        return value


class Origin(Model):
    """A setting, its value as text, and where the value came from."""

    name: str
    value: str
    source: str


class LoadedSettings(Model):
    """Validated settings, and the origin of each in the order of the model's fields.

    `unknown` are variables of the environment that look like settings and are none: most likely misspelt.
    """

    values: Settings
    origins: tuple[Origin, ...]
    unknown: tuple[str, ...] = ()


def load_settings(
    flags: Mapping[str, Value | None], environment: Mapping[str, str], folder: Path = Path()
) -> LoadedSettings:
    """Settings from these sources, the first that has a value counting.

    `flags` are the values of the command line, None where the flag was not given; `folder` holds `unbitext.toml` if
    there is one. Variables of the environment that are empty, or no setting of ours, do not count.

    Raises `SettingsError` for an unknown name in the file, an unreadable file, and a value that does not fit.
    """
    given: dict[str, Value] = {}
    sources: dict[str, str] = {}
    layers: tuple[tuple[str, Mapping[str, Value]], ...] = (
        (SETTINGS_FILE, _file_values(folder / SETTINGS_FILE)),
        ("environment", _environment_values(environment)),
        ("flag", {name: value for name, value in flags.items() if value is not None}),
    )
    for source, values in layers:
        for name, value in values.items():
            given[name] = value
            sources[name] = f"{PREFIX}{name.upper()}" if source == "environment" else source
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        expected = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name} = {given[name]!s} (from {sources[name]}): {expected}") from error
    origins = tuple(
        Origin(name=name, value=str(getattr(settings, name)), source=sources.get(name, "default"))
        for name in Settings.model_fields
    )
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    return LoadedSettings(values=settings, origins=origins, unknown=tuple(unknown))


def _file_values(path: Path) -> dict[str, Value]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path.name} cannot be read: {error}") from error
    unknown = sorted(set(table) - set(Settings.model_fields))
    if unknown:
        known = ", ".join(Settings.model_fields)
        raise SettingsError(f"{path.name}: unknown setting {unknown[0]!r}; the settings are {known}")
    return table


def _environment_values(environment: Mapping[str, str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name in Settings.model_fields:
        if value := environment.get(PREFIX + name.upper()):
            found[name] = value
    return found
