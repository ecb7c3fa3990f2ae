"""Releases: whole, the same each time, built on the one before; and what must not be released."""

import datetime
import inspect
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import huggingface_hub
import jsonschema
import mlcroissant
import pytest
import yaml
from datasets.utils.metadata import MetadataConfigs
from lxml import etree

from benchmarks.copies import write_copies
from tests.corpora import build_plainly
from tests.unbitext.release.conftest import OPTIONS
from tests.unbitext.release.releases import VERSION
from unbitext.export.formats import FORMATS
from unbitext.release.accuracy import accuracy_json, aligner_signature, read_accuracy, shipped_accuracy
from unbitext.release.checksums import SUMS, files_below, read_checksums
from unbitext.release.fields import LEVELS, meaning
from unbitext.release.held_out import read_held_out
from unbitext.release.manifest import read_manifest, release_date
from unbitext.release.options import ReleaseOptions, Splits
from unbitext.release.previous import previous_release
from unbitext.release.release import InvalidCorpusError, export_corpus, make_release
from unbitext.release.staging import publish_folder
from unbitext.release.verification import is_release, verify_release
from unbitext.release.writing import ReleaseError
from unbitext.store import TEMPORARY, file_sha256
from unbitext.tei.validate import validate_paths

SMALL = ReleaseOptions(version="1", formats=("tei", "jsonl", "moses"), shards=8)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (*files_below(folder), SUMS)}


