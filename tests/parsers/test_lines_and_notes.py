"""Lines to text, marks to notes, furniture, mastheads, languages, refusals."""

from pathlib import Path

import pytest
from langdetect import LangDetectException

from parsers.errors import Refusal
from parsers.footnotes import find_marks
from parsers.furniture import find_furniture
from parsers.joining import Words, join_lines
from parsers.language import detect_language, most_likely_language
from parsers.masthead_lines import Part, masthead_part
from parsers.parse import parse_bytes
from parsers.readers.decoding import MAX_LINE_CHARACTERS, decode, read_bytes
from schemas.layout import Line


@pytest.mark.parametrize(
    ("lines", "language", "expected"),
    [
        (["水位每", "天测量 3 次。"], "zh", "水位每天测量3次。"),
        (["文件 AB/12 由 World", "Bank 编写。"], "zh", "文件AB/12由World Bank编写。"),
        (["第 1984 (2011)号"], "zh", "第1984 (2011)号"),
        (["The level is", "read daily."], "en", "The level is read daily."),
        (["a non-", "tidal river"], "en", "a non-tidal river"),
        (["see SPECIMEN/2026/", "12 and 9–", "11 May"], "en", "see SPECIMEN/2026/12 and 9–11 May"),
        (["an exam\u00ad", "ple"], "en", "an example"),
        (["two  spaces\x07"], "en", "two spaces"),
    ],
)
def test_joining_lines(lines: list[str], language: str, expected: str) -> None:
    assert join_lines(lines, language, Words([])).text == expected


def test_a_hyphen_falls_only_where_the_document_writes_the_word_without() -> None:
    words = Words(["the river measurement is here now", "and the re-use of water here"])
    assert join_lines(["the measure-", "ment of it"], "en", words) == ("the measurement of it", ("measurement",), 0)
    assert join_lines(["the re-", "use of it"], "en", words) == ("the re-use of it", (), 0)


@pytest.mark.parametrize(
    ("text", "mark", "starts"),
    [
        ("the Manual,1 which", "1", [11]),
        ("from 1970.3 States", "3", [10]),
        ("section 3.2 of it", "2", []),
        ("程)，1 内容", "1", [3]),
        ("专家2作了", "2", [2]),
        ("于 2024 年", "2", []),
        ("paragraph 1 of", "1", []),
        ("A/79/1", "1", []),
        ("SPECIMEN/2026/7*", "*", [15]),
        ("agenda**", "*", []),
        ("agenda**", "**", [6]),
        ("** Reissued", "*", []),
        ("paras. 1),b to", "b", [10]),
    ],
)
def test_where_a_mark_may_stand(text: str, mark: str, starts: list[int]) -> None:
    assert [start for found, start in find_marks(text) if found == mark] == starts


def lines_of(texts: list[str]) -> list[Line]:
    return [Line(orig=text, number=number) for number, text in enumerate(texts, 1)]


def test_furniture() -> None:
    texts = [
        "SPECIMEN/2026/7*", "SP.26-00123 (C) 030426 240426", "*2600123*", "Text that stays.", "SPECIMEN/2026/7",
        "2/6 26-00123",
        "SP.26-00123 3", "____________", "See https://example.org/a", "https://example.org/a", "https://example.org/b",
    ]  # fmt: skip
    found = {index: (mark.kind, mark.page) for index, mark in find_furniture(lines_of(texts)).items()}
    assert found == {
        1: ("job_number", None),
        2: ("barcode", None),
        4: ("running_header", None),
        5: ("page_footer", 2),
        6: ("page_footer", 3),
        7: ("footnote_rule", None),
        9: ("repeated_url", None),
    }


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("SPECIMEN/2026/7*", Part.SYMBOL),
        ("Distr.: General", Part.DISTRIBUTION),
        ("7 March 2026", Part.DATE),
        ("Chinese", Part.LANGUAGE),
        ("Original: English", Part.ORIGINAL),
        ("第三届会议", Part.SESSION),
        ("Seventy-ninth session", Part.SESSION),
        ("议程项目 11(f)", Part.AGENDA),
        ("Item 11 (f) of the provisional agenda*", Part.AGENDA),
        ("Port Alder, 9–20 March 2026", Part.DATE_AND_PLACE),
        ("2026 年 3 月 9 日至 20 日，奥尔德港", Part.DATE_AND_PLACE),
        ("第七次全体会议最后记录", Part.RECORD),
        ("Held at Port Alder on Thursday, 12 March 2026, at 10 a.m.", Part.HELD),
        ("主席：何女士 ........ 新加坡", Part.CHAIR),
        ("President: Ms. Ho ........ (Singapore)", Part.CHAIR),
        ("The river rose by two metres.", None),
    ],
)
def test_lines_of_a_masthead(text: str, part: Part | None) -> None:
    assert masthead_part(text) is part


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("河流的水位每天测量三次。", "zh"),
        ("The level of the river is read three times a day by the people of the town.", "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detect_language(text) == (language, [])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le niveau de la rivière est mesuré trois fois par jour par les habitants de la ville. " * 8, "fr"),
        ("El nivel del río se mide tres veces al día por los habitantes de la ciudad. " * 8, "es"),
        ("Уровень реки измеряется три раза в день жителями города.", "ru"),
    ],
)
def test_the_official_languages_are_known(text: str, language: str) -> None:
    assert detect_language(text) == (language, [])


