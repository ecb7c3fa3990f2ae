"""Whole documents against gold: the specimens exactly, the real documents as well as the project promises."""

import re
from collections import Counter
from pathlib import Path

import pytest

from parsers.parse import parse_file
from schemas.document import Document, Kind
from unbitext.quality.gold import read_gold
from unbitext.quality.structure_scores import evaluate_structure

SPECIMENS = [
    (stem, language)
    for stem in (
        "SPECIMEN_PV.7",
        "SPECIMEN_SR.3",
        "SPECIMEN_2026_12",
        "SPECIMEN_CONF.2026_WP.4",
        "SPECIMEN_2026_31",
        "SPECIMEN_RES_9_4",
    )
    for language in ("zh", "en")
] + [("SPECIMEN_2026_40", "zh")]
REAL = [(stem, language) for stem in ("CD_PV.1511", "NPT_CONF.2020_PC.I_WP.4") for language in ("zh", "en")]
REAL_CHINESE = ("CD_2105", "CD_PV.1511", "NPT_CONF.2020_PC.I_WP.4", "NPT_CONF.2020_WP.NAM", "TPNW_MSP_2025_7")


@pytest.mark.parametrize(("stem", "language"), SPECIMENS)
def test_a_specimen_is_read_as_its_gold_says(specimens: Path, stem: str, language: str) -> None:
    document = parse_file(specimens / f"{stem}.{language}.txt")
    scores = evaluate_structure(document, read_gold(specimens / f"{stem}.gold.jsonl"), language)
    assert scores.units.f1 == 1.0, scores.differences
    assert scores.kinds.f1 == 1.0, scores.differences
    assert scores.sentences.f1 == 1.0 or not scores.sentences.wanted, scores.differences


@pytest.mark.shared
@pytest.mark.parametrize(("stem", "language"), REAL)
def test_a_real_document_is_read_as_its_gold_says(shared: Path, stem: str, language: str) -> None:
    document = parse_file(shared / "documents" / f"{stem}.{language}.txt")
    scores = evaluate_structure(document, read_gold(shared / "gold" / f"{stem}.gold.jsonl"), language)
    assert scores.units.f1 >= 0.99, scores.differences
    assert scores.kinds.f1 >= 0.95, scores.differences
    assert scores.sentences.f1 >= 0.99, scores.differences


@pytest.mark.shared
@pytest.mark.parametrize("stem", REAL_CHINESE)
def test_no_character_of_a_real_document_is_lost(shared: Path, stem: str) -> None:
    path = shared / "documents" / f"{stem}.zh.txt"
    document = parse_file(path)
    assert characters(document) == Counter(re.sub(r"\s", "", path.read_text(encoding="utf-8")))


def characters(document: Document) -> Counter[str]:
    pieces = [block.orig for block in document.blocks] + [item.orig for item in document.furniture]
    return Counter(re.sub(r"\s", "", "".join(pieces)))


@pytest.mark.shared
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_turns_of_a_real_record(shared: Path, language: str) -> None:
    document = parse_file(shared / "documents" / f"CD_PV.1511.{language}.txt")
    gold = [unit for unit in read_gold(shared / "gold" / "CD_PV.1511.gold.jsonl").units if unit.kind == "turn"]
    assert [turn.n for turn in document.turns] == list(range(1, 46))
    assert len(gold) == 45
    assert all((turn.role == "chair") == (turn.affiliation is None) for turn in document.turns)
    codes = [turn.affiliation.code for turn in document.turns if turn.affiliation]
    assert codes[:6] == ["DEU", "CHN", "AUT", "VNM", "FRA", "PAK"]
    assert all(code and len(code) == 3 for code in codes)
    languages = Counter(turn.spoken_language for turn in document.turns)
    assert languages == {"en": 39, "fr": 4, "zh": 2}


@pytest.mark.shared
def test_the_procedure_of_a_real_record(shared: Path) -> None:
    document = parse_file(shared / "documents" / "CD_PV.1511.zh.txt")
    incidents = [block for block in document.blocks if block.kind is Kind.INCIDENT]
    assert [(block.turn is None, block.text) for block in incidents[:2]] == [(True, incidents[0].text)] * 2
    switch = incidents[2]
    assert (switch.turn, switch.text) == (43, "(以英语发言)")
    after = document.blocks[document.blocks.index(switch) + 1]
    assert (after.turn, after.spoken_language) == (43, "en")
    assert [block.kind for block in document.blocks].count(Kind.CLOSING) == 1
    assert document.blocks[-1].kind is Kind.CLOSING


