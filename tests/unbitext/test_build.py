"""The stages of a build, called as plain functions: what is kept, refused, paired, and done only once."""

import shutil
import tomllib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from schemas.bitext import CONFIRMED, FIXED, Link
from schemas.document import Document
from schemas.findings import Finding
from schemas.settings import Settings
from tests.parsers.readers.pdf_files import Text, make_pdf, paragraph
from unbitext import build
from unbitext.assembly import InvalidCorpusError, assemble, assemble_valid
from unbitext.build import (
    align_records,
    claims,
    corrections_for,
    divide,
    finish_document,
    link_claims,
    link_corrections_for,
    pair_records,
    parse_input,
    settle_claims,
)
from unbitext.corrections import read_corrections, unused_corrections
from unbitext.corrections_files import text_hash
from unbitext.evaluation import evaluate_files
from unbitext.link_corrections import file_head, read_link_corrections, unused_link_corrections
from unbitext.plan import Plan
from unbitext.quality.evaluate import evaluation_table
from unbitext.quality.gold import GoldError
from unbitext.records import DocumentRecord, Parsed
from unbitext.report import Report, render_report, totals
from unbitext.showing import NotFoundError, show_links, show_part
from unbitext.store import CorpusFolder
from unbitext.tei import decode_alignment, decode_document
from unbitext.tei.validate import validate_paths

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
    link_corrections, unusable = read_link_corrections(plan.corrections)
    finished = [finish_document(one, corrections_for(one.meta, corrections), plan.cache) for one in settled]
    documents, refused = divide(finished, DocumentRecord)
    by_identifier = {document.identifier: document for document in documents}
    paired = pair_records(documents)
    work = [(by_identifier[source], by_identifier[target]) for source, target in paired.pairs]
    pairs = [align_records(s, t, plan.cache, link_corrections_for(s, t, link_corrections)) for s, t in work]
    return Report(
        documents=tuple(documents),
        pairs=tuple(pairs),
        waiting=paired.waiting,
        refused=(*plan.inputs.refused, *refused),
        general=(
            *general,
            *unusable,
            *unused_corrections(corrections, claims(documents)),
            *unused_link_corrections(link_corrections, link_claims(documents, pairs)),
        ),
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


def test_pdfs_become_a_corpus_that_knows_their_pages(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    lines = ["The keepers of the northern lamps met in the", "spring. They counted all wicks and all the oil,"]
    first = [Text(60, 740, "SPECIMEN/2031/7", 8.5, "F2"), *paragraph(lines, 123, 700)]
    pdf = make_pdf([first, paragraph(["and went home.", ""], 123, 705)])
    (tmp_path / "in" / "SPECIMEN_2031_7.en.pdf").write_bytes(pdf)
    report = assemble_into(tmp_path / "out", plan_of(tmp_path / "in"))
    assert validate_paths([tmp_path / "out"]) == []
    assert totals(report).pages == 2
    written = render_report(report)
    assert "| pages | 2 |" in written
    assert f"| with a place on a page | {report.documents[0].sentences} |" in written
    shown = show_part(tmp_path / "out", "SPECIMEN_2031_7.en.u1.s2", with_boxes=True)
    assert "page    1-2" in shown
    assert len([line for line in shown.splitlines() if line.startswith("  box     page 2")]) == 1


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


def test_a_language_that_is_told_wins_and_the_name_has_no_say(folder: Path) -> None:
    plan = plan_of(folder / "SPECIMEN_RES_9_4.zh.txt")
    (file,) = plan.inputs.files
    parsed = parse_input(file, plan.cache, language="en")
    assert isinstance(parsed, Parsed)
    record = finish_document(parsed, None, plan.cache)
    assert isinstance(record, DocumentRecord)
    assert record.meta.language == "en"
    assert codes(record.findings) == ["language-doubtful"]


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


STEM = "SPECIMEN_RES_9_4"


def links_of(corpus: Path) -> list[Link]:
    return decode_alignment(etree.parse(corpus / "tei" / "alignments" / f"{STEM}.zh-en.xml").getroot())


def assert_only_a_persons_links_differ(before: Sequence[Link], after: Sequence[Link], ids: Sequence[str]) -> None:
    """Besides those of these sentences, the two hold the same links; scores may differ a little."""

    def untouched(links: Sequence[Link]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        sides = [(link.source_ids, link.target_ids) for link in links]
        return [one for one in sides if not set(ids).intersection(one[0] + one[1])]

    assert untouched(before) == untouched(after)


def test_a_persons_links_are_kept_across_builds(folder: Path, tmp_path: Path, specimens: Path) -> None:
    for language in ("zh", "en"):  # a second pair, which nothing happens to
        shutil.copy(specimens / f"SPECIMEN_SR.3.{language}.txt", folder)
    plan = plan_of(folder)
    before = assemble_into(tmp_path / "one", plan)
    own = links_of(tmp_path / "one")
    at = next(n for n, (link, after) in enumerate(pairwise(own)) if (link.type, after.type) == ("1-1", "1-1") and n > 9)
    first, second = own[at : at + 2]
    ids = first.source_ids + second.source_ids + first.target_ids + second.target_ids

    # The aligner's two links, confirmed as they are, then fixed: the first stands for both, the second for nothing.
    shown = "".join(
        show_links(tmp_path / "one", f"{STEM}.zh.{one.source_ids[0]}", known)
        for one, known in ((first, ()), (second, [("SPECIMEN/RES/9/4", "zh", "en")]))
    )
    plan.corrections.mkdir()
    file = plan.corrections / f"{STEM}.zh-en.toml"
    file.write_text(shown, encoding="utf-8")
    confirmed = assemble_into(tmp_path / "two", plan)
    assert [(link.source_ids, link.target_ids) for link in links_of(tmp_path / "two")] == [
        (link.source_ids, link.target_ids) for link in own
    ]
    assert [link.method for link in links_of(tmp_path / "two")].count(CONFIRMED) == 2
    assert (confirmed.pairs[0].fixed, confirmed.pairs[0].confirmed) == (0, 2)
    (scores,) = evaluate_files([tmp_path / "two"]).corrections
    assert (scores.name, scores.links, scores.strict.f1) == (f"{STEM}.zh-en", 2, 1.0)

    table = tomllib.loads(shown)["link"]
    file.write_text(
        file_head(("SPECIMEN/RES/9/4", "zh", "en"))
        + fixed_table([table[0]["source"], table[0]["source_texts"]],
                      [table[0]["target"] + table[1]["target"], table[0]["target_texts"] + table[1]["target_texts"]])
        + fixed_table([table[1]["source"], table[1]["source_texts"]], [[], []]),
        encoding="utf-8",
    )  # fmt: skip
    assert plan_of(folder).key != plan.key
    after = assemble_into(tmp_path / "three", plan)
    held = links_of(tmp_path / "three")
    fixed = [link for link in held if link.is_persons]
    assert [(link.source_ids, link.target_ids, link.score, link.method) for link in fixed] == [
        (first.source_ids, first.target_ids + second.target_ids, 1.0, FIXED),
        (second.source_ids, (), 1.0, FIXED),
    ]
    assert_only_a_persons_links_differ(own, held, ids)
    assert validate_paths([tmp_path / "three"]) == []
    assert [pair.key == old.key for pair, old in zip(after.pairs, before.pairs, strict=True)] == [False, True]
    report = render_report(after)
    assert "| mean score | doubtful | fixed | confirmed |" in report
    assert f"| {STEM}.zh-en | {first.source_ids[0]} | applied | {STEM}.zh-en.toml, link 1 (" in report
    marked = show_part(tmp_path / "three", f"{STEM}.zh.{first.source_ids[0]}")
    assert "  person:fixed  " in marked
    assert f"  {STEM}.en {second.target_ids[0]}  {table[1]['target_texts'][0]}  " in marked
    (scores,) = evaluate_files([tmp_path / "three"]).corrections
    assert (scores.links, scores.gold_links, scores.strict.right, scores.lax.right) == (2, 2, 0, 1)

    # Once more: the same bytes.
    assert assemble_into(tmp_path / "four", plan_of(folder)) == after
    assert CorpusFolder(tmp_path / "three").hashes() == CorpusFolder(tmp_path / "four").hashes()

    # The text changes under the first: it is reported, the second stands.
    path = folder / f"{STEM}.en.txt"
    blocks = document_of(tmp_path / "one", "en").blocks
    english = next(s.text for block in blocks for s in block.sentences if s.id == first.target_ids[0])[:20]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(english, f"{english.split()[0]}, {english}", 1), encoding="utf-8")
    changed = assemble_into(tmp_path / "five", plan_of(folder))
    assert [link.source_ids for link in links_of(tmp_path / "five") if link.is_persons] == [second.source_ids]
    (finding,) = [f for f in changed.pairs[0].findings if f.code == "correction-text-changed"]
    assert f"{STEM}.en {first.target_ids[0]} was {table[0]['target_texts'][0]} and is " in finding.message
    assert f"| {STEM}.zh-en | {first.source_ids[0]} | text-changed | {STEM}.zh-en.toml, link 1" in render_report(
        changed
    )


def fixed_table(source: list[list[str]], target: list[list[str]]) -> str:
    lines = [f"{name} = {value}" for name, value in zip(
        ("source", "source_texts", "target", "target_texts"), (*source, *target), strict=True
    )]  # fmt: skip
    return "\n".join(["[[link]]", *lines, 'status = "fixed"', 'reason = "seen"', ""])


def document_of(corpus: Path, language: str) -> Document:
    return decode_document(etree.parse(corpus / "tei" / "documents" / f"{STEM}.{language}.xml").getroot())


def test_links_for_a_pair_that_is_not_there(folder: Path) -> None:
    plan = plan_of(folder)
    plan.corrections.mkdir()
    (plan.corrections / "a.toml").write_text(file_head(("SPECIMEN/2026/40", "zh", "en")))
    (plan.corrections / "b.toml").write_text(file_head(("SPECIMEN/RES/9/4", "zh", "fr")))
    (plan.corrections / "c.toml").write_text(file_head(("SPECIMEN/RES/9/4", "zh", "en")) + "link = 3")
    assert [(f.code, f.message.partition(":")[0]) for f in report_on(plan).general] == [
        ("corrections-unreadable", "c.toml"), ("corrections-unused", "a.toml"), ("corrections-unused", "b.toml")
    ]  # fmt: skip


def test_a_corpus_without_a_persons_links_is_no_gold(folder: Path, tmp_path: Path) -> None:
    assemble_into(tmp_path / "one", plan_of(folder))
    evaluation = evaluate_files([tmp_path / "one"])
    assert (evaluation.corrections, evaluation.uncorrected) == ((), (str(tmp_path / "one"),))
    told = evaluation_table(evaluation)
    assert told == f"{tmp_path / 'one'}: a person has fixed or confirmed no link: nothing to compare with"
    with pytest.raises(GoldError, match="is no corpus"):
        evaluate_files([folder])


def test_links_are_shown_of_a_part(folder: Path, tmp_path: Path) -> None:
    assemble_into(tmp_path / "one", plan_of(folder))
    first = next(link for link in links_of(tmp_path / "one") if link.type == "1-1")
    zh, en = (show_links(tmp_path / "one", f"{STEM}.{code}.{one}")
              for code, one in (("zh", first.source_ids[0]), ("en", first.target_ids[0])))  # fmt: skip
    assert zh == en
    for part, message in (("p99", "has no part p99"), (None, "which part of")):
        with pytest.raises(NotFoundError, match=message):
            show_links(tmp_path / "one", f"{STEM}.zh.{part}" if part else f"{STEM}.zh")
    with pytest.raises(NotFoundError, match="has no links"):
        show_links(tmp_path / "one", "SPECIMEN_2026_40.zh.m1")


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
