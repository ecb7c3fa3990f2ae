"""The project's grammar: generated without drift, a subset of TEI All, and as strict as it says."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from parsers.parse import parse_file
from schemas.bitext import DocumentPair, Link
from schemas.tei.generate import GENERATED, SOURCE, generate
from tests.strategies import alignments
from tests.unbitext.tei.examples import GENERATOR, paged, pair_of, record, report
from unbitext.tei import CorpusAlignment, CorpusDocument, encode_alignment, encode_corpus, encode_document, serialize
from unbitext.tei.grammars import check_grammar, check_rules, check_tei_all

TEI_ALL = Path("schemas") / "tei_all-4.12.0.rng"


def files_of(pair: DocumentPair, links: tuple[Link, ...]) -> list[bytes]:
    """Two documents, their alignment, and a root for them."""
    sides = [(side, serialize(encode_document(side, generator=GENERATOR))) for side in (pair.source, pair.target)]
    alignment = serialize(encode_alignment(pair, links, generator=GENERATOR))
    entries = [CorpusDocument.of(side, content) for side, content in sides]
    if entries[0].id == entries[1].id:
        entries = entries[:1]
    root = encode_corpus(entries, [CorpusAlignment.of(pair, links, alignment)], generator=GENERATOR)
    return [*(content for _, content in sides), alignment, serialize(root)]


def tree(content: bytes) -> etree._ElementTree:
    return etree.fromstring(content).getroottree()


def test_the_generated_grammar_has_not_drifted() -> None:
    assert GENERATED.read_text(encoding="utf-8") == generate(), f"{SOURCE.name} was changed: run `make schemas`"


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(alignments())
def test_what_is_encoded_is_valid(drawn: tuple[DocumentPair, tuple[Link, ...]]) -> None:
    for content in files_of(*drawn):
        assert list(check_grammar(tree(content), "x")) == [], content.decode()
        assert list(check_rules(tree(content), "x")) == [], content.decode()


@pytest.mark.slow
@pytest.mark.shared
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(alignments())
def test_what_is_encoded_is_valid_against_tei_all(shared: Path, drawn: tuple[DocumentPair, tuple[Link, ...]]) -> None:
    for content in files_of(*drawn):
        assert list(check_tei_all(tree(content), "x", shared / TEI_ALL)) == [], content.decode()


@pytest.mark.slow
@pytest.mark.shared
def test_a_whole_corpus_is_valid_against_tei_all(shared: Path) -> None:
    *components, root = files_of(*pair_of(record("zh"), record("en")))
    whole = etree.fromstring(root)
    for include, content in zip(list(whole.iter("{*}include")), [*components[1::-1], components[2]], strict=True):
        whole.replace(include, etree.fromstring(content))
    assert list(check_tei_all(whole.getroottree(), "x", shared / TEI_ALL)) == []


DOCUMENTS = {"report": report(), "record": record(), "paged": paged()}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("report", "<label>2.</label>", "<label>2.</label><hi>2</hi>"),
        ("report", "</list></p>", "</list>text</p>"),
        ("report", "<closer>", "<p/><closer/><p/><closer>"),
        ("report", ' n="I"', ' m="I"'),
        ("report", 'type="section" subtype="level-1"', 'type="section" subtype="first"'),
        ("report", 'place="bottom"', 'place="end"'),
        ("report", 'place="bottom"', 'place="bottom" hand="#x"'),
        ("report", "<row>", '<row role="label">'),
        ("report", 'rend="space space"', 'rend="space"'),
        ("report", 'quantity="18"', 'quantity="-1"'),
        ("report", 'xml:lang="en" n=', 'xml:lang="English" n='),
        ("record", ' who="un:per.SPECIMEN_PV.9.en.1"', ""),
        ("record", 'who="un:per.SPECIMEN_PV.9.en.1"', 'who="#per.1"'),
        ("record", 'type="suspension"', 'type="storm"'),
        ("record", "</u>", "<p/></u>"),
        ("record", '<note xml:id="SPECIMEN_PV.9.en.end1" type="time">', '<note xml:id="SPECIMEN_PV.9.en.end1">'),
        ("paged", ' lrx="595.3"', ""),
        ("paged", ' lry="841.9"', ' lry="841.92"'),
        ("paged", ' n="1" lrx', " lrx"),
        ("paged", ' ulx="60"', ' ulx="-60"'),
        ("paged", ' points="200,72 ', ' points="'),
        ("paged", ' points="200,72 ', ' points="2e2,72 '),
        ("paged", "<zone ", '<zone rotate="90" '),
        ("paged", "<graphic ", '<graphic width="1in" '),
        ("record", "<standOff>", "<standOff><p/>"),
    ],
)
def test_the_grammar_is_strict(name: str, old: str, new: str) -> None:
    content = serialize(encode_document(DOCUMENTS[name], generator=GENERATOR)).decode()
    if "<standOff>" not in content:
        content = content.replace("</text>", "</text><standOff></standOff>")
    assert old in content
    violations = list(check_grammar(tree(content.replace(old, new, 1).encode()), "x"))
    assert violations
    assert {each.code for each in violations} == {"tei-grammar"}
    assert all(each.line >= 1 and each.message for each in violations)


def test_other_xml_is_no_corpus() -> None:
    assert list(check_grammar(tree(b"<html/>"), "x"))


@pytest.mark.slow
@pytest.mark.shared
def test_the_grammars_agree_on_the_real_documents(shared: Path) -> None:
    for file in sorted((shared / "documents").glob("*.txt")):
        content = serialize(encode_document(parse_file(file), generator=GENERATOR))
        assert list(check_grammar(tree(content), file.name)) == []
        assert list(check_rules(tree(content), file.name)) == []
        assert list(check_tei_all(tree(content), file.name, shared / TEI_ALL)) == []
