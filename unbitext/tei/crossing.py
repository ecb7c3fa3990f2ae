"""Checks between the files of a corpus: pointers, ids, counts, and that every sentence is in exactly one link.

The files come one by one, and what is known of each is let go of, so that memory hardly grows with the corpus.
"""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator

from unbitext.tei.identifiers import Find, Identifiers
from unbitext.tei.ledger import Ledger
from unbitext.tei.names import CORPUS_FILE
from unbitext.tei.references import Facts, Link, Pointer
from unbitext.tei.violations import Violation

NameOf = Callable[[str], str]


class Crossing:
    """Checks the files of one corpus against each other.

    The ledger says what the root does; `find` gives the facts of one by its path, None where the corpus
    has no such file.
    """

    def __init__(self, root: Facts, ledger: Ledger, find: Find) -> None:
        self._root = root
        self._ledger = ledger
        self._find = find
        self._identifiers = Identifiers(root, ledger, find)
        self._held: Counter[str] = Counter()

    def check(self, facts: Facts) -> Iterator[Violation]:
        """Check a file other than the root against those that it points to."""
        yield from self._identifiers.add(facts)
        for pointer in facts.pointers:
            yield from _check_pointer(facts, pointer, self._find, self._ledger.name)
        if facts.kind == "alignment":
            yield from _check_alignment(facts, self._find, self._ledger.name)
        self._held[facts.kind] += 1
        self._held["sentence"] += len(facts.sentences)
        self._held["link"] += len(facts.links)

    def close(self) -> Iterator[Violation]:
        """Check what is known only when all files have come, and what the root says of them."""
        yield from self._identifiers.close()
        root = self._ledger.name(CORPUS_FILE)
        for line, path in self._ledger.relations():
            if path != CORPUS_FILE and self._find(path) is None:
                message = f"{path} is no file of the corpus"
                yield Violation(file=root, line=line, code="tei-dangling-pointer", message=message)
        for unit in ("document", "alignment", "sentence", "link"):
            line, said = self._root.counts.get(unit, (1, "nothing"))
            if said != str(self._held[unit]):
                message = f"the header says {said} for {unit}, the files hold {self._held[unit]}"
                yield Violation(file=root, line=line, code="tei-count-differs", message=message)


def _target(facts: Facts, pointer: Pointer) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(facts.path), pointer.path))


def _check_pointer(facts: Facts, pointer: Pointer, find: Find, name_of: NameOf) -> Iterator[Violation]:
    target = find(_target(facts, pointer))
    if target is None or pointer.id not in target.ids:
        where = f"{pointer.path} is no file of the corpus" if target is None else f"{pointer.path} has no {pointer.id}"
        message = f"{pointer.text} leads nowhere: {where}"
        yield Violation(file=name_of(facts.path), line=pointer.line, code="tei-dangling-pointer", message=message)


def _check_alignment(facts: Facts, find: Find, name_of: NameOf) -> Iterator[Violation]:
    name = name_of(facts.path)
    linked: dict[tuple[str, str], Link] = {}
    for link in facts.links:
        for pointer in link.pointers:
            path = _target(facts, pointer)
            document = find(path)
            if document is None or pointer.id not in document.sentences:
                message = f"{pointer.text} leads to no sentence or incident"
                yield Violation(file=name, line=link.line, code="tei-dangling-pointer", message=message)
            elif (before := linked.setdefault((path, pointer.id), link)) is not link or link.pointers.count(
                pointer
            ) > 1:
                message = f"{pointer.text} is linked already in line {before.line}"
                yield Violation(file=name, line=link.line, code="tei-sentence-linked-twice", message=message)
    for line, target, digest in facts.sides:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(facts.path), target))
        document = find(path)
        if document is None:
            message = f"{target} is no file of the corpus"
            yield Violation(file=name, line=line, code="tei-dangling-pointer", message=message)
            continue
        if document.source_digest != digest:
            message = f"{name_of(path)} was made from a source of sha256 {document.source_digest}, not {digest}"
            yield Violation(file=name, line=line, code="tei-alignment-stale", message=message)
        for identifier in sorted(document.sentences - {known for where, known in linked if where == path}):
            message = f"no link holds {identifier} ({name_of(path)}, line {document.ids[identifier]})"
            yield Violation(file=name, line=facts.links_line, code="tei-sentence-unlinked", message=message)
