"""The specimens agree with themselves: source, dumps, gold and the figures that README.md gives."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

BILINGUAL = (
    "SPECIMEN_2026_12",
    "SPECIMEN_2026_31",
    "SPECIMEN_CONF.2026_WP.4",
    "SPECIMEN_PV.7",
    "SPECIMEN_RES_9_4",
    "SPECIMEN_SR.3",
)
WAITING = "SPECIMEN_2026_40"
NOTICE = {
    "zh": "样本：虚构文本，并非联合国文件",
    "en": "Specimen: invented text, not a document of the United Nations",
}
DUMPS = [(stem, language) for stem in BILINGUAL for language in ("zh", "en")] + [(WAITING, "zh")]
KINDS = {
    "masthead", "title", "heading", "numbered", "para", "turn", "item", "quote", "footnote", "incident", "signature",
    "closing", "furniture",
}  # fmt: skip
# Job number lines with their page number, bar codes, note rules.
FURNITURE_LINE = re.compile(r"(\d+ )?(SP\.)?26-\d{5}( .*)?|\*\d{7}\*|_+")

Unit = dict[str, Any]


def compact(text: str) -> str:
    return "".join(text.split())


def gold(folder: Path, stem: str) -> list[Unit]:
    return [json.loads(line) for line in (folder / f"{stem}.gold.jsonl").read_text(encoding="utf-8").splitlines()]


def text_of(unit: Unit, language: str) -> str:
    return compact("".join(sentence for bead in unit.get("beads", []) for sentence in bead[language]))


def printed(unit: Unit, language: str) -> str:
    """What the page shows of a unit: label, text, note marks, without white space."""
    text = text_of(unit, language)
    for ref in sorted(unit.get("refs", []), key=lambda ref: -ref[language]):
        text = text[: ref[language]] + ref["mark"] + text[ref[language] :]
    number = unit["n"] if language == "zh" else unit.get("n_en", unit["n"])
    labels = {"item": f"({number})", "footnote": f"{number}"}
    if unit["kind"] == "turn":
        return compact(unit[f"label_{language}"]) + text
    return text if number is None else labels.get(unit["kind"], f"{number}.") + text


def split_off_furniture(dump: str, units: list[Unit], symbol: str) -> tuple[list[str], list[str]]:
    """(lines of the running text, lines of page furniture); the symbol alone on a line is text once, in a masthead."""
    in_masthead = any(unit["kind"] == "masthead" and printed(unit, "zh") == symbol for unit in units)
    text, furniture = [], []
    for line in (line.strip() for line in dump.splitlines()):
        if line == symbol and in_masthead:
            in_masthead = False
            text.append(line)
        elif line == symbol or FURNITURE_LINE.fullmatch(line):
            furniture.append(line)
        else:
            text.append(line)
    return text, furniture


def symbol_of(folder: Path, stem: str) -> str:
    source = (folder / "source" / f"{stem}.source").read_text(encoding="utf-8")
    found = re.search(r"^@symbol (\S+)$", source, re.MULTILINE)
    assert found
    return found[1]


def test_what_is_shipped_is_what_the_sources_say(specimens: Path, tmp_path: Path) -> None:
    script = specimens / "source" / "render.py"
    done = subprocess.run([sys.executable, "-B", script, tmp_path], check=True, capture_output=True, text=True)
    written = sorted(done.stdout.split())
    assert written == sorted(path.name for path in specimens.iterdir() if path.is_file())
    assert [name for name in written if (tmp_path / name).read_bytes() != (specimens / name).read_bytes()] == []


def test_the_word_files_are_what_the_sources_say(specimens: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed as PDF needs WeasyPrint and fonts; `test_specimen_formats.py` reads it instead."""
    monkeypatch.syspath_prepend(str(specimens / "source"))
    read_source, docx = import_module("render").read_source, import_module("word").docx
    for stem, language in DUMPS:
        shipped = parts((specimens / "docx" / f"{stem}.{language}.docx").read_bytes())
        # Part by part: how well zlib packs them depends on its version.
        assert parts(docx(read_source(specimens / "source" / f"{stem}.source"), language)) == shipped


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_each_dump_has_its_pdf_and_its_word_file(specimens: Path) -> None:
    for kind in ("pdf", "docx"):
        printed = sorted(path.name for path in (specimens / kind).iterdir())
        assert printed == sorted(f"{stem}.{language}.{kind}" for stem, language in DUMPS)
    assert all(path.stat().st_size < 200_000 for path in specimens.rglob("*") if path.is_file())


