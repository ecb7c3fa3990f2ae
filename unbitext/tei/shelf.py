"""What is known of the files of a corpus while it is validated: of the last ones at once, of the others by reading."""

from collections import OrderedDict
from pathlib import Path

from unbitext.tei.ledger import Ledger
from unbitext.tei.names import CORPUS_FILE
from unbitext.tei.reading import read_tei
from unbitext.tei.references import Facts, read_facts

_HELD = 64
"""Files that are held: a pair stands behind its documents, and seldom needs others."""


class Shelf:
    """Facts by the path of a file, relative to the root's folder; the ledger knows those that the corpus has."""

    def __init__(self, folder: Path, root: Facts, ledger: Ledger) -> None:
        self._folder = folder
        self._root = root
        self._ledger = ledger
        self._held: OrderedDict[str, Facts | None] = OrderedDict()

    def keep(self, path: str, facts: Facts | None) -> None:
        """Hold the facts of a file that was read, None where it cannot be."""
        self._held[path] = facts
        self._held.move_to_end(path)
        if len(self._held) > _HELD:
            self._held.popitem(last=False)

    def find(self, path: str) -> Facts | None:
        """Give the facts of a file; None where the corpus has none of that name, or it cannot be read."""
        if path == CORPUS_FILE:
            return self._root
        if path not in self._held:
            if not self._ledger.holds(path):
                return None
            tree = read_tei(self._folder / path, self._ledger.name(path)).tree
            self.keep(path, None if tree is None else read_facts(tree, path))
        return self._held[path]
