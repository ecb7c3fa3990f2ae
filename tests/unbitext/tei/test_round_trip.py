"""decode(encode(x)) == x, for every legal document and for the real ones."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from parsers.parse import parse_file
from schemas.bitext import DocumentPair, Link
from schemas.document import Document
from tests.strategies import alignments, documents
from tests.unbitext.tei.examples import GENERATOR, record, report
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


@pytest.mark.parametrize("document", [report("en"), report("zh"), record("en"), record("zh")])
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


def test_a_changed_text_is_a_changed_document() -> None:
    document = report()
    content = serialize(encode_document(document, generator=GENERATOR)).replace(b"Red.", b"Rod.", 1)
    assert decode_document(etree.fromstring(content)) != document