def test_every_source_has_its_files(specimens: Path) -> None:
    sources = sorted(path.stem for path in (specimens / "source").glob("*.source"))
    assert sources == sorted([*BILINGUAL, WAITING])
    assert not (specimens / f"{WAITING}.en.txt").exists()


def test_there_are_enough_pairs_of_each_kind(specimens: Path) -> None:
    sizes: Counter[str] = Counter()
    for stem in BILINGUAL:
        for unit in gold(specimens, stem):
            if unit["kind"] not in ("masthead", "furniture"):
                sizes.update(f"{len(bead['zh'])}-{len(bead['en'])}" for bead in unit["beads"])
    assert sum(sizes.values()) - sizes["0-1"] - sizes["1-0"] >= 320
    assert sizes["1-2"] >= 25
    assert sizes["2-1"] >= 25
    assert sizes["2-2"] >= 3
    assert sizes["0-1"] >= 4
    assert sizes["1-0"] >= 4
    assert set(sizes) == {"1-1", "1-2", "2-1", "2-2", "0-1", "1-0"}


def test_paragraphs_split_and_merge_between_the_languages(specimens: Path) -> None:
    units = [unit for stem in BILINGUAL for unit in gold(specimens, stem)]
    assert sum("en_merge_with_next" in unit for unit in units) >= 2
    assert sum("en_para_break_after" in bead for unit in units for bead in unit.get("beads", [])) >= 2


@pytest.mark.parametrize(("stem", "language"), DUMPS)
def test_each_document_says_that_it_is_a_specimen(specimens: Path, stem: str, language: str) -> None:
    lines = (specimens / f"{stem}.{language}.txt").read_text(encoding="utf-8").splitlines()
    assert NOTICE[language] in [line.strip() for line in lines]


@pytest.mark.parametrize("stem", [*BILINGUAL, WAITING])
def test_each_symbol_begins_with_specimen_and_makes_the_file_name(specimens: Path, stem: str) -> None:
    symbol = symbol_of(specimens, stem)
    assert symbol.startswith("SPECIMEN/")
    assert symbol.replace("/", "_") == stem


@pytest.mark.parametrize(("stem", "language"), DUMPS)
def test_every_gold_sentence_stands_in_its_dump(specimens: Path, stem: str, language: str) -> None:
    """Stronger: text, labels and marks of all units, in order, are all there is between the page furniture."""
    units = [unit for unit in gold(specimens, stem) if unit["kind"] != "furniture"]
    dump = (specimens / f"{stem}.{language}.txt").read_text(encoding="utf-8")
    running = compact("".join(split_off_furniture(dump, units, symbol_of(specimens, stem))[0]))
    for note in (printed(unit, language) for unit in units if unit["kind"] == "footnote"):
        assert running.count(note) == 1
        running = running.replace(note, "")
    assert running == "".join(printed(unit, language) for unit in units if unit["kind"] != "footnote")


@pytest.mark.parametrize("stem", [*BILINGUAL, WAITING])
def test_page_furniture_stands_where_the_gold_says(specimens: Path, stem: str) -> None:
    units = gold(specimens, stem)
    dump = (specimens / f"{stem}.zh.txt").read_text(encoding="utf-8")
    furniture = split_off_furniture(dump, units, symbol_of(specimens, stem))[1]
    assert furniture == [unit["text"] for unit in units if unit["kind"] == "furniture"]
    for unit in units:
        if unit["kind"] == "furniture" and "inside_unit" in unit:
            assert 0 < unit["at_char_nospace"] < len(text_of(units[unit["inside_unit"] - 1], "zh"))


