"""Checks between the files of a corpus: pointers, ids, counts, and that every sentence is in exactly one link."""

import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence

from unbitext.tei.names import CORPUS_FILE
from unbitext.tei.references import Facts, Link, Pointer
from unbitext.tei.violations import Violation

_REPEATABLE = frozenset({"null"})
"""Ids that each alignment has: `#null` never leads out of its file."""


def check_corpus(root: Facts, components: Sequence[Facts], names: dict[str, str]) -> Iterator[Violation]:
    """Check the files of one corpus against each other; `names` says how each is named in messages."""
    files = {CORPUS_FILE: root, **{each.path: each for each in components}}
    yield from _check_ids(files, names)
    for facts in files.values():
        for pointer in facts.pointers:
            yield from _check_pointer(facts, pointer, files, names)
    for line, path in root.related:
        if path not in files:
            message = f"{path} is no file of the corpus"
            yield Violation(file=names[CORPUS_FILE], line=line, code="tei-dangling-pointer", message=message)
    for facts in components:
        if facts.kind == "alignment":
            yield from _check_alignment(facts, files, names)
    yield from _check_counts(root, components, names)


def _check_ids(files: dict[str, Facts], names: dict[str, str]) -> Iterator[Violation]:
    first: dict[str, str] = {}
    for path, facts in files.items():
        for identifier, line in facts.ids.items():
            if identifier in _REPEATABLE:
                continue
            if identifier in first:
                message = f"xml:id {identifier} occurs in {names[first[identifier]]} too"
                yield Violation(file=names[path], line=line, code="tei-duplicate-id", message=message)
            first.setdefault(identifier, path)


def _target(facts: Facts, pointer: Pointer) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(facts.path), pointer.path))


def _check_pointer(
    facts: Facts, pointer: Pointer, files: dict[str, Facts], names: dict[str, str]
) -> Iterator[Violation]:
    target = files.get(_target(facts, pointer))
    if target is None or pointer.id not in target.ids:
        where = f"{pointer.path} is no file of the corpus" if target is None else f"{pointer.path} has no {pointer.id}"
        message = f"{pointer.text} leads nowhere: {where}"
        yield Violation(file=names[facts.path], line=pointer.line, code="tei-dangling-pointer", message=message)


def _check_alignment(facts: Facts, files: dict[str, Facts], names: dict[str, str]) -> Iterator[Violation]:
    name = names[facts.path]
    linked: dict[tuple[str, str], Link] = {}
    for link in facts.links:
        for pointer in link.pointers:
            path = _target(facts, pointer)
            if path not in files or pointer.id not in files[path].sentences:
                message = f"{pointer.text} leads to no sentence or incident"
                yield Violation(file=name, line=link.line, code="tei-dangling-pointer", message=message)
            elif (before := linked.setdefault((path, pointer.id), link)) is not link or link.pointers.count(
                pointer
            ) > 1:
                message = f"{pointer.text} is linked already in line {before.line}"
                yield Violation(file=name, line=link.line, code="tei-sentence-linked-twice", message=message)
    for line, target, digest in facts.sides:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(facts.path), target))
        document = files.get(path)
        if document is None:
            message = f"{target} is no file of the corpus"
            yield Violation(file=name, line=line, code="tei-dangling-pointer", message=message)
            continue
        if document.source_digest != digest:
            message = f"{names[path]} was made from a source of sha256 {document.source_digest}, not {digest}"
            yield Violation(file=name, line=line, code="tei-alignment-stale", message=message)
        for identifier in sorted(document.sentences - {known for where, known in linked if where == path}):
            message = f"no link holds {identifier} ({names[path]}, line {document.ids[identifier]})"
            yield Violation(file=name, line=facts.links_line, code="tei-sentence-unlinked", message=message)


def _check_counts(root: Facts, components: Sequence[Facts], names: dict[str, str]) -> Iterator[Violation]:
    kinds = Counter(each.kind for each in components)
    held = {
        "document": kinds["document"],
        "alignment": kinds["alignment"],
        "sentence": sum(len(each.sentences) for each in components),
        "link": sum(len(each.links) for each in components),
    }
    for unit, number in held.items():
        line, said = root.counts.get(unit, (1, "nothing"))
        if said != str(number):
            message = f"the header says {said} for {unit}, the files hold {number}"
            yield Violation(file=names[CORPUS_FILE], line=line, code="tei-count-differs", message=message)
