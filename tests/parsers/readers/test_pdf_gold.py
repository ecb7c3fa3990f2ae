"""Real PDFs of the United Nations against what a person saw on their pages (tests/cases/un-pdfs)."""

import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from pydantic import BaseModel

from parsers.errors import Refusal
from parsers.parse import parse_bytes
from schemas.document import Document, Genre, Kind, Language

pytestmark = pytest.mark.shared

FIELDS = (
    "symbols", "original_language", "title", "submitter", "session", "place", "distribution", "job_number", "reissued",
    "body", "issued", "meeting", "agenda_items", "chair",
)  # fmt: skip
_CASES = Path(__file__).resolve().parents[2] / "cases" / "un-pdfs"
_REASONS = {"image-only": "pdf-image-only", "no-tounicode": "pdf-no-unicode-map"}
_SHORT_PAGES = 8


class _Annotation(BaseModel):
    """What the tests use of an annotation."""

    file: str
    pages: int
    verdict: str
    meta: dict[str, object]


def _annotations() -> list[_Annotation]:
    return [_Annotation.model_validate(json.loads(path.read_text())) for path in sorted(_CASES.glob("*.json"))]


@cache
def _parsed(path: Path) -> Document | str:
    """The document, named so that its name says nothing; or the code of the refusal."""
    try:
        return parse_bytes(path.read_bytes(), "0001.pdf")
    except Refusal as refusal:
        return refusal.code


def _document(shared: Path, stem: str) -> Document:
    document = _parsed(shared / "un-pdfs" / f"{stem}.pdf")
    assert isinstance(document, Document)
    return document


def _plain(value: object) -> object:
    """A value as compared: white space, stars of notes and the form of the apostrophe apart."""
    if isinstance(value, str):
        return re.sub(r"\s+", " ", value).strip(" *").replace("’", "'")
    return value


def _fields(meta: dict[str, object]) -> dict[str, object]:
    dates = meta["dates"]
    assert isinstance(dates, dict)
    return {name: _plain(dates[name] if name in ("issued", "meeting") else meta[name]) for name in FIELDS}


def _read(document: Document) -> dict[str, object]:
    return _fields(json.loads(document.meta.model_dump_json(by_alias=True)))


_SHORT = [one for one in _annotations() if one.pages <= _SHORT_PAGES and one.verdict == "structured"]


@pytest.mark.parametrize("annotation", _SHORT, ids=lambda annotation: annotation.file)
def test_mastheads_of_short_documents(shared: Path, annotation: _Annotation) -> None:
    document = _parsed(shared / "un-pdfs" / annotation.file)
    assert isinstance(document, Document)
    assert _read(document) == _fields(annotation.meta)


@pytest.mark.slow
def test_all_files(shared: Path) -> None:
    right: Counter[str] = Counter()
    structured, false_gaps, longest = 0, [], 0
    for annotation in _annotations():
        document = _parsed(shared / "un-pdfs" / annotation.file)
        if annotation.verdict != "structured":
            assert document == _REASONS[annotation.verdict.removeprefix("refuse:")], annotation.file
            continue
        assert isinstance(document, Document), annotation.file
        structured += 1
        expected = _fields(annotation.meta)
        right.update(name for name, value in _read(document).items() if value == expected[name])
        right["genre"] += document.meta.genre == annotation.meta["genre"]
        gaps = [finding for finding in document.findings if finding.code in ("number-gap", "number-double")]
        assert all("page" in gap.message for gap in gaps)
        false_gaps += [annotation.file] if gaps else []
        longest = max(longest, *(len(block.text) for block in document.blocks if block.kind is not Kind.TABLE))
    assert structured == 38
    assert right["symbols"] == right["genre"] == structured
    assert {name: right[name] for name in FIELDS if right[name] < 0.95 * structured} == {}
    assert false_gaps == []
    assert longest < 3000, "no block holds a page"


@pytest.mark.slow
def test_a_treaty_has_the_same_articles_in_each_language(shared: Path) -> None:
    def counts(language: Language) -> list[tuple[str | None, int, int]]:
        document = _document(shared, f"BBNJ-{language}")
        assert document.meta.language == language
        paragraphs: Counter[str | None] = Counter()
        items: Counter[str | None] = Counter()
        for block in document.blocks:
            paragraphs[block.division] += block.kind is Kind.PARAGRAPH
            items[block.division] += block.kind is Kind.ITEM
        return [
            (division, paragraphs[division], items[division]) for division in sorted(set(paragraphs) - {None}, key=str)
        ]

    english = counts("en")
    assert len([division for division, _, _ in english if division and "article" in division]) == 76
    assert counts("fr") == english
    assert counts("es") == english


@pytest.mark.parametrize("stem", ["A-INF-76-1-en", "S_2025_91.en", "E_2025_15_Add.1_Rev.1.en", "E_2025_68_Corr.1.en"])
def test_no_character_is_lost(shared: Path, stem: str) -> None:
    assert _lost(shared, stem) == {}