@pytest.mark.shared
def test_the_numbers_of_a_real_report(shared: Path) -> None:
    document = parse_file(shared / "documents" / "TPNW_MSP_2025_7.zh.txt")
    by_kind = {kind: [block for block in document.blocks if block.kind is kind] for kind in Kind}
    numbered = [block.number for block in by_kind[Kind.PARAGRAPH]]
    assert numbered == [str(number) for number in range(1, 85)]
    assert Counter(block.level for block in by_kind[Kind.HEADING]) == {1: 5, 2: 8}
    assert [block.id for block in by_kind[Kind.ITEM]][:3] == ["p10.a", "p10.b", "p81.a"]
    assert len(by_kind[Kind.ITEM]) == 11
    assert [block.number for block in by_kind[Kind.FOOTNOTE]] == ["*", "1", "2"]
    referring = next(block for block in document.blocks if block.id == "p17")
    assert [(ref.mark, ref.note) for ref in referring.refs] == [("1", "fn1"), ("2", "fn2")]
    assert [finding.code for finding in document.findings] == ["note-missing"]


@pytest.mark.shared
@pytest.mark.parametrize(("stem", "count"), [("NPT_CONF.2020_PC.I_WP.4", 11), ("NPT_CONF.2020_WP.NAM", 19)])
def test_the_numbers_of_the_real_working_papers(shared: Path, stem: str, count: int) -> None:
    document = parse_file(shared / "documents" / f"{stem}.zh.txt")
    numbers = [block.number for block in document.blocks if block.kind is Kind.PARAGRAPH]
    assert numbers == [str(number) for number in range(1, count + 1)]


@pytest.mark.shared
def test_the_letters(shared: Path) -> None:
    document = parse_file(shared / "documents" / "CD_2105.zh.txt")
    kinds = Counter(block.kind for block in document.blocks)
    assert (kinds[Kind.SIGNATURE], kinds[Kind.ITEM], kinds[Kind.MASTHEAD], kinds[Kind.TITLE]) == (2, 4, 5, 1)
    assert Counter(block.level for block in document.blocks if block.kind is Kind.HEADING) == {1: 2, 2: 3, 3: 11}
    assert {block.division for block in document.blocks} == {None, "letter-1", "letter-2"}
    assert all(block.number is None for block in document.blocks)


@pytest.mark.shared
def test_the_mastheads(shared: Path) -> None:
    facts = {}
    for stem in REAL_CHINESE:
        meta = parse_file(shared / "documents" / f"{stem}.zh.txt").meta
        facts[stem] = (
            meta.symbols,
            meta.genre.value,
            meta.original_language,
            str(meta.dates.issued or ""),
            (str(meta.dates.meeting.from_), str(meta.dates.meeting.to)) if meta.dates.meeting else None,
            meta.distribution,
            meta.job_number,
            meta.agenda_items,
        )
    assert facts == {
        "CD_2105": (("CD/2105",), "letter", "en", "2017-09-15", None, None, "GE.17-16195", ()),
        "CD_PV.1511": (
            ("CD/PV.1511",), "verbatim_record", None, "", ("2019-06-28", "2019-06-28"), None, "GE.20-01397", (),
        ),
        "NPT_CONF.2020_PC.I_WP.4": (
            ("NPT/CONF.2020/PC.I/WP.4",), "report", None, "", ("2017-05-02", "2017-05-12"), None, "17-04363", (),
        ),
        "NPT_CONF.2020_WP.NAM": ((), "report", None, "", ("2022-01-04", "2022-01-28"), None, None, ()),
        "TPNW_MSP_2025_7": (
            ("TPNW/MSP/2025/7",), "report", "en", "2025-03-07", ("2025-03-03", "2025-03-07"), "General", "25-01739",
            ("11(f)㈤",),
        ),
    }  # fmt: skip
