"""Documents that cannot be encoded without loss are refused, by name of the rule."""

import pytest

from schemas.document import Block, Document, Furniture, Kind, Reference, Sentence, SourcePage, SpeakerRole, Turn
from tests.unbitext.tei.examples import GENERATOR, block, document
from unbitext.tei import EncodingError, encode_document

TURN = Turn(n=1, label="X:", speaker="X", role=SpeakerRole.CHAIR)


PAGE = SourcePage(number=1, width=100, height=50.5)


def of(**fields: object) -> Block:
    return Block.model_validate({"id": "p1", "kind": Kind.PARAGRAPH, "text": "One.", "orig": "One.", **fields})


def sentence(start: int, end: int, text: str, identifier: str = "p1.s1") -> Sentence:
    return Sentence(id=identifier, start=start, end=end, text=text)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (document(of(), of()), "'p1' occurs twice"),
        (document(of(sentences=(sentence(0, 4, "One.", "p1"),))), "'p1' occurs twice"),
        (document(of(id="p 1")), "'p 1' cannot be an id"),
        (document(of(id="段1")), "cannot be an id"),
        (document(of(id="turn.1")), "'turn.1' cannot be an id"),
        (document(of(sentences=(sentence(0, 9, "One."),))), "outside its block"),
        (document(of(sentences=(sentence(0, 3, "Two"),))), "not the text between its offsets"),
        (
            document(of(sentences=(sentence(0, 3, "One"), sentence(2, 4, "e.", "p1.s2")))),
            "before its predecessor's end",
        ),
        (document(of(refs=(Reference(mark="1", offset=5),))), "outside the text"),
        (document(of(refs=(Reference(mark="1", offset=3), Reference(mark="2", offset=1)))), "out of order"),
        (document(of(refs=(Reference(mark="1", offset=3, note="fn1"),))), "'fn1', which is no block"),
        (document(of(parent="p0")), "'p0' of block p1 is no block"),
        (document(of(turn=1)), "turn 1 of block p1"),
        (document(of(), turns=(TURN.model_copy(update={"n": 2}),)), "not from 1"),
        (document(of(text="a\x0b", orig="a\x0b")), "XML forbids"),
        (document(of(label="\ud800")), "XML forbids"),
        (document(of(), title="a\x00"), "XML forbids"),
        (document(of(id="page.1")), "'page.1' cannot be an id"),
        (document(of(boxes=((1, 0, 0, 9, 9),))), "of p1 does not lie on page 1"),
        (document(of(boxes=((2, 0, 0, 9, 9),)), pages=(PAGE,)), "of p1 does not lie on page 2"),
        (document(of(boxes=((1, 0, 0, 9, 50.6),)), pages=(PAGE,)), "of p1 does not lie on page 1"),
        (document(of(boxes=((1, -1, 0, 9, 9),)), pages=(PAGE,)), "of p1 does not lie on page 1"),
        (document(of(boxes=((1, 9, 0, 8, 9),)), pages=(PAGE,)), "of p1 does not lie on page 1"),
        (document(of(boxes=((1, float("nan"), 0, 8, 9),)), pages=(PAGE,)), "of p1 does not lie on page 1"),
        (document(of(boxes=((1, 0, 0, 8.25, 9),)), pages=(PAGE,)), "of p1 is not in tenths"),
        (document(pages=(PAGE, PAGE)), "pages are numbered"),
        (document(pages=(PAGE.model_copy(update={"number": 0}),)), "pages are numbered"),
        (document(pages=(PAGE.model_copy(update={"height": 9.99}),)), "size of a page is not in tenths"),
        (document(of(), furniture=(Furniture(orig="x", kind="Running header"),)), "kind of furniture"),
    ],
)
def test_what_cannot_be_encoded_is_refused(made: Document, message: str) -> None:
    with pytest.raises(EncodingError, match=message):
        encode_document(made, generator=GENERATOR)


def test_a_legal_document_is_encoded() -> None:
    encode_document(document(block("p1", Kind.PARAGRAPH, "One."), turns=(TURN,)), generator=GENERATOR)
