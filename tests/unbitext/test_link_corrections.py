"""Links that a person gave: files read, fitted to the documents as they are, and reported when they do not fit."""

import tomllib
from pathlib import Path
from textwrap import dedent

import pytest

from schemas.bitext import CONFIRMED, FIXED, DocumentPair, Link
from schemas.document import Document, Kind
from tests.unbitext.align.conftest import make_block, make_document
from unbitext.align import align_pair
from unbitext.corrections import apply_corrections, read_corrections
from unbitext.corrections_files import text_hash
from unbitext.link_corrections import (
    LinkCorrection,
    LinkCorrections,
    file_head,
    fit_links,
    link_table,
    read_link_corrections,
    unused_link_corrections,
)

CHINESE = {"p1.s1": "青蛙唱歌。", "p1.s2": "蝾螈不唱。", "h1.s1": "池塘"}
ENGLISH = {"p1.s1": "Frogs sing.", "p1.s2": "Newts do not.", "p2.s1": "Herons wait."}


def document(language: str, texts: dict[str, str]) -> Document:
    blocks: dict[str, list[str]] = {}
    for identifier, text in texts.items():
        blocks.setdefault(identifier.rpartition(".")[0], []).append(text)
    return make_document(
        language,
        [make_block(one, Kind.HEADING if one[0] == "h" else Kind.PARAGRAPH, held) for one, held in blocks.items()],
    )


PAIR = DocumentPair(source=document("zh", CHINESE), target=document("en", ENGLISH))


def correction(source: list[str], target: list[str], **fields: object) -> LinkCorrection:
    made = {
        "source": source,
        "source_texts": [text_hash(CHINESE.get(one, one)) for one in source],
        "target": target,
        "target_texts": [text_hash(ENGLISH.get(one, one)) for one in target],
        "status": "fixed",
        "reason": "seen",
    }
    return LinkCorrection.model_validate({**made, **fields})


def corrections(*links: LinkCorrection) -> LinkCorrections:
    return LinkCorrections.model_validate(
        {"file": "S.toml", "symbol": "S/1", "source_language": "zh", "target_language": "en", "link": links}
    )


def test_what_fits_becomes_a_link() -> None:
    fitted = fit_links(
        PAIR,
        corrections(
            correction(["p1.s2", "h1.s1"], ["p1.s2", "p1.s1"], reason="one in the other"),
            correction(["p1.s1"], [], status="confirmed", reason=None),
        ),
    )
    assert fitted.findings == ()
    first, second = fitted.links
    assert (first.source_ids, first.target_ids) == (("p1.s2", "h1.s1"), ("p1.s1", "p1.s2"))  # as they stand in the text
    assert (first.kinds, first.score, first.method) == ((Kind.HEADING, Kind.PARAGRAPH), 1.0, FIXED)
    assert [(f.code, f.where, f.message) for f in first.findings] == [
        ("correction-applied", "p1.s2", "S.toml, link 1 (p1.s2 h1.s1 = p1.s2 p1.s1) fixed: one in the other")
    ]
    assert (second.type, second.method, second.findings) == ("1-0", CONFIRMED, ())


@pytest.mark.parametrize(
    ("bad", "code", "message"),
    [
        (correction(["p9.s1"], ["p1.s2"]), "correction-unfit", "SPECIMEN_1.zh has no sentence p9.s1"),
        (correction(["p1.s2"], ["p1.s9"]), "correction-unfit", "SPECIMEN_1.en has no sentence p1.s9"),
        (
            correction(["p1.s2"], ["p1.s2"], target_texts=[text_hash("Newts do.")]),
            "correction-text-changed",
            f"SPECIMEN_1.en p1.s2 was {text_hash('Newts do.')} and is {text_hash('Newts do not.')} now: Newts do not.",
        ),
        (
            correction(["p1.s2"], [], source_texts=["0" * 12]),
            "correction-text-changed",
            f"SPECIMEN_1.zh p1.s2 was {'0' * 12} and is {text_hash('蝾螈不唱。')} now: 蝾螈不唱。",
        ),
    ],
)
def test_what_does_not_fit_is_named_and_the_rest_is_applied(bad: LinkCorrection, code: str, message: str) -> None:
    good = correction(["p1.s1"], ["p1.s1"])
    fitted = fit_links(PAIR, corrections(bad, good))
    assert [link.source_ids for link in fitted.links] == [("p1.s1",)]
    (finding,) = fitted.findings
    assert (finding.code, finding.where) == (code, bad.where)
    assert finding.message == f"S.toml, link 1 ({bad.place}) is not applied: {message}"


