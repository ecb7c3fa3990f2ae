"""Real .doc files, which LibreOffice makes from the specimens here, are read as the .docx that they were made from."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from parsers.errors import Refusal
from parsers.parse import parse_bytes, parse_file
from parsers.readers.word_binary import convert_doc
from schemas.document import Document

STEM = "SPECIMEN_SR.3.en"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def doc(tmp_path_factory: pytest.TempPathFactory, specimens: Path) -> Path:
    """A specimen as .doc."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: soffice")
    folder = tmp_path_factory.mktemp("doc")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "doc"]
    source = specimens / "docx" / f"{STEM}.docx"
    subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=240)
    return folder / f"{STEM}.doc"


def structure(document: Document) -> list[tuple[str, str | None, str]]:
    return [(block.kind.value, block.label, block.text) for block in document.blocks]


def test_a_doc_is_read_as_the_docx_that_it_was(doc: Path, specimens: Path) -> None:
    document = parse_file(doc)
    assert document.meta.source.media_type == "application/msword"
    assert structure(document) == structure(parse_file(specimens / "docx" / f"{STEM}.docx"))


def test_two_conversions_at_once_do_not_meet(doc: Path) -> None:
    data = doc.read_bytes()
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda name: structure(parse_bytes(data, name)), ("a.doc", "b.doc")))
    assert found[0] == found[1]


def test_a_conversion_that_takes_too_long_is_ended(doc: Path) -> None:
    with pytest.raises(Refusal) as refused:
        convert_doc(doc.read_bytes(), timeout_seconds=0.05)
    assert refused.value.code == "word-converter-failed"
