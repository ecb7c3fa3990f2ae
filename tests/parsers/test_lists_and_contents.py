"""Lists of contents, lists inside paragraphs, numbers that go on behind them or after a gap, signatures in a row."""

from pathlib import Path

import pytest

from parsers.genres.divisions import division_name
from parsers.paragraphs import is_division_to, is_heading_word
from parsers.parse import parse_file

MASTHEAD = ["MILL/2026/3", "", "Council of Mills", "", "Distr.: General", "", "1 March 2026", "", "English", ""]
FILL = (
    "The miller noted that the wheel had turned without interruption since the spring and that the stones had been "
    "dressed twice, as the rules of the house require of every mill in the valley."
)


def wrapped(text: str, width: int = 80) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


def blocks_of(tmp_path: Path, paragraphs: list[str]) -> list[tuple[str, str | None, str]]:
    """Kind, number and text of the blocks below the masthead, from an indented dump with empty lines between them."""
    lines = [*MASTHEAD, "    Report of the Council of Mills", ""]
    for paragraph in paragraphs:
        lines += [*(wrapped(paragraph) if len(paragraph) > 80 else [paragraph]), ""]
    path = tmp_path / "mill.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    document = parse_file(path)
    return [(b.kind.value, b.number, b.text) for b in document.blocks if b.kind.value not in ("masthead", "title")]


def test_contents_are_items_and_the_headings_below_are_headings(tmp_path: Path) -> None:
    found = blocks_of(
        tmp_path,
        ["Contents", "I. Wheels ........ 2", "II. Stones ........ 5", "Annex ........ 9", "I. Wheels", f"1. {FILL}"],
    )
    kinds = [kind for kind, _, _ in found]
    assert kinds == ["heading", "item", "item", "item", "heading", "paragraph"]
    assert [number for _, number, _ in found][-2:] == ["I", "1"]


def test_an_agenda_inside_a_paragraph_does_not_restart_the_numbers(tmp_path: Path) -> None:
    agenda = ["1. Opening of the meeting.", "2. Election of a miller.", "3. Other matters."]
    found = blocks_of(
        tmp_path, [f"1. {FILL}", "2. The Council adopted the following agenda:", *agenda, f"3. {FILL}", f"4. {FILL}"]
    )
    assert [(kind, number) for kind, number, _ in found] == [
        *(("paragraph", "1"), ("paragraph", "2"), ("item", "1"), ("item", "2"), ("item", "3")),
        *(("paragraph", "3"), ("paragraph", "4")),
    ]


def test_numbers_of_a_symbol_are_no_marks_of_notes(tmp_path: Path) -> None:
    note = ["__________________", "1 Rules of the Mills, rule 4."]
    found = blocks_of(tmp_path, ["1. See document MILL/2 and Corr.1 for the stones.", f"2. {FILL[:-1]}.1", *note])
    assert found[0][2].endswith("Corr.1 for the stones.")
    assert found[1][2] == FILL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Summary", True),
        ("摘要", True),
        ("目 录", True),
        ("Article 5", True),
        ("第十二条", True),
        ("Intersessional decision 2", True),
        ("Article 5 applies", False),
        ("In summary", False),
        ("第五条规定", False),
    ],
)
def test_headings_by_their_words(text: str, expected: bool) -> None:
    assert is_heading_word(text) is expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Annex to the letter dated 29 May 2031 from the miller to the Council", "annex"),
        ("Annex II to the note verbale dated 3 May 2031 from the miller", "annex-II"),
        ("2031 年 5 月 29 日磨坊主给理事会的信的附件", "annex"),
        ("2031 年 5 月 29 日磨坊主给理事会的普通照会的附件二", "annex-II"),
    ],
)
def test_annexes_to_letters_have_the_same_name_in_both_languages(text: str, name: str) -> None:
    assert is_division_to(text)
    assert division_name(text, None) == name
