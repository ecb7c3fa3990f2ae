import re

from lxml import etree

from schemas.document import Kind
from tests.unbitext.tei.examples import GENERATOR, block, document, record, report
from unbitext.tei import decode_document, encode_document, serialize


def test_the_same_document_gives_the_same_bytes() -> None:
    first, second = (serialize(encode_document(report("zh"), generator=GENERATOR)) for _ in range(2))
    assert first == second
    assert first.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id=')
    assert first.endswith(b"</TEI>\n")


def test_serializing_leaves_the_element_alone() -> None:
    element = encode_document(record(), generator=GENERATOR)
    before = etree.tostring(element)
    serialize(element)
    assert etree.tostring(element) == before


def test_white_space_enters_no_text() -> None:
    texts = ["  two before", "one after ", "a  b", "\ttab\n", "line\r\nbreak", "\u3000", " "]
    made = document(*(block(f"p{number}", Kind.PARAGRAPH, text) for number, text in enumerate(texts)))
    content = serialize(encode_document(made, generator=GENERATOR))
    assert [each.text for each in decode_document(etree.fromstring(content)).blocks] == texts


def test_structure_is_indented_and_text_is_not() -> None:
    content = serialize(encode_document(report(), generator=GENERATOR)).decode()
    start = content.index("            <p xml:id=")
    lines = [re.sub(r' xml:id="[^"]*"', "", line) for line in content[start:].splitlines()]
    assert lines[:7] == [
        '            <p n="1"><label>1.</label> <s>Lamps are:'
        '<ref type="noteAnchor" target="#SPECIMEN_1.en.fn1">1</ref></s>'
        '<note n="1" place="bottom"><label>1</label> <s>A note.</s></note><list>',
        '              <item n="a"><label>(a)</label> <s>Red.</s><list>',
        '                <pb n="2"/>',
        '                <fw type="running_header" n="0">SPECIMEN/1',
        "</fw>",
        '                <item n="i"><label>(i)</label> <s>Blue.</s></item>',
        "              </list></item>",
    ]
