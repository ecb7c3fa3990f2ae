"""How good the alignment is: figures that were measured against gold made by people, shipped with the program.

`accuracy.json` holds tables of docs/alignment.md, which `make figures` measures, and the signature of the aligner that
they were measured with. `python -m unbitext.release.accuracy docs/alignment.md` writes it anew.
"""

import re
import sys
from importlib.resources import files
from pathlib import Path

from schemas.base import Model
from unbitext.aligners import AlignerChoice

_TITLES = {
    "held-out scores": "How far scores can be believed, on files that had no part in fitting them",
    "ways": "Links against gold, strict / lax F1",
}


class AccuracyTable(Model):
    """A table: its title, its header, its rows."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Accuracy(Model):
    """The tables, and the signature of the aligner."""

    signature: str
    tables: tuple[AccuracyTable, ...]


def shipped_accuracy() -> Accuracy:
    """Give what ships."""
    return Accuracy.model_validate_json(files("unbitext.release").joinpath("accuracy.json").read_bytes())


def read_accuracy(text: str, signature: str) -> Accuracy:
    """Take the tables from the text of docs/alignment.md."""
    return Accuracy(signature=signature, tables=tuple(_table(text, mark, title) for mark, title in _TITLES.items()))


def _table(text: str, mark: str, title: str) -> AccuracyTable:
    found = re.search(rf"<!-- {mark} -->\n(.*?)<!-- end of {mark} -->", text, re.DOTALL)
    if found is None:
        raise ValueError(f"no table between marks of {mark!r}")
    rows = [tuple(cell.strip() for cell in line.strip("| ").split("|")) for line in found[1].splitlines() if line]
    return AccuracyTable(title=title, header=rows[0], rows=tuple(rows[2:]))


def aligner_signature() -> str:
    """The signature of the aligner that builds use where nobody chose another."""
    return AlignerChoice().aligner("zh", "en")[1]


def accuracy_json(accuracy: Accuracy) -> str:
    """What the file holds."""
    return accuracy.model_dump_json(indent=1) + "\n"


if __name__ == "__main__":
    page = Path(sys.argv[1]).read_text(encoding="utf-8")
    Path(__file__).with_name("accuracy.json").write_text(
        accuracy_json(read_accuracy(page, aligner_signature())), encoding="utf-8"
    )
