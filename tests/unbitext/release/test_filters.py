import pytest

from schemas.document import Kind
from tests.unbitext.release.releases import segment
from unbitext.release.filters import REASONS, reasons_against
from unbitext.release.options import Filters

LIFTABLE = [code for code, reason in REASONS.items() if reason.can_be_lifted]


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, ()),
        ({"score": 0.5}, ()),
        ({"score": 0.4999}, ("low-score",)),
        ({"score": 0.1, "method": "person:fixed"}, ()),
        ({"source_ids": (), "source_text": ""}, ("no-counterpart",)),
        ({"target_ids": (), "target_text": "", "score": 0.1}, ("no-counterpart",)),
        ({"target_text": "x" * 2_000}, ()),
        ({"target_text": "x" * 2_001}, ("too-long",)),
        ({"source_text": "12.", "target_text": "12."}, ("no-letters",)),
        ({"findings": ("link-numbers-differ",)}, ("numbers-differ",)),
        ({"findings": ("link-copy", "link-language")}, ("wrong-language", "untranslated")),
        ({"findings": ("link-length-outlier", "duplicate-link")}, ("length-ratio",)),
        ({"score": 0.1, "findings": ("link-length-outlier",)}, ("low-score", "length-ratio")),
    ],
)
def test_reasons(changes: dict[str, object], reasons: tuple[str, ...]) -> None:
    link = segment("X_1.zh-en", 1, "文件", "a document", **changes)
    assert reasons_against(link, Filters()) == reasons
    assert set(reasons_against(link, Filters(keep=tuple(LIFTABLE)))) <= {"no-counterpart"}


@pytest.mark.parametrize(
    ("source", "target", "kinds", "is_mark"),
    [
        ("Chinese", "English", (Kind.MASTHEAD,), True),
        ("Chinese only", "English only", (Kind.MASTHEAD,), True),
        ("Français", "English", (Kind.MASTHEAD,), True),
        ("Distr. générale", "Distr.: General", (Kind.MASTHEAD,), True),
        ("原文：英文", "Original: English", (Kind.MASTHEAD,), True),
        ("CD/PV.1511", "CD/PV.1511", (Kind.MASTHEAD,), True),
        ("28 June 2019", "28 June 2019", (Kind.MASTHEAD,), True),
        ("2019年6月28日", "28 June 2019", (Kind.MASTHEAD,), False),
        ("裁军谈判会议", "Conference on Disarmament", (Kind.MASTHEAD,), False),
        ("第一届会议", "First session", (Kind.MASTHEAD,), False),
        ("第一五一一次全体会议最后记录", "Final record of the 1511th plenary meeting", (Kind.MASTHEAD,), False),
        ("中文", "Chinese", (Kind.HEADING,), False),
        ("CD/2105", "CD/2105", (Kind.MASTHEAD, Kind.TITLE), False),
    ],
)
def test_marks_of_mastheads(source: str, target: str, kinds: tuple[Kind, ...], is_mark: bool) -> None:
    link = segment("X_1.zh-en", 1, source, target, kinds=kinds)
    assert reasons_against(link, Filters()) == (("masthead-mark",) if is_mark else ())
    assert reasons_against(link, Filters(keep=("masthead-mark",))) == ()
