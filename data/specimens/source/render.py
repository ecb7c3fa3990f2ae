"""Write the specimens: from each hand-written source one text dump a language and the gold beside them.

Run by hand after a change to a source: `python data/specimens/source/render.py [FOLDER]`; without a folder the
specimens themselves are written. The result is the same on any machine; `tests/test_specimens.py` fails where a source
and what was rendered from it disagree. The format of the sources and of the gold is described in
data/specimens/README.md. Nothing in the packages imports this file.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from layout import MARK, Line, compact, mark_character, mark_of, pages, show_marks, wrap

HERE = Path(__file__).parent
SPOKEN = {"zh": ("汉语", "Chinese"), "en": ("英语", "English"), "fr": ("法语", "French"), "es": ("西班牙语", "Spanish")}
COUNTS = re.compile(r"(<!-- counts -->\n).*?(<!-- /counts -->)", re.DOTALL)
SIDES = ("zh", "en")


@dataclass
class Bead:
    """Sentences of both languages that stand for each other; `splits`: English begins a new paragraph after it."""

    zh: list[str] = field(default_factory=list)
    en: list[str] = field(default_factory=list)
    splits: bool = False

    def side(self, language: str) -> list[str]:
        """Give the sentences of one language."""
        return self.zh if language == "zh" else self.en


@dataclass
class Unit:
    """One stretch of the document: what it is, its attributes, its beads."""

    kind: str
    attributes: dict[str, str]
    beads: list[Bead] = field(default_factory=list)
    turn: int | None = None
    spoken: str | None = None
    division: str | None = None

    def pair(self, key: str) -> tuple[str | None, str | None]:
        """Give the two halves of `key: Chinese | English`; one value stands for both."""
        value = self.attributes.get(key)
        if value is None:
            return None, None
        halves = [half.strip() for half in value.split("|")]
        return halves[0], halves[-1]

    def label(self, language: str) -> str:
        """Word what is printed before the text: a number, a letter in brackets, a speaker."""
        number = self.pair("n")[language == "en"]
        if self.kind == "turn":
            return self._speaker_label(language)
        if number is None:
            return ""
        if self.kind == "item":
            return f"({number}) "
        return f"{number} " if self.kind == "footnote" else f"{number}. "

    def _speaker_label(self, language: str) -> str:
        # A record names the language of a speech only where it is not the record's own.
        zh = language == "zh"
        speaker, country = self.pair("who")[not zh], self.pair("of")[not zh]
        spoken = SPOKEN[self.spoken or "en"][not zh]
        note = "" if self.spoken == language else f"(以{spoken}发言)" if zh else f" (spoke in {spoken})"
        if zh:
            return f"{speaker}{f'({country})' if country else ''}{note}："
        return f"{speaker}{f' ({country})' if country else ''}{note}: "


@dataclass
class Source:
    """A parsed source file."""

    stem: str
    settings: dict[str, str]
    units: list[Unit]

    def languages(self) -> list[str]:
        """List the languages it is written in; one alone where the original is missing."""
        return self.settings.get("languages", "zh en").split()


def read_source(path: Path) -> Source:
    """Parse one source; an unknown line is an error, so that a slip of the pen cannot lose text."""
    settings: dict[str, str] = {}
    units: list[Unit] = []
    turn, spoken, division = 0, None, None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        head, _, rest = line.partition(" ")
        if not line or line.startswith("//"):
            continue
        if head == "@division":
            division = rest or None
        elif head.startswith("@"):
            settings[head[1:]] = rest
        elif head == "##":
            kind, _, attributes = rest.partition(" ")
            units.append(Unit(kind, dict(re.findall(r"(\w+)=(\S+)", attributes)), division=division))
            if kind == "turn":
                turn += 1
            spoken = units[-1].attributes.get("lang", spoken)
            if turn and kind in ("turn", "para", "incident") and not units[-1].attributes.get("outside"):
                units[-1].turn, units[-1].spoken = turn, spoken
        elif head in ("who:", "of:", "n:"):
            units[-1].attributes[head[:-1]] = rest
        elif head in ("z", "e"):
            _add_sentence(units[-1].beads, head, re.sub(r"\{(\d|\*+)\}", lambda m: mark_character(m[1]), rest))
        elif line == "-":
            units[-1].beads.append(Bead())
        elif line == "/e":
            units[-1].beads[-1].splits = True
        else:
            raise SystemExit(f"{path.name}:{number}: not understood: {line}")
    for unit in units:
        unit.beads = [bead for bead in unit.beads if bead.zh or bead.en]
    return Source(path.stem, settings, units)


def _add_sentence(beads: list[Bead], head: str, text: str) -> None:
    if not beads or (head == "z" and beads[-1].en):
        beads.append(Bead())
    beads[-1].side("zh" if head == "z" else "en").append(text)


def paragraphs(source: Source, language: str) -> list[tuple[int, str, str]]:
    """List (unit, label, text) of every printed paragraph; here English paragraphs split and merge."""
    out: list[tuple[int, str, str]] = []
    merging = False
    for index, unit in enumerate(source.units):
        parts: list[list[str]] = [[]]
        for bead in unit.beads:
            parts[-1] += bead.side(language)
            if bead.splits and language == "en":
                parts.append([])
        joined = [("" if language == "zh" else " ").join(part) for part in parts]
        if merging:
            before, label, text = out.pop()
            joined[0] = f"{text} {joined[0]}"
            out.append((before, label, joined[0]))
            joined = joined[1:]
        for n, text in enumerate(joined):
            if text or unit.kind in ("spacer", "page"):
                out.append((index, unit.label(language) if n == 0 else "", text))
        merging = language == "en" and unit.attributes.get("merge") == "en"
    return out


def _indent(unit: Unit, language: str, style: str) -> int:
    """Leading spaces as the dumps have them: 1 a first-line indent, 2 a centred line."""
    if "indent" in unit.attributes:
        return int(unit.attributes["indent"])
    if unit.kind == "heading":
        return 1 if style == "newyork" else 2
    if unit.kind == "quote":
        return 0 if language == "zh" else 1
    return {"title": 2, "turn": 1, "para": 1, "item": 1, "footnote": 1}.get(unit.kind, 0)


def lay_out(source: Source, language: str) -> tuple[list[Line], dict[str, list[Line]]]:
    """All lines of the running text, and the lines of each note by its mark."""
    body: list[Line] = []
    notes: dict[str, list[Line]] = {}
    style = source.settings["style"]
    for index, label, text in paragraphs(source, language):
        unit = source.units[index]
        if unit.kind in ("spacer", "page"):
            body.append(Line("", index, 0, 0, unit.kind))
            continue
        lines = wrap(label, text, language, _indent(unit, language, style), index, unit.kind)
        if unit.kind == "footnote":
            notes[unit.attributes["n"]] = lines
        else:
            body += lines
    return body, notes


def _refs(unit: Unit) -> list[dict[str, object]]:
    """Note marks with their places: characters of the unit's text before them, white space not counted."""
    found: dict[str, dict[str, object]] = {}
    for language in SIDES:
        seen = 0
        for char in compact("".join(s for bead in unit.beads for s in bead.side(language))):
            if MARK.match(char):
                found.setdefault(mark_of(char), {"mark": mark_of(char)})[language] = seen
            else:
                seen += 1
    return list(found.values())


