"""What the documentation says exists, and what exists is documented."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
import typer.main

from flows.cli import app
from parsers.parse import parse_file
from schemas.bitext import DocumentPair
from schemas.document import Genre
from schemas.finding_codes import finding_codes
from schemas.settings import Settings
from unbitext.align import align_pair
from unbitext.align.output import LinkRow, pair_rows
from unbitext.findings_page import findings_page
from unbitext.showing import show_part
from unbitext.tei import encode_document, serialize

LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")
SCHEME = re.compile(r"^[a-z]+:")
PROJECT_FILE = re.compile(r"`((?:schemas|parsers|unbitext|flows|tests|docs|data|benchmarks|\.ci)/[^`\s]+\.\w+)`")
VARIABLE = re.compile(r"\bUNBITEXT_[A-Z]+(?:_[A-Z]+)*\b")
REFUSALS = ("Refusal", "RefusedError")


def sections(text: str) -> dict[str, str]:
    """The sections of a Markdown text by heading: each reaches to the next heading of its level or a higher one."""
    plain = re.sub(
        r"^(`{3,}).*?^\1$",
        lambda fence: re.sub(r"^#", " ", fence[0], flags=re.MULTILINE),
        text,
        flags=re.DOTALL | re.MULTILINE,
    )
    headings = list(re.finditer(r"^(#+) +(.+?) *$", plain, re.MULTILINE))
    found = {}
    for index, heading in enumerate(headings):
        ends = (later.start() for later in headings[index + 1 :] if len(later[1]) <= len(heading[1]))
        found[heading[2]] = plain[heading.end() : next(ends, len(plain))]
    return found


def anchor(heading: str) -> str:
    """The anchor that a heading gets."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


class Parameter(Protocol):
    opts: list[str]
    secondary_opts: list[str]


class Command(Protocol):
    params: list[Parameter]


def commands(command: Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Command]]:
    """Every command that does something, with its words after `unbitext`."""
    # typer may bring click under a name of its own, so that the classes are no safe test.
    inner: dict[str, Command] | None = getattr(command, "commands", None)
    if inner is None:
        yield " ".join(path), command
    for name, sub in sorted((inner or {}).items()):
        yield from commands(sub, (*path, name))


COMMANDS = dict(commands(typer.main.get_command(app)))


def read(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_and_their_options_are_documented(root: Path, name: str) -> None:
    documented = sections(read(root, "docs/commands.md"))
    section = next(
        (text for heading, text in documented.items() if re.fullmatch(rf"`?unbitext {name}`?", heading)), None
    )
    assert section is not None, f"docs/commands.md has no section `unbitext {name}`"
    common = "".join(text for heading, text in documented.items() if "common" in heading.lower())
    options = [option for parameter in COMMANDS[name].params for option in (*parameter.opts, *parameter.secondary_opts)]
    long = [option for option in options if option.startswith("--") and option != "--help"]
    assert [option for option in long if not re.search(rf"{option}\b", section + common)] == []


def raised_codes(module: ast.Module) -> set[str]:
    """The finding codes that a module gives to findings and refusals."""
    found = set()
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        if re.fullmatch(r"Finding\.(?:info|warning|error)", called) or called.split(".")[-1].endswith(REFUSALS):
            given += node.args[:1]
        found |= {value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)}
    return found


def test_raised_codes_are_listed(sources: dict[Path, str]) -> None:
    raised = {code: str(name) for name, source in sources.items() for code in raised_codes(ast.parse(source))}
    assert {code: name for code, name in raised.items() if code not in finding_codes()} == {}
    assert len(raised) > 10  # the search itself works