@pytest.fixture(scope="module")
def corpora(specimens: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus of some specimens, and one of the same and one document more, with one that was changed."""
    base = tmp_path_factory.mktemp("corpora")
    stems = ("SPECIMEN_2026_31", "SPECIMEN_CONF.2026_WP.4", "SPECIMEN_RES_9_4")
    files = [specimens / f"{stem}.{language}.txt" for stem in stems for language in ("zh", "en")]
    one = build_plainly(files, base / "one", base / "state")
    changed = base / "SPECIMEN_CONF.2026_WP.4.en.txt"
    text = (specimens / changed.name).read_text(encoding="utf-8")
    assert "seed libraries" in text
    changed.write_text(text.replace("seed libraries", "seed archives", 1), encoding="utf-8")
    more = [*(file for file in files if file.name != changed.name), changed]
    more += [specimens / f"SPECIMEN_SR.3.{language}.txt" for language in ("zh", "en")]
    return one, build_plainly(more, base / "two", base / "state")


def test_a_release_is_whole(release: Path) -> None:
    assert verify_release(release) == []
    assert sorted(path.name for path in release.iterdir()) == sorted(
        [
            *FORMATS,
            *("README.md", "CHANGES.md", "changes.jsonl", "CITATION.cff", "croissant.json"),
            *("SHA256SUMS", "excluded.jsonl", "manifest.json", "report.html"),
        ]
    )
    listed = dict(read_checksums(release))
    assert listed == {name: file_sha256(release / name) for name in files_below(release)}


def test_the_same_corpus_gives_the_same_bytes(
    specimen_corpus: Path, release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = tmp_path / "elsewhere" / "corpus"
    shutil.copytree(specimen_corpus, moved)
    again = make_release(moved, tmp_path / "again", OPTIONS.model_copy(update={"jobs": 3}), archive=True)
    assert contents(again.folder) == contents(release)
    assert again.archive is not None
    first = again.archive.read_bytes()
    monkeypatch.chdir("/")
    os.utime(moved / "tei" / "corpus.xml", (0, 0))
    once_more = make_release(moved, tmp_path / "once-more", OPTIONS, archive=True)
    assert once_more.archive is not None
    assert once_more.archive.read_bytes() == first
    with tarfile.open(again.archive) as packed:
        members = packed.getmembers()
        assert {(member.mtime, member.uid, member.mode) for member in members} == {(0, 0, 0o644)}
        assert {member.name.removeprefix(f"{VERSION}/") for member in members} == set(contents(release))
        packed.extractall(tmp_path / "unpacked", filter="data")
    assert contents(tmp_path / "unpacked" / VERSION) == contents(release)


def test_source_date_epoch_is_the_only_date(
    corpora: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    made = make_release(corpora[0], tmp_path, SMALL, archive=True)
    assert str(made.manifest.date) == "2026-01-01"
    assert 'date-released: "2026-01-01"' in (made.folder / "CITATION.cff").read_text(encoding="utf-8")
    assert made.archive is not None
    with tarfile.open(made.archive) as packed:
        assert {member.mtime for member in packed} == {1_767_225_600}


@pytest.mark.parametrize(
    ("given", "day"), [("0", "1970-01-01"), ("1767225600", "2026-01-01"), ("", None), ("now", None), ("9" * 20, None)]
)
def test_the_date_of_a_release(monkeypatch: pytest.MonkeyPatch, given: str, day: str | None) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert release_date() == (None if day is None else datetime.date.fromisoformat(day))


def test_only_what_changed_is_written_anew(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    before = make_release(corpora[0], tmp_path, SMALL)
    after = make_release(corpora[1], tmp_path, SMALL.model_copy(update={"version": "2"}))
    same = {
        name
        for name in files_below(after.folder)
        if (before.folder / name).exists() and (before.folder / name).samefile(after.folder / name)
    }
    equal = {name for name, data in contents(after.folder).items() if contents(before.folder).get(name) == data}
    assert same == equal
    assert len(same) == after.linked
    touched = {name for name in set(contents(after.folder)) - same if name.startswith(("jsonl/", "tei/documents/"))}
    rows = {row["pair"]: name for name in files_below(after.folder) if name.startswith("jsonl/")
            for row in map(json.loads, (after.folder / name).open(encoding="utf-8"))}  # fmt: skip
    assert touched == {
        "tei/documents/SPECIMEN_CONF.2026_WP.4.en.xml",
        *(f"tei/documents/SPECIMEN_SR.3.{language}.xml" for language in ("en", "zh")),
        rows["SPECIMEN_CONF.2026_WP.4.zh-en"],
        rows["SPECIMEN_SR.3.zh-en"],
    }
    assert rows["SPECIMEN_RES_9_4.zh-en"] in same


def test_changes_are_listed(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    make_release(corpora[0], tmp_path, SMALL)
    after = make_release(corpora[1], tmp_path, SMALL.model_copy(update={"version": "2"}))
    listed = [json.loads(line) for line in (after.folder / "changes.jsonl").open(encoding="utf-8")]
    documents = {(each["how"], each["id"]) for each in listed if each["what"] == "document"}
    assert documents == {
        ("changed", "SPECIMEN_CONF.2026_WP.4.en"),
        ("added", "SPECIMEN_SR.3.en"),
        ("added", "SPECIMEN_SR.3.zh"),
    }
    segments = [(each["how"], each["id"]) for each in listed if each["what"] == "segment"]
    added = {key for how, key in segments if how == "added"}
    assert {key.split()[0] for key in added} == {"SPECIMEN_SR.3.zh-en"}
    assert {key.split()[0] for how, key in segments if how == "changed"} == {"SPECIMEN_CONF.2026_WP.4.zh-en"}
    assert not [key for how, key in segments if how == "removed"]
    page = (after.folder / "CHANGES.md").read_text(encoding="utf-8")
    assert "| documents | 2 | 1 | 0 |" in page
    assert f"| segments | {len(added)} |" in page
    back = make_release(corpora[0], tmp_path, SMALL.model_copy(update={"version": "3"}), since=after.folder)
    assert back.changes is not None
    assert (back.changes.count("document", "removed"), back.changes.count("document", "added")) == (2, 0)
    assert back.changes.count("segment", "removed") == len(added)
    again = make_release(corpora[0], tmp_path, SMALL.model_copy(update={"version": "4"}))
    assert again.changes is not None
    assert again.changes.counts == ()


def test_releases_of_some_formats_are_not_compared(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    some = make_release(corpora[0], tmp_path, SMALL.model_copy(update={"formats": ("moses",)}))
    for version, formats in (("2", SMALL.formats), ("3", ("jsonl",))):
        options = SMALL.model_copy(update={"version": version, "formats": formats})
        made = make_release(corpora[0], tmp_path, options)
        assert made.changes is None
        assert "lacks tei" in (made.folder / "CHANGES.md").read_text(encoding="utf-8")
        assert made.linked, "what is the same is linked all the same"
        assert list(verify_release(made.folder)) == []
    with pytest.raises(ReleaseError, match="version 1 lacks tei and jsonl"):
        make_release(corpora[0], tmp_path, SMALL.model_copy(update={"version": "4"}), since=some.folder)


def test_the_previous_release_is_the_next_lower_version(tmp_path: Path) -> None:
    for name in ("1.9", "1.10", "1.10rc1", "2.0", "notes"):
        (tmp_path / name).mkdir()
    for name in ("1.9", "1.10", "1.10rc1", "2.0"):
        (tmp_path / name / "manifest.json").touch()
    expected = {"1.8": None, "1.10": "1.10rc1", "1.10.1": "1.10", "1.11": "1.10", "2.0rc1": "1.10", "3": "2.0"}
    assert {version: previous_release(tmp_path, version) for version in expected} == {
        version: None if name is None else tmp_path / name for version, name in expected.items()
    }


def test_a_version_is_never_written_over(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    made = make_release(corpora[0], tmp_path, SMALL)
    before = contents(made.folder)
    with pytest.raises(ReleaseError, match="exists already"):
        make_release(corpora[1], tmp_path, SMALL)
    assert contents(made.folder) == before
    (tmp_path / "staged").mkdir()
    with pytest.raises(OSError, match="not empty"):
        publish_folder(tmp_path / "staged", made.folder)


def spoil(path: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1)
    assert count == 1
    path.write_text(text, encoding="utf-8")


def spoil_pointer(tei: Path) -> None:
    spoil(tei / "alignments" / "SPECIMEN_2026_31.zh-en.xml", r'target="zh:[^ "]+ en', 'target="zh:p999.s1 en')


def spoil_id(tei: Path) -> None:
    path = tei / "documents" / "SPECIMEN_2026_31.zh.xml"
    first = re.search(r'<s xml:id="([^"]+)"', path.read_text(encoding="utf-8"))
    assert first is not None
    spoil(path, rf'(?<!{re.escape(first[1])}" )<s xml:id="(?!{re.escape(first[1])})[^"]+"', f'<s xml:id="{first[1]}"')


SPOILED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file is missing": (lambda tei: (tei / "documents" / "SPECIMEN_2026_31.zh.xml").unlink(), "tei-file-missing"),
    "a pointer leads nowhere": (spoil_pointer, "tei-dangling-pointer"),
    "an id occurs twice": (spoil_id, "tei-duplicate-id"),
    "a file was changed": (
        lambda tei: (tei / "documents" / "SPECIMEN_2026_31.en.xml").open("ab").write(b"\n"),
        "tei-file-changed",
    ),
    "the encoding is of another version": (
        lambda tei: spoil(tei / "corpus.xml", "Version 1 of the document model", "Version 7 of the document model"),
        "tei-rule",
    ),
    "the root is gone": (lambda tei: (tei / "corpus.xml").unlink(), "tei-file-missing"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_corpus_that_fails_is_not_released(corpora: tuple[Path, Path], tmp_path: Path, what: str) -> None:
    spoiled = tmp_path / "corpus"
    shutil.copytree(corpora[0], spoiled)
    damage, code = SPOILED[what]
    damage(spoiled / "tei")
    out = tmp_path / "out"
    before = contents(make_release(corpora[0], out, SMALL).folder)
    with pytest.raises(InvalidCorpusError) as caught:
        make_release(spoiled, out, SMALL.model_copy(update={"version": "2"}))
    assert code in {violation.code for violation in caught.value.violations}
    assert not any(TEMPORARY in str(violation) for violation in caught.value.violations)
    assert [path.name for path in out.iterdir()] == ["1"]
    assert contents(out / "1") == before


def release_with_limited_files(corpus: Path, out: Path, size: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli", "release", str(corpus), "--version", "2", "--out", str(out)]
    command += ["--formats", "tei,jsonl,tmx"]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY)),
    )


@pytest.mark.parametrize("size", [pytest.param(10_000, marks=pytest.mark.slow), 120_000])
def test_a_limit_on_the_size_of_files_leaves_nothing_half(
    corpora: tuple[Path, Path], tmp_path: Path, size: int
) -> None:
    out = tmp_path / "out"
    made = make_release(corpora[0], out, SMALL)
    before = contents(made.folder)
    run = release_with_limited_files(corpora[1], out, size)
    assert run.returncode == 4, run.stderr
    assert "Traceback" not in run.stderr
    assert "internal error" not in run.stderr
    # Whether a file or a database met the limit.
    assert "File too large" in run.stderr
    assert "allow larger files and run again" in run.stderr
    assert [path.name for path in out.iterdir()] == ["1"]
    assert contents(made.folder) == before


def test_what_a_kill_left_is_cleared_away(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    leftover = tmp_path / f"{TEMPORARY}release" / "1" / "tei"
    leftover.mkdir(parents=True)
    (leftover / "half.xml").write_text("<TEI", encoding="utf-8")
    make_release(corpora[0], tmp_path, SMALL)
    assert [path.name for path in tmp_path.iterdir()] == ["1"]


DAMAGE: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "changed": ("jsonl", lambda path: path.open("ab").write(b" "), "release-file-changed"),
    "missing": ("tmx", lambda path: path.unlink(), "release-file-missing"),
    "unlisted": ("moses", lambda path: path.with_suffix(".bak").write_bytes(b""), "release-file-unlisted"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_release_is_found_out(release: Path, tmp_path: Path, what: str) -> None:
    folder, damage, code = DAMAGE[what]
    copy = tmp_path / "copy"
    shutil.copytree(release, copy)
    damage(next(path for path in sorted((copy / folder).rglob("*")) if path.is_file()))
    assert code in {violation.code for violation in verify_release(copy)}


def test_what_lost_its_lists_is_a_damaged_release_and_no_corpus(release: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(release, copy)
    for name in (SUMS, "manifest.json"):
        (copy / name).unlink()
    assert is_release(copy)
    with pytest.raises(ReleaseError, match="manifest"):
        verify_release(copy)


LOST = {
    "jsonl": ("*.jsonl", r"\A.*\n"),
    "moses": ("zh-en/train.en", r"\A.*\n"),
    "tbx": ("*.tbx", r"<termEntry .*</termEntry>\n"),
    "tmx": ("*.tmx", r"<tu .*</tu>\n"),
    "tsv": ("segments.tsv", r"(?<=\n)SPECIMEN.*\n\Z"),
    "vertical": ("zh-en/en.vert", r"(?s)<align .*?</align>\n"),
    "xces": ("en-zh.xml", r"<link .*/>\n"),
    "xliff": ("*.xlf", r"(?s)<unit .*?</unit>\n"),
}


@pytest.mark.parametrize("name", [*LOST, "parquet"])
def test_a_format_that_lost_a_row_is_found_out(release: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(release, copy)
    lose_a_row(copy / name, name)
    # Whoever changed the file may have changed its digest, too.
    (copy / SUMS).write_text("".join(f"{file_sha256(copy / each)}  {each}\n" for each in files_below(copy)))
    found = verify_release(copy)
    assert [(violation.code, Path(violation.file).name) for violation in found] == [("release-rows-differ", name)]


def lose_a_row(folder: Path, name: str) -> None:
    if name == "parquet":
        next((folder / "sentence").glob("test-*.parquet")).unlink()
    else:
        path, pattern = LOST[name]
        spoil(next(folder.glob(path)), pattern, "")


def test_the_card_tells_what_is_in_it(release: Path) -> None:
    card = (release / "README.md").read_text(encoding="utf-8")
    _, header, body = card.split("---\n", 2)
    metadata = yaml.safe_load(header)
    assert metadata["language_bcp47"] == ["zh-Hans", "en"]
    assert metadata["size_categories"] == ["n<1K"]
    configurations = {each["config_name"]: each["data_files"] for each in metadata["configs"]}
    assert set(configurations) == {"sentence", "paragraph", "document"}
    for files in configurations.values():
        assert [each["split"] for each in files] == ["train", "validation", "test"]
        assert all(list(release.glob(each["path"])) for each in files)
    manifest = read_manifest(release)
    for code, count in manifest.census.reasons:
        assert f"| `{code}` | {count} |" in body
    assert {code for code, _ in manifest.census.reasons} >= {"no-counterpart", "duplicate"}
    for model in LEVELS.values():
        for field in model.model_fields:
            assert f"| `{field}` | {meaning(field)} |" in body
    for signature, count in manifest.census.methods:
        assert f"| {count} |" in body
        assert signature.replace("|", "\\|") in body
    assert aligner_signature() in body
    assert "ST/AI/189/Add.9/Rev.2" in body


def test_shipped_figures_are_those_of_the_documentation(root: Path) -> None:
    page = (root / "docs" / "alignment.md").read_text(encoding="utf-8")
    measured = read_accuracy(page, aligner_signature())
    command = "run `python -m unbitext.release.accuracy docs/alignment.md`"
    assert accuracy_json(shipped_accuracy()) == accuracy_json(measured), command
    assert [len(table.rows) for table in measured.tables] == [3, 5]


def test_the_header_of_the_card_is_what_hugging_face_reads(release: Path) -> None:
    card = huggingface_hub.DatasetCard.load(release / "README.md")
    _, header, _ = (release / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    data = card.data.to_dict()
    assert data == yaml.safe_load(header)
    known = set(inspect.signature(huggingface_hub.DatasetCardData).parameters)
    # Those of `datasets`' and the Hub's own, which the class keeps as they are.
    assert set(data) - known == {"configs", "language_bcp47", "license_link", "license_name"}
    configurations = MetadataConfigs.from_dataset_card_data(card.data)
    assert set(configurations) == {"sentence", "paragraph", "document"}
    assert configurations.get_default_config_name() == "sentence"


def test_croissant_is_valid_and_its_records_are_the_rows(release: Path) -> None:
    dataset = mlcroissant.Dataset(jsonld=str(release / "croissant.json"))
    assert dataset.metadata.issues.errors == set()
    assert dataset.metadata.issues.warnings == set()
    rows = read_manifest(release).census.rows.rows
    found = [record["sentence/id"].decode() for record in dataset.records("sentence")]
    assert len(found) == len(set(found)) == rows
    assert sum(len(record["document/segments"]) for record in dataset.records("document")) == rows


def test_the_citation_keeps_to_its_schema(release: Path, root: Path) -> None:
    schema = json.loads((root / "tests" / "unbitext" / "release" / "cff-1.2.0.schema.json").read_text(encoding="utf-8"))
    citation = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(citation)
    assert citation["version"] == VERSION


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_is_one_format_of_all_links(specimen_corpus: Path, tmp_path: Path, format: str) -> None:
    made = export_corpus(specimen_corpus, tmp_path / "out" / "export", format)
    assert list(tmp_path.glob("out/*")) == [tmp_path / "out" / "export"]
    if made.report.rows is not None:
        assert made.report.rows == made.census.rows
        assert made.census.rows.rows + made.census.excluded == made.census.links
        assert {code for code, _ in made.census.reasons} == {"no-counterpart"}
        assert len((made.folder / "excluded.jsonl").read_text(encoding="utf-8").splitlines()) == made.census.excluded
    with pytest.raises(ReleaseError, match="holds files already"):
        export_corpus(specimen_corpus, made.folder, format)


def test_a_test_set_is_held_out(specimen_corpus: Path, tmp_path: Path) -> None:
    listed = tmp_path / "held_out.txt"
    listed.write_text("# drawn\nSPECIMEN_PV.7.en\nSPECIMEN_PV.7.zh\n", encoding="utf-8")
    splits = Splits(validation=0, test=0, held_out=read_held_out(listed))
    made = make_release(specimen_corpus, tmp_path / "out", SMALL.model_copy(update={"splits": splits}))
    lines = [json.loads(line) for path in (made.folder / "jsonl").glob("*") for line in path.open(encoding="utf-8")]
    assert {row["split"] for row in lines if row["pair"] == "SPECIMEN_PV.7.zh-en"} == {"test"}
    assert {row["pair"] for row in lines if row["split"] == "test"} == {"SPECIMEN_PV.7.zh-en"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("CD/PV.1\n\n# no\nCD_PV.2.zh\t1\n", ("CD/PV.1", "CD_PV.2.zh")),
        ('{"pair": "X.zh-en", "text": "a"}\n{"source_document": "Y.zh"}\n', ("X.zh-en", "Y.zh")),
    ],
)
def test_lists_of_what_is_held_out(tmp_path: Path, text: str, names: tuple[str, ...]) -> None:
    (tmp_path / "list").write_text(text, encoding="utf-8")
    assert read_held_out(tmp_path / "list") == names


@pytest.mark.parametrize("text", ["", "# nothing\n", "{broken\n", None])
def test_lists_that_name_nothing(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "list").write_text(text, encoding="utf-8")
    with pytest.raises(ReleaseError, match="list"):
        read_held_out(tmp_path / "list")


@pytest.mark.slow
def test_many_processes_give_the_same_bytes_as_one(specimen_corpus: Path, tmp_path: Path) -> None:
    write_copies(specimen_corpus, tmp_path / "corpus", 18)
    made = [
        make_release(tmp_path / "corpus", tmp_path / str(jobs), OPTIONS.model_copy(update={"jobs": jobs}))
        for jobs in (1, 3)
    ]
    assert contents(made[0].folder) == contents(made[1].folder)
    census = made[0].manifest.census
    assert census.pairs == 18 * 6
    assert dict(census.reasons)["no-counterpart"] == 18 * 8
    assert verify_release(made[0].folder) == []


@pytest.mark.slow
@pytest.mark.shared
def test_real_documents_are_released(shared: Path, tmp_path: Path) -> None:
    files = sorted(path for path in (shared / "documents").glob("*.txt"))
    corpus = build_plainly(files, tmp_path / "corpus", tmp_path / "state")
    made = make_release(corpus, tmp_path / "out", OPTIONS, archive=True)
    assert verify_release(made.folder) == []
    assert made.manifest.census.rows.rows > 500
    assert made.manifest.census.documents == len(files)
    grammar = etree.DTD(str(shared / "schemas" / "tmx14.dtd"))
    assert grammar.validate(etree.parse(made.folder / "tmx" / "zh-en.tmx")), grammar.error_log
    tei_all = shared / "schemas" / "tei_all-4.12.0.rng"
    assert validate_paths([made.folder], tei_all=tei_all) == []
