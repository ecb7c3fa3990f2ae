"""docs/encoding.md names everything that occurs, and its examples are what the encoder writes."""

import re
import textwrap
from pathlib import Path

import pytest
from lxml import etree

from schemas.document import Genre, Role, SpeakerRole
from schemas.finding_codes import finding_codes
from schemas.votes import VotePart, VoteSide
from tests.unbitext.tei.examples import GENERATOR, paged, pair_of, record, report, vote
from unbitext.tei import encode_alignment, encode_document, serialize
from unbitext.tei.divisions import DIVISION_TYPES
from unbitext.tei.fields import FIELDS
from unbitext.tei.incidents import INCIDENT_KINDS
from unbitext.tei.names import NAMESPACES
from unbitext.tei.tables import SEPARATORS
from unbitext.tei.taxonomies import DISTRIBUTION


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "encoding.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "names",
    [
        DIVISION_TYPES,
        FIELDS,
        tuple(INCIDENT_KINDS),
        tuple(SEPARATORS),
        tuple(f"genre.{genre.value}" for genre in Genre),
        tuple(f"role.{role.value}" for role in SpeakerRole),
        tuple(f"part.{role.value}" for role in Role),
        tuple(f"vote.{part.value}" for part in VotePart),
        tuple(f"side.{side.value}" for side in VoteSide),
        tuple(f"distribution.{kind}" for kind in DISTRIBUTION),
        tuple(code for code in finding_codes() if code.startswith("tei-")),
    ],
)
def test_every_name_is_explained(page: str, names: tuple[str, ...]) -> None:
    assert [name for name in names if f"`{name}`" not in page] == []


def test_every_value_of_the_grammar_is_known(root: Path) -> None:
    grammar = (root / "schemas" / "tei" / "unbitext.rnc").read_text(encoding="utf-8")
    incident = re.search(r"incident =\n  element incident \{.*?type \{ ([^}]*) \}", grammar, re.DOTALL)
    division = re.search(r"division =\n  element div \{\n    attribute type \{([^}]*)\}", grammar)
    field = re.search(r"attribute subtype \{\n([^}]*)\}", grammar)
    assert incident
    assert division
    assert field
    assert set(re.findall(r'"(\w+)"', incident[1])) == set(INCIDENT_KINDS)
    assert set(re.findall(r'"(\w+)"', division[1])) == {*DIVISION_TYPES, "masthead", "main", "section", "division"}
    assert set(re.findall(r'"(\w+)"', field[1])) == set(FIELDS)


def test_the_examples_are_what_the_encoder_writes(page: str) -> None:
    pair, links = pair_of(record("zh"), record("en"))
    written = [encode_document(made, generator=GENERATOR) for made in (report(), record(), paged(), vote())]
    written.append(encode_alignment(pair, links, generator=GENERATOR))
    lines = {line.strip() for element in written for line in serialize(element).decode().splitlines()}
    blocks = [block for block in re.findall(r"(?:^ {4}.*\n)+", page, re.MULTILINE) if block.lstrip().startswith("<")]
    assert len(blocks) >= 3
    for block in blocks:
        assert [line for line in textwrap.dedent(block).splitlines() if line.strip() not in lines] == []


def test_the_recipes_work(page: str) -> None:
    root = etree.fromstring(serialize(encode_document(record(), generator=GENERATOR)))
    sentences = re.search(r'sentence\.xpath\("([^"]+)"', page)
    speeches = re.search(r"All speeches of Germany: `([^`]+)`", page)
    assert sentences
    assert speeches
    texts = [
        "".join(map(str, each.xpath(sentences[1], namespaces=NAMESPACES)))  # type: ignore[arg-type]
        for each in root.iterfind(".//tei:s", NAMESPACES)
    ]
    assert texts == ["We begin.", "Thank you.", "And more.", "And more.", "The meeting rose at noon."]
    found = root.xpath(speeches[1].replace("DEU", "IRL"), namespaces=NAMESPACES)
    assert isinstance(found, list)
    assert [each.get("n") for each in found if isinstance(each, etree._Element)] == ["2"]
