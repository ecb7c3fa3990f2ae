import pytest

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
