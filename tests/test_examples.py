"""The Python of the documentation runs as it is printed, on the corpus of the specimens, and gives what is shown."""

import doctest
import re
from pathlib import Path

import pytest

PAGES = ("docs/api.md", "README.md")


@pytest.fixture
def outputs(specimen_corpus: Path, tmp_path: Path) -> None:
    """Where the examples look for a corpus; the working directory of a test is a folder of its own."""
    (tmp_path / "outputs").mkdir()
    (tmp_path / "outputs" / "corpus").symlink_to(specimen_corpus)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("outputs")
def test_examples_give_what_is_shown(root: Path, page: str) -> None:
    text = (root / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```pycon\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert blocks
    # The README's queries of a release are run with the tests of releases.
    assert page == "README.md" or "```python" not in text, "an example in a block of another kind would not be run"
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page, page, 0)
    reports: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL | doctest.ELLIPSIS)
    runner.run(example, out=reports.append)
    assert len(example.examples) > 2
    assert not reports, "\n".join(reports)
