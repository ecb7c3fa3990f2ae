"""Numbers as Chinese and Roman numerals write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbitext.align.numerals import chinese_value, ordinal_readings, roman_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百", 100),
        ("一百零五", 105),
        ("一五一一", 1511),
        ("一千五百一十一", 1511),
        ("二〇一九", 2019),
        ("三万", 30000),
        ("一亿二千万", 120_000_000),
        ("一万亿", 10**12),
        ("", None),
        ("一个", None),
        ("12", None),
    ],
)
def test_chinese(text: str, value: int | None) -> None:
    assert chinese_value(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("I", 1), ("iv", 4), ("XIX", 19), ("MMXXVI", 2026), ("", None), ("IIX", None), ("A", None)]
)
def test_roman(text: str, value: int | None) -> None:
    assert roman_value(text) == value


def _in_chinese(value: int) -> str:
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    text = "".join(
        digits[int(d)] + units[len(str(value)) - 1 - n] if d != "0" else "零" for n, d in enumerate(str(value))
    )
    return text.rstrip("零").replace("零零", "零")


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_units_come_back(value: int) -> None:
    written = _in_chinese(value)
    if any(char in written for char in "十百千"):
        assert chinese_value(written) == value


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("一", "I", True),
        ("A", "A", True),
        ("3.", "3", True),
        ("十一", "XI", True),
        ("(c)", "C", True),
        ("二", "I", False),
    ],
)
def test_readings(one: str, other: str, shared: bool) -> None:
    assert bool(ordinal_readings(one) & ordinal_readings(other)) is shared
