"""Bytes to characters: what is text, in which encoding, and what must be refused."""

import re
from pathlib import Path

from parsers.errors import Refusal
from parsers.readers.files import LongFileError, read_regular
from schemas.findings import Finding

MAX_BYTES = 64 * 1024 * 1024
"""The largest text dump read: the longest UN reports stay under 5 MB of text."""

MAX_LINE_CHARACTERS = 100_000
"""A visual line is about 100 characters, and a paragraph on one line below 10,000: beyond this it is not text."""

_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word or other zipped file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"\xffWPC": "a WordPerfect file",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# UTF-8 that was decoded as Latin-1 or Windows-1252 and encoded again: a lead byte's letter and then the
# letters of continuation bytes. "锟斤拷" is what GBK makes of U+FFFD.
_MOJIBAKE = re.compile(r"[Â-ô][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|锟斤拷|ï¿½")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of at most `MAX_BYTES`. Raises `Refusal` for a larger one, else as `read_regular`."""
    try:
        return read_regular(path, MAX_BYTES)
    except LongFileError:
        raise Refusal(
            "file-too-large",
            f"the file has more than the {MAX_BYTES:,} bytes that a text dump may have",
            "split the file, or check that it is the text of one document",
        ) from None


def decode(data: bytes) -> tuple[str, list[Finding]]:
    """The characters of a text file with line ends as LF, and what was guessed or repaired on the way.

    UTF-8 is expected; UTF-16 is accepted with a byte order mark, GB 18030 and Windows-1252 when the result
    reads like text. Raises `Refusal` for empty and binary files, other formats, mojibake and endless lines.
    """
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            raise Refusal(
                "unsupported-format",
                f"this is {name}, which is not read",
                "give the PDF or the Word version (.docx) of the document, or its text as a .txt file",
            )
    text, findings = _decode_bytes(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refusal("empty-file", "the file holds no text", "fetch or export the document again")
    longest = max(map(len, text.split("\n")))
    if longest > MAX_LINE_CHARACTERS:
        raise Refusal(
            "line-too-long",
            f"a line of {longest:,} characters is not a line of text",
            "check the export: one visual line or one paragraph a line is expected",
        )
    _refuse_damage(text)
    return text, findings


def _decode_bytes(data: bytes) -> tuple[str, list[Finding]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError:
            raise _not_text("it begins like UTF-16 and is not") from None
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise _not_text("it holds null bytes")
    for encoding, reads_well in (("gb18030", _reads_as_chinese), ("cp1252", _reads_as_latin)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if reads_well(text):
            return text, [Finding.warning("encoding-guessed", f"not UTF-8: read as {encoding}")]
    raise _not_text("it is neither UTF-8 nor another encoding that reads as text")


def _reads_as_chinese(text: str) -> bool:
    # The characters that make up a third of any Chinese text; wrong decodings hit them by chance only.
    common = sum(text.count(char) for char in "的是不和在有国为会一这中我用")
    return common * 25 > len(text)


def _reads_as_latin(text: str) -> bool:
    plain = sum(char.isascii() and (char.isalnum() or char in " .,;:\n") for char in text)
    return plain * 10 > len(text) * 9


def _refuse_damage(text: str) -> None:
    controls = len(_CONTROL.findall(text))
    if controls * 100 > len(text):
        raise _not_text("it is full of control characters")
    replaced = text.count("\ufffd")
    garbled = 2 * len(_MOJIBAKE.findall(text))
    # A quotation of damaged text is possible; a damaged document has damage everywhere.
    if replaced * 200 > len(text) or garbled * 20 > len(text):
        raise Refusal(
            "mojibake",
            "the characters are damaged: the text was once decoded with a wrong encoding",
            "export the document again as UTF-8",
        )


def _not_text(why: str) -> Refusal:
    return Refusal("not-text", f"this is not a text file: {why}", "give the text of the document as a UTF-8 .txt file")
