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
    ],
)
def test_shared(chinese: str, english: str, shared: set[str]) -> None:
    assert set(shared_terms(chinese, "zh")) & set(shared_terms(english, "en")) == shared


@pytest.mark.parametrize(
    ("term", "hard"), [("#11", True), ("#2.5", True), ("#3", False), ("@DEU", False), ("=nsa", False)]
)
def test_hard(term: str, hard: bool) -> None:
    assert is_hard(term) is hard


def test_words() -> None:
    assert words("渡船 Ferries sailed, 12") == ["渡", "船", "ferrie", "sailed"]
