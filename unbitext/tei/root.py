"""Checking the root of a corpus, which is read a part at a time.

Its lists - of files, relations, organisations, persons, and the includes - are runs of elements of one name. One of
each run stays in the tree, which is as valid as the whole is; the others come by in parts, and each part is checked in
their place. What only the whole can show, pointers within the root and counts, goes into the ledger.
"""

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from unbitext.tei.grammars import INCLUDE, check_grammar, check_rules, check_tei_all, rule_text
from unbitext.tei.ledger import Ledger
from unbitext.tei.names import CORPUS_FILE, NAMESPACES, XML_ID, line_of, local_name, tag
from unbitext.tei.reading import document_type_fault, size_fault, syntax_fault
from unbitext.tei.references import UNITS, Facts
from unbitext.tei.violations import Violation

MOST_BYTES = 1 << 30
"""Larger roots are refused unread: a million documents."""

_LISTS = (*(tag(name) for name in ("bibl", "relation", "org", "person")), INCLUDE)
_PART = 1_000
FOLDERS = ("documents", "alignments")


class Root:
    """The root in `folder`. `facts` are complete, and the ledger filled, when all of `check` was taken.

    `facts` is None where the root cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.ledger = Ledger(folder)
        self.facts: Facts | None = None
        self._path = folder / CORPUS_FILE
        self._name = str(self._path)
        self._listed = 0
        self._known = Facts(CORPUS_FILE, "corpus", ids=self.ledger.ids)

    def check(self, tei_all: Path | None) -> Iterator[Violation]:
        """Yield what is wrong in the root itself. Raises OSError where it cannot be read."""
        if (fault := size_fault(self._path, self._name, MOST_BYTES)) is not None:
            yield fault
            return
        skeleton = _Pass(self._path)
        try:
            # No name may hold on to the last element: its ids would still be those of the tree that it has left.
            deque(skeleton, maxlen=0)
        except etree.XMLSyntaxError as error:
            yield syntax_fault(self._name, error)
            return
        tree = skeleton.root.getroottree()
        if (fault := document_type_fault(tree, self._name)) is not None:
            yield fault
            return
        for number, part in _parts(_Pass(self._path)):
            for element in part:
                yield from self._note(element)
            anchor = skeleton.kept[number]
            parent = anchor.getparent()
            assert parent is not None, "a run stands in something"
            place = parent.index(anchor)
            parent[place:place] = part
            yield from self._check_form(tree, tei_all)
            for element in part:
                parent.remove(element)
        yield from self._check_form(tree, tei_all)
        yield from self._note(skeleton.root)
        yield from self._check_whole()
        self.facts = self._known

    def _check_form(self, tree: etree._ElementTree, tei_all: Path | None) -> Iterator[Violation]:
        yield from check_grammar(tree, self._name)
        if tei_all is not None:
            yield from check_tei_all(tree, self._name, tei_all)
        yield from check_rules(tree, self._name, is_part=True)

    def _note(self, top: etree._Element) -> Iterator[Violation]:
        for element in top.iter(etree.Element):
            line, name = line_of(element), local_name(element)
            identifier = element.get(XML_ID)
            if identifier is not None and not self.ledger.note_id(identifier, line, name):
                yield self._violation(line, "tei-duplicate-id", f"ID {identifier} already defined")
            if element.tag == INCLUDE:
                yield from self._include(line, unquote(element.get("href", "")))
            elif name == "bibl":
                self._listed += 1
                pointer = element.find("tei:ptr", NAMESPACES)
                digest = element.findtext("tei:idno[@type='sha256']", "", NAMESPACES)
                if pointer is not None:
                    self.ledger.list_file(unquote(pointer.get("target", "")), digest)
            elif name == "relation":
                for side in ("active", "passive"):
                    self.ledger.note_relation(line, unquote(element.get(side, "")))
            elif name == "person" and (same := element.get("sameAs")) is not None:
                self.ledger.note_pointer(line, same[1:], "person", "person-resolves")
            elif name == "affiliation" and (reference := element.get("ref")) is not None:
                self.ledger.note_pointer(line, reference[1:], "org", "affiliation-resolves")
            elif name == "measure" and element.get("unit") in UNITS:
                self._known.counts.setdefault(element.get("unit", ""), (line, element.get("quantity", "")))

    def _include(self, line: int, path: str) -> Iterator[Violation]:
        is_there = _is_component(path) and (self._path.parent / path).is_file()
        is_first = self.ledger.include(line, path, is_there=is_there)
        if not is_there:
            yield self._violation(line, "tei-file-missing", f"{path} is not there")
        elif not is_first:
            yield self._violation(line, "tei-file-missing", f"{path} is included twice")

    def _check_whole(self) -> Iterator[Violation]:
        """The rules of the Schematron's pattern `corpus`."""
        for line, rule in self.ledger.dangling_pointers():
            yield self._violation(line, "tei-rule", rule_text(rule))
        line, _ = self._known.counts.get("document", (1, ""))
        said = [self._known.counts.get(unit, (1, ""))[1] for unit in ("document", "alignment")]
        if not all(each.isdecimal() for each in said) or sum(map(int, said)) != self._listed:
            yield self._violation(line, "tei-rule", rule_text("count-files"))
        for line, path in self.ledger.not_listed():
            message = f"{path} is included, but not in the list of sources"
            yield self._violation(line, "tei-file-missing", message)
        for path in self.ledger.not_included():
            message = f"{path} is in the list of sources, but not included"
            yield self._violation(1, "tei-file-missing", message)

    def _violation(self, line: int, code: str, message: str) -> Violation:
        return Violation(file=self._name, line=line, code=code, message=message)


def _is_component(path: str) -> bool:
    steps = path.split("/")
    return len(steps) == 2 and steps[0] in FOLDERS and steps[1] not in ("", ".", "..")


class _Pass:
    """One reading of the file: yields the number of a run and an element of it that has left the tree.

    Afterwards `root` is the tree without them, and `kept` the last element of each run, which is in it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.kept: list[etree._Element] = []
        self.root: etree._Element

    def __iter__(self) -> Iterator[tuple[int, etree._Element]]:
        with self._path.open("rb") as stream:
            events = etree.iterparse(
                stream, events=("end",), tag=_LISTS, resolve_entities=False, no_network=True, load_dtd=False
            )
            for _, element in events:
                before, parent = element.getprevious(), element.getparent()
                is_next = bool(self.kept) and before is self.kept[-1] and before.tag == element.tag
                if is_next and parent is not None and not (self.kept[-1].tail or "").strip():
                    gone, self.kept[-1] = self.kept[-1], element
                    parent.remove(gone)
                    yield len(self.kept) - 1, gone
                else:
                    self.kept.append(element)
            self.root = events.root


def _parts(elements: _Pass) -> Iterator[tuple[int, list[etree._Element]]]:
    part: list[etree._Element] = []
    current = -1
    for number, element in elements:
        if part and (number != current or len(part) == _PART):
            yield current, part
            part = []
        current = number
        part.append(element)
    if part:
        yield current, part
