"""Word files that are damaged, hostile or of another kind: each is refused, and says why."""

import io
import os
import stat
import time
import zipfile
from pathlib import Path

import pytest

from parsers.errors import Refusal
from parsers.readers import docx_package
from parsers.readers.read import TEXT, media_type, read
from parsers.readers.word_binary import OLE_MAGIC, convert_doc
from tests.parsers.readers.docx_files import MAIN_TYPE, docx, p, packed, parts, r, table

PLAIN = parts(p("A river."))


def with_parts(**others: str | bytes | None) -> bytes:
    """The plain file with parts changed: `document=...`; None takes a part out."""
    members: dict[str, str | bytes] = dict(PLAIN)
    for name, content in others.items():
        path = {"types": "[Content_Types].xml", "root": "_rels/.rels"}.get(name, f"word/{name}.xml")
        members.pop(path, None)
        if content is not None:
            members[path] = content
    return packed(members)


def ole(*streams: str) -> bytes:
    """What begins as an OLE container does, with the names of its streams where a directory has them."""
    return OLE_MAGIC + bytes(504) + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)


def of_type(content_type: str) -> bytes:
    return with_parts(types=PLAIN["[Content_Types].xml"].replace(MAIN_TYPE, content_type))


OFFICE = "application/vnd.openxmlformats-officedocument."
DOCUMENT = PLAIN["word/document.xml"]
HEAD, BODY = DOCUMENT.split("?>", 1)
ENTITY = f'{HEAD}?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>{BODY.replace("A river.", "&x;")}'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BILLION = f'{HEAD}?><!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]>{BODY.replace("A river.", "&l11;")}'
DEEP = DOCUMENT.replace("<w:p>", "<w:sdt><w:sdtContent>" * 10_000 + "<w:p>", 1)


def nested(depth: int) -> str:
    inner = p("Deep.")
    for _ in range(depth):
        inner = f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    return inner


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        pytest.param(b"PK\x03\x04" + bytes(40), "word-damaged", "zip container", id="no zip"),
        pytest.param(docx(p("A river."))[:-60], "word-damaged", "zip container", id="truncated"),
        pytest.param(packed({"a.txt": "x"}), "unsupported-format", "a zip archive", id="a zip"),
        pytest.param(packed({"mimetype": "x"}), "unsupported-format", "an OpenDocument file", id="OpenDocument"),
        pytest.param(of_type(f"{OFFICE}spreadsheetml.sheet.main+xml"), "unsupported-format", "Excel", id="Excel"),
        pytest.param(
            of_type("application/vnd.ms-word.document.macroEnabled.main+xml"), "word-macros", "macros", id="macros"
        ),
        pytest.param(with_parts(document=None), "word-part-missing", "word/document.xml", id="no text"),
        pytest.param(with_parts(document="<w"), "word-damaged", "well-formed", id="damaged XML"),
        pytest.param(with_parts(document=b""), "word-damaged", "well-formed", id="empty XML"),
        pytest.param(with_parts(document="<a/>"), "word-damaged", "no body", id="no body"),
        pytest.param(with_parts(document=ENTITY), "word-unsafe-xml", "document type", id="external entity"),
        pytest.param(with_parts(document=BILLION), "word-unsafe-xml", "document type", id="billion laughs"),
        pytest.param(
            with_parts(document=ENTITY.replace("UTF-8", "UTF-16").encode("utf-16")),
            "word-unsafe-xml",
            "document type",
            id="external entity in UTF-16",
        ),
        pytest.param(with_parts(document=DEEP), "word-damaged", "well-formed", id="ten thousand deep"),
        pytest.param(docx(nested(100)), "word-damaged", "nested", id="a hundred deep"),
        pytest.param(docx(p("a" * 40_000_000)), "word-too-large", "times its size", id="zip bomb"),
        pytest.param(docx(p()), "empty-file", "no text", id="empty"),
        pytest.param(docx(p("<w:r><w:drawing/></w:r>")), "empty-file", "pictures", id="pictures only"),
        pytest.param(ole("EncryptionInfo", "EncryptedPackage"), "word-encrypted", "password", id="encrypted"),
        pytest.param(ole("Workbook"), "unsupported-format", "Excel", id="old Excel"),
        pytest.param(ole("x"), "unsupported-format", "an OLE file", id="OLE"),
    ],
)
def test_refused_with_the_reason(data: bytes, code: str, says: str) -> None:
    assert media_type(data) != TEXT
    began = time.monotonic()
    with pytest.raises(Refusal, match=says) as refused:
        read(data)
    assert refused.value.code == code
    assert refused.value.remedy
    assert time.monotonic() - began < 20


