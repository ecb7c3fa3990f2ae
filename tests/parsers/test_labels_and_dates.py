"""Small things that lines are recognised by: labels, numerals, dates, symbols of turns."""

from datetime import date

import pytest

from parsers.dates import find_date, find_dates, is_bare_date
from parsers.labels import LabelKind, han_value, match_label, opens_sequence, position, roman, roman_value
from parsers.turn_labels import match_reported_speaker, match_turn_label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12. The river", ("12.", "12", LabelKind.ARABIC)),
        ("7. 河流", ("7.", "7", LabelKind.ARABIC)),
        ("3.2 metres", None),
        ("1970.3 States", None),
        ("(a) First", ("(a)", "a", LabelKind.LETTER)),
        ("（b）第二项", ("（b）", "b", LabelKind.LETTER)),
        ("(iv) Fourth", ("(iv)", "iv", LabelKind.SMALL_ROMAN)),
        ("一. 导言", ("一.", "一", LabelKind.HAN)),
        ("二、范围", ("二、", "二", LabelKind.HAN)),
        ("（三）第三项", ("（三）", "三", LabelKind.BRACKETED_HAN)),
        ("II. Scope", ("II.", "II", LabelKind.ROMAN)),
        ("A. Scope", ("A.", "A", LabelKind.CAPITAL)),
        ("• a point", ("•", "", LabelKind.BULLET)),
        ("plain text", None),
        ("2026 年", None),
    ],
)
def test_labels(text: str, expected: tuple[str, str, LabelKind] | None) -> None:
    label = match_label(text)
    assert (label and (label.printed, label.number, label.kind)) == expected


@pytest.mark.parametrize(
    ("number", "kind", "place"),
    [
        ("12", LabelKind.ARABIC, 12),
        ("二十三", LabelKind.HAN, 23),
        ("B", LabelKind.CAPITAL, 2),
        ("iv", LabelKind.SMALL_ROMAN, 4),
        ("aa", LabelKind.LETTER, 27),
        ("", LabelKind.BULLET, None),
    ],
)
def test_places_in_a_sequence(number: str, kind: LabelKind, place: int | None) -> None:
    assert position(number, kind) == place


@pytest.mark.parametrize("text", ["1. A", "(a) b", "一. 甲", "I. A", "(i) b", "A. B"])
def test_firsts_of_a_sequence(text: str) -> None:
    label = match_label(text)
    assert label is not None
    assert opens_sequence(label)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("七", 7),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一五一一", 1511),
        ("", None),
        ("河", None),
    ],
)
def test_chinese_numerals(number: str, value: int | None) -> None:
    assert han_value(number) == value


def test_roman_numerals_there_and_back() -> None:
    assert all(roman_value(roman(value)) == value for value in range(1, 400))
    assert roman_value("IIII") is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026 年 3 月 9 日至 20 日，奥尔德港", date(2026, 3, 9), date(2026, 3, 20)),
        ("2025 年 12 月 30 日至 2026 年 1 月 2 日", date(2025, 12, 30), date(2026, 1, 2)),
        ("2026 年 6 月 2 至 12 日", date(2026, 6, 2), date(2026, 6, 12)),
        ("Port Alder, 9–20 March 2026", date(2026, 3, 9), date(2026, 3, 20)),
        ("Tartu, 30 May to 2 June 2026", date(2026, 5, 30), date(2026, 6, 2)),
        ("Port Alder, 6–10 March, and 15–19 May 2026", date(2026, 3, 6), date(2026, 5, 19)),
        ("28 December to 3 January 2026", date(2025, 12, 28), date(2026, 1, 3)),
        ("Port-Aulne, 26 février-5 avril 2026", date(2026, 2, 26), date(2026, 4, 5)),
        ("Puerto Aliso, 3 a 7 de marzo de 2026", date(2026, 3, 3), date(2026, 3, 7)),
        ("Тарту, 30 апреля — 11 мая 2026 года", date(2026, 4, 30), date(2026, 5, 11)),
        ("13 أيلول/سبتمبر 2026", date(2026, 9, 13), date(2026, 9, 13)),
        ("Held at Port Alder, on Thursday, 12 March 2026, at 10 a.m.", date(2026, 3, 12), date(2026, 3, 12)),
    ],
)
def test_ranges_of_dates(text: str, first: date, last: date) -> None:
    found = find_dates(text)
    assert found is not None
    assert (found.from_, found.to) == (first, last)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("7 March 2026", True),
        ("1er août 2026", True),
        ("9 de enero de 2026", True),
        ("17 AUGUST 1992", True),
        ("2026 年 3 月 7 日", True),
        ("on 7 March 2026", False),
    ],
)
def test_bare_dates(text: str, bare: bool) -> None:
    assert is_bare_date(text) is bare


def test_a_day_that_is_none() -> None:
    assert find_date("31 February 2026") is None
    assert find_dates("no date") is None


@pytest.mark.parametrize(
    ("text", "speaker", "role", "state", "spoken"),
    [
        ("主席(以英语发言)：请坐。", "主席", "chair", None, "en"),
        ("代理主席（以法语发言）：请坐。", "代理主席", "chair", None, "fr"),
        ("何先生(新加坡)(以英语发言)：谢谢。", "何先生", "member", ("新加坡", "SGP"), "en"),
        ("Ana Reis女士(葡萄牙)：谢谢。", "Ana Reis女士", "member", ("葡萄牙", "PRT"), None),
        ("秘书长(以英语发言)：谢谢。", "秘书长", "secretariat", None, "en"),
        ("The President: Please sit.", "The President", "chair", None, None),
        ("The Acting President (spoke in French): Yes.", "The Acting President", "chair", None, "fr"),
        ("Mr. Fell (Fiji) (spoke in Spanish): Yes.", "Mr. Fell", "member", ("Fiji", "FJI"), "es"),
        ("Mr. Fell (Iran (Islamic Republic of)): Yes.", "Mr. Fell", "member", ("Iran (Islamic Republic of)", "IRN"),
         None),
        ("Ms. Low (Department for Rivers): Yes.", "Ms. Low", "secretariat", ("Department for Rivers", None), None),
        ("The Secretary-General: Yes.", "The Secretary-General", "secretariat", None, None),
    ],
)  # fmt: skip
def test_labels_of_speeches(
    text: str, speaker: str, role: str, state: tuple[str, str | None] | None, spoken: str | None
) -> None:
    label = match_turn_label(text)
    assert label is not None
    assert (label.speaker, label.role, label.spoken_language) == (speaker, role, spoken)
    assert (label.affiliation and (label.affiliation.text, label.affiliation.code)) == state
    assert text[: label.length].strip() == label.printed


@pytest.mark.parametrize(
    "text",
    [
        "主席先生：我要说，",
        "女士们、先生们：早上好。",
        "Mr. President: I say,",
        "这是第一点：水位。",
        "Conclusion: none.",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert match_turn_label(text) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Mr. Fell (Fiji) said that the river rose.", "Mr. Fell (Fiji)"),
        ("Ms. Low (Secretary of the Council), replying, said that it fell.", "Ms. Low (Secretary of the Council)"),
        ("The Chair invited the Council to begin.", "The Chair"),
        ("主席说，水位上升。", "主席"),
        ("何先生(新加坡)在解释立场时说，水位下降。", "何先生(新加坡)"),
    ],
)  # fmt: skip
def test_reported_speakers(text: str, label: str) -> None:
    found = match_reported_speaker(text)
    assert found is not None
    assert found.printed == label
