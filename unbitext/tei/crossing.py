"""Checks between the files of a corpus: pointers, ids, counts, and that every sentence is in exactly one link.

The files come one by one, and what is known of each is let go of, so that memory hardly grows with the corpus.
"""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator

from unbitext.tei.dangling import Dangling
from unbitext.tei.identifiers import Find, Identifiers
from unbitext.tei.ledger import Ledger
from unbitext.tei.names import CORPUS_FILE
from unbitext.tei.references import Facts, Link, Pointer
from unbitext.tei.violations import MOST_TOLD, Violation

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
        dangling = Dangling(facts.path, self._ledger)
        for pointer in facts.pointers:
            path = _target(facts, pointer)
            target = self._find(path)
            if target is None or pointer.id not in target.ids:
                dangling.add(pointer.line, pointer.text, path, None if target is None else pointer.id)
        if facts.kind == "alignment":
            yield from _check_alignment(facts, self._find, self._ledger.name, dangling)
        yield from dangling.told()
        self._held[facts.kind] += 1
        self._held["sentence"] += len(facts.sentences)
        self._held["link"] += len(facts.links)

    def close(self) -> Iterator[Violation]:
        """Check what is known only when all files have come, and what the root says of them."""
        yield from self._identifiers.close()
        root = self._ledger.name(CORPUS_FILE)
        dangling = Dangling(CORPUS_FILE, self._ledger)
        for line, path in self._ledger.relations():
            if path != CORPUS_FILE and self._find(path) is None:
                dangling.add(line, path, path)
        yield from dangling.told()
        for unit in ("document", "alignment", "sentence", "link"):
            line, said = self._root.counts.get(unit, (1, "nothing"))
            if said != str(self._held[unit]):
                message = f"the header says {said} for {unit}, the files hold {self._held[unit]}"
                yield Violation(file=root, line=line, code="tei-count-differs", message=message)


def _target(facts: Facts, pointer: Pointer) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(facts.path), pointer.path))


def _check_alignment(facts: Facts, find: Find, name_of: NameOf, dangling: Dangling) -> Iterator[Violation]:
    name = name_of(facts.path)
    linked: dict[tuple[str, str], Link] = {}
    for link in facts.links:
        for pointer in link.pointers:
            path = _target(facts, pointer)
            document = find(path)
            if document is None or pointer.id not in document.sentences:
                dangling.add(link.line, pointer.text, path, None if document is None else pointer.id)
            elif (before := linked.setdefault((path, pointer.id), link)) is not link or link.pointers.count(
                pointer
            ) > 1:
                message = f"{pointer.text} is linked already in line {before.line}"
                yield Violation(file=name, line=link.line, code="tei-sentence-linked-twice", message=message)
    for line, target, digest in facts.sides:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(facts.path), target))
        document = find(path)
        if document is None:
            dangling.add(line, target, path)
            continue
        if document.source_digest != digest:
            message = f"{name_of(path)} was made from a source of sha256 {document.source_digest}, not {digest}"
            yield Violation(file=name, line=line, code="tei-alignment-stale", message=message)
        unlinked = sorted(document.sentences - {known for where, known in linked if where == path})
        if len(unlinked) > MOST_TOLD:
            message = f"no link holds {len(unlinked)} sentences of {name_of(path)}, {unlinked[0]} among them"
            yield Violation(file=name, line=facts.links_line, code="tei-sentence-unlinked", message=message)
            continue
        for identifier in unlinked:
            message = f"no link holds {identifier} ({name_of(path)}, line {document.ids[identifier]})"
            yield Violation(file=name, line=facts.links_line, code="tei-sentence-unlinked", message=message)
