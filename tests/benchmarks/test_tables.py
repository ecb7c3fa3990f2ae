"""Tables, and the parts of pages that scripts write."""

import pytest

from benchmarks.tables import figure, markdown_table, plain_table, replace_part

PAGE = "Before.\n<!-- a -->\nold\n<!-- end of a -->\nAfter.\n<!-- b -->\n<!-- end of b -->\n"


def test_plain_table_aligns_columns() -> None:
    assert (
        plain_table(("name", "n"), [("a", "10"), ("long name", "9")]) == "name        n\na          10\nlong name   9"
    )


def test_markdown_table() -> None:
    assert markdown_table(("name", "n"), [("a", "1")]) == "| name | n |\n| --- | --- |\n| a | 1 |"


@pytest.mark.parametrize(("value", "text"), [(0.9985, ".999"), (1.0, "1.000"), (0.0, ".000"), (0.05, ".050")])
def test_figures(value: float, text: str) -> None:
    assert figure(value) == text


def test_a_part_is_replaced_and_nothing_else() -> None:
    page = replace_part(PAGE, "a", r"new \1")
    assert page == PAGE.replace("old", r"new \1")
    assert replace_part(page, "a", "old") == PAGE


@pytest.mark.parametrize("page", ["", PAGE + PAGE, "<!-- a -->\nno end"])
def test_a_page_without_the_part_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="one part between <!-- a -->"):
        replace_part(page, "a", "new")
