"""Small PDFs with invented text, made in milliseconds: what the server on loopback publishes by the hundred.

Their one font is not embedded and says by a ToUnicode map what its characters are, as the UN's PDFs do.
"""

from collections.abc import Sequence
from itertools import count

PAGE = (595, 842)
_SIZE, _LEADING, _LEFT, _TOP = 10, 14, 70, 70
_LINES = (PAGE[1] - 2 * _TOP) // _LEADING

_ENGLISH = (
    "The pond was {n} metres deep in spring, and the frogs of the marsh counted it twice.",
    "A heron stood in the reeds for {n} hours. It caught nothing, and nobody was surprised.",
    "The newts asked for a longer bridge; the toads thought {n} planks were enough.",
    "The marsh decided to meet again in {n} weeks.",
)
_CHINESE = (
    "春天的池塘深{n}米，沼泽的青蛙量了两次。",
    "一只苍鹭在芦苇里站了{n}个小时。它什么也没有抓到，谁也不觉得奇怪。",
    "蝾螈要求修一座更长的桥；蟾蜍认为{n}块木板就够了。",
    "沼泽决定{n}个星期以后再开会。",
)


def pond_text(symbol: str, language: str, number: int, paragraphs: int = 4) -> list[str]:
    """The lines of a small report of the pond."""
    english = language == "en"
    sentences = _ENGLISH if english else _CHINESE
    head = [symbol, "", "Report of the pond" if english else "池塘的报告", ""]
    body = []
    for index, sentence in zip(range(paragraphs), _again(sentences), strict=False):
        body += [f"{index + 1}. {sentence.format(n=number + index + 2)}", ""]
    return head + body


def _again(sentences: Sequence[str]) -> Sequence[str]:
    return [sentences[index % len(sentences)] for index in range(400)]


def pond_paper(symbol: str, language: str, number: int, paragraphs: int = 4) -> bytes:
    """A small report of the pond as PDF."""
    return pdf(pond_text(symbol, language, number, paragraphs))


def pdf(lines: Sequence[str]) -> bytes:
    """A PDF of these lines, each printed where it would stand; lines that are too long run off the page."""
    characters = sorted(set("".join(lines)) | {" "})
    codes = {character: number for number, character in enumerate(characters, 1)}
    pages = [lines[start : start + _LINES] for start in range(0, max(len(lines), 1), _LINES)]
    numbers = count(7)
    page_numbers = [(next(numbers), next(numbers)) for _ in pages]
    widths = " ".join(str(_width(character)) for character in characters)
    kids = " ".join(f"{page} 0 R" for page, _ in page_numbers)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        3: b"<</Type/Font/Subtype/Type0/BaseFont/Pond/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        4: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Pond/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor 5 0 R/DW 1000/W[1[" + widths.encode() + b"]]>>",
        5: b"<</Type/FontDescriptor/FontName/Pond/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800"
        b"/Descent -200/CapHeight 700/StemV 80>>",
        6: _stream(_unicode_map(codes)),
    }
    for (page, content), text in zip(page_numbers, pages, strict=True):
        objects[page] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAGE[0]} {PAGE[1]}]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {content} 0 R>>"
        ).encode()
        objects[content] = _stream(_content(text, codes))
    return _file(objects)


def _width(character: str) -> int:
    return 1000 if ord(character) > 0x2E7F else 500


def _content(lines: Sequence[str], codes: dict[str, int]) -> bytes:
    shown = []
    for row, line in enumerate(lines):
        if line:
            text = "".join(f"{codes[character]:04X}" for character in line)
            shown.append(f"BT /F1 {_SIZE} Tf {_LEFT} {PAGE[1] - _TOP - row * _LEADING} Td <{text}> Tj ET")
    return "\n".join(shown).encode()


def _unicode_map(codes: dict[str, int]) -> bytes:
    rows = [f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>" for character, code in codes.items()]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    ranges = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Pond def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{ranges}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def _stream(data: bytes) -> bytes:
    return f"<</Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: dict[int, bytes]) -> bytes:
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for number in sorted(places):
        data += f"{places[number]:010} 00000 n \n".encode()
    data += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(data)
