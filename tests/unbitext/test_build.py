"""The stages of a build, called as plain functions: what is kept, refused, paired, and done only once."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import etree

from schemas.document import Document
from schemas.findings import Finding
from schemas.settings import Settings
from unbitext import build
from unbitext.assembly import InvalidCorpusError, assemble, assemble_valid
from unbitext.build import (
    align_records,
    claims,
    corrections_for,
    divide,
    finish_document,
    pair_records,
    parse_input,
    settle_claims,
)
from unbitext.corrections import read_corrections, unused_corrections
from unbitext.corrections_files import text_hash
from unbitext.plan import Plan
from unbitext.records import DocumentRecord, Parsed
from unbitext.report import Report, render_report, totals
from unbitext.showing import NotFoundError, show_part
from unbitext.store import CorpusFolder

NAMES = ("SPECIMEN_RES_9_4.zh.txt", "SPECIMEN_RES_9_4.en.txt", "SPECIMEN_2026_40.zh.txt")


@pytest.fixture
def folder(tmp_path: Path, specimens: Path) -> Path:
    """A small bilingual folder: a pair, and one document without its original."""
    made = tmp_path / "in"
    made.mkdir()
    for name in NAMES:
        shutil.copy(specimens / name, made)
    return made


def plan_of(*paths: Path) -> Plan:
    plan = Plan(paths, Settings(state=Path("state"), out=Path("out")))
    plan.cache.mark_used()
    return plan


def parse(plan: Plan) -> tuple[list[Parsed], list[tuple[str, str]]]:
    parsed, refused = divide([parse_input(file, plan.cache) for file in plan.inputs.files], Parsed)
    settled, rivals = settle_claims(parsed)
    return settled, sorted((one.label, one.code) for one in [*refused, *rivals])


def report_on(plan: Plan) -> Report:
    """All stages, one after the other."""
    settled, _ = parse(plan)
    corrections, general = read_corrections(plan.corrections)
    finished = [finish_document(one, corrections_for(one.meta, corrections), plan.cache) for one in settled]
    documents, refused = divide(finished, DocumentRecord)
    by_identifier = {document.identifier: document for document in documents}
    paired = pair_records(documents)
    return Report(
        documents=tuple(documents),
        pairs=tuple(align_records(by_identifier[s], by_identifier[t], plan.cache) for s, t in paired.pairs),
        waiting=paired.waiting,
        refused=(*plan.inputs.refused, *refused),
        general=(*general, *unused_corrections(corrections, claims(documents))),
    )


def assemble_into(folder: Path, plan: Plan) -> Report:
    report = report_on(plan)
    assemble(report, plan.cache, folder)
    return report


def codes(findings: Sequence[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def test_pairs_and_what_waits(folder: Path) -> None:
    report = report_on(plan_of(folder))
    assert [document.identifier for document in report.documents] == [
        "SPECIMEN_2026_40.zh", "SPECIMEN_RES_9_4.en", "SPECIMEN_RES_9_4.zh"
    ]  # fmt: skip
    assert [pair.name for pair in report.pairs] == ["SPECIMEN_RES_9_4.zh-en"]
    assert report.waiting == ("SPECIMEN_2026_40.zh",)
    counts = totals(report)
    assert (counts.documents, counts.pairs, counts.waiting, counts.refused) == (3, 1, 1, 0)
    assert counts.links == sum(report.pairs[0].types.values()) > 10


def test_what_is_done_is_not_done_again(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = assemble_into(tmp_path / "one", plan_of(folder))
    for name in ("parse_file", "encode_document", "align_pair", "encode_alignment"):
        monkeypatch.setattr(build, name, None)  # calling it would fail
    assert assemble_into(tmp_path / "two", plan_of(folder)) == first
    assert CorpusFolder(tmp_path / "one").hashes() == CorpusFolder(tmp_path / "two").hashes()


def test_what_was_left_out_of_the_cache_is_made_again(folder: Path, tmp_path: Path) -> None:
    plan = plan_of(folder)
    first = assemble_into(tmp_path / "one", plan)
    for number, path in enumerate(sorted(path for path in plan.cache.root.rglob("*") if path.is_file())):
        if number % 3 == 0:
            path.unlink()
        elif number % 3 == 1:
            path.write_bytes(path.read_bytes()[:-1])
    assert assemble_into(tmp_path / "two", plan) == first
    assert CorpusFolder(tmp_path / "one").hashes() == CorpusFolder(tmp_path / "two").hashes()


def test_the_text_wins_over_the_name(folder: Path) -> None:
    (folder / "SPECIMEN_RES_9_4.zh.txt").rename(folder / "SPECIMEN_RES_9_5.en.txt")
    report = report_on(plan_of(folder))
    (moved,) = [document for document in report.documents if document.label == "SPECIMEN_RES_9_5.en.txt"]
    assert moved.identifier == "SPECIMEN_RES_9_4.zh"
    assert codes(moved.findings)[-2:] == ["symbol-differs", "language-differs"]


def without_symbol(path: Path) -> None:
    symbol = path.name.split(".")[0].replace("_", "/")
    text = path.read_text(encoding="utf-8")
    assert symbol in text
    path.write_text(text.replace(symbol, ""), encoding="utf-8")


def test_a_symbol_comes_from_the_name_or_not_at_all(folder: Path) -> None:
    path = folder / "SPECIMEN_RES_9_4.zh.txt"
    without_symbol(path)
    settled, refused = parse(plan_of(path))
    assert settled[0].meta.symbols == ("SPECIMEN/RES/9/4",)
    assert refused == []
    record = finish_document(settled[0], None, plan_of(path).cache)
    assert isinstance(record, DocumentRecord)
    assert "symbol-from-name" in codes(record.findings)
    assert "symbol-missing" not in codes(record.findings)
    path.rename(folder / "resolution.txt")
    assert parse(plan_of(folder / "resolution.txt")) == ([], [("resolution.txt", "symbol-needed")])


def test_equal_files_count_once(folder: Path) -> None:
    shutil.copy(folder / "SPECIMEN_RES_9_4.en.txt", folder / "again.txt")
    settled, refused = parse(plan_of(folder))
    assert refused == []
    assert [one.input.label for one in settled] == [
        "SPECIMEN_2026_40.zh.txt", "SPECIMEN_RES_9_4.en.txt", "SPECIMEN_RES_9_4.zh.txt"
    ]  # fmt: skip
    assert codes(settled[1].notes) == ["file-double"]


def test_two_texts_of_one_symbol_are_both_refused(folder: Path) -> None:
    text = (folder / "SPECIMEN_RES_9_4.en.txt").read_text(encoding="utf-8")
    (folder / "other.txt").write_text(text + "\n\nOne line more.\n", encoding="utf-8")
    settled, refused = parse(plan_of(folder))
    assert refused == [("SPECIMEN_RES_9_4.en.txt", "symbol-claimed-twice"), ("other.txt", "symbol-claimed-twice")]
    assert [one.input.label for one in settled] == ["SPECIMEN_2026_40.zh.txt", "SPECIMEN_RES_9_4.zh.txt"]


def test_a_pair_that_is_no_translation_is_refused_and_both_stay(folder: Path, specimens: Path) -> None:
    text = (specimens / "SPECIMEN_PV.7.en.txt").read_text(encoding="utf-8")
    long = text.replace("SPECIMEN/PV.7", "SPECIMEN/RES/9/4") * 6
    (folder / "SPECIMEN_RES_9_4.en.txt").write_text(long, encoding="utf-8")
    report = report_on(plan_of(folder))
    assert [one.code for one in report.all_refused] == ["not-a-translation"]
    assert (totals(report).documents, totals(report).pairs) == (3, 0)


def test_a_failure_of_the_program_costs_its_document(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encode = build.encode_document

    def fail_on_one(document: Document, *, generator: str) -> etree._Element:
        if document.meta.language == "en":
            raise ZeroDivisionError("division by zero")
        return encode(document, generator=generator)

    monkeypatch.setattr(build, "encode_document", fail_on_one)
    report = report_on(plan_of(folder))
    assert [(one.label, one.code) for one in report.refused] == [("SPECIMEN_RES_9_4.en.txt", "internal-error")]
    assert len(report.documents) == 2


def break_rules_of(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """Make the encoder write an element that the grammar does not know, in documents of this language."""
    encode = build.encode_document

    def encode_badly(document: Document, *, generator: str) -> etree._Element:
        element = encode(document, generator=generator)
        if document.meta.language == language:
            etree.SubElement(element[-1], "{http://www.tei-c.org/ns/1.0}frog")
        return element

    monkeypatch.setattr(build, "encode_document", encode_badly)


def test_an_invalid_document_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    break_rules_of(monkeypatch, "en")
    plan = plan_of(folder)
    report, names = assemble_valid(report_on(plan), plan.cache, tmp_path / "one")
    assert [(one.label, one.code) for one in report.all_refused] == [("SPECIMEN_RES_9_4.en.txt", "document-invalid")]
    assert report.all_refused[0].message.startswith("its file breaks a rule: SPECIMEN_RES_9_4.en.xml:")
    assert report.pairs == ()
    assert report.waiting == ("SPECIMEN_2026_40.zh", "SPECIMEN_RES_9_4.zh")
    assert sorted(names) == sorted(CorpusFolder(tmp_path / "one").names())
    assert len(names) == 4


def test_a_corpus_without_a_valid_document_is_not_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    break_rules_of(monkeypatch, "en")
    plan = plan_of(folder / "SPECIMEN_RES_9_4.en.txt")
    with pytest.raises(InvalidCorpusError, match="is not released: "):
        assemble_valid(report_on(plan), plan.cache, tmp_path / "one")


CORRECTIONS = """
symbol = "SPECIMEN/RES/9/4"
language = "zh"
[[correction]]
at = "{at}"
text = "{hash}"
kind = "quote"
reason = "it is quoted"
"""


def test_corrections_are_applied_and_reported(folder: Path, tmp_path: Path) -> None:
    plan = plan_of(folder)
    before = assemble_into(tmp_path / "one", plan)
    lines = show_part(tmp_path / "one", "SPECIMEN_RES_9_4.zh").splitlines()[1:]
    identifier = next(line.split()[0] for line in lines if line.split()[1] == "paragraph")
    shown = show_part(tmp_path / "one", f"SPECIMEN_RES_9_4.zh.{identifier}").splitlines()
    made_on = next(line.split()[1] for line in shown if line.startswith("hash"))
    plan.corrections.mkdir()
    file = plan.corrections / "SPECIMEN_RES_9_4.zh.toml"
    file.write_text(CORRECTIONS.format(at=identifier, hash=made_on), encoding="utf-8")
    assert plan_of(folder).key != plan.key
    after = assemble_into(tmp_path / "two", plan)
    assert "kind    quote" in show_part(tmp_path / "two", f"SPECIMEN_RES_9_4.zh.{identifier}")
    changed = [one for one, other in zip(after.documents, before.documents, strict=True) if one != other]
    assert [one.identifier for one in changed] == ["SPECIMEN_RES_9_4.zh"]
    assert f"| SPECIMEN_RES_9_4.zh | {identifier} | applied | kind: it is quoted |" in render_report(after)
    file.write_text(CORRECTIONS.format(at=identifier, hash=text_hash("other")), encoding="utf-8")
    unfit = assemble_into(tmp_path / "three", plan)
    assert f"| SPECIMEN_RES_9_4.zh | {identifier} | unfit |" in render_report(unfit)
    assert "kind    paragraph" in show_part(tmp_path / "three", f"SPECIMEN_RES_9_4.zh.{identifier}")


def test_parts_are_shown_with_their_links(folder: Path, tmp_path: Path) -> None:
    assemble_into(tmp_path / "one", plan_of(folder))
    zh, en = ([line.split()[0] for line in show_part(tmp_path / "one", f"SPECIMEN_RES_9_4.{code}").splitlines()[1:]]
              for code in ("zh", "en"))  # fmt: skip
    first = show_part(tmp_path / "one", f"SPECIMEN_RES_9_4.zh.{zh[0]}.s1")
    assert f"{zh[0]}.s1  =  SPECIMEN_RES_9_4.en {en[0]}.s1" in first
    back = show_part(tmp_path / "one", f"SPECIMEN_RES_9_4.en.{en[0]}")
    assert f"{en[0]}.s1  =  SPECIMEN_RES_9_4.zh {zh[0]}.s1" in back


@pytest.mark.parametrize(
    ("identifier", "message"),
    [
        ("SPECIMEN_RES_9_4.zh.p99", "SPECIMEN_RES_9_4.zh has no part p99"),
        ("SPECIMEN_RES_9_4.fr.p1", "has no document for SPECIMEN_RES_9_4.fr.p1"),
    ],
)
def test_what_is_not_there_is_named(folder: Path, tmp_path: Path, identifier: str, message: str) -> None:
    assemble_into(tmp_path / "one", plan_of(folder))
    with pytest.raises(NotFoundError, match=message):
        show_part(tmp_path / "one", identifier)


def test_an_empty_folder_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="is no corpus"):
        show_part(tmp_path, "SPECIMEN_RES_9_4.zh")


def test_a_file_that_goes_while_it_is_read_costs_itself(folder: Path) -> None:
    plan = plan_of(folder)
    (folder / "SPECIMEN_2026_40.zh.txt").unlink()
    settled, refused = parse(plan)
    assert len(settled) == 2
    assert refused == [("SPECIMEN_2026_40.zh.txt", "file-unreadable")]


@pytest.mark.shared
def test_real_documents_make_a_valid_corpus(shared: Path, tmp_path: Path) -> None:
    plan = plan_of(shared / "documents")
    report, names = assemble_valid(report_on(plan), plan.cache, tmp_path / "one")
    assert report.all_refused == ()
    assert [pair.name for pair in report.aligned] == ["CD_PV.1511.zh-en", "NPT_CONF.2020_PC.I_WP.4.zh-en"]
    assert report.waiting == ("CD_2105.zh", "NPT_CONF.2020_WP.NAM.zh", "TPNW_MSP_2025_7.zh")
    assert len(names) == 7 + 2 + 2


def test_a_file_that_changes_while_it_is_read_is_not_kept_as_what_it_was(folder: Path) -> None:
    plan = plan_of(folder)
    path = folder / "SPECIMEN_2026_40.zh.txt"
    before = path.read_bytes()
    path.write_bytes(before + "又一行。\n".encode())
    settled, refused = parse(plan)
    assert refused == [("SPECIMEN_2026_40.zh.txt", "file-changed")]
    path.write_bytes(before)
    assert len(parse(plan_of(folder))[0]) == len(settled) + 1
