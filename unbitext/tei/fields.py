"""What the place of an element does not tell: notes in the standoff part, keyed by id.

The running text stays free of it. `<note type="orig" target="#ID">` holds the characters as read, where they differ
from the normal form; `<note type="field" subtype="turn" target="#ID">` a field of the model whose value is not the one
that the nesting implies, as a JSON literal (null where the nesting implies a value and there is none).
"""

import json
from collections.abc import Callable

from lxml import etree

from schemas.document import Document
from schemas.findings import Finding, Severity
from unbitext.tei.characters import append_text, read_text
from unbitext.tei.names import EncodingError, Names, add, line_of, named

Value = str | int | None | list[list[int]]

FIELDS = (
    "label", "level", "division", "turn", "spoken_language", "page", "speaker", "affiliation", "code", "spans",
    "vote",
)  # fmt: skip
"""Every field that a field note may carry."""


class Fields:
    """The notes of one document in the making: originals, fields, and labels of turns that no block bears."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._originals = _annotations("originals")
        self._fields = _annotations("fields")
        self.speakers = _annotations("speakers")

    def original(self, identifier: str, text: str, orig: str) -> None:
        """Note the characters as read, if they are not the text itself."""
        if orig != text:
            note = add(self._originals, "note", type="orig", target=self._names.pointer(identifier))
            append_text(note, orig)

    def note(self, identifier: str, name: str, value: Value, implied: Value) -> None:
        """Note a field whose value is not the implied one."""
        if value != implied:
            literal = json.dumps(value)
            add(self._fields, "note", literal, type="field", subtype=name, target=self._names.pointer(identifier))

    def lists(self) -> list[etree._Element]:
        """Return the lists that hold anything."""
        return [each for each in (self._originals, self._fields, self.speakers) if len(each)]


def _annotations(kind: str) -> etree._Element:
    return add(etree.Element("none"), "listAnnotation", type=kind)


class KnownFields:
    """The notes of an encoded document, by id."""

    def __init__(self, stand_off: etree._Element | None, names: Names) -> None:
        self._originals: dict[str, str] = {}
        self._fields: dict[tuple[str, str], Value] = {}
        self.speakers: dict[str, etree._Element] = {}
        for group in named(stand_off, "listAnnotation") if stand_off is not None else ():
            if group.get("type") == "findings":
                continue
            for note in named(group, "note"):
                self._read(note, names.local(note.get("target", "")))

    def _read(self, note: etree._Element, identifier: str) -> None:
        kind = note.get("type")
        if kind == "orig":
            self._originals[identifier] = read_text(note)
        elif kind == "field":
            try:
                self._fields[identifier, note.get("subtype", "")] = json.loads(note.text or "")
            except ValueError as error:
                raise EncodingError(f"line {line_of(note)}: a field note holds no JSON literal: {error}") from error
        elif kind == "speaker":
            self.speakers[identifier] = note

    def original(self, identifier: str, text: str) -> str:
        """Return the characters as read: the text itself where nothing else is noted."""
        return self._originals.get(identifier, text)

    def string(self, identifier: str, name: str, implied: str | None) -> str | None:
        """Return the value of a field that holds text."""
        value = self.value(identifier, name, implied)
        return value if isinstance(value, str) else None

    def number(self, identifier: str, name: str, implied: int | None) -> int | None:
        """Return the value of a field that holds a number."""
        value = self.value(identifier, name, implied)
        return value if isinstance(value, int) else None

    def value(self, identifier: str, name: str, implied: Value) -> Value:
        """Return a field's value: the implied one where nothing else is noted."""
        return self._fields.get((identifier, name), implied)


def write_findings(document: Document, names: Names, is_id: Callable[[str], bool]) -> etree._Element | None:
    """Write the findings, each pointing to its block or sentence, or else to the whole document; None if none."""
    group = _annotations("findings")
    for finding in document.findings:
        known = is_id(finding.where)
        note = add(
            group,
            "note",
            type=finding.code,
            subtype=finding.severity.value,
            target=names.pointer(finding.where) if known else f"#{names.document}",
            n=finding.where if finding.where and not known else None,
        )
        append_text(note, finding.message)
    return group if len(group) else None


def read_findings(stand_off: etree._Element | None, names: Names) -> tuple[Finding, ...]:
    """Read the findings back."""
    found: list[Finding] = []
    for group in named(stand_off, "listAnnotation") if stand_off is not None else ():
        if group.get("type") != "findings":
            continue
        for note in named(group, "note"):
            target = note.get("target", "")
            where = note.get("n", "") if target == f"#{names.document}" else names.local(target)
            severity = Severity(note.get("subtype", ""))
            code = note.get("type", "")
            found.append(Finding(code=code, severity=severity, where=where, message=read_text(note)))
    return tuple(found)
