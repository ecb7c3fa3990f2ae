"""Structure against gold."""

from schemas.document import Affiliation, Block, Document, Genre, Kind, Meta, Sentence, SpeakerRole, Turn
from schemas.source import SourceFile
from unbitext.quality.gold import Gold, GoldBead, GoldUnit
from unbitext.quality.structure_scores import evaluate_structure, gold_units

UNITS = (
    GoldUnit(kind="furniture", text="SPECIMEN/1"),
    GoldUnit(
        kind="turn",
        turn=1,
        speaker=("灯先生", "Mr. Lamp"),
        country=("岛国", "Isle"),
        spoken_language="en",
        beads=(GoldBead(source=("甲。", "乙。"), target=("A.",)),),
        target_merges_with_next=True,
    ),
    GoldUnit(
        kind="para",
        beads=(
            GoldBead(source=("丙。",), target=("C.",), target_break_after=True),
            GoldBead(source=("丁。",), target=("D.",)),
        ),
    ),
    GoldUnit(kind="numbered", number="1", beads=(GoldBead(source=("戊。",), target=()),)),
)
GOLD = Gold(name="g", units=UNITS, beads=tuple(bead for unit in UNITS for bead in unit.beads))


def block(identifier: str, sentences: list[str], number: str | None = None, kind: Kind = Kind.PARAGRAPH) -> Block:
    text = "".join(sentences)
    made, start = [], 0
    for n, sentence in enumerate(sentences):
        made.append(Sentence(id=f"{identifier}.s{n}", start=start, end=start + len(sentence), text=sentence))
        start += len(sentence)
    return Block(id=identifier, kind=kind, text=text, orig=text, sentences=tuple(made), number=number)


def document(*blocks: Block, speaker: str = "灯先生") -> Document:
    turn = Turn(
        n=1,
        label="",
        speaker=speaker,
        role=SpeakerRole.MEMBER,
        affiliation=Affiliation(text="岛国"),
        spoken_language="en",
    )
    meta = Meta(language="zh", source=SourceFile(file="x", sha256="0" * 64, media_type="text/plain"))
    return Document(meta=meta, blocks=blocks, turns=(turn,))


def test_units_of_the_second_language_are_joined_and_divided() -> None:
    assert [unit.text for unit in gold_units(GOLD, "zh")] == ["甲。乙。", "丙。丁。", "戊。"]
    assert [unit.text for unit in gold_units(GOLD, "en")] == ["A. C.", "D."]


def test_a_perfect_document() -> None:
    made = document(block("b1", ["甲。", "乙。"]), block("b2", ["丙。", " 丁。"]), block("b3", ["戊。"], "1"))
    scores = evaluate_structure(made, GOLD, "zh")
    assert (scores.units.f1, scores.kinds.f1, scores.numbers.f1, scores.sentences.f1) == (1.0, 1.0, 1.0, 1.0)
    assert (scores.speakers.f1, scores.affiliations.f1, scores.spoken_languages.f1) == (1.0, 1.0, 1.0)
    assert scores.differences == ()


def test_every_fault_is_named() -> None:
    made = document(
        block("b1", ["甲。乙。"]),
        block("b2", ["丙。"]),
        block("b3", ["戊。"], "2", Kind.ITEM),
        speaker="灯女士",
    )
    scores = evaluate_structure(made, GOLD, "zh")
    assert (scores.units.right, scores.units.claimed, scores.units.wanted) == (2, 3, 3)
    assert scores.kinds.precision == 0.5
    assert scores.numbers.f1 == 0.0
    assert scores.speakers.f1 == 0.0
    assert scores.affiliations.f1 == 1.0
    assert scores.sentences.recall == 0.0
    text = "\n".join(scores.differences)
    for phrase in ("missing unit: paragraph", "extra block: b2", "kind: b3", "number: b3 has 2", "speakers", "b1 cut"):
        assert phrase in text


def test_gold_of_a_summary_record_without_speakers_says_nothing_of_them() -> None:
    gold = Gold(name="g", units=UNITS[2:], beads=())
    made = document(block("b2", ["丙。", "丁。"]), block("b3", ["戊。"], "1"))
    record = made.model_copy(update={"meta": made.meta.model_copy(update={"genre": Genre.SUMMARY_RECORD})})
    scores = evaluate_structure(record, gold, "zh")
    figures = (scores.speakers, scores.affiliations, scores.spoken_languages)
    assert {(one.claimed, one.wanted) for one in figures} == {(0, 0)}
    assert scores.differences == ()
    assert evaluate_structure(made, gold, "zh").speakers.claimed == 1  # a turn where there should be none


def test_a_headings_number_is_compared_in_the_language_of_the_gold_alone() -> None:
    heading = GoldUnit(kind="heading", number="一", beads=(GoldBead(source=("灯",), target=("Lamps",)),))
    gold = Gold(name="g", units=(heading,), beads=())
    numbered = [
        (language, evaluate_structure(document(block("h1", [text], "I", Kind.HEADING)), gold, language).differences)
        for language, text in (("zh", "灯"), ("en", "Lamps"))
    ]
    found = [(language, any(one.startswith("number: ") for one in differences)) for language, differences in numbered]
    assert found == [("zh", True), ("en", False)]
