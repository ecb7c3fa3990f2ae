"""The root of a corpus, and the alignment files."""

from pathlib import Path

import pytest
from lxml import etree

from schemas.bitext import DocumentPair, Link
from schemas.document import Kind
from tests.unbitext.tei.examples import GENERATOR, document, pair_of, record, report, write_corpus
from unbitext.tei import (
    CorpusDocument,
    EncodingError,
    alignment_id,
    decode_alignment,
    encode_alignment,
    encode_corpus,
    encode_document,
    serialize,
)
from unbitext.tei.names import NAMESPACES

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def values(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [str(each) for each in found]


@pytest.fixture
def corpus(tmp_path: Path) -> etree._Element:
    pairs = [pair_of(record("zh"), record("en")), pair_of(report("zh"), report("en"))]
    return etree.parse(write_corpus(tmp_path / "corpus", pairs) / "tei" / "corpus.xml").getroot()


def test_the_root_includes_every_file(corpus: etree._Element) -> None:
    assert values(corpus, "xi:include/@href") == [
        "documents/SPECIMEN_1.en.xml",
        "documents/SPECIMEN_1.zh.xml",
        "documents/SPECIMEN_PV.9.en.xml",
        "documents/SPECIMEN_PV.9.zh.xml",
        "alignments/SPECIMEN_1.zh-en.xml",
        "alignments/SPECIMEN_PV.9.zh-en.xml",
    ]
    assert values(corpus, "//tei:listBibl/tei:bibl/tei:ptr/@target") == values(corpus, "xi:include/@href")


def test_the_root_counts(corpus: etree._Element) -> None:
    units = values(corpus, "tei:teiHeader/tei:fileDesc/tei:extent/tei:measure/@unit")
    numbers = values(corpus, "tei:teiHeader/tei:fileDesc/tei:extent/tei:measure/@quantity")
    assert dict(zip(units, numbers, strict=True)) == {
        "document": "4",
        "alignment": "2",
        "sentence": str(2 * 7 + 2 * 18),
        "link": str(7 + 18),
    }


def test_states_have_the_names_of_the_vocabulary(corpus: etree._Element) -> None:
    assert values(corpus, "//tei:org[@xml:id='state.IRL']/tei:orgName/text()") == ["Ireland", "爱尔兰"]
    assert values(corpus, "//tei:org[@xml:id='state.IRL']/tei:idno/text()") == ["IRL"]


def test_persons_of_both_languages_are_joined(corpus: etree._Element) -> None:
    assert values(corpus, "//tei:person[@xml:id='per.SPECIMEN_PV.9.zh.2']/@sameAs") == ["#per.SPECIMEN_PV.9.en.2"]
    assert values(corpus, "//tei:person[@xml:id='per.SPECIMEN_PV.9.zh.2']/tei:persName/text()") == ["甲先生"]
    assert values(corpus, "//tei:person[@xml:id='per.SPECIMEN_PV.9.en.2']/tei:affiliation/@ref") == ["#state.IRL"]
    assert values(corpus, "//tei:person[@xml:id='per.SPECIMEN_PV.9.en.2']/@sameAs") == []


def test_persons_are_not_joined_where_the_turns_differ(tmp_path: Path) -> None:
    english = record("en")
    turns = (english.turns[0], english.turns[1].model_copy(update={"affiliation": None}))
    english = english.model_copy(update={"turns": turns})
    folder = write_corpus(tmp_path / "corpus", [pair_of(record("zh"), english)])
    assert values(etree.parse(folder / "tei" / "corpus.xml").getroot(), "//tei:person/@sameAs") == []


def test_languages_spoken_are_categories(corpus: etree._Element) -> None:
    names = values(corpus, "//tei:taxonomy[@xml:id='tax.delivered']/tei:category/tei:catDesc/text()")
    assert names == ["delivered in English", "以英文发言", "delivered in French", "以法文发言"]


def test_the_order_of_documents_does_not_matter() -> None:
    contents = [(made, serialize(encode_document(made, generator=GENERATOR))) for made in (report("zh"), record("en"))]
    entries = [CorpusDocument.of(made, content) for made, content in contents]
    one, other = (encode_corpus(order, [], generator=GENERATOR) for order in (entries, entries[::-1]))
    assert serialize(one) == serialize(other)


def test_links_name_sentences_by_prefix() -> None:
    pair, links = pair_of(record("zh"), record("en"))
    root = encode_alignment(pair, links, generator=GENERATOR)
    assert root.get(XML_ID) == alignment_id(pair) == "SPECIMEN_PV.9.zh-en"
    found = values(root, "//tei:link/@target")
    assert found[0] == "zh:t1.p1.s1 en:t1.p1.s1"
    assert found[-2:] == ["zh:t2.p2.s1 en:t2.p2.s1 en:end1.s1", "zh:end1.s1 #null"]
    assert values(root, "//tei:link/@type") == ["1-1"] * 5 + ["1-2", "1-0"]
    assert values(root, "//tei:link/@subtype")[:2] == ["paragraph", "incident"]
    assert values(root, "//tei:link/@resp") == ["#SPECIMEN_PV.9.zh-en.method.2"]
    assert values(root, "//tei:prefixDef/@replacementPattern") == [
        "../documents/SPECIMEN_PV.9.zh.xml#SPECIMEN_PV.9.zh.$1",
        "../documents/SPECIMEN_PV.9.en.xml#SPECIMEN_PV.9.en.$1",
    ]
    assert decode_alignment(root) == list(links)


def test_two_documents_of_one_language_have_two_prefixes() -> None:
    pair = DocumentPair(source=document(symbol="A/1"), target=document(symbol="A/2"))
    links = [Link(source_ids=("a",), target_ids=("b",), kinds=(Kind.PARAGRAPH,), score=1.0, method="x")]
    root = encode_alignment(pair, links, generator=GENERATOR)
    assert root.get(XML_ID) == "A_1.en1-en2"
    assert decode_alignment(root) == links


@pytest.mark.parametrize(
    ("link", "message"),
    [
        (Link(source_ids=(), target_ids=(), score=1.0, method="x"), "no sentence"),
        (Link(source_ids=("a",), target_ids=(), score=1.5, method="x"), "score 1.5"),
        (Link(source_ids=("a",), target_ids=(), score=float("nan"), method="x"), "score nan"),
        (Link(source_ids=("a",), target_ids=(), score=1.0, method="\x00"), "XML forbids"),
    ],
)
def test_links_that_cannot_be_encoded(link: Link, message: str) -> None:
    pair = DocumentPair(source=document(language="zh"), target=document())
    with pytest.raises(EncodingError, match=message):
        encode_alignment(pair, [link], generator=GENERATOR)
