"""Pointers of one file that lead nowhere, told once for each cause.

A document that is gone takes with it what a hundred links point to: that is one fault and not a hundred.
"""

from collections.abc import Iterator

from unbitext.tei.ledger import Ledger
from unbitext.tei.violations import MOST_TOLD, Violation


class Dangling:
    """Takes the pointers of the file at `path` (relative to the root's folder), and tells what they have in common."""

    def __init__(self, path: str, ledger: Ledger) -> None:
        self._path = path
        self._ledger = ledger
        self._files: dict[str, dict[str | None, list[tuple[int, str]]]] = {}

    def add(self, line: int, text: str, path: str, identifier: str | None = None) -> None:
        """Note a pointer: its line, how it is written, the file that it leads to, and the id that is not there.

        Without `identifier`, it is the file that is not there, or that cannot be read.
        """
        self._files.setdefault(path, {}).setdefault(identifier, []).append((line, text))

    def told(self) -> Iterator[Violation]:
        """Yield a violation for each file that is not there, and for each id of one that is."""
        for path, found in self._files.items():
            if (pointers := found.pop(None, None)) is not None:
                fault = "cannot be read" if self._ledger.holds(path) else "is no file of the corpus"
                yield self._violation(pointers, f"{path}, which {fault}")
            if len(found) > MOST_TOLD:
                pointers = [each for some in found.values() for each in some]
                yield self._violation(pointers, f"{path}, which lacks {len(found)} ids, {next(iter(found))} among them")
                continue
            for identifier, pointers in found.items():
                yield self._violation(pointers, f"{path}, which has no such element as {identifier}")

    def _violation(self, pointers: list[tuple[int, str]], where: str) -> Violation:
        (line, text), count = min(pointers), len(pointers)
        message = f"{text} leads to {where}" if count == 1 else f"{count} pointers, as {text}, lead to {where}"
        name = self._ledger.name(self._path)
        return Violation(file=name, line=line, code="tei-dangling-pointer", message=message)
