"""decode(encode(x)) == x, for every legal document and for the real ones."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from parsers.parse import parse_bytes, parse_file
from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Document
from tests.parsers.readers.pdf_files import Text, make_pdf, paragraph
from tests.strategies import alignments, documents
from tests.unbitext.tei.examples import GENERATOR, paged, record, report, vote
from unbitext.tei import decode_alignment, decode_document, encode_alignment, encode_document, serialize

# The documents are large to draw; what is drawn is wanted as it is.
SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def assert_round_trip(document: Document) -> None:
    element = encode_document(document, generator=GENERATOR)
    assert decode_document(element) == document
    content = serialize(element)
    read = etree.fromstring(content)
    assert decode_document(read) == document
    assert serialize(read) == content


@settings(max_examples=100, suppress_health_check=SLOW_TO_DRAW)
@given(documents())
def test_decoding_undoes_encoding(document: Document) -> None:
    assert_round_trip(document)


@settings(max_examples=20, suppress_health_check=SLOW_TO_DRAW)
@given(alignments())
def test_decoding_undoes_encoding_of_links(drawn: tuple[DocumentPair, tuple[Link, ...]]) -> None:
    pair, links = drawn
    element = encode_alignment(pair, links, generator=GENERATOR)
    assert decode_alignment(element) == list(links)
    content = serialize(element)
    assert decode_alignment(etree.fromstring(content)) == list(links)
    assert serialize(etree.fromstring(content)) == content


@pytest.mark.parametrize("document", [report("en"), report("zh"), record("en"), record("zh"), paged(), vote()])
def test_documents_made_by_hand(document: Document) -> None:
    assert_round_trip(document)


def test_specimens(specimens: Path) -> None:
    files = sorted(specimens.rglob("*.txt"))
    assert files
    for file in files:
        assert_round_trip(parse_file(file))


@pytest.mark.shared
def test_real_documents(shared: Path) -> None:
    files = sorted((shared / "documents").glob("*.txt"))
    assert files
    for file in files:
        assert_round_trip(parse_file(file))


def test_a_pdf() -> None:
    rows = [("Lamp", "Oil", "Wicks"), ("Harbour", "12", "4"), ("Tower", "7", "31"), ("Bridge", "9", "2")]
    lines = ["The keepers of the northern lamps met in the", "spring. They counted all wicks and all oil,"]
    table = [
        Text(123 + 120 * at, 600 - 18 * row, cell) for row, cells in enumerate(rows) for at, cell in enumerate(cells)
    ]
    second = paragraph(["and went home.", ""], 123, 705)
    document = parse_bytes(make_pdf([[*paragraph(lines, 123, 700), *table], second]), "SPECIMEN_1.en.pdf")
    assert [(page.width, page.height) for page in document.pages] == [(612, 792)] * 2
    assert all(sentence.boxes for block in document.blocks for sentence in block.sentences)
    assert_round_trip(document)


@pytest.mark.slow
@pytest.mark.shared
def test_real_pdfs(shared: Path) -> None:
    for name in (
        "A_79_PV.64.en",
        "TD_B_43_6.en",
        "A-DEC-78-560-en",
        "E_2025_15_Add.1_Rev.1.en",
        "A_HRC_EMRIP_2025_3.en",
    ):
        document = parse_file(shared / "un-pdfs" / f"{name}.pdf")
        assert_round_trip(document)
        without = document.model_copy(update={"pages": (), "blocks": tuple(map(without_places, document.blocks))})
        sizes = [len(serialize(encode_document(one, generator=GENERATOR))) for one in (document, without)]
        assert sizes[0] < 2 * sizes[1], "places on the pages may not double a file"


def without_places(block: Block) -> Block:
    sentences = tuple(one.model_copy(update={"page": None, "boxes": ()}) for one in block.sentences)
    return block.model_copy(update={"boxes": (), "sentences": sentences})


def test_a_changed_text_is_a_changed_document() -> None:
    document = report()
    content = serialize(encode_document(document, generator=GENERATOR)).replace(b"Red.", b"Rod.", 1)
    assert decode_document(etree.fromstring(content)) != document
