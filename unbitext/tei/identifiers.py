"""Ids that occur twice in a corpus, found without holding them all.

Nearly all ids of a file begin with that of its root element, so that two files can share one only where their roots do.
What is held is, in the ledger, the root's id of each file, and in memory the few ids that begin otherwise.
"""

from collections.abc import Callable, Iterator, Set

from unbitext.tei.ledger import Ledger
from unbitext.tei.references import Facts
from unbitext.tei.violations import MOST_TOLD, Violation

_REPEATABLE = frozenset({"null"})
"""Ids that each alignment has: `#null` never leads out of its file."""

Find = Callable[[str], Facts | None]


class Identifiers:
    """Takes the files of a corpus one by one, the root first; `find` reads one again by its path."""

    def __init__(self, root: Facts, ledger: Ledger, find: Find) -> None:
        self._ledger = ledger
        self._find = find
        self._root = root
        self._others: dict[str, str] = {}

    def add(self, facts: Facts) -> Iterator[Violation]:
        """Yield what this file has in common with those before."""
        own = next(iter(facts.ids), "")
        for before in self._ledger.owners(own):
            if (earlier := self._find(before)) is not None:
                yield from self._shared(facts, facts.ids.keys() & earlier.ids.keys() - _REPEATABLE, before)
        self._ledger.note_owner(own, facts.path)
        is_in_root = self._ledger.has_ids_of(own)
        for identifier in facts.ids:
            is_own = identifier == own or identifier.startswith(f"{own}.")
            if (is_in_root or not is_own) and identifier in self._root.ids:
                yield self._violation(facts, identifier, self._root.path)
            elif not is_own and identifier not in _REPEATABLE:
                first = self._others.setdefault(identifier, facts.path)
                if first != facts.path:
                    yield self._violation(facts, identifier, first)

    def close(self) -> Iterator[Violation]:
        """Yield the ids that a file has and that begin like those of another file, which has them too."""
        for identifier, path in self._others.items():
            yield from self._in_owners(identifier, path, {identifier})
        for own, path in self._ledger.all_owners():
            yield from self._in_owners(own, path, None)

    def _in_owners(self, identifier: str, path: str, wanted: set[str] | None) -> Iterator[Violation]:
        """Yield what a file shares with those whose root has the beginning of an id; of all its ids, or of some."""
        beginning = identifier
        while beginning:
            # files with the same root are compared as they come
            owners = self._ledger.owners(beginning) if wanted is not None or beginning != identifier else []
            beginning = beginning.rpartition(".")[0]
            for owner in owners:
                facts, here = self._find(owner), self._find(path)
                if owner != path and facts is not None and here is not None:
                    both = facts.ids.keys() & (here.ids.keys() if wanted is None else wanted) - _REPEATABLE
                    yield from self._shared(here, both, owner)

    def _shared(self, facts: Facts, both: Set[str], other: str) -> Iterator[Violation]:
        if len(both) <= MOST_TOLD:
            yield from (self._violation(facts, each, other) for each in both)
            return
        first = min(both, key=lambda each: (facts.ids[each], each))
        message = f"{len(both)} xml:ids, {first} among them, occur in {self._ledger.name(other)} too"
        name, line = self._ledger.name(facts.path), facts.ids[first]
        yield Violation(file=name, line=line, code="tei-duplicate-id", message=message)

    def _violation(self, facts: Facts, identifier: str, other: str) -> Violation:
        message = f"xml:id {identifier} occurs in {self._ledger.name(other)} too"
        name, line = self._ledger.name(facts.path), facts.ids[identifier]
        return Violation(file=name, line=line, code="tei-duplicate-id", message=message)
