"""The rules of the house that ruff and mypy do not know; docs/architecture.md gives their reasons."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

LONGEST_MODULE_LINES = 500
LARGEST_FILE_BYTES = 1_500_000

# The patterns are written so that they do not match themselves.
MACHINE_PATH = re.compile(r"(?<![\w./:-])/(?:wor[k]|roo[t]|home|Users)/\w|(?<![\w./:-])/tm[p]/\w")
DOWNLOAD_ADDRESS = re.compile(r"pythonhoste[d]\.org|pypi\.or[g]|--(?:extra-)?index-ur[l]|--find-link[s] ")
UNFINISHED = re.compile(
    r"\bTOD[O]\b|\bFIXM[E]\b|\bXX[X]\b|NotImplementedErro[r]|mark\.xfai[l]"
    r"|# type: ignor[e]$|except Exceptio[n]:\s*pass",
    re.MULTILINE,
)


def texts(root: Path, files: tuple[Path, ...]) -> dict[Path, str]:
    """The tracked files that are text."""
    found = {}
    for name in files:
        data = (root / name).read_bytes()
        if b"\0" not in data:
            found[name] = data.decode("utf-8")
    return found


def places(pattern: re.Pattern[str], found: dict[Path, str]) -> list[str]:
    """Each match as `file:line: match`."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for name, text in found.items()
        for match in pattern.finditer(text)
    ]


@pytest.mark.parametrize(
    ("pattern", "text"),  # the | keeps these lines from being found themselves
    [
        (MACHINE_PATH, "open('/wo|rk/main')"),
        (MACHINE_PATH, "/tm|p/x"),
        (DOWNLOAD_ADDRESS, "--index-u|rl x"),
        (UNFINISHED, "# TO|DO later"),
        (UNFINISHED, "raise NotImplemented|Error"),
        (UNFINISHED, "except Exception|:\n    pass"),
    ],
)
def test_patterns_match_what_they_are_for(pattern: re.Pattern[str], text: str) -> None:
    assert len(places(pattern, {Path("x.py"): f"line\n{text.replace('|', '')}\n"})) == 1


def test_packages_import_in_one_direction(root: Path) -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    run = subprocess.run([*command, "--no-cache"], cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "2 kept, 0 broken" in run.stdout


def test_data_and_outputs_are_not_importable(tracked_files: tuple[Path, ...]) -> None:
    assert [name for name in tracked_files if name.name == "__init__.py" and name.parts[0] in ("data", "outputs")] == []


def test_modules_are_short(root: Path, tracked_files: tuple[Path, ...]) -> None:
    lines = {name: len((root / name).read_bytes().splitlines()) for name in tracked_files if name.suffix == ".py"}
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE_LINES} == {}


def test_tracked_files_are_small(root: Path, tracked_files: tuple[Path, ...]) -> None:
    sizes = {name: (root / name).stat().st_size for name in tracked_files}
    assert {name: size for name, size in sizes.items() if size > LARGEST_FILE_BYTES} == {}


def test_modules_are_named_for_what_they_hold(tracked_files: tuple[Path, ...]) -> None:
    nameless = re.compile(r"^(?:utils?|helpers?|misc|common)$")
    parts = [(name, part) for name in tracked_files for part in (*name.parts[:-1], name.stem)]
    assert [str(name) for name, part in parts if nameless.match(part)] == []


def test_nothing_names_a_machine(root: Path, tracked_files: tuple[Path, ...]) -> None:
    assert places(MACHINE_PATH, texts(root, tracked_files)) == []


def test_nothing_names_where_packages_are_downloaded(root: Path, tracked_files: tuple[Path, ...]) -> None:
    found = texts(root, tracked_files)
    assert places(DOWNLOAD_ADDRESS, found) == []
    assert places(re.compile("https?://"), {Path("requirements.lock"): found[Path("requirements.lock")]}) == []


def test_nothing_is_unfinished(root: Path, tracked_files: tuple[Path, ...]) -> None:
    modules = tuple(name for name in tracked_files if name.suffix in (".py", ".sh", ".rnc", ".sch"))
    assert places(UNFINISHED, texts(root, modules)) == []


def open_mappings(module: ast.Module) -> list[tuple[int, str]]:
    """Line and text of each annotation `dict[str, Any]` in what a module shows to others."""
    annotations: list[ast.expr | None] = []
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            arguments = [item for item in ast.walk(node.args) if isinstance(item, ast.arg)]
            annotations += [node.returns, *(argument.annotation for argument in arguments)]
        elif isinstance(node, ast.ClassDef):
            annotations += [field.annotation for field in node.body if isinstance(field, ast.AnnAssign)]
    found = [(annotation.lineno, ast.unparse(annotation)) for annotation in annotations if annotation]
    return [(line, text) for line, text in found if re.search(r"\b(?:dict|Mapping)\[str, (?:typing\.)?Any\]", text)]


def test_no_open_mapping_crosses_a_boundary(sources: dict[Path, str]) -> None:
    found = {str(name): open_mappings(ast.parse(source)) for name, source in sources.items()}
    assert {name: mappings for name, mappings in found.items() if mappings} == {}


def test_open_mappings_are_seen() -> None:
    source = """
def f(x: list[dict[str, Any]]) -> None: ...
class A:
    y: Mapping[str, Any]
def _g(x: dict[str, Any]) -> None: ...
"""
    assert open_mappings(ast.parse(source)) == [(2, "list[dict[str, Any]]"), (4, "Mapping[str, Any]")]
