"""The API against the TEI it reads: the same documents, sentences and links, no more and no fewer."""

import pickle
import shutil
from collections import Counter
from pathlib import Path

import pandas
import polars
import pytest
from lxml import etree

import unbitext
from schemas.ids import document_id
from unbitext.corpus import Corpus, CorpusError, NotInCorpusError, SelectionError
from unbitext.store import CorpusFolder, file_sha256
from unbitext.tei.names import NAMESPACES, XML_ID, tag

PV = "SPECIMEN_PV.7"


@pytest.fixture(scope="session")
def corpus(specimen_corpus: Path) -> Corpus:
    return unbitext.open(specimen_corpus)


def tei(corpus: Corpus, kind: str) -> dict[str, etree._Element]:
    """The files of a corpus as any XML parser reads them."""
    paths = sorted((corpus.path / "tei" / kind).glob("*.xml"))
    return {path.name.removesuffix(".xml"): etree.parse(path).getroot() for path in paths}


def test_the_documents_are_those_of_the_tei(corpus: Corpus) -> None:
    files = tei(corpus, "documents")
    assert list(corpus.document_ids()) == sorted(files)
    assert [document_id(document) for document in corpus.documents()] == sorted(files)
    for header in corpus.headers():
        assert header.sha256 == file_sha256(corpus.path / CorpusFolder.document(header.id))
        assert header.meta == corpus.document(header.id).meta


def test_the_sentences_are_those_of_the_tei(corpus: Corpus) -> None:
    expected = {
        (name, element.get(XML_ID, "").removeprefix(f"{name}."))
        for name, root in tei(corpus, "documents").items()
        for element in root.iter(tag("s"), tag("incident"))
        if element.get(XML_ID)
    }
    rows = list(corpus.sentences())
    assert {(row.document, row.id) for row in rows} == expected
    assert len(rows) == len(expected)
    for name, root in tei(corpus, "documents").items():
        positions = [row.position for row in rows if row.document == name]
        assert positions == list(range(1, len(positions) + 1))
        counted = root.find(".//tei:extent/tei:measure[@unit='sentence']", NAMESPACES)
        assert counted is not None
        assert counted.get("quantity") == str(len(positions))


def test_a_sentence_has_the_text_and_page_of_the_tei(corpus: Corpus) -> None:
    for name, root in tei(corpus, "documents").items():
        texts = {
            element.get(XML_ID, "").removeprefix(f"{name}."): text(element)
            for element in root.iter(tag("s"))
            if element.get("part") is None
        }
        for row in corpus.filter(language=name.rpartition(".")[2]).sentences():
            if row.document == name and row.id in texts:
                assert row.text == texts[row.id]