def test_units_interrupted_by_furniture_break_at_the_given_character(specimens: Path) -> None:
    broken = set()
    for stem in [*BILINGUAL, WAITING]:
        units = gold(specimens, stem)
        dump = compact((specimens / f"{stem}.zh.txt").read_text(encoding="utf-8"))
        for unit in (unit for unit in units if "inside_unit" in unit):
            host = units[unit["inside_unit"] - 1]
            text = printed(host, "zh")
            label = len(text) - len(text_of(host, "zh")) - len(host.get("refs", []))
            at = label + unit["at_char_nospace"]  # no note mark stands before the break in any specimen
            assert text[:at] in dump
            assert text[at:] in dump
            assert text not in dump
            broken.add((stem, unit["inside_unit"]))
    assert len(broken) >= 5


@pytest.mark.parametrize("stem", [*BILINGUAL, WAITING])
def test_gold_keeps_to_its_format(specimens: Path, stem: str) -> None:
    units = gold(specimens, stem)
    assert [unit["i"] for unit in units] == list(range(1, len(units) + 1))
    assert {unit["kind"] for unit in units} <= KINDS
    turns = [unit["turn"] for unit in units if unit["kind"] == "turn"]
    assert turns == list(range(1, len(turns) + 1))
    for unit in units:
        assert ("text" in unit) == (unit["kind"] == "furniture")
        assert ("beads" in unit) == (unit["kind"] != "furniture")
        for bead in unit.get("beads", []):
            assert bead["zh"] or bead["en"]
            for sentence in (*bead["zh"], *bead["en"]):
                assert sentence == sentence.strip()
                assert sentence


def test_every_key_and_kind_of_the_gold_is_documented(specimens: Path) -> None:
    described = set(re.findall(r"`(\w+)`", (specimens / "README.md").read_text(encoding="utf-8")))
    for stem in [*BILINGUAL, WAITING]:
        for unit in gold(specimens, stem):
            keys = {*unit, *(key for bead in unit.get("beads", []) for key in bead)}
            values = {unit[key] for key in ("kind", "role", "subkind", "speaker_role") if key in unit}
            assert keys | values <= described


@pytest.mark.parametrize("stem", [*BILINGUAL, WAITING])
def test_a_chinese_sentence_of_the_gold_is_one_sentence(specimens: Path, stem: str) -> None:
    for unit in gold(specimens, stem):
        for bead in unit.get("beads", []):
            assert [s for s in bead["zh"] if re.search(r"[。？！][”’）)》\]]*[^”’）)》\]]", s)] == []


@pytest.mark.parametrize("stem", BILINGUAL)
def test_an_english_sentence_of_the_gold_is_one_sentence(specimens: Path, stem: str) -> None:
    """A capital after a full stop begins a sentence, but for `9/4. Roadside`, a number in a title, and honorifics."""
    for unit in gold(specimens, stem):
        for bead in unit.get("beads", []) if unit["kind"] != "title" else []:
            assert [s for s in bead["en"] if re.search(r"(?<!Mr)(?<!Ms)[.?!][”’)\]]* [“A-Z]", s)] == []


def test_the_verbatim_record_has_what_it_must_show(specimens: Path) -> None:
    units = gold(specimens, "SPECIMEN_PV.7")
    turns = [unit for unit in units if unit["kind"] == "turn"]
    assert len(turns) == 20
    assert {turn["speaker_role"] for turn in turns} == {"chair", "member", "guest", "secretariat"}
    assert {turn["lang"] for turn in turns} == {"en", "zh", "fr", "es"}
    assert {"沈女士", "吴先生"} <= {turn["speaker_zh"] for turn in turns}
    incidents = Counter(unit.get("subkind", "suspension") for unit in units if unit["kind"] == "incident")
    assert incidents == {"suspension": 2, "lang_switch": 2, "vote": 8, "note": 1, "chair": 1}
    assert units[-1]["kind"] == "closing"


def test_numbers_of_the_report_run_on_and_restart_in_the_annex(specimens: Path) -> None:
    units = gold(specimens, "SPECIMEN_2026_12")
    body = [unit["n"] for unit in units if unit["kind"] == "numbered" and "division" not in unit]
    annex = [unit["n"] for unit in units if unit["kind"] == "numbered" and unit.get("division") == "annex"]
    assert body == [str(n) for n in range(1, 22)]
    assert annex == [str(n) for n in range(1, 6)]
    notes = [unit["n"] for unit in units if unit["kind"] == "footnote"]
    marks = [ref["mark"] for unit in units for ref in unit.get("refs", [])]
    assert notes == marks == ["*", "1", "2", "3"]
