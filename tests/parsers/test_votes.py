"""Votes: what announces them, lists with their States, results with their figures; whether lists and result agree."""

import pytest

from parsers.parse import parse_bytes
from parsers.vote_words import read_figures, read_later
from parsers.votes import read_votes
from schemas.document import Block, Document, Kind
from schemas.ids import document_id
from schemas.votes import VotePart, VoteSide
from tests.unbitext.tei.examples import GENERATOR, block, document
from unbitext.corrections import Correction, apply_corrections
from unbitext.corrections_files import text_hash
from unbitext.tei import CorpusDocument, decode_document, encode_document, serialize

FAVOUR, AGAINST, ABSTAINING = VoteSide

ENGLISH = """\
A recorded vote was taken.
In favour:
Chad, Côte d’Ivoire, Iran (Islamic Republic of), Malta, Bosnia and Herzegovina
Against:
Peru, Wonderland
Abstaining:
None
Draft resolution A/99/L.7 was adopted by 5 votes to 2 (resolution 99/12).
[Subsequently, the delegation of Fiji informed the Secretariat that it had intended to vote in favour; the delegations \
of Trinidad and Tobago, the Niger and Norway advised the Secretariat that they had intended to abstain.]"""
CHINESE = """\
进行了记录表决。
赞成：
乍得、科特迪瓦、伊朗伊斯兰共和国、马耳他、波斯尼亚和黑塞哥维那
反对：
秘鲁、仙境国
弃权：
无
决议草案A/99/L.7以5票对2票获得通过（第99/12号决议）。
[嗣后，斐济代表团通知秘书处，它本打算投赞成票；特立尼达和多巴哥、尼日尔和挪威代表团通知秘书处，它们本打算弃权。]"""


def blocks_of(text: str, kind: Kind = Kind.INCIDENT) -> list[Block]:
    return [block(f"n{number}", kind, line) for number, line in enumerate(text.splitlines(), 1)]


def outline(blocks: list[Block]) -> list[tuple[int, str, str | None, int] | None]:
    return [
        each.vote and (each.vote.vote, each.vote.part.value, each.vote.side, len(each.vote.voters)) for each in blocks
    ]


