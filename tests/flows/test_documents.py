"""`parse` and `align` from outside: what they print, and how they refuse."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from parsers.readers.files import LongFileError
from schemas.document import Document
from tests.flows.conftest import ARGUMENTS, Command
from unbitext.quality.gold import MOST_BYTES, read_gold


def test_parse_prints_one_object(unbitext: Command, specimens: Path) -> None:
    run = unbitext("parse", specimens / "SPECIMEN_PV.7.zh.txt")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.count("\n") == 1
    printed = json.loads(run.stdout)
    assert printed["schema_version"] == "1"
    assert printed["meta"]["symbols"] == ["SPECIMEN/PV.7"]
    assert printed["meta"]["source"]["file"] == "SPECIMEN_PV.7.zh.txt"
    assert Document.model_validate(printed).turns
    assert "\\u" not in run.stdout


def test_parse_takes_symbol_and_language(unbitext: Command, tmp_path: Path) -> None:
    (tmp_path / "CD_1.zh.txt").write_text("Frogs of the pond sing at night, and newts do not.\n")
    printed = json.loads(unbitext("parse", "CD_1.zh.txt").stdout)
    assert (printed["meta"]["symbols"], printed["meta"]["language"]) == ([], "en")  # a name says nothing here
    printed = json.loads(unbitext("parse", "CD_1.zh.txt", "--symbol", "A/1", "--language", "en").stdout)
    assert (printed["meta"]["symbols"], printed["meta"]["language"]) == (["A/1"], "en")
    (tmp_path / "X_8.zh.txt").write_text("12\n")
    assert json.loads(unbitext("parse", "X_8.zh.txt").stdout)["meta"]["language"] == "zh"  # nothing else tells it


def test_parse_prints_tei(unbitext: Command, specimens: Path) -> None:
    run = unbitext("parse", specimens / "SPECIMEN_RES_9_4.en.txt", "--format", "tei")
    assert run.returncode == 0
    assert run.stdout.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<TEI ')
    assert 'xml:id="SPECIMEN_RES_9_4.en"' in run.stdout


def test_schema_describes_what_is_printed(unbitext: Command) -> None:
    schema = json.loads(unbitext("parse", "--schema").stdout)
    assert schema["additionalProperties"] is False
    assert {"schema_version", "meta", "blocks", "turns", "furniture", "findings", "pages"} == set(schema["properties"])
    assert "from" in schema["$defs"]["DateRange"]["properties"]


BAD = {
    "empty.txt": (b"", "empty-file"),
    "blank.txt": (b" \n\n", "empty-file"),
    "binary.txt": (bytes(range(256)) * 40, "not-text"),
    "page.pdf": (b"\n<!DOCTYPE html>\n<html><body>Not found</body></html>", "html-page"),
    "word.txt": (b"PK\x03\x04" + b"x" * 100, "word-damaged"),
    "german.txt": (
        "Der Ausschuss nahm den Bericht über die Moore und die Frösche zur Kenntnis. ".encode() * 20,
        "language-unsupported",
    ),
    "mojibake.txt": ("沼泽委员会注意到关于青蛙的报告。".encode().decode("latin-1").encode() * 40, "mojibake"),
    "long.txt": (b"frogs " * (50 * 1024 * 1024 // 6), "line-too-long"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_document_that_is_refused(unbitext: Command, tmp_path: Path, name: str) -> None:
    data, code = BAD[name]
    (tmp_path / name).write_bytes(data)
    run = unbitext("parse", name)
    assert (run.returncode, run.stdout) == (3, "")
    first, last = run.stderr.splitlines()
    assert first.startswith(f"error: {name}: ")
    assert last.startswith(f"refused: {code}: ")


def test_the_last_line_is_plain_whatever_the_format(unbitext: Command, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    first, last = unbitext("--log-format", "json", "parse", "empty.txt").stderr.splitlines()
    assert json.loads(first)["level"] == "error"
    assert last.startswith("refused: empty-file: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["parse"], "which document?"),
        (["parse", "absent.txt"], "absent.txt: No such file or directory; give a file that can be read"),
        (["parse", "."], ".: this is a folder, not a file"),
        (["parse", "pipe.pdf"], "pipe.pdf: this is a pipe or a device, not a file"),
        (["parse", "/dev/zero"], "/dev/zero: this is a pipe or a device, not a file"),
        (["align", "a.txt", "pipe.pdf", "--segmented"], "pipe.pdf: this is a pipe or a device, not a file"),
        (["build", "pipe.pdf"], "pipe.pdf: this is a pipe or a device, no file"),
        (["parse", "x", "--format", "yaml"], "yaml"),
        (["parse", "x", "--jobs", "0"], "jobs = 0 (from flag)"),
        (["--jobs", "0", "status"], "jobs = 0 (from flag)"),
        (["no-such-command"], "no-such-command"),
        (["show", "X.zh.p1"], "outputs/corpus is no corpus"),
        (["evaluate", "absent.jsonl"], "absent.jsonl"),
        (["evaluate"], "what is to be compared?"),
        (["evaluate", "--hypothesis", "a.txt"], "what is to be compared?"),
        (["evaluate", "--hypothesis", "a.txt", "--reference", "two.txt"], "1 hypotheses for 2 references"),
        (["build", "absent"], "absent: no such file or folder; check the path"),
        (["build", "empty"], "empty: no documents"),
        (["build", "a.txt", "--out", "a.txt"], "a.txt cannot be written to: a.txt is a file; choose another"),
        (["build", "a.txt", "--out", "/proc/none"], "/proc/none cannot be written to: "),
        (["build", "a.txt", "b.txt", "--symbol", "A/1"], "--symbol and --language go with one file"),
    ],
)
def test_bad_usage(unbitext: Command, tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "two.txt").write_text("Frogs sing.\nNewts do not.\n")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Frogs {name}")
    run = unbitext(*arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert message in run.stderr
    assert "Traceback" not in run.stderr
    assert (tmp_path / "a.txt").read_text() == "Frogs a.txt"


def test_a_translation_is_scored(unbitext: Command, tmp_path: Path) -> None:
    (tmp_path / "system.txt").write_text("沼泽里的青蛙在唱歌。\n蝾螈不唱。\n", encoding="utf-8")
    (tmp_path / "people.txt").write_text("沼泽里的青蛙唱歌。\n蝾螈不唱。\n", encoding="utf-8")
    files = ("--hypothesis", "system.txt", "--reference", "people.txt")
    (score,) = json.loads(unbitext("evaluate", *files, "--format", "json").stdout)["texts"]
    assert 0 < score["bleu"] < 100
    assert 0 < score["chrf"] < 100
    assert "|tok:zh|" in score["bleu_signature"]
    assert score["bleu_signature"] in unbitext("evaluate", *files).stdout


PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE = 1


def obey_permissions() -> None:
    """Make root, as which CI may run, a user who obeys the permissions of files, from the next program on."""
    if os.getuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


def test_a_folder_without_permission(unbitext: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Frogs")
    (tmp_path / "locked").mkdir(mode=0o500)
    run = unbitext("build", "a.txt", "--out", "locked/corpus", limit=obey_permissions)
    assert run.returncode == 2
    assert run.stderr == "error: locked/corpus cannot be written to: Permission denied; choose another with --out\n"


def test_an_unknown_setting_is_named(unbitext: Command, tmp_path: Path) -> None:
    (tmp_path / "unbitext.toml").write_text("job = 2")
    run = unbitext("status")
    assert run.returncode == 2
    assert run.stderr.startswith("error: unbitext.toml: unknown setting 'job'")


def test_a_traceback_is_shown_only_when_asked_for(unbitext: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Frogs")
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "builds").touch()  # where a folder should be
    run = unbitext("build", "a.txt")
    assert run.returncode == 4
    assert run.stderr.startswith("error: internal error: Not a directory: ")
    assert run.stderr.count("\n") == 1
    run = unbitext("build", "a.txt", "--verbose")
    assert run.returncode == 4
    assert "Traceback (most recent call last):" in run.stderr


def test_settings_tell_where_they_come_from(unbitext: Command, tmp_path: Path) -> None:
    (tmp_path / "unbitext.toml").write_text("jobs = 2\nout = 'elsewhere'\n")
    run = unbitext("status", "--settings", "--quiet", environment={"UNBITEXT_JOBS": "3"})
    lines = [line.split() for line in run.stdout.splitlines()]
    assert ["jobs", "3", "(UNBITEXT_JOBS)"] in lines
    assert ["out", "elsewhere", "(unbitext.toml)"] in lines
    assert ["quiet", "True", "(flag)"] in lines
    assert ["verbose", "False", "(default)"] in lines


def test_align_prints_a_line_for_each_link(unbitext: Command, specimens: Path) -> None:
    pair = (specimens / "SPECIMEN_RES_9_4.zh.txt", specimens / "SPECIMEN_RES_9_4.en.txt")
    run = unbitext("align", *pair)
    assert (run.returncode, run.stderr) == (0, "")
    links = [json.loads(line) for line in run.stdout.splitlines()]
    sides = [json.loads(unbitext("parse", path).stdout) for path in pair]
    for side, ids in zip(sides, ("source_ids", "target_ids"), strict=True):
        sentences = [s["id"] for block in side["blocks"] for s in block["sentences"]]
        assert sorted(one for link in links for one in link[ids]) == sorted(sentences)
    table = unbitext("align", *pair, "--format", "tsv").stdout.splitlines()
    assert len(table) == len(links) + 1
    assert table[0].startswith("source\ttarget\tsource_ids\t")


def test_align_segmented_counts_lines_from_zero(unbitext: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("青蛙在唱歌。\n\n蝾螈不唱。\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The frogs are singing.\n\nThe newts are not.\n")
    run = unbitext("align", "--segmented", "a.txt", "b.txt", "--source-language", "zh")
    links = [json.loads(line) for line in run.stdout.splitlines()]
    assert [one for link in links for one in link["source_ids"]] == ["0", "1", "2"]
    assert all(link["kinds"] == [] for link in links)


def test_what_is_no_translation_is_refused(unbitext: Command, specimens: Path) -> None:
    run = unbitext("align", specimens / "SPECIMEN_RES_9_4.en.txt", specimens / "SPECIMEN_PV.7.en.txt")
    assert (run.returncode, run.stdout) == (3, "")
    assert "both are in en" in run.stderr
    assert run.stderr.splitlines()[-1].startswith("refused: not-a-translation: ")


def test_a_reader_that_has_enough_is_no_error(specimens: Path) -> None:
    path = specimens / "SPECIMEN_PV.7.zh.txt"
    with subprocess.Popen([*ARGUMENTS, "parse", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.read(10)
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0


LIGHT = """
import sys
from flows import cli
sys.argv[1:] = {arguments!r}
try:
    cli.main()
