"""Terms that both languages write alike."""

import pytest

from unbitext.align.shared_terms import is_hard, shared_terms
from unbitext.align.terms import words


@pytest.mark.parametrize(
    ("chinese", "english", "shared"),
    [
        ("第一五一一次灯塔会议", "the 1511th lighthouse meeting", {"#1511"}),
        ("2019年6月28日", "28 June 2019", {"#2019", "#6", "#28"}),
        ("下午2时40分散会", "rose at 2.40 p.m.", {"#2", "#40"}),
        ("共一百艘船", "a hundred and one hundred ships", {"#100"}),
        ("250万个信标", "2.5 million beacons", {"#2500000"}),
        ("75亿", "7.5 billion", {"#7500000000"}),
        ("15000艘", "15,000 or 15 000 boats", {"#15000"}),
        ("六十年代", "in the 1960s", {"#60"}),
        ("第六十九届会议", "Sixty-ninth session", {"#69"}),
        ("越南代表和德国代表", "the representatives of Viet Nam and Germany", {"@VNM", "@DEU"}),
        ("关于NSA的问题？", "the question of NSA?", {"=nsa", "%?"}),
        ("一般地说", "in general", set()),
        ("200多万人", "more than 2 million people", {"#2000000"}),
        ("两百余万", "over two million", {"#2000000"}),
        ("廿八万吨", "280,000 tons", {"#280000"}),
        ("百分之二十五点五", "25.5 per cent", {"#25.5"}),
        ("下午三点二十分", "at 3.20 p.m.", {"#20"}),
        ("第十四届和第十五届会议", "its fourteenth and fifteenth sessions", {"#14", "#15"}),
        ("五百万", "five million", {"#5000000"}),
        ("一千五百一十一", "one thousand five hundred and eleven", {"#1511"}),
        ("8000万美元", "(80) million dollars", {"#80000000"}),
        ("1千项，2000千瓦", "1,000 projects, 2,000 kilowatts", {"#1000", "#2000"}),
        ("5亿多美元", "over half a billion dollars", {"#500000000"}),
        ("千年发展目标", "1000 Millennium Development Goals", set()),
    ],
)
def test_shared(chinese: str, english: str, shared: set[str]) -> None:
    assert set(shared_terms(chinese, "zh")) & set(shared_terms(english, "en")) == shared


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("2,5 millions de bateaux", "fr", "#2500000"),
        ("15 000 bateaux", "fr", "#15000"),
        ("15.000 barcos", "es", "#15000"),
        ("12,5 процента", "ru", "#12.5"),
    ],
)
def test_decimal_commas(text: str, language: str, number: str) -> None:
    assert number in shared_terms(text, language)


@pytest.mark.parametrize(
    ("term", "hard"), [("#11", True), ("#2.5", True), ("#3", False), ("@DEU", False), ("=nsa", False)]
)
def test_hard(term: str, hard: bool) -> None:
    assert is_hard(term) is hard


def test_words() -> None:
    assert words("渡船 Ferries sailed, 12") == ["渡", "船", "ferrie", "sailed"]