@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("zh", CHINESE)])
@pytest.mark.parametrize("kind", [Kind.INCIDENT, Kind.PARAGRAPH])
def test_a_vote_is_told_apart_from_its_announcement_to_what_came_after(language: str, text: str, kind: Kind) -> None:
    blocks, findings = read_votes(blocks_of(text, kind), language)
    assert outline(blocks) == [
        (1, "announcement", None, 0),
        (1, "side", FAVOUR, 0),
        (1, "voters", FAVOUR, 5),
        (1, "side", AGAINST, 0),
        (1, "voters", AGAINST, 2),
        (1, "side", ABSTAINING, 0),
        (1, "voters", ABSTAINING, 0),
        (1, "result", None, 0),
        (1, "later", None, 4),
    ]
    lines = [each.vote for each in blocks if each.vote]
    assert [voter.code for voter in lines[2].voters] == ["TCD", "CIV", "IRN", "MLT", "BIH"]
    assert [voter.code for voter in lines[4].voters] == ["PER", None]
    assert [(figure.side, figure.value) for figure in lines[7].figures] == [(FAVOUR, 5), (AGAINST, 2)]
    assert [(voter.code, voter.side) for voter in lines[8].voters] == [
        ("FJI", FAVOUR), ("TTO", ABSTAINING), ("NER", ABSTAINING), ("NOR", ABSTAINING),
    ]  # fmt: skip
    for each in blocks:
        for voter in each.vote.voters if each.vote else ():
            assert voter.text == each.text[voter.start : voter.end]
    assert [(finding.code, finding.where) for finding in findings] == [("voter-unknown", "n5")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("Malta, ", ""), "in favour: the result says 5, 4 States listed"),
        (("5 votes to 2", "5 votes to 1"), "against: the result says 1, 2 States listed"),
        (("2 (resolution", "2, with 1 abstention (resolution"), "abstaining: the result says 1, no States listed"),
        (("Abstaining:\nNone", "Abstaining:\nIreland"), "abstaining: the result says 0, 1 State listed"),
    ],
)
def test_lists_that_do_not_agree_with_the_result_are_a_finding(change: tuple[str, str], message: str) -> None:
    _, findings = read_votes(blocks_of(ENGLISH.replace(*change)), "en")
    differing = [finding for finding in findings if finding.code == "vote-count-differs"]
    assert [(finding.where, finding.message) for finding in differing] == [("n8", message)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It was adopted by 111 votes to 5, with 40 abstentions.", {FAVOUR: 111, AGAINST: 5, ABSTAINING: 40}),
        ("It was adopted by 111 votes to none, with 1 abstention.", {FAVOUR: 111, AGAINST: 0, ABSTAINING: 1}),
        ("It was adopted by a recorded vote of 9 to 1.", {FAVOUR: 9, AGAINST: 1}),
        # The side that won is named first.
        ("It was rejected by 60 votes to 9, with 2 abstentions.", {FAVOUR: 9, AGAINST: 60, ABSTAINING: 2}),
        ("There were 9 votes in favour, none against and 6 abstentions.", {FAVOUR: 9, AGAINST: 0, ABSTAINING: 6}),
        ("It received 7 votes in favour, 8 against. It was not adopted.", {FAVOUR: 7, AGAINST: 8}),
        ("决议草案以111票对5票、40票弃权获得通过。", {FAVOUR: 111, AGAINST: 5, ABSTAINING: 40}),
        ("修正案以60票对9票、2票弃权被否决。", {FAVOUR: 9, AGAINST: 60, ABSTAINING: 2}),
        ("决议草案以13票赞成、零票反对、2票弃权获得通过。", {FAVOUR: 13, AGAINST: 0, ABSTAINING: 2}),
        ("草案以13票赞成、无反对票、2票弃权获得通过。", {FAVOUR: 13, AGAINST: 0, ABSTAINING: 2}),
        ("草案以十二票对一票获得通过。", {FAVOUR: 12, AGAINST: 1}),
        ("表决结果是：赞成13票，反对1票，弃权1票。", {FAVOUR: 13, AGAINST: 1, ABSTAINING: 1}),
        ("The draft resolution was adopted without a vote.", {}),
        ("决议草案未经表决获得通过。", {}),
    ],
)
def test_figures_of_a_result(text: str, figures: dict[VoteSide, int]) -> None:
    found = read_figures(text)
    assert {figure.side: figure.value for figure in found} == figures
    assert [figure.start for figure in found] == sorted(figure.start for figure in found)


def test_a_report_tells_the_result_before_the_lists() -> None:
    text = """\
7. The Committee rejected the amendment by a recorded vote of 3 to 2. The voting was as follows:
In favour:
Chad, Malta.
Against:
Peru, Fiji, Norway."""
    blocks, findings = read_votes(blocks_of(text, Kind.PARAGRAPH), "en")
    parts = [each.vote.part for each in blocks if each.vote]
    assert parts == [VotePart.RESULT, VotePart.SIDE, VotePart.VOTERS, VotePart.SIDE, VotePart.VOTERS]
    assert findings == []


def test_a_side_and_its_list_in_one_block_and_a_list_that_breaks_off() -> None:
    text = """\
A vote was taken by show of hands.
In favour: Chad, Malta,
Norway
Against: Peru
The draft resolution was adopted by 3 votes to 1."""
    blocks, findings = read_votes(blocks_of(text), "en")
    assert outline(blocks) == [
        (1, "announcement", None, 0), (1, "voters", FAVOUR, 2), (1, "voters", FAVOUR, 1), (1, "voters", AGAINST, 1),
        (1, "result", None, 0),
    ]  # fmt: skip
    assert findings == []