except SystemExit as stop:
    assert stop.code == 0, stop.code
heavy = [name for name in ("prefect", "lxml", "rich", "sqlalchemy") if name in sys.modules]
print(heavy, file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [(["status", "--settings"], "[]"), (["parse", "SPECIMEN_RES_9_4.zh.txt"], "[]"), (["--help"], "[]")],
)
def test_prefect_is_not_imported_where_no_flow_runs(specimens: Path, arguments: list[str], allowed: str) -> None:
    program = LIGHT.format(arguments=arguments)
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=specimens, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.stderr.splitlines()[-1:] == [allowed], run.stderr


def test_text_is_recovered_on_request_alone(unbitext: Command, specimens: Path) -> None:
    """Where every font has its map nothing is to recover, and the document is the same."""
    path = next(iter(sorted(specimens.rglob("*.en.pdf"))))
    plain, recovered = unbitext("parse", path), unbitext("parse", path, "--recover-text")
    assert (plain.returncode, recovered.returncode) == (0, 0)
    assert "text-recovered" not in recovered.stdout
    blocks = [[block["text"] for block in json.loads(one.stdout)["blocks"]] for one in (plain, recovered)]
    assert blocks[0] == blocks[1]
    assert "--recover-text" not in unbitext("build", "--help").stdout


@pytest.mark.parametrize("arguments", [["validate"], ["evaluate"], ["parse"]])
def test_a_pipe_is_not_waited_for(unbitext: Command, tmp_path: Path, arguments: list[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    result = unbitext(*arguments, pipe)
    assert result.returncode != 0
    assert "pipe" in result.stderr
    assert "internal error" not in result.stderr


@pytest.mark.parametrize(
    "arguments", [["show", "SPECIMEN_SR.3.zh", "--corpus"], ["evaluate"], ["lexicon", "--from-corpus"]]
)
def test_a_damaged_file_of_a_corpus_is_named(
    unbitext: Command, specimen_corpus: Path, tmp_path: Path, arguments: list[str]
) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(specimen_corpus, corpus)
    for part in ("documents/SPECIMEN_SR.3.zh.xml", "alignments/SPECIMEN_SR.3.zh-en.xml"):
        path = corpus / "tei" / part
        path.write_bytes(path.read_bytes()[:-200])
    result = unbitext(*arguments, corpus)
    assert result.returncode in (1, 2)
    assert "SPECIMEN_SR.3.zh" in result.stderr
    assert "internal error" not in result.stderr


def test_gold_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.gold.jsonl"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(LongFileError):
        read_gold(path)