def test_of_two_that_disagree_neither_is_applied() -> None:
    fitted = fit_links(
        PAIR,
        corrections(
            correction(["p1.s1"], ["p1.s1"]),
            correction(["p1.s1", "p1.s2"], ["p1.s2"]),
            correction(["h1.s1"], ["p1.s2"]),
            correction([], ["p2.s1"]),
        ),
    )
    assert [link.target_ids for link in fitted.links] == [("p2.s1",)]
    assert [(f.code, f.message.partition(" is not applied: ")[2]) for f in fitted.findings] == [
        ("correction-conflict", "link 2 says otherwise of a sentence of it"),
        ("correction-conflict", "link 1, 3 says otherwise of a sentence of it"),
        ("correction-conflict", "link 2 says otherwise of a sentence of it"),
    ]


def test_one_that_no_longer_fits_is_no_rival_to_the_one_that_renews_it() -> None:
    old = correction(["p1.s1"], ["p1.s1", "p1.s2"], target_texts=["0" * 12, "0" * 12])
    fitted = fit_links(PAIR, corrections(old, correction(["p1.s1"], ["p1.s1"])))
    assert [link.type for link in fitted.links] == ["1-1"]
    assert [f.code for f in fitted.findings] == ["correction-text-changed"]


def test_the_same_said_twice_counts_once() -> None:
    twice = correction(["p1.s2", "p1.s1"], ["p1.s1"]), correction(["p1.s1", "p1.s2"], ["p1.s1"], status="confirmed")
    fitted = fit_links(PAIR, corrections(*twice))
    assert [link.method for link in fitted.links] == [FIXED]
    assert [(f.code, f.message) for f in fitted.findings] == [
        ("correction-applied", "S.toml, link 2 (p1.s1 p1.s2 = p1.s1) says what link 1 says")
    ]


HEAD = file_head(("SPECIMEN/1", "zh", "en"))
LINK = f'[[link]]\nsource = ["p1.s1"]\nsource_texts = ["{"a" * 12}"]\nstatus = "confirmed"\n'