@pytest.mark.parametrize(
    "text",
    [
        "A recorded vote was taken.\nThe resolution was adopted by 9 votes to 1.",
        "In favour:\nThe keepers of the northern lamps, and all who live by the harbour, spoke for the draft.",
        "Against:\nall hope",
        "反对：\n灯塔看守人说，他们每天早晨都要数一遍所有的灯。",
    ],
)
def test_words_without_a_list_of_states_are_no_vote(text: str) -> None:
    blocks = blocks_of(text)
    assert read_votes(blocks, "zh" if text[0] == "反" else "en") == (blocks, [])


def test_two_votes_are_two() -> None:
    blocks, _ = read_votes(
        blocks_of(f"{ENGLISH}\nThe meeting was suspended.\n{ENGLISH}".replace("Wonderland", "Fiji")), "en"
    )
    assert [each.vote.vote for each in blocks if each.vote] == [1] * 9 + [2] * 9


def test_delegations_whose_wish_is_not_told_have_no_side() -> None:
    assert [(voter.code, voter.side) for voter in read_later(
        "[Subsequently, the delegation of Peru informed the Secretariat that it had not participated.]", "en"
    )] == [("PER", None)]  # fmt: skip


def _document(text: str = ENGLISH) -> Document:
    blocks, findings = read_votes(blocks_of(text), "en")
    return document(*blocks, findings=tuple(findings))


def test_the_encoding_names_states_and_figures() -> None:
    made = _document()
    element = encode_document(made, generator=GENERATOR)
    assert decode_document(element) == made
    written = serialize(element).decode()
    stem = document_id(made)
    for line in (
        f'<incident xml:id="{stem}.n5.s1" type="vote" ana="un:vote.voters un:side.against">',
        '<orgName type="against" ref="un:state.PER">Peru</orgName>, <orgName type="against">Wonderland</orgName>',
        'was adopted by <num type="favour" value="5">5</num> votes to <num type="against" value="2">2</num> (',
    ):
        assert line in written
    codes = {each.id for each in CorpusDocument.of(made, b"").organisations}
    assert {"state.PER", "state.IRN", "state.TTO"} <= codes


def test_a_correction_that_mends_a_list_mends_the_vote() -> None:
    made = _document(ENGLISH.replace("Malta, Bosnia", "Malta,\nBosnia").replace("Malta,\n", "Malta;\n"))
    broken = made.blocks[2].text
    assert [finding.code for finding in made.findings] == ["voter-unknown", "vote-count-differs"]
    merge = Correction(
        at="n3", text=text_hash(broken), reason="one list", merge_with_next=text_hash(made.blocks[3].text)
    )
    mended = apply_corrections(made, [merge])
    assert mended.blocks[2].vote is not None
    assert len(mended.blocks[2].vote.voters) == 5
    assert [finding.code for finding in mended.findings] == ["correction-applied", "voter-unknown"]


RECORD = """\
SPECIMEN/PV.31

Official Records of the thirty-first meeting

The President: We shall now vote on the draft.

A recorded vote was taken.

In favour:
 Chad, Ireland,
Malta, Norway,
Peru

Against:
 Fiji

Abstaining:
 Guinea-Bissau

Draft resolution SPECIMEN/L.3 was adopted by 5 votes to 1, with 1 abstention.

The President: I thank all members.

The meeting rose at 4.55 p.m.
"""


def test_a_dump_of_a_record() -> None:
    made = parse_bytes(RECORD.encode(), "x.txt", symbol="SPECIMEN/PV.31")
    assert [(each.vote.part.value, len(each.vote.voters)) for each in made.blocks if each.vote] == [
        ("announcement", 0), ("side", 0), ("voters", 5), ("side", 0), ("voters", 1), ("side", 0), ("voters", 1),
        ("result", 0),
    ]  # fmt: skip
    assert not [finding for finding in made.findings if finding.code.startswith("vote")]