def text(element: etree._Element) -> str:
    """The characters of a sentence: what is printed, without the marks of notes and the notes themselves."""
    aside = {tag("note"), tag("ref"), tag("fw"), tag("label"), tag("pb"), tag("lb")}
    parts = [element.text or ""]
    for child in element:
        parts.append("" if child.tag in aside else text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def test_the_segments_are_the_links_of_the_tei(corpus: Corpus) -> None:
    rows = list(corpus.segments())
    expected = {
        link.get(XML_ID): (link.get("type"), float(link.get("cert", "nan")), link.get("target", "").split())
        for root in tei(corpus, "alignments").values()
        for link in root.iter(tag("link"))
    }
    assert Counter(row.id for row in rows) == Counter(list(expected))
    for row in rows:
        kind, score, targets = expected[row.id]
        ours = [f"zh:{one}" for one in row.source_ids] or ["#null"]
        theirs = [f"en:{one}" for one in row.target_ids] or ["#null"]
        assert (row.type, row.score, [*ours, *theirs]) == (kind, score, targets)


def test_a_segment_has_the_texts_of_its_sentences(corpus: Corpus) -> None:
    texts = {(row.document, row.id): row.text for row in corpus.sentences()}
    for row in corpus.segments():
        for document, ids, joined, gap in (
            (row.source_document, row.source_ids, row.source_text, ""),
            (row.target_document, row.target_ids, row.target_text, " "),
        ):
            parts = [texts[document, one] for one in ids]
            assert joined.replace(" ", "") == "".join(parts).replace(" ", "")
            assert len(joined) >= sum(map(len, parts)) + len(gap) * (len(parts) - 1)


def test_each_sentence_of_a_pair_is_in_one_segment_and_in_one_passage(corpus: Corpus) -> None:
    for pair in corpus.pairs():
        rows = list(pair.segments())
        for document, ids in (
            (pair.source, [one for row in rows for one in row.source_ids]),
            (pair.target, [one for row in rows for one in row.target_ids]),
        ):
            assert sorted(ids) == sorted(one.id for block in document.blocks for one in block.sentences)
    passages = list(corpus.passages())
    assert Counter(one for row in passages for one in row.segments) == Counter(row.id for row in corpus.segments())
    for side in ("source", "target"):
        blocks = [(getattr(row, f"{side}_document"), one) for row in passages for one in getattr(row, f"{side}_blocks")]
        assert len(blocks) == len(set(blocks))


def test_what_has_no_pair_is_found(corpus: Corpus) -> None:
    assert {row.document for row in corpus.sentences(unpaired=True)} == {"SPECIMEN_2026_40.zh"}
    paired = {side for name in corpus.pair_ids() for side in corpus.sides(name)}
    assert paired == set(corpus.document_ids()) - {"SPECIMEN_2026_40.zh"}


def test_a_segment_says_who_speaks_and_where(corpus: Corpus) -> None:
    [row] = [row for row in corpus.segments() if row.source_text == "我们有两个问题。"]
    assert (row.symbol, row.source_turn, row.target_turn, row.state, row.spoken_language) == (
        "SPECIMEN/PV.7", 4, 4, "PRT", "en"
    )  # fmt: skip
    assert (row.source_affiliation, row.target_affiliation) == ("葡萄牙", "Portugal")
    assert (row.source_speaker, row.target_speaker) == ("席尔瓦·平托先生", "Mr. Silva Pinto")
    assert len(row.source_pages) == len(row.target_pages) == 1


def test_an_item_bears_the_number_of_its_paragraph(corpus: Corpus) -> None:
    numbers = {number for row in corpus.segments() for number in row.source_numbers if "(" in number}
    assert numbers
    assert all(number[0].isdigit() or number[0] == "(" for number in numbers)


@pytest.mark.parametrize(
    ("wish", "documents", "pairs"),
    [
        ({"symbol": "SPECIMEN/PV.7"}, 2, 1),
        ({"symbol": "specimen/*R.*"}, 2, 1),
        ({"symbol": "SPECIMEN/PV"}, 0, 0),
        ({"body": "SPECIMEN"}, 13, 6),
        ({"body": "Security Council"}, 0, 0),
        ({"genre": "verbatim_record"}, 2, 1),
        ({"language": "zh"}, 7, 6),
        ({"language": "zh-en"}, 13, 6),
        ({"language": "en-zh"}, 13, 0),
        ({"language": "fr"}, 0, 0),
        ({"state": "葡萄牙"}, 2, 1),
        ({"state": "PRT", "spoken_language": "fr"}, 0, 0),
        ({"since": "2026-03-12", "until": "2026-03-12", "genre": "verbatim_record"}, 2, 1),
        ({"since": "2026-03-13", "genre": "verbatim_record"}, 0, 0),
    ],
)
def test_filters(corpus: Corpus, wish: dict[str, str], documents: int, pairs: int) -> None:
    part = corpus.filter(**wish)  # type: ignore[arg-type]
    ids = [document_id(document) for document in part.documents()]
    assert (len(ids), len(list(part.pairs()))) == (documents, pairs)
    assert [header.id for header in part.headers()] == list(part.document_ids()) == ids


def test_filters_select_what_each_row_says(corpus: Corpus) -> None:
    """A row is selected if and only if it says itself what was wished."""
    every = list(corpus.segments())
    assert list(corpus.filter(state="PRT").segments()) == [row for row in every if row.state == "PRT"]
    spoken = list(corpus.filter(spoken_language="fr").segments())
    assert spoken == [row for row in every if row.spoken_language == "fr"]
    assert spoken
    turns = list(corpus.filter(state="PRT", language="zh").turns())
    assert turns == [row for row in corpus.turns() if row.state == "PRT" and row.language == "zh"]


def test_filters_add_up(corpus: Corpus) -> None:
    part = corpus.filter(genre="verbatim_record").filter(language="zh")
    assert list(part.document_ids()) == [f"{PV}.zh"]
    assert "genre='verbatim_record', language='zh'" in repr(part)


@pytest.mark.parametrize(
    "wish",
    [{"state": "Atlantis"}, {"body": "Nobody"}, {"genre": "poem"}, {"language": "la"}, {"language": "zh-"},
     {"since": "yesterday"}, {"spoken_language": "xx"}],
)  # fmt: skip
def test_wishes_that_cannot_be_fulfilled(corpus: Corpus, wish: dict[str, str]) -> None:
    with pytest.raises(SelectionError, match=next(iter(wish.values()))):
        corpus.filter(**wish)  # type: ignore[arg-type]


def test_a_corpus_can_be_pickled(corpus: Corpus) -> None:
    part = pickle.loads(pickle.dumps(corpus.filter(language="zh")))
    assert list(part.document_ids()) == list(corpus.filter(language="zh").document_ids())


def test_frames_have_a_line_for_each_row(corpus: Corpus) -> None:
    part, nothing = corpus.filter(symbol="SPECIMEN/PV.7"), corpus.filter(language="fr")
    for kind in ("segments", "passages", "sentences", "paragraphs", "turns"):
        rows = list(part.rows(kind))
        frame, other = part.to_polars(kind), part.to_pandas(kind)
        assert frame.height == len(other) == len(rows)
        assert frame.columns == list(other.columns) == list(type(rows[0]).model_fields)
        assert frame.schema == nothing.to_polars(kind).schema
        assert (other.dtypes == nothing.to_pandas(kind).dtypes).all()
        first = {name: list(value) if isinstance(value, tuple) else value for name, value in dict(rows[0]).items()}
        assert frame.row(0, named=True) == first
    assert frame.schema["date"] == polars.Date
    assert isinstance(other, pandas.DataFrame)


# A corpus that is not what it should be


@pytest.fixture
def copy(corpus: Corpus, tmp_path: Path) -> Path:
    shutil.copytree(corpus.path, tmp_path / "copy")
    return tmp_path / "copy"


def edit(path: Path, before: str, after: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after, 1), encoding="utf-8")


