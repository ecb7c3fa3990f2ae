"""Every rule of rules.sch fires: each row breaks one thing in a valid file."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from schemas import SCHEMA_VERSION
from schemas.document import Kind, SourcePage
from schemas.findings import Finding
from tests.unbitext.tei.examples import GENERATOR, block, document, pair_of, record, report, write_corpus
from unbitext.tei import encode_document, serialize, validate_paths

DOCUMENT = "documents/SPECIMEN_PV.9.en.xml"
REPORT = "documents/SPECIMEN_1.en.xml"
LINKS = "alignments/SPECIMEN_PV.9.zh-en.xml"
ROOT = "corpus.xml"
BOXES = "boxes.xml"

BROKEN = [
    ("id-of-document", REPORT, 'xml:id="SPECIMEN_1.en.p2"', 'xml:id="p2"'),
    ("sentence-id", REPORT, '<s xml:id="SPECIMEN_1.en.u1.s1">', "<s>"),
    ("sentence-nested", REPORT, '<s xml:id="SPECIMEN_1.en.u1.s1">', '<s xml:id="SPECIMEN_1.en.u1.s1"><s/>'),
    ("version", ROOT, f"Version {SCHEMA_VERSION} of", "Version 999 of"),
    ("version", LINKS, f"Version {SCHEMA_VERSION} of", "Version 999 of"),
    ("number-in-label", REPORT, "<label>2.</label>", "<label>3.</label>"),
    ("number-in-label", REPORT, "<label>(b)</label>", "<label>(c)</label>"),
    ("target-resolves", REPORT, 'target="#SPECIMEN_1.en.fn1"', 'target="#SPECIMEN_1.en.fn2"'),
    ("target-resolves", DOCUMENT, 'target="#SPECIMEN_PV.9.en.t2.p1"', 'target="#SPECIMEN_PV.9.en.t3.p1"'),
    ("parent-resolves", REPORT, 'xml:id="SPECIMEN_1.en.p2"', 'xml:id="SPECIMEN_1.en.p2" corresp="#SPECIMEN_1.en.p9"'),
    ("zones-resolve", BOXES, 'facs="#SPECIMEN_1.en.zone.1 ', 'facs="#SPECIMEN_1.en.zone.9 '),
    ("zones-resolve", BOXES, 'facs="#SPECIMEN_1.en.zone.1 ', 'facs="#SPECIMEN_1.en.zone.2 '),
    ("page-resolves", BOXES, '<pb n="1" facs="#SPECIMEN_1.en.page.1"/>', '<pb n="1" facs="#SPECIMEN_1.en.page.2"/>'),
    ("page-resolves", BOXES, '<pb n="1" facs="#SPECIMEN_1.en.page.1"/>', '<pb n="1" facs="#SPECIMEN_1.en.zone.1"/>'),
    ("zone-on-surface", BOXES, '3,2 3,4', '20.1,2 3,4'),
    ("zone-on-surface", BOXES, '3,9.5 1,9.5', '3,9.5 1,9.6'),
    ("zone-on-surface", BOXES, 'lrx="3"', 'lrx="20.1"'),
    ("zone-on-surface", BOXES, 'lrx="3"', 'lrx="0.9"'),
    ("zone-on-surface", BOXES, 'uly="2"', 'uly="9.7"'),
    ("prefix-declared", DOCUMENT, 'ident="un"', 'ident="nu"'),
    ("turn-continues", DOCUMENT, 'turn.2" n="2"', 'turn.2" n="2" prev="#SPECIMEN_PV.9.en.turn.1"'),
    ("turn-number", DOCUMENT, '<u xml:id="SPECIMEN_PV.9.en.turn.2"', '<u xml:id="SPECIMEN_PV.9.en.turn.3"'),
    ("turn-label", DOCUMENT, '<u xml:id="SPECIMEN_PV.9.en.turn.2"', '<pb n="7"/><u xml:id="SPECIMEN_PV.9.en.turn.2"'),
    ("incident-continues", DOCUMENT, '<desc xml:id="SPECIMEN_PV.9.en.n1">', "<desc>"),
    ("table-text", REPORT, 'rend="space space"', ""),
    ("table-cells", REPORT, 'rows="1"', 'rows="2"'),
    ("count-sentences", REPORT, '<measure quantity="18" unit="sentence"/>', '<measure quantity="17" unit="sentence"/>'),
    ("count-turns", DOCUMENT, '<measure quantity="2" unit="turn"/>', '<measure quantity="3" unit="turn"/>'),
    ("count-blocks", REPORT, '<measure quantity="16" unit="block"/>', '<measure quantity="3" unit="block"/>'),
    ("count-links", LINKS, '<measure quantity="7" unit="link"/>', '<measure quantity="8" unit="link"/>'),
    ("count-files", ROOT, '<measure quantity="2" unit="document"/>', '<measure quantity="3" unit="document"/>'),
    ("link-two-pointers", LINKS, "zh:end1.s1 #null", "zh:end1.s1"),
    ("link-type", LINKS, 'target="zh:t1.p1.s1 en:t1.p1.s1"', 'target="zh:t1.p1.s1 zh:x en:t1.p1.s1"'),
    ("link-type", LINKS, 'target="zh:t1.p1.s1 en:t1.p1.s1"', 'target="zh:t1.p1.s1 zh:x"'),
    ("link-prefixes", LINKS, 'target="zh:t1.p1.s1 en:t1.p1.s1"', 'target="en:t1.p1.s1 zh:t1.p1.s1"'),
    ("link-null", LINKS, "zh:end1.s1 #null", "#null zh:end1.s1"),
    ("link-null", LINKS, 'type="1-0"', 'type="0-0"'),
    ("method-resolves", LINKS, 'resp="#SPECIMEN_PV.9.zh-en.method.2"', 'resp="#SPECIMEN_PV.9.zh-en.method.3"'),
    ("group-method-resolves", LINKS, 'resp="#SPECIMEN_PV.9.zh-en.method.1"', 'resp="#null"'),
    ("person-resolves", ROOT, 'sameAs="#per.SPECIMEN_PV.9.en.1"', 'sameAs="#state.IRL"'),
    ("affiliation-resolves", ROOT, '<org xml:id="state.IRL"', '<org xml:id="state.ITA"'),
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    write_corpus(folder / "one", [pair_of(record("zh"), record("en"))])
    write_corpus(folder / "other", [pair_of(report("zh"), report("en"))])
    boxes = ((1, 1.0, 2.0, 3.0, 4.0), (1, 1.0, 5.0, 3.0, 9.5), (2, 1.0, 2.0, 3.0, 4.0))
    pages = tuple(SourcePage(number=number, width=20, height=9.5) for number in (1, 2))
    boxed = document(block("p1", Kind.PARAGRAPH, "One.", page=1, boxes=boxes), pages=pages)
    (folder / BOXES).write_bytes(serialize(encode_document(boxed, generator=GENERATOR)))
    return folder


@pytest.mark.parametrize(("rule", "name", "old", "new"), BROKEN)
def test_a_rule_fires(rule: str, name: str, old: str, new: str, made: Path, tmp_path: Path) -> None:
    source = next(path for folder in ("one/tei", "other/tei", ".") if (path := made / folder / name).is_file())
    text = source.read_text(encoding="utf-8")
    assert text.count(old) == 1, (old, text)
    broken = tmp_path / "broken.xml"
    broken.write_text(text.replace(old, new), encoding="utf-8")
    fired = [each for each in validate_paths([broken]) if each.message.startswith(f"{rule}: ")]
    assert [each.code for each in fired] == ["tei-rule"] * len(fired)
    assert fired
    assert all(each.line > 1 for each in fired)


def test_a_reader_may_correct_a_misprinted_number(tmp_path: Path) -> None:
    corrected = Finding.info("correction-applied", "number: printed twice", "p1")
    for findings, rules in (((), ["number-in-label"]), ((corrected,), [])):
        made = document(block("p1", Kind.PARAGRAPH, "One.", label="12.", number="13"), findings=findings)
        (tmp_path / "x.xml").write_bytes(serialize(encode_document(made, generator=GENERATOR)))
        assert [each.message.partition(":")[0] for each in validate_paths([tmp_path / "x.xml"])] == rules


def test_every_rule_is_tested() -> None:
    rules = files("schemas.tei").joinpath("rules.sch").read_text(encoding="utf-8")
    assert set(re.findall(r'<assert id="([a-z-]+)"', rules)) == {rule for rule, *_ in BROKEN}