@pytest.mark.slow
def test_no_character_of_any_file_is_lost(shared: Path) -> None:
    lost = {one.file: _lost(shared, one.file.removesuffix(".pdf")) for one in _annotations() if _is_compared(one)}
    # Three letterheads are printed twice at one place, to make them bold, and a word of a chart; the invisible U+2060
    # joins words.
    twice = Counter("UNITEDNATIONS")
    for file in ("TD_B_43_6.en.pdf", "aconf164-37.pdf", "ares-48-263.pdf"):
        shadow = lost.pop(file)
        assert twice - Counter(shadow) == Counter()
        assert sum(shadow.values()) <= sum(twice.values()) + 1
    assert lost.pop("ECE-TRANS-WP.29-2026-139-en.pdf") == Counter("Simulation")
    assert {file: set(found) - {"\u2060"} for file, found in lost.items() if set(found) - {"\u2060"}} == {}


def _is_compared(annotation: _Annotation) -> bool:
    """Whether a file is read, and by both readers as characters: one has glyphs that pdfplumber prints as (cid:12)."""
    return annotation.verdict == "structured" and annotation.file != "BBNJ-fr.pdf"


def _lost(shared: Path, stem: str) -> dict[str, int]:
    """The characters that pdfplumber sees and the document does not hold."""
    document = _document(shared, stem)
    kept = Counter("".join([*(block.orig for block in document.blocks), *(item.orig for item in document.furniture)]))
    seen: Counter[str] = Counter()
    with pdfplumber.open(io.BytesIO((shared / "un-pdfs" / f"{stem}.pdf").read_bytes()), unicode_norm=None) as pdf:
        for page in pdf.pages:
            seen.update("".join(char["text"] for char in page.chars))
            page.close()
    return {char: count for char, count in (seen - kept).items() if not char.isspace()}


def test_a_verbatim_record_agrees_with_the_styles_of_its_tags(shared: Path) -> None:
    """A/79/PV.64 names the style of each paragraph in its structure tree, which the parser does not look at."""
    document = _document(shared, "A_79_PV.64.en")
    assert document.meta.genre is Genre.VERBATIM_RECORD
    blocks = {_letters(block.orig): block.kind for block in document.blocks}
    kinds: dict[str, list[Kind | None]] = {}
    styled = _styled(shared / "un-pdfs" / "A_79_PV.64.en.pdf")
    for style, text in styled:
        kinds.setdefault(style, []).append(blocks.get(_letters(text)))
    assert kinds["_01_President_statem"] == [Kind.PARAGRAPH] * 32
    assert set(kinds["_08_Voting_action_li"]) == {Kind.INCIDENT}
    assert kinds["_03_In_Favour_Agains"] == [Kind.INCIDENT] * 9
    assert set(kinds["_12_The_meeting_was_"] + kinds["_10_Spoken_in_langua"]) == {Kind.INCIDENT}
    assert kinds["_13_The_meeting_rose"] == [Kind.CLOSING]
    assert set(kinds["_05_Agenda_item_less"] + kinds["_08_Sub_agenda_title"]) == {Kind.HEADING}
    assert set(kinds["_01_Text_of_statemen"]) <= {Kind.PARAGRAPH, None}
    # The tree breaks off a statement at the end of its page and leaves out its dashes, so that the rest is compared by
    # how it opens: where the tree begins a statement, a paragraph begins.
    paragraphs = [block for block in document.blocks if block.kind is Kind.PARAGRAPH]
    openings = [_opening(text) for style, text in styled if style == "_01_Text_of_statemen"]
    assert len(openings) == 91
    begun = Counter(_opening(block.orig) for block in paragraphs)
    assert Counter(openings) - begun == Counter()
    assert [turn.spoken_language for turn in document.turns if turn.spoken_language != "en"] == [
        "fr", "es", "ru", "fr", "fr", "ru", "fr"
    ]  # fmt: skip


def _opening(text: str) -> str:
    """The first letters of a paragraph."""
    return re.sub(r"\W|_", "", text)[:20]


def _letters(text: str) -> str:
    """The letters of a text whatever their order: the tree gives the content of two columns in one."""
    return "".join(sorted(re.sub(r"\W|_", "", text)))


def _styled(path: Path) -> list[tuple[str, str]]:
    """Style and text of each paragraph, by the structure tree."""
    found: list[tuple[str, str]] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            content: dict[int, str] = {}
            for char in page.chars:
                if char.get("mcid") is not None:
                    content[char["mcid"]] = content.get(char["mcid"], "") + char["text"]
            stack = list(page.structure_tree)
            while stack:
                element = stack.pop(0)
                if not element["type"].startswith("_"):
                    stack = [*element.get("children", ()), *stack]
                    continue
                found.append((element["type"], "".join(content.get(number, "") for number in _contents(element))))
            page.close()
    return [(style, text) for style, text in found if text.strip()]


def _contents(element: Mapping[str, Any]) -> list[int]:
    return [*element.get("mcids", ()), *(one for child in element.get("children", ()) for one in _contents(child))]
