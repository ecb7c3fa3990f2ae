"""The container of a Word file: a zip of parts that refer to each other, opened without trust in what it declares.

ECMA-376 part 2 (Open Packaging Conventions): content types by part, relationships by part, deflate or store only.
"""

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import NamedTuple

from parsers.errors import Refusal
from parsers.readers.docx_xml import Element, damaged, parse_xml, qn

MAX_MEMBERS = 10_000
MAX_PART_BYTES = 48 * 1024 * 1024
MAX_TOTAL_BYTES = 96 * 1024 * 1024
MAX_RATIO = 250
"""Text of tables deflates to a fiftieth at most; a bomb to a thousandth."""

_SMALL = 1024 * 1024
_CHUNK = 256 * 1024
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN = "officeDocument"
_WORD_TYPES = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
_OTHERS = (
    ("macroEnabled", "a Word file with macros"),
    ("spreadsheetml", "an Excel workbook"),
    ("presentationml", "a PowerPoint presentation"),
)


class Relation(NamedTuple):
    """What a part refers to: `kind` is the last word of the relationship's type, `target` the name of a part."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a Word file, read and parsed on demand."""

    def __init__(self, data: bytes) -> None:
        """Raises `Refusal` where the bytes are no sound zip of a Word document."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _ZIP_ERRORS as error:
            raise damaged(f"its zip container cannot be read ({error})") from None
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise _bomb(f"it has {len(members):,} members")
        self._members = {member.filename.lstrip("/").lower(): member for member in reversed(members)}
        self._read_bytes = 0
        self._types = self._content_types()
        self.main = self._main_part()
        _check_kind(self._types.get(self.main.lower(), ""))

    def part(self, name: str) -> Element | None:
        """The root element of a part; None where the package has no such part."""
        member = self._members.get(name.lower())
        return None if member is None else parse_xml(self._bytes(member), name)

    def main_part(self) -> Element:
        """The root of the document itself."""
        root = self.part(self.main)
        if root is None:
            raise Refusal(
                "word-part-missing",
                f"the Word file has no {self.main}: its text is missing",
                "fetch the file again, or save it again with Word",
            )
        return root

    def relations(self, name: str) -> list[Relation]:
        """What the part `name` refers to inside the package."""
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return []
        found = []
        for relation in root.iter(qn("pr:Relationship")):
            target = relation.get("Target")
            if target and relation.get("TargetMode") != "External":
                path = target if target.startswith("/") else posixpath.join("/", folder, target)
                kind = (relation.get("Type") or "").rpartition("/")[2]
                found.append(Relation(relation.get("Id") or "", kind, posixpath.normpath(path).lstrip("/")))
        return found

    def related(self, kind: str) -> Element | None:
        """The root of the first part of that kind that the document refers to: `styles`, `numbering`, `footnotes`."""
        for relation in self.relations(self.main):
            if relation.kind == kind:
                return self.part(relation.target)
        return None

    def _content_types(self) -> dict[str, str]:
        root = self.part(_CONTENT_TYPES)
        if root is None:
            kind = "an OpenDocument file" if "mimetype" in self._members else "a zip archive"
            raise _not_word(kind)
        return {
            (override.get("PartName") or "").lstrip("/").lower(): override.get("ContentType") or ""
            for override in root.iter(qn("ct:Override"))
        }

    def _main_part(self) -> str:
        found = [relation.target for relation in self.relations("") if relation.kind == _MAIN]
        named = [name for name, kind in self._types.items() if kind.endswith(_WORD_TYPES)]
        return (found + named or ["word/document.xml"])[0]

    def _bytes(self, member: zipfile.ZipInfo) -> bytes:
        """The bytes of a member. What the zip declares of its size is not believed: reading stops at the bounds."""
        chunks: list[bytes] = []
        size = 0
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(f"{member.filename} is compressed in a way that Word files are not")
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._read_bytes += len(chunk)
                    if size > MAX_PART_BYTES or self._read_bytes > MAX_TOTAL_BYTES:
                        raise _bomb(f"{member.filename} unpacks to more than {size - len(chunk):,} bytes")
                    if size > _SMALL and size > MAX_RATIO * max(member.compress_size, 1):
                        raise _bomb(f"{member.filename} unpacks to more than {MAX_RATIO} times its size")
                    chunks.append(chunk)
        except _ZIP_ERRORS as error:
            raise damaged(f"{member.filename} cannot be unpacked ({error})") from None
        return b"".join(chunks)


_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,  # an encrypted member, or a version of zip that is not supported
    ValueError,
    OverflowError,
)


def _check_kind(content_type: str) -> None:
    if "macroEnabled" in content_type and "word" in content_type:
        raise Refusal(
            "word-macros",
            "this is a Word file with macros, which documents of the United Nations have no use for",
            "save it as .docx with Word if you trust it",
        )
    for mark, name in _OTHERS:
        if mark in content_type:
            raise _not_word(name)


def _not_word(name: str) -> Refusal:
    return Refusal(
        "unsupported-format",
        f"this is {name}, not a document that can be read",
        "give the PDF, the Word file (.docx) or the text of the document",
    )


def _bomb(why: str) -> Refusal:
    return Refusal(
        "word-too-large",
        f"the Word file is larger than any document, or a zip bomb: {why}",
        "do not trust the file; check that it is one document and save it again with Word",
    )
