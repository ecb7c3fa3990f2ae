"""Two texts that are not translations are refused with the evidence; nothing is certain where nothing can be told."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from parsers.parse import parse_file
from schemas.bitext import DocumentPair
from schemas.document import Document
from unbitext.align import NotATranslation, align_pair, align_segmented
from unbitext.align.engine import LexicalAligner
from unbitext.align.landmarks import Landmarks
from unbitext.quality.gold import gold_sentences, read_gold

NAMES = ("2026_12", "2026_31", "CONF.2026_WP.4", "PV.7", "RES_9_4", "SR.3")
HANSARD = ("HKHansard.890621f", "HKHansard.921008f", "HKHansard.930422f")


@pytest.fixture(scope="module")
def parsed(specimens: Path) -> Callable[[str, str], Document]:
    """A specimen in a language."""
    documents: dict[tuple[str, str], Document] = {}

    def parse(name: str, language: str) -> Document:
        if (name, language) not in documents:
            documents[name, language] = parse_file(specimens / f"SPECIMEN_{name}.{language}.txt")
        return documents[name, language]

    return parse


def sentences(document: Document) -> list[str]:
    return [s.text for block in document.blocks for s in block.sentences]


@pytest.mark.parametrize(("source", "target"), [*permutations(NAMES, 2), *(("2026_40", name) for name in NAMES)])
def test_another_document_of_the_same_conference_is_refused(
    parsed: Callable[[str, str], Document], source: str, target: str
) -> None:
    with pytest.raises(NotATranslation) as caught:
        align_pair(DocumentPair(source=parsed(source, "zh"), target=parsed(target, "en")))
    assert caught.value.evidence
    assert all(any(char.isdigit() for char in line) for line in caught.value.evidence)


@pytest.mark.parametrize("name", NAMES)
def test_halves_of_translations_are_not_refused(parsed: Callable[[str, str], Document], name: str) -> None:
    source, target = sentences(parsed(name, "zh")), sentences(parsed(name, "en"))
    half = len(target) // 2
    for part in (target[:half], target[half:]):
        assert align_segmented(source, part, "zh", "en")


def test_without_a_lexicon_translations_are_known_and_strangers_are_refused_or_doubted(
    parsed: Callable[[str, str], Document],
) -> None:
    engine = LexicalAligner(use_shipped=False)
    for name in NAMES:
        links = align_segmented(sentences(parsed(name, "zh")), sentences(parsed(name, "en")), None, None, engine)
        assert sum(link.score >= 0.9 for link in links) >= 0.5 * len(links)
    for source, target in permutations(NAMES, 2):
        try:
            links = align_segmented(
                sentences(parsed(source, "zh")), sentences(parsed(target, "en")), None, None, engine
            )
        except NotATranslation:
            continue
        assert all(link.score < 0.9 for link in links)


def test_a_copy_in_the_wrong_language_is_told(parsed: Callable[[str, str], Document]) -> None:
    text = [line for line in sentences(parsed("SR.3", "en")) if len(line) > 60]
    links = align_segmented(text, text, "zh", "en")
    codes = [finding.code for link in links for finding in link.findings]
    assert codes.count("link-language") >= 0.9 * len(text)
    assert codes.count("link-copy") >= 0.9 * len(text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("other", NAMES)
def test_no_link_of_a_few_sentences_is_certain(parsed: Callable[[str, str], Document], name: str, other: str) -> None:
    source, target = sentences(parsed(name, "zh"))[-9:-3], sentences(parsed(other, "en"))[-9:-3]
    links = align_segmented(source, target, "zh", "en")
    assert all(link.score < 0.9 for link in links)


@pytest.mark.parametrize(
    ("found", "rising", "order"),
    [(100, 20, 0.0), (100, 100, 0.8), (16, 16, 0.5), (4, 4, 0.0), (4, 2, -0.5), (0, 0, 0.0)],
)
def test_order_of_landmarks_against_chance(found: int, rising: int, order: float) -> None:
    landmarks = Landmarks(tuple((n, n) for n in range(rising)), found, 200, 0.1)
    assert landmarks.order == pytest.approx(order)


@pytest.mark.shared
@pytest.mark.parametrize("name", HANSARD)
@pytest.mark.parametrize("side", [0, 1])
def test_a_half_of_a_debate_is_not_refused(shared: Path, name: str, side: int) -> None:
    texts = list(gold_sentences(read_gold(shared / "champollion" / f"{name}.jsonl")))
    texts[side] = texts[side][: len(texts[side]) // 2]
    assert align_segmented(*texts, "zh", "en")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("CD_2105", "NPT_CONF.2020_PC.I_WP.4"),
        ("CD_2105", "CD_PV.1511"),
        ("NPT_CONF.2020_WP.NAM", "NPT_CONF.2020_PC.I_WP.4"),
        ("TPNW_MSP_2025_7", "NPT_CONF.2020_PC.I_WP.4"),
        ("NPT_CONF.2020_PC.I_WP.4", "CD_PV.1511"),
    ],
)
def test_another_document_on_the_same_subject_is_refused(shared: Path, source: str, target: str) -> None:
    pair = DocumentPair(
        source=parse_file(shared / "documents" / f"{source}.zh.txt"),
        target=parse_file(shared / "documents" / f"{target}.en.txt"),
    )
    with pytest.raises(NotATranslation):
        align_pair(pair)


@pytest.mark.shared
def test_two_halves_of_a_record_are_strangers(shared: Path) -> None:
    source, target = gold_sentences(read_gold(shared / "gold" / "CD_PV.1511.gold.jsonl"))
    with pytest.raises(NotATranslation) as caught:
        align_segmented(source[: len(source) // 2], target[len(target) // 2 :], "zh", "en")
    assert len(caught.value.evidence) == 3