@pytest.mark.parametrize(
    "text",
    [
        "Der Wasserstand des Flusses wird von den Bewohnern der Stadt dreimal am Tag gemessen. " * 8,
        "Vattennivån i floden mäts tre gånger om dagen av stadens invånare. " * 8,
        "川の水位は一日に三回はかられています。",
    ],
)
def test_another_language_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        detect_language(text)
    assert refusal.value.code == "language-unsupported"


def test_what_the_caller_says_wins_with_a_doubt() -> None:
    language, findings = detect_language("河流的水位每天测量三次。", "en")
    assert (language, [finding.code for finding in findings]) == ("en", ["language-doubtful"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \n\n \n", "empty-file"),
        (b"%PDF-1.7 ...", "unsupported-format"),
        (b"PK\x03\x04 ...", "unsupported-format"),
        (b"\xd0\xcf\x11\xe0 ...", "unsupported-format"),
        (bytes(range(256)) * 20, "not-text"),
        (b"\xff\xfe\x00", "not-text"),
        (("river " * 3 + "\ufffd" * 2).encode() * 30, "mojibake"),
        ("水位每天测量三次。".encode().decode("latin-1").encode() * 30, "mojibake"),
        (b"a" * (MAX_LINE_CHARACTERS + 1), "line-too-long"),
    ],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        decode(data)
    assert refusal.value.code == code
    assert refusal.value.remedy


def test_other_encodings_are_read_with_a_doubt() -> None:
    text = "河流的水位每天测量三次，这是在两国的同意下进行的，不会有人为的误差。\n" * 5
    assert decode(text.encode("utf-16")) == (text, [])
    read, findings = decode(text.encode("gb18030"))
    assert (read, [finding.code for finding in findings]) == (text, ["encoding-guessed"])
    assert decode(b"\xef\xbb\xbfText.\r\nMore.") == ("Text.\nMore.", [])


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(Refusal) as refusal:
        read_bytes(path)
    assert refusal.value.code == "file-too-large"


def test_the_text_wins_over_the_symbol_given() -> None:
    text = "SPECIMEN/2026/7\n\nDistr.: General\n\n1. The level of the river is read by the people of the town.\n"
    document = parse_bytes(text.encode(), "x.txt", symbol="SPECIMEN/2026/8")
    assert document.meta.symbols == ("SPECIMEN/2026/7",)
    assert "symbol-differs" in [finding.code for finding in document.findings]


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((1, 3), "paragraph 2 is missing before 3 (page 1)"),
        ((1, 4), "paragraphs 2 and 3 are missing before 4 (page 1)"),
        ((1, 2, 7), "paragraphs 3 to 6 are missing before 7 (page 1)"),
    ],
)
def test_what_is_missing_is_told_in_words(numbers: tuple[int, ...], message: str) -> None:
    sentence = "The level of the river is read by the people of the town\nthat lies beside it."
    text = "\n\n".join(f"{number}. {sentence}" for number in numbers)
    findings = parse_bytes(text.encode(), "x.txt").findings
    assert [finding.message for finding in findings if finding.code == "number-gap"] == [message]


def test_gaps_and_doubles_of_numbers_are_told() -> None:
    sentence = "The level of the river is read by the people of the town\nthat lies beside it."
    text = "\n\n".join(f"{number}. {sentence}" for number in (1, 2, 4, 5, 5, 6))
    findings = parse_bytes(text.encode(), "x.txt").findings
    assert [finding.code for finding in findings] == ["symbol-missing", "number-gap", "number-double"]


def test_a_number_after_the_parts_of_the_one_before_is_no_gap() -> None:
    sentence = "The level of the river is read by the people of the town\nthat lies beside it."
    text = "\n\n".join(f"{number} {sentence}" for number in ("1.1", "1.2", "2.1", "2.2", "3.", "4."))
    assert [finding.code for finding in parse_bytes(text.encode(), "x.txt").findings] == ["symbol-missing"]


def test_numbers_that_go_on_from_another_document_are_no_gap() -> None:
    sentence = "The level of the river is read by the people of the town\nthat lies beside it."
    text = "\n\n".join(f"{number}. {sentence}" for number in range(37, 43))
    assert [finding.code for finding in parse_bytes(text.encode(), "x.txt").findings] == ["symbol-missing"]


def test_an_interrupt_is_no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """langdetect makes an error of its own of whatever happens while it loads its profiles, Ctrl-C included."""

    def interrupted(_: str) -> None:
        try:
            raise KeyboardInterrupt
        except BaseException:
            raise LangDetectException(0, "profiles cannot be loaded")  # noqa: B904

    monkeypatch.setattr("parsers.language.detect_langs", interrupted)
    with pytest.raises(KeyboardInterrupt):
        most_likely_language("The level of the river is read by the people of the town.")