def test_nothing_outside_the_package_is_read(tmp_path: Path) -> None:
    """A part behind an external relationship, or by a path that climbs out, is no part."""
    (tmp_path / "styles.xml").write_text("<a>", encoding="utf-8")
    relations = parts("", styles="")["word/_rels/document.xml.rels"]
    for target in (f'file://{tmp_path}/styles.xml" TargetMode="External', "../../../../etc/passwd"):
        members = PLAIN | {"word/_rels/document.xml.rels": relations.replace("styles.xml", target)}
        assert read(packed(members)).pages[0].lines[0].orig == "A river."


def test_the_size_that_a_zip_declares_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_PART_BYTES", 100_000)
    data = docx("".join(p(f"{number} rivers {hash_of(number)}") for number in range(4000)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    declared = data.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert declared != data
    with pytest.raises(Refusal) as refused:
        read(declared)
    assert refused.value.code in ("word-too-large", "word-damaged")


def hash_of(number: int) -> int:
    return pow(31, number, 1_000_000_007)


def test_members_of_a_zip_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_MEMBERS", 3)
    with pytest.raises(Refusal, match="members"):
        read(docx(p("A river.")))


def test_encrypted_members_are_refused() -> None:
    data = bytearray(docx(p("A river.")))
    central = data.rfind(b"PK\x01\x02")
    while central >= 0:
        data[central + 8] |= 1
        central = data.rfind(b"PK\x01\x02", 0, central)
    with pytest.raises(Refusal, match="cannot be unpacked"):
        read(bytes(data))


def test_tables_nest_as_deep_as_people_nest_them() -> None:
    inner = p("Deep.")
    for _ in range(8):
        inner = table(f"<w:tc>{inner}{p()}</w:tc>")
    assert [line.orig for line in read(docx(inner)).pages[0].lines] == ["Deep."]


@pytest.mark.parametrize(("data", "name"), [(b"\xffWPC\x10\x00", "WordPerfect"), (b"{\\rtf1 A river.}", "RTF")])
def test_other_word_processors_are_named(data: bytes, name: str) -> None:
    with pytest.raises(Refusal, match=name) as refused:
        read(data)
    assert refused.value.code == "unsupported-format"


DOC = ole("WordDocument")


def converter(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program `soffice` on the path, and nothing else but the system's own."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.defpath}")


def test_old_word_files_are_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "result.docx").write_bytes(docx(p(r("An old river."))))
    converted = 'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; cp {} "$2/document.docx"'
    converter(tmp_path, monkeypatch, converted.format(tmp_path / "result.docx"))
    assert read(DOC).pages[0].lines[0].orig == "An old river."


@pytest.mark.parametrize(
    ("script", "says"), [("exit 77", "code 77"), ("exit 0", "without a result"), ("sleep 60 & wait", "did not end")]
)
def test_a_converter_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, says: str
) -> None:
    converter(tmp_path, monkeypatch, script)
    with pytest.raises(Refusal, match=says) as refused:
        convert_doc(DOC, timeout_seconds=2)
    assert refused.value.code == "word-converter-failed"


def test_without_a_converter_the_remedy_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refusal) as refused:
        read(DOC)
    assert refused.value.code == "word-converter-missing"
    assert "soffice" in refused.value.remedy
