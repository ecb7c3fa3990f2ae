"""What holds of every text, in every language."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.sentences import split_sentences
from parsers.sentences.enclosures import CLOSING

LANGUAGES = st.sampled_from(["zh", "en", "fr", "es", "ru", "ar", "xx", None])

# Pieces that meet in texts, so that the marks come into every order.
PIECES = st.one_of(
    st.sampled_from("。.?!．“”\"（）()《》«»[]’'…；：，,:؟—¹好的这灯约二Ab1 \u3000\n"),
    st.sampled_from(["Mr", "para", "p.m", "The", "No", "annex", "J", "U.S", "22", "1970", "...", ">>", "  "]),
    st.sampled_from(["http://x.y/z", "(a)", "b."]),
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS, LANGUAGES)
def test_spans_hold_the_whole_text(text: str, language: str | None) -> None:
    after = 0
    for start, end in split_sentences(text, language):
        assert after <= start < end
        assert text[after:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        after = end
    assert text[after:].strip() == ""


@given(TEXTS, LANGUAGES)
def test_no_sentence_begins_with_a_closing_mark_or_in_lower_case(text: str, language: str | None) -> None:
    spans = split_sentences(text, language)
    for start, _ in spans[1:]:
        assert text[start] not in CLOSING
        if language != "zh" and text[start].islower():
            assert re.match(r"\w[.)]", text[start:])  # the letter of an item


@given(TEXTS, LANGUAGES)
def test_a_sentence_is_one_sentence(text: str, language: str | None) -> None:
    """Not held of a Chinese text's pieces without a Han character: on their own they are split as English."""
    for start, end in split_sentences(text, language):
        piece = text[start:end]
        if language != "zh" or re.search("[一-鿿]", piece):
            assert split_sentences(piece, language) == [(0, len(piece))]


@given(st.lists(st.sampled_from(["灯亮了。", "猫睡了！", "为什么？", "他说：“好。”", "(见日志。)"]), min_size=1))
def test_plain_chinese_sentences_come_apart(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert [text[start:end] for start, end in split_sentences(text, "zh")] == pieces


@given(st.lists(st.sampled_from(["The lamp is lit.", "Why?", "He slept!", "“Yes.”", "It is para. 5."]), min_size=1))
def test_plain_english_sentences_come_apart(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert [text[start:end] for start, end in split_sentences(text, "en")] == pieces


def test_white_space_alone_has_no_sentence() -> None:
    assert split_sentences("", "en") == []
    assert split_sentences(" \n\u3000", "zh") == []


@pytest.mark.parametrize("language", ["zh", "en", "ar"])
@pytest.mark.parametrize(
    "piece", [".", "。", "(", "“。", "A. ", "好.", ". (", '. "', " ", "(。)", "p.m. A B ", "1. ", "[...] ", "好。(("]
)
def test_time_is_linear(piece: str, language: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        split_sentences(text, language)
        return time.process_time() - began

    # Eight times the text: a quadratic splitter takes 64 times as long.
    assert seconds(80_000) < 24 * max(seconds(10_000), 0.01)
