import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbitext.release.near_duplicates import (
    ROW_BAND,
    ROW_SIMILARITY,
    Groups,
    bands,
    candidates,
    similarity_over,
)
from unbitext.release.sketches import ENTRIES, document_sketch, normalised, row_sketches, text_key

TEXTS = st.text(alphabet="ab 1会议，。\U0001f600", max_size=40)
EDGES = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The meeting rose at 4.55 p.m.", "themeetingroseat00pm"),
        ("会议于下午4时55分散会。", "会议于下午0时0分散会"),
        ("A/79/12", "a00"),
        ("...", "..."),
        ("", ""),
    ],
)
def test_texts_are_compared_without_case_marks_and_numbers(text: str, plain: str) -> None:
    assert normalised(text) == plain


@given(st.lists(TEXTS, max_size=6))
def test_a_sketch_depends_on_its_own_text_alone(texts: list[str]) -> None:
    together = row_sketches(texts)
    assert together.shape == (len(texts), ENTRIES)
    for text, sketch in zip(texts, together, strict=True):
        assert np.array_equal(row_sketches([text])[0], sketch)
    if texts:
        assert np.array_equal(document_sketch(texts), document_sketch(texts[::-1]))


def likeness(one: str, other: str) -> float:
    sketches = row_sketches([one, other])
    return float((sketches[0] == sketches[1]).mean())


def test_sketches_tell_how_much_two_texts_share() -> None:
    words = [f"word{chr(97 + n)}{chr(97 + n * 7 % 26)}" for n in range(24)]
    text = " ".join(words)
    assert likeness(text, text.upper() + "!") == 1
    assert likeness(text, text.replace("wordc", "another")) > 0.7
    assert 0.2 < likeness(text, " ".join(words[:12])) < 0.75
    assert likeness(text, "会议于下午四时散会，各国代表团表示感谢") == 0


def test_keys_tell_texts_apart_and_sides_too() -> None:
    assert text_key("a  b", "c") == text_key("a b ", "c")
    assert len({text_key("a", "b"), text_key("b", "a"), text_key("ab", ""), text_key("a b")}) == 4


@given(EDGES)
def test_groups_are_what_is_connected(edges: list[tuple[int, int]]) -> None:
    groups = Groups(12)
    first = list(range(12))
    for one, other in edges:
        groups.join(np.array([one], dtype=np.int32), np.array([other], dtype=np.int32))
        joined = {first[one], first[other]}
        first = [min(joined) if each in joined else each for each in first]
    assert groups.first.tolist() == first
    at_once = Groups(12)
    pairs = np.array(edges, dtype=np.int32).reshape(-1, 2)
    at_once.join(pairs[:, 0], pairs[:, 1])
    assert at_once.first.tolist() == first


def test_near_duplicates_are_found_among_many(monkeypatch: pytest.MonkeyPatch) -> None:
    # In several parts, as of a large corpus.
    monkeypatch.setattr("unbitext.release.near_duplicates._SORTED_AT_ONCE", 700)
    random = np.random.default_rng(1)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz "))
    texts = ["".join(random.choice(letters, 120)) for _ in range(1_000)]
    changed = [f"{text[:60]}x{text[61:]}" for text in texts[:300]]
    sketches = row_sketches([*texts, *changed])
    similar = similarity_over(sketches, ROW_SIMILARITY)
    found = Groups(len(sketches))
    for keys in bands(sketches, ROW_BAND):
        for one, other in candidates(keys, similar):
            assert (one < other).all()
            found.join(one, other)
    alike = [float((sketches[n] == sketches[1_000 + n]).mean()) for n in range(300)]
    expected = [n if likeness >= ROW_SIMILARITY else 1_000 + n for n, likeness in enumerate(alike)]
    assert sum(likeness >= ROW_SIMILARITY for likeness in alike) > 200
    missed = [n for n in range(300) if found.first[1_000 + n] != expected[n]]
    assert len(missed) <= 1
    assert found.first[:1_000].tolist() == list(range(1_000))
