"""The whole way, as a user walks it: a folder of documents, one command, a corpus that every validator accepts."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from unbitext.tei.validate import validate_paths

pytestmark = pytest.mark.slow

TEI_ALL = Path("schemas") / "tei_all-4.12.0.rng"


def build(inputs: Path, out: Path, state: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli", "build", *sorted(inputs.glob("*.txt")), "--out", out]
    environment = {**os.environ, "UNBITEXT_STATE": str(state)}
    return subprocess.run(command, cwd=out.parent, env=environment, capture_output=True, encoding="utf-8", check=False)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The bytes and the time of last change of every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture(scope="module")
def corpora(shared: Path, specimens: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two corpora: `specimens`, and `documents`, the real ones."""
    folder = tmp_path_factory.mktemp("corpora")
    for source in (specimens, shared / "documents"):
        run = build(source, folder / source.name, folder / "state")
        assert (run.returncode, "Traceback" in run.stderr) == (0, False), run.stderr
    return folder


@pytest.mark.shared
@pytest.mark.parametrize("name", ["specimens", "documents"])
def test_corpora_are_valid(corpora: Path, shared: Path, name: str) -> None:
    assert [str(violation) for violation in validate_paths([corpora / name], tei_all=shared / TEI_ALL)] == []


@pytest.mark.shared
@pytest.mark.parametrize("name", ["specimens", "documents"])
def test_jing_accepts_them(corpora: Path, root: Path, shared: Path, name: str) -> None:
    jing = shutil.which("jing")
    if jing is None:
        pytest.skip("jing is not installed")
    tei = corpora / name / "tei"
    components = sorted(tei.glob("*/*.xml"))
    own, tei_all = root / "schemas" / "tei" / "unbitext.rng", shared / TEI_ALL
    # jing expands the includes of the root. The own grammar knows it with its includes only, and each alignment has a
    # `null` of its own (docs/encoding.md): -i leaves the uniqueness of ids to the project's checks.
    for arguments in ([own, *components], [tei_all, *components], ["-i", tei_all, tei / "corpus.xml"]):
        run = subprocess.run([jing, *arguments], capture_output=True, encoding="utf-8", check=False)
        assert (run.returncode, run.stdout) == (0, ""), arguments


@pytest.mark.shared
def test_what_lacks_its_original_waits(corpora: Path, shared: Path) -> None:
    texts = {path.name for path in (shared / "documents").glob("*.txt")}
    waiting = {name.removesuffix(".zh.txt") for name in texts if name.replace(".zh.", ".en.") not in texts}
    assert waiting
    tei = corpora / "documents" / "tei"
    aligned = {path.name.removesuffix(".zh-en.xml") for path in (tei / "alignments").iterdir()}
    assert {path.name.removesuffix(".zh.xml") for path in (tei / "documents").glob("*.zh.xml")} == waiting | aligned
    assert not waiting & aligned
    report = (corpora / "documents" / "report.md").read_text(encoding="utf-8")
    section = report.partition("## Waiting for their original")[2].partition("\n## ")[0]
    assert [stem for stem in waiting if f"({stem}.zh)" not in section] == []


@pytest.mark.shared
def test_a_second_build_changes_nothing(corpora: Path, shared: Path, tmp_path: Path) -> None:
    before = contents(corpora / "documents")
    second = build(shared / "documents", corpora / "documents", corpora / "state")
    assert "nothing has changed" in second.stdout
    assert contents(corpora / "documents") == before
    # Without the cache everything is done again, elsewhere, and gives the same bytes.
    assert build(shared / "documents", tmp_path / "again", tmp_path / "other-state").returncode == 0
    again = contents(tmp_path / "again")
    assert {name: data for name, (data, _) in again.items()} == {name: data for name, (data, _) in before.items()}
