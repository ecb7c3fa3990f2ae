"""Annexes: numbers that start again, articles, and what one side lacks; three documents in three styles of dump."""

from pathlib import Path

import pytest

from parsers.parse import parse_file
from schemas.bitext import DocumentPair, Link
from schemas.document import Kind
from unbitext.align import align_pair
from unbitext.align.anchors import Key
from unbitext.align.lone import lone_cuts
from unbitext.align.output import pair_rows
from unbitext.quality.alignment_scores import evaluate_alignment
from unbitext.quality.gold import read_gold
from unbitext.quality.structure_scores import evaluate_structure

STYLES = ("double-spaced", "indented", "open")
# Name, least strict F1 of the links, least share of right kinds.
CASES = (("WCC_44_6", 0.98, 0.98), ("WCC_44_11", 0.95, 1.0), ("MBC_2025_WP.3", 1.0, 0.97))


@pytest.fixture(scope="module")
def cases(request: pytest.FixtureRequest) -> Path:
    return Path(request.config.rootpath) / "tests" / "cases" / "annexes"


def read_pair(cases: Path, style: str, name: str) -> DocumentPair:
    source, target = (parse_file(cases / style / f"{name}.{language}.txt") for language in ("zh", "en"))
    return DocumentPair(source=source, target=target)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("name", "strict", "kinds"), CASES)
def test_structure_and_links_agree_with_the_gold(
    cases: Path, style: str, name: str, strict: float, kinds: float
) -> None:
    gold = read_gold(cases / f"{name}.gold.jsonl")
    pair = read_pair(cases, style, name)
    for document, language in ((pair.source, "zh"), (pair.target, "en")):
        structure = evaluate_structure(document, gold, language)
        assert structure.units.f1 == 1.0, structure.differences
        assert structure.kinds.precision >= kinds, structure.differences
        assert structure.numbers.f1 == 1.0 or not structure.numbers.wanted
    links = evaluate_alignment(pair_rows(pair, align_pair(pair)), gold)
    assert links.strict.f1 >= strict


def in_division(link: Link, division: str) -> bool:
    return any(f"{division}." in identifier for identifier in (*link.source_ids, *link.target_ids))


@pytest.mark.parametrize("style", STYLES)
def test_an_annex_without_counterpart_is_linked_to_nothing(cases: Path, style: str) -> None:
    pair = read_pair(cases, style, "WCC_44_6")
    links = [link for link in align_pair(pair) if in_division(link, "annex-III")]
    lonely = {block.id for block in pair.target.blocks if (block.division or "").startswith("annex-III")}
    assert len(lonely) == 12
    assert all(not link.source_ids for link in links)
    told = [f.where for link in links for f in link.findings if f.code == "paragraph-without-counterpart"]
    assert sorted(told) == sorted(lonely)


def key(number: str = "", length: float = 100.0, opens: str = "") -> Key:
    kind = Kind.HEADING if opens else Kind.PARAGRAPH
    numbers = frozenset({number} if number else ())
    return Key(kind, numbers, None, frozenset(), opens or None, length, bool(opens))


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param([key("1")], [key("1"), key("2")], (1, 1), id="a paragraph that the source lacks"),
        pytest.param([key("1"), key("2")], [key("1")], (1, 1), id="a paragraph that the target lacks"),
        pytest.param([key("1", 210.0)], [key("1"), key("2")], None, id="both in one paragraph, the number lost"),
        pytest.param([key("1")], [key("1"), key(opens="annex-II"), key()], (1, 1), id="an annex"),
        pytest.param([key("1"), key()], [key("1"), key()], None, id="paragraphs without numbers"),
        pytest.param(
            [key("1"), key(opens="annex-I"), key()],
            [key("1"), key(), key(opens="annex-II")],
            (1, 2),
            id="another annex each",
        ),
    ],
)
def test_what_one_side_alone_has_is_walled_off(
    source: list[Key], target: list[Key], expected: tuple[int, int] | None
) -> None:
    cuts = [(0, 0), (len(source), len(target))]
    assert lone_cuts(source, target, cuts) == ([cuts[0], expected, cuts[1]] if expected else cuts)
