from hypothesis import given, settings
from lxml import etree

from schemas.document import Document
from tests.strategies import documents
from unbitext.tei.decode import decode_document
from unbitext.tei.encode import encode_document
from unbitext.tei.serialize import serialize

GENERATOR = "unbitext 0.1.0"


@settings(max_examples=300)
@given(documents())
def test_decoding_undoes_encoding(document: Document) -> None:
    element = encode_document(document, generator=GENERATOR)
    assert decode_document(element) == document
    content = serialize(element)
    assert decode_document(etree.fromstring(content)) == document
    assert serialize(etree.fromstring(content)) == content