def _sentence(text: str) -> str:
    return MARK.sub("", text.replace("⏎", " ")).strip()


def gold_unit(unit: Unit) -> dict[str, object]:
    """Write the gold of one unit, without its running number."""
    gold: dict[str, object] = {"kind": unit.kind, "n": unit.pair("n")[0]}
    if unit.pair("n")[1] != unit.pair("n")[0]:
        gold["n_en"] = unit.pair("n")[1]
    if unit.turn is not None:
        gold |= {"turn": unit.turn, "lang": unit.spoken}
    for key in ("level", "role", "subkind"):
        if key in unit.attributes:
            gold[key] = int(unit.attributes[key]) if key == "level" else unit.attributes[key]
    if unit.kind == "turn":
        gold["speaker_zh"], gold["speaker_en"] = unit.pair("who")
        gold["country_zh"], gold["country_en"] = unit.pair("of")
        gold["label_zh"], gold["label_en"] = unit.label("zh"), unit.label("en").strip()
        gold["speaker_role"] = unit.attributes.get("as", "member")
    if unit.division:
        gold["division"] = unit.division
    if refs := _refs(unit):
        gold["refs"] = refs
    beads: list[dict[str, object]] = []
    for bead in unit.beads:
        entry: dict[str, object] = {s: [_sentence(text) for text in bead.side(s)] for s in SIDES}
        beads.append(entry | ({"en_para_break_after": True} if bead.splits else {}))
    gold["beads"] = beads
    if unit.attributes.get("merge") == "en":
        gold["en_merge_with_next"] = True
    return gold


