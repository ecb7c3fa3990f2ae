"""Settings: which source wins, and what is refused."""

from pathlib import Path

import pytest

from schemas.settings import Settings, SettingsError, load_settings


def write(folder: Path, text: str) -> None:
    (folder / "unbitext.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("flag", "environment", "file", "value", "source"),
    [
        (None, None, None, Settings().jobs, "default"),
        (None, None, "jobs = 3", 3, "unbitext.toml"),
        (None, "4", "jobs = 3", 4, "UNBITEXT_JOBS"),
        (5, "4", "jobs = 3", 5, "flag"),
        (5, None, None, 5, "flag"),
        (None, "", "jobs = 3", 3, "unbitext.toml"),
    ],
)
def test_the_first_source_that_has_a_value_counts(
    tmp_path: Path, flag: int | None, environment: str | None, file: str | None, value: int, source: str
) -> None:
    if file is not None:
        write(tmp_path, file)
    variables = {} if environment is None else {"UNBITEXT_JOBS": environment}
    loaded = load_settings({"jobs": flag}, variables, tmp_path)
    assert loaded.values.jobs == value
    assert {origin.name: (origin.value, origin.source) for origin in loaded.origins}["jobs"] == (str(value), source)


def test_every_setting_has_an_origin(tmp_path: Path) -> None:
    loaded = load_settings({}, {"UNBITEXT_STATE": "s", "UNBITEXT_NO_SUCH": "x"}, tmp_path)
    assert [origin.name for origin in loaded.origins] == list(Settings.model_fields)
    assert loaded.values.state == Path("s")
    assert loaded.unknown == ("UNBITEXT_NO_SUCH",)


@pytest.mark.parametrize(
    ("environment", "file", "message"),
    [
        ({"UNBITEXT_JOBS": "0"}, None, r"jobs = 0 \(from UNBITEXT_JOBS\)"),
        ({"UNBITEXT_JOBS": "many"}, None, r"jobs = many \(from UNBITEXT_JOBS\)"),
        ({"UNBITEXT_LOG_FORMAT": "xml"}, None, r"log_format = xml"),
        ({"UNBITEXT_DELAY_SECONDS": "-1"}, None, r"delay_seconds = -1 .*greater than or equal to 0"),
        ({"UNBITEXT_ALLOW_PRIVATE_HOSTS": "maybe"}, None, r"allow_private_hosts = maybe .*a valid boolean"),
        ({}, "jobs = [1]", r"jobs = \[1\] \(from unbitext.toml\)"),
        ({}, "jobs = true", r"jobs = True \(from unbitext.toml\): give a number"),
        ({}, "reissue_days = inf", r"reissue_days = inf"),
        ({}, "contact = 5", r"contact = 5 \(from unbitext.toml\): .*a valid string"),
        ({}, 'state = ""', r"state =  \(from unbitext.toml\): give the path of a file or folder"),
        ({}, 'lexicon = "a\\u0000b"', r"give the path"),
        ({}, "[ingest]\nmisses = 3", r"unknown setting 'ingest'"),
        ({}, "job = 1", r"unbitext.toml: unknown setting 'job'; the settings are jobs, "),
        ({}, "jobs =", r"unbitext.toml cannot be read"),
    ],
)
def test_what_does_not_fit_is_named_with_its_source(
    tmp_path: Path, environment: dict[str, str], file: str | None, message: str
) -> None:
    if file is not None:
        write(tmp_path, file)
    with pytest.raises(SettingsError, match=message):
        load_settings({}, environment, tmp_path)
