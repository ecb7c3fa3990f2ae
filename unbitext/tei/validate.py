"""Validation of a corpus or of single files.

In this order: well-formed; the project's grammar; TEI All, if it is given; the Schematron rules; and for a corpus its
list of files with their digests, then pointers, ids, counts and coverage between files.
"""

import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from unbitext.tei.crossing import Crossing
from unbitext.tei.grammars import check_grammar, check_rules, check_tei_all
from unbitext.tei.names import CORPUS_FILE
from unbitext.tei.reading import read_tei
from unbitext.tei.references import Facts, read_facts
from unbitext.tei.root import FOLDERS, Root
from unbitext.tei.shelf import Shelf
from unbitext.tei.violations import Violation


def validate_paths(paths: Sequence[Path], *, tei_all: Path | None = None) -> list[Violation]:
    """Return every violation, sorted by file and line; none means valid.

    A path is the folder of a corpus (`DIR` or `DIR/tei`), its `corpus.xml`, or any single file, of which only itself
    is checked. `tei_all` is the RELAX NG grammar TEI All (`tei_all.rng`).

    Raises OSError for a path that cannot be read.
    """
    found: list[Violation] = []
    for path in paths:
        if path.is_dir():
            root = next((folder for folder in (path / "tei", path) if (folder / CORPUS_FILE).is_file()), None)
            if root is None:
                message = f"no {CORPUS_FILE} in the folder"
                found.append(Violation(file=str(path), line=1, code="tei-file-missing", message=message))
            else:
                found.extend(_validate_corpus(root, tei_all))
        elif path.name == CORPUS_FILE:
            found.extend(_validate_corpus(path.parent, tei_all))
        else:
            found.extend(_validate_file(path, path.name, str(path), tei_all)[1])
    return sorted(set(found), key=lambda violation: violation.place)


def _validate_file(
    path: Path, relative: str, name: str, tei_all: Path | None, digest: str | None = None
) -> tuple[Facts | None, list[Violation]]:
    """Check one file by itself; `digest` is what its bytes should have."""
    reading = read_tei(path, name)
    found: list[Violation] = []
    if digest is not None and sha256(reading.data).hexdigest() != digest:
        message = f"the root expects a file of sha256 {digest}"
        found.append(Violation(file=name, line=1, code="tei-file-changed", message=message))
    if reading.fault is not None or reading.tree is None:
        return None, [*found, *([reading.fault] if reading.fault is not None else [])]
    found.extend(check_grammar(reading.tree, name))
    if tei_all is not None:
        found.extend(check_tei_all(reading.tree, name, tei_all))
    found.extend(check_rules(reading.tree, name))
    return read_facts(reading.tree, relative), found


def _validate_corpus(folder: Path, tei_all: Path | None) -> Iterator[Violation]:
    root = Root(folder)
    yield from root.check(tei_all)
    if root.facts is None:
        return
    ledger = root.ledger
    shelf = Shelf(folder, root.facts, ledger)
    crossing = Crossing(root.facts, ledger, shelf.find)
    # A pair behind its documents, which are still at hand then.
    for path in ledger.components():
        facts, found = _validate_file(folder / path, path, ledger.name(path), tei_all, ledger.digest(path))
        yield from found
        shelf.keep(path, facts)
        if facts is not None:
            yield from crossing.check(facts)
    yield from crossing.close()
    for path in _present(folder):
        if not ledger.holds(path):
            message = "the root does not include this file"
            yield Violation(file=ledger.name(path), line=1, code="tei-file-unlisted", message=message)


def _present(folder: Path) -> Iterator[str]:
    for each in FOLDERS:
        if (folder / each).is_dir():
            with os.scandir(folder / each) as entries:
                yield from (f"{each}/{entry.name}" for entry in entries if entry.name.endswith(".xml"))