def render(source: Source) -> dict[str, str]:
    """Write the files of one specimen: name -> content."""
    files: dict[str, str] = {}
    for language in source.languages():
        body, notes = lay_out(source, language)
        text, furniture = pages(body, notes, language, source.settings)
        files[f"{source.stem}.{language}.txt"] = show_marks(text)
        if language == "zh":
            files[f"{source.stem}.gold.jsonl"] = _gold(source, furniture)
    return files


def _gold(source: Source, furniture: list[tuple[int, int | None, str]]) -> str:
    """One unit a line in reading order; page furniture stands after the unit that it interrupts or follows."""
    rows: list[dict[str, object]] = []
    for index, unit in enumerate(source.units):
        if unit.kind == "furniture":
            rows.append({"kind": "furniture", "n": None, "text": _sentence(unit.beads[0].zh[0])})
        elif unit.kind not in ("spacer", "page"):
            rows.append(gold_unit(unit))
        number = len(rows)
        for _, at, text in (item for item in furniture if item[0] == index):
            inside: dict[str, object] = {"at_char_nospace": at, "inside_unit": number} if at is not None else {}
            rows.append(dict[str, object](kind="furniture", n=None, text=text) | inside)
    return "".join(json.dumps({"i": i} | row, ensure_ascii=False) + "\n" for i, row in enumerate(rows, 1))


def counts_table(files: dict[str, str]) -> str:
    """Count units and beads of each specimen for README.md; masthead and furniture are not counted as pairs."""
    columns = ("1-1", "1-2", "2-1", "2-2", "0-1", "1-0", "other")
    rows = [["specimen", "units", "pairs", *columns]]
    totals = [0] * (2 + len(columns))
    for name in sorted(name for name in files if name.endswith(".gold.jsonl")):
        units = [json.loads(line) for line in files[name].splitlines()]
        figures = [len(units), 0] + [0] * len(columns)
        bilingual = name.replace(".gold.jsonl", ".en.txt") in files
        for bead in (b for u in units if u["kind"] not in ("furniture", "masthead") for b in u["beads"] if bilingual):
            size = f"{len(bead['zh'])}-{len(bead['en'])}"
            figures[2 + columns.index(size if size in columns else "other")] += 1
            figures[1] += bool(bead["zh"] and bead["en"])
        totals = [a + b for a, b in zip(totals, figures, strict=True)]
        rows.append([name.removesuffix(".gold.jsonl"), *map(str, figures)])
    rows.append(["together", *map(str, totals)])
    head, *rest = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *rest]) + "\n"


def render_all() -> dict[str, str]:
    """Write every file there is to write, README.md with its table included."""
    files: dict[str, str] = {}
    for path in sorted(HERE.glob("*.source")):
        files |= render(read_source(path))
    readme = HERE.parent / "README.md"
    if readme.exists():
        table = counts_table(files)
        files["README.md"] = COUNTS.sub(lambda m: m[1] + table + m[2], readme.read_text(encoding="utf-8"))
    return files


def main() -> None:
    """Write everything into the folder named on the command line."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent
    for name, content in render_all().items():
        (folder / name).write_text(content, encoding="utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