def relist(copy: Path, file: Path) -> None:
    """Make the root list the digest that a file has now, as one who edits by hand and knows might."""
    root = copy / CorpusFolder.CORPUS
    tree = etree.parse(root)
    for bibl in tree.iter(tag("bibl")):
        if bibl[1].get("target", "").endswith(f"/{file.name}"):
            bibl[0].text = file_sha256(file)
    tree.write(root, encoding="UTF-8", xml_declaration=True)


def test_a_folder_without_a_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"is no corpus: tei/corpus\.xml"):
        unbitext.open(tmp_path)


def test_a_missing_file(copy: Path) -> None:
    (copy / CorpusFolder.document(f"{PV}.en")).unlink()
    with pytest.raises(CorpusError, match=rf"{PV}\.en\.xml: No such file"):
        list(unbitext.open(copy).segments())


def test_a_file_edited_by_hand(copy: Path) -> None:
    edit(copy / CorpusFolder.document(f"{PV}.en"), "Portugal", "Potrugal")
    with pytest.raises(CorpusError, match=rf"{PV}\.en\.xml is not the file that the corpus lists"):
        list(unbitext.open(copy).documents())


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("zh:t4.p1.s1 ", "zh:t4.p1.s99 ", r"link l\d+ of .* points to t4\.p1\.s99"),
        ('cert="', 'cert="x', "not in the encoding"),
        ("</TEI>", "", "Premature end"),
        ("?>", "?><!DOCTYPE TEI [<!ENTITY x 'y'>]>", "document type"),
    ],
)
def test_an_alignment_edited_by_hand_and_listed_again(copy: Path, before: str, after: str, message: str) -> None:
    file = copy / CorpusFolder.alignment(f"{PV}.zh-en")
    edit(file, before, after)
    relist(copy, file)
    with pytest.raises(CorpusError, match=message):
        list(unbitext.open(copy).segments())


def test_a_duplicate_id(copy: Path) -> None:
    file = copy / CorpusFolder.document(f"{PV}.zh")
    edit(file, f'xml:id="{PV}.zh.t4.p1.s2"', f'xml:id="{PV}.zh.t4.p1.s1"')
    relist(copy, file)
    with pytest.raises(CorpusError, match="already defined"):
        unbitext.open(copy).document(f"{PV}.zh")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("Version 1 of the document model", "Version 2 of the document model", "of version 2"),
        ("teiCorpus", "TEI", "Opening and ending tag mismatch|begins with <TEI>"),
        ("<idno type=\"sha256\">", "<idno type=\"sha256\">0", "is no sha256|non-hexadecimal"),
        ("documents/SPECIMEN_2026_31.en.xml", "documents/SPECIMEN_2026_12.en.xml", "twice or out of order"),
        ("documents/SPECIMEN_2026_31.en.xml", "../documents/SPECIMEN_2026_31.en.xml", "its list has"),
    ],
)  # fmt: skip
def test_a_root_that_cannot_be_read(copy: Path, before: str, after: str, message: str) -> None:
    edit(copy / CorpusFolder.CORPUS, before, after)
    with pytest.raises(CorpusError, match=message):
        unbitext.open(copy)


def test_what_is_not_there_is_named(corpus: Corpus) -> None:
    with pytest.raises(NotInCorpusError, match=r"no document NONE_1\.zh"):
        corpus.document("NONE_1.zh")
    with pytest.raises(NotInCorpusError, match=r"no pair NONE_1\.zh-en"):
        corpus.pair("NONE_1.zh-en")
