"""`.ci/skips.py`: only skips on the committed list pass."""

import subprocess
import sys
from pathlib import Path

import pytest

PASSED = '<testcase classname="tests.test_a" name="test_one"/>'
FAILED = '<testcase classname="tests.test_a" name="test_two"><failure message="no"/></testcase>'
ABSENT = (
    '<testcase classname="tests.test_a" name="test_jing">'
    '<skipped type="pytest.skip" message="jing is not installed"/></testcase>'
)
LISTED = "# comment\n\ntests.test_a::test_j* | jing is * | a system package\n"


def verdict(root: Path, folder: Path, cases: str, allowed: str) -> tuple[int, list[str]]:
    """The exit code and the lines printed."""
    (folder / "unit.xml").write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>", encoding="utf-8")
    (folder / "allowed.txt").write_text(allowed, encoding="utf-8")
    command = [sys.executable, root / ".ci" / "skips.py", folder / "allowed.txt", folder]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return run.returncode, (run.stdout + run.stderr).splitlines()


@pytest.mark.parametrize(
    ("cases", "allowed", "code", "last"),
    [
        (PASSED, "", 0, "tests: 1 passed, 0 failed, 0 skipped"),
        (PASSED + ABSENT, LISTED, 0, "tests: 1 passed, 0 failed, 1 skipped"),
        (PASSED + ABSENT, "", 1, "tests: 1 passed, 0 failed, 1 skipped"),
        (PASSED + ABSENT, "* | another reason | why\n", 1, "tests: 1 passed, 0 failed, 1 skipped"),
        (PASSED + FAILED, "", 1, "tests: 1 passed, 1 failed, 0 skipped"),
        (ABSENT, LISTED, 1, "tests: 0 passed, 0 failed, 1 skipped"),
        ("", "", 1, "tests: 0 passed, 0 failed, 0 skipped"),
    ],
)
def test_verdict(root: Path, tmp_path: Path, cases: str, allowed: str, code: int, last: str) -> None:
    returned, lines = verdict(root, tmp_path, cases, allowed)
    assert (returned, lines[-1]) == (code, last)


def test_an_allowance_without_its_why_is_refused(root: Path, tmp_path: Path) -> None:
    returned, lines = verdict(root, tmp_path, PASSED, "tests.* | jing is *\n")
    assert returned == 1
    assert lines[-1].endswith("not `test id | reason | why`: tests.* | jing is *")


def test_the_committed_list_can_be_read(root: Path, tmp_path: Path) -> None:
    allowed = (root / ".ci" / "allowed-skips.txt").read_text(encoding="utf-8")
    assert verdict(root, tmp_path, PASSED, allowed)[0] == 0