def test_listed_codes_are_raised(root: Path, sources: dict[Path, str], tracked_files: tuple[Path, ...]) -> None:
    constants = {
        node.value
        for source in sources.values()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    rules = "".join(read(root, str(name)) for name in tracked_files if name.suffix == ".sch")
    unused = [code for code in finding_codes() if code not in constants and not re.search(rf"\b{code}\b", rules)]
    assert unused == []


def test_finding_codes_are_documented(root: Path) -> None:
    assert read(root, "docs/findings.md") == findings_page(), "run `make docs`"


@pytest.mark.parametrize("genre", Genre)
def test_genres_are_documented(root: Path, genre: Genre) -> None:
    section = sections(read(root, "docs/genres.md"))[genre.value]
    module = f"parsers/genres/{genre.value}.py"
    assert f"`{module}`" in section or "fallback" in section
    assert (root / module).is_file() or "fallback" in section


def test_commands_of_the_readme_exist(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read(root, "Makefile"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        text = read(root, name)
        assert set(re.findall(r"(?:^ {4}|`)make ([a-z-]+)", text, re.MULTILINE)) - targets == set()
        called = re.findall(r"(?:^ {4}(?:\S+/)?|`)unbitext ([a-z]+)", text, re.MULTILINE)
        assert set(called) - {command.split()[0] for command in COMMANDS} == set()
    assert {"corpus", "test"} <= set(re.findall(r"^ {4}make ([a-z-]+)", read(root, "README.md"), re.MULTILINE))


def test_links_resolve(root: Path, tracked_files: tuple[Path, ...]) -> None:
    broken = []
    for name in tracked_files:
        if name.suffix != ".md":
            continue
        for link in LINK.finditer(read(root, str(name))):
            if SCHEME.match(link["path"]):
                continue
            target = root / name.parent / link["path"] if link["path"] else root / name
            anchors = (
                [anchor(heading) for heading in sections(target.read_text(encoding="utf-8"))]
                if target.suffix == ".md" and target.is_file()
                else []
            )
            if not target.exists() or (link["anchor"] and link["anchor"] not in anchors):
                broken.append(f"{name}: {link[0]}")
    assert broken == []


def test_files_that_the_documentation_names_exist(root: Path, tracked_files: tuple[Path, ...]) -> None:
    named = {
        (str(name), path)
        for name in tracked_files
        if name.suffix == ".md"
        for path in PROJECT_FILE.findall(read(root, str(name)))
        if not re.search(r"[A-Z]{4,}\.|[<{…]", path)  # NAME.py stands for any
    }
    assert [f"{name}: {path}" for name, path in sorted(named) if not any(root.glob(path))] == []


def test_variables_of_the_environment_are_documented(root: Path, sources: dict[Path, str]) -> None:
    text = read(root, "docs/contract.md") + read(root, "docs/commands.md")
    used = {variable for source in sources.values() for variable in VARIABLE.findall(source)}
    assert sorted(used - set(VARIABLE.findall(text))) == []
    settings = [
        name for name in Settings.model_fields if f"UNBITEXT_{name.upper()}" not in text and f"`{name}`" not in text
    ]
    assert settings == []


def test_the_picture_in_the_readme_is_real(root: Path, specimens: Path) -> None:
    def bare(text: str) -> str:
        return "".join(text.split())

    fences = re.findall(r"^```(\w+)\n(.*?)^```$", read(root, "README.md"), re.DOTALL | re.MULTILINE)
    shown = [(language, text) for language, text in fences if language in ("text", "xml", "json")]
    assert [language for language, _ in shown] == ["text", "text", "xml", "json"]
    chinese, english, tei, link = (text for _, text in shown)
    paths = [specimens / f"SPECIMEN_PV.7.{language}.txt" for language in ("zh", "en")]
    assert bare(chinese) in bare(paths[0].read_text(encoding="utf-8"))
    assert bare(english) in bare(paths[1].read_text(encoding="utf-8"))

    source, target = (parse_file(path) for path in paths)
    assert bare(tei) in bare(serialize(encode_document(source, generator="test")).decode())
    pair = DocumentPair(source=source, target=target)
    example = LinkRow.model_validate_json(link)
    varying = {"score", "method"}
    rows = [row.model_dump(exclude=varying) for row in pair_rows(pair, align_pair(pair))]
    assert example.model_dump(exclude=varying) in rows


def test_what_the_commands_print_of_the_specimens_is_real(root: Path, specimen_corpus: Path) -> None:
    text = read(root, "docs/commands.md")
    shown = re.search(r"^    \$ unbitext show (SPECIMEN_RES_\S+)\n((?:    .*\n)+)", text, re.MULTILINE)
    assert shown is not None
    assert shown[2].replace("\n    ", "\n").strip() == show_part(specimen_corpus, shown[1])

    summary = (specimen_corpus / "report.md").read_text(encoding="utf-8").split("\n## ")[0]
    counted = dict(re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", summary, re.MULTILINE))
    built = re.search(
        r"^    documents  (?P<documents>\d+) with (?P<sentences>\d+) sentences\n"
        r"    pairs      (?P<pairs>\d+) with (?P<links>\d+) links\n    waiting    (?P<waiting>\d+) ",
        text,
        re.MULTILINE,
    )
    assert built is not None
    assert list(built.groups()) == [
        counted[name] for name in ("documents", "sentences", "aligned pairs", "links", "waiting for their original")
    ]