def test_files_are_read_beside_those_of_documents(tmp_path: Path) -> None:
    (tmp_path / "SPECIMEN_1.zh-en.toml").write_text(HEAD + LINK)
    (tmp_path / "SPECIMEN_1.zh.toml").write_text('symbol = "SPECIMEN/1"\nlanguage = "zh"\n')
    (tmp_path / "broken.toml").write_text("symbol = ")
    found, findings = read_link_corrections(tmp_path)
    assert findings == []  # what is no TOML is told of once, with the documents'
    key = ("SPECIMEN/1", "zh", "en")
    assert list(found) == [key]
    assert (found[key].file, [one.place for one in found[key].links]) == (
        "SPECIMEN_1.zh-en.toml",
        ["p1.s1 = (nothing)"],
    )
    documents, unreadable = read_corrections(tmp_path)
    assert list(documents) == [("SPECIMEN/1", "zh")]
    assert [finding.code for finding in unreadable] == ["corrections-unreadable"]
    assert read_link_corrections(tmp_path / "absent") == ({}, [])
    assert unused_link_corrections(found, {key}) == []
    (finding,) = unused_link_corrections(found, {("SPECIMEN/1", "en", "zh")})
    assert (finding.code, finding.message) == (
        "corrections-unused", "SPECIMEN_1.zh-en.toml: the corpus has no pair SPECIMEN/1 zh-en"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LINK, "symbol: Field required"),
        (HEAD + "file = 'x'", "file: Extra inputs"),
        (HEAD + 'language = "zh"', "language: Extra inputs"),
        (HEAD + LINK.replace("a" * 12, "a" * 11), "link.1.source_texts.1: String should match"),
        (
            HEAD + LINK.replace('["p1.s1"]', '["p1.s1", "p1.s2"]'),
            "link.1: Value error, source_texts must hold",
        ),
        (HEAD + LINK + 'target_texts = ["aaaaaaaaaaaa"]', "target_texts must hold one hash for each id of target"),
        (HEAD + '[[link]]\nstatus = "confirmed"', "names no sentence on either side"),
        (HEAD + LINK.replace("confirmed", "fixed"), "a link that was fixed needs a reason"),
        (HEAD + LINK.replace("confirmed", "doubted"), "link.1.status: Input should be"),
        (
            HEAD + LINK.replace('["p1.s1"]', '["p1.s1", "p1.s1"]').replace(f'["{"a" * 12}"]', f"{['a' * 12] * 2}"),
            "source names a sentence twice",
        ),
    ],
)
def test_a_file_that_cannot_be_used_costs_that_file(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.toml").write_text(text)
    (tmp_path / "b.toml").write_text(HEAD + LINK)
    found, (finding,) = read_link_corrections(tmp_path)
    assert [one.file for one in found.values()] == ["b.toml"]
    assert finding.code == "corrections-unreadable"
    assert finding.message.startswith("a.toml: ")
    assert message in finding.message
    assert read_corrections(tmp_path) == ({}, [])


def test_a_second_file_for_one_pair_is_not_used(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(HEAD + LINK)
    found, (finding,) = read_link_corrections(tmp_path)
    assert [one.file for one in found.values()] == ["a.toml"]
    assert finding.message == "b.toml: a.toml corrects this pair already"


@pytest.mark.parametrize("target", [("p1.s1", "p2.s1"), ()])
def test_what_is_written_for_a_link_confirms_it(tmp_path: Path, target: tuple[str, ...]) -> None:
    english = ENGLISH | {"p1.s1": 'Frogs "sing"\n\x0b \x7f # \\ [[link]].'}
    pair = PAIR.model_copy(update={"target": document("en", english)})
    link = Link(source_ids=("p1.s1",), target_ids=target, kinds=(Kind.PARAGRAPH,), score=0.2, method="x")
    text = HEAD + "\n" + link_table(pair, link)
    assert len(tomllib.loads(text)["link"]) == 1
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    found, _ = read_link_corrections(tmp_path)
    fitted = fit_links(pair, found["SPECIMEN/1", "zh", "en"])
    assert fitted.findings == ()
    assert fitted.links == (link.model_copy(update={"score": 1.0, "method": CONFIRMED}),)


def test_the_example_of_the_documentation_works(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "corrections.md").read_text(encoding="utf-8")
    documents, links = (
        dedent(page[page.index(begin) :].split(end)[0])
        for begin, end in (
            ('    symbol = "SPECIMEN/2026/7"\n    language', "\n\nThe second part"),
            ('    symbol = "SPECIMEN/2026/7"\n    source_language', "\n\nIds are those"),
        )
    )
    (tmp_path / "SPECIMEN_2026_7.en.toml").write_text(documents)
    (tmp_path / "SPECIMEN_2026_7.zh-en.toml").write_text(links)
    of_documents, findings = read_corrections(tmp_path)
    of_links, more = read_link_corrections(tmp_path)
    assert findings + more == []
    english = make_document(
        "en", [make_block("p14", Kind.PARAGRAPH, ["Sluices close at dusk.", "15. Herons may stay."], number="14")]
    )
    english = apply_corrections(english, of_documents["SPECIMEN/2026/7", "en"].corrections)
    chinese = make_document("zh", [make_block("p14", Kind.PARAGRAPH, ["水闸黄昏关闭，苍鹭可以留下。"], number="14")])
    pair = DocumentPair(source=chinese, target=english)
    fitted = fit_links(pair, of_links["SPECIMEN/2026/7", "zh", "en"])
    assert fitted.findings == ()
    (link,) = align_pair(pair, fixed=fitted.links)
    assert (link.source_ids, link.target_ids, link.method) == (("p14.s1",), ("p14.s1", "p14-2.s1"), FIXED)
