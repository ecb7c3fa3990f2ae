"""docs/findings.md is what the list of codes makes it."""

from pathlib import Path

from unbitext.findings_page import findings_page


def test_the_page_has_not_drifted(root: Path) -> None:
    assert (root / "docs" / "findings.md").read_text(encoding="utf-8") == findings_page(), (
        "run: python -m unbitext.findings_page > docs/findings.md"
    )
