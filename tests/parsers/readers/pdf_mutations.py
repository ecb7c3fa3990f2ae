"""PDFs with something done to them: to their bytes, to their objects, to what streams hold, to their structure tree.

A mutation is known by its number alone, so that one that finds a fault can be made again. Damage under a sound
cross-reference table reaches further into a reader than damaged bytes do: objects are taken out of the file, changed
and put together anew, streams unpacked, so that their content is damaged and not its compression.
"""

import random
import re
import zlib
from collections.abc import Callable, Sequence
from functools import cache

from tests.parsers.readers.pdf_files import Text, make_pdf, paragraph

Objects = dict[int, bytes]

_OBJECT = re.compile(rb"(?:^|(?<=[\r\n]))(\d+) 0 obj\s*(.*?)\s*endobj", re.S)
_STREAM = re.compile(rb"^(<<.*?>>)\s*stream\r?\n(.*?)\r?\n?endstream", re.S)
_NUMBER = re.compile(rb"(?<![\w.#/])-?\d+(?:\.\d+)?(?![\w.])")
_REFERENCE = re.compile(rb"\d+ 0 R")
_NAME = re.compile(rb"/[A-Za-z]+")
_HUGE = (
    b"99999999999999999999",
    b"-1",
    b"0",
    b"2147483647",
    b"-2147483648",
    b"4294967296",
    b"1e308",
    b"0.0000001",
    b"65536",
)
_TOKENS = (
    b"<<", b">>", b"[", b"]", b"(", b")", b"BT", b"ET", b"q", b"Q", b"Tj", b"TJ", b"0 0 0 0 0 0 Tm", b"/Nothing Do",
    b"1 0 0 1 1e9 1e9 cm", b"/Artifact <</MCID 99999999>> BDC", b"EMC EMC EMC", b"/F1 1e9 Tf", b"Tz 0 Tz", b"BI ID EI",
    b"\0\xff\xfe", b"null", b"<FFFF", b"endstream", b"endobj", b"stream", b"%",
)  # fmt: skip


def tagged_pdf() -> bytes:
    """Three pages with tags, a structure tree, running headers as artifacts, a note: all that a mutation can hit."""
    lines = ["The Commission met in the river town and heard the", "reports of the two observers on the flow."]
    pages = [
        [
            Text(90, 760, "A/99/17", font="F2"),
            *paragraph([f"{3 * page + 1}.  {lines[0]}", lines[1]], 90, 720),
            *paragraph([f"{3 * page + 2}.  {lines[0]}", lines[1]], 90, 680),
            *paragraph([f"{3 * page + 3}.  {lines[0]}", lines[1]], 90, 640),
            Text(90, 600, "I. Findings", 12, "F2"),
            Text(300, 600, "1", 6),
            Text(90, 60, "1", 6),
            Text(96, 56, "See the annex.", 8),
            Text(480, 30, f"{page + 1}/3"),
        ]
        for page in range(3)
    ]
    objects = objects_of(make_pdf(pages))
    tree = max(objects) + 1
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot %d 0 R >>" % tree
    kids = []
    for page, number in enumerate((6, 8, 10)):
        objects[number] = objects[number].replace(b"/Parent 2 0 R", b"/Parent 2 0 R /StructParents %d" % page)
        objects[number + 1] = _tagged(objects[number + 1])
        for mark in range(1, 10):
            element = tree + 2 + len(kids)
            objects[element] = b"<< /Type /StructElem /S /P /P %d 0 R /Pg %d 0 R /K %d >>" % (tree, number, mark)
            kids.append(b"%d 0 R" % element)
    objects[tree] = b"<< /Type /StructTreeRoot /K [%s] /ParentTree %d 0 R >>" % (b" ".join(kids), tree + 1)
    tens = [b"%d [%s]" % (page, b" ".join(kids[9 * page : 9 * page + 9])) for page in range(3)]
    objects[tree + 1] = b"<< /Nums [%s] >>" % b" ".join(tens)
    return assembled(objects)


def _tagged(page: bytes) -> bytes:
    head, content = split_stream(page)
    shown = content.split(b"ET\n")[:-1]
    marks = [b"/Artifact BMC\n", *(b"/P << /MCID %d >> BDC\n" % mark for mark in range(1, len(shown)))]
    content = b"".join(mark + text + b"ET\nEMC\n" for mark, text in zip(marks, shown, strict=True))
    return joined_stream(head, content)


def objects_of(data: bytes) -> Objects:
    """The objects of a sound PDF by their numbers, streams unpacked, object streams taken apart."""
    found: Objects = {}
    for match in _OBJECT.finditer(data):
        body = match[2]
        if not _STREAM.match(body):
            found[int(match[1])] = body
            continue
        head, content = split_stream(body)
        if b"/ObjStm" in head:
            found.update(_unpacked(head, content))
        elif b"/XRef" in head:
            found[0] = head
        else:
            found[int(match[1])] = joined_stream(head, content)
    return found


def _unpacked(head: bytes, content: bytes) -> Objects:
    first = int(re.search(rb"/First (\d+)", head)[1])  # type: ignore[index]
    numbers = list(map(int, content[:first].split()))
    places = [*(first + place for place in numbers[1::2]), len(content)]
    return {number: content[places[at] : places[at + 1]].strip() for at, number in enumerate(numbers[0::2])}


def split_stream(body: bytes) -> tuple[bytes, bytes]:
    """Dictionary and unpacked content of a stream, its filter and length gone from the dictionary."""
    match = _STREAM.match(body)
    if match is None:
        return body, b""
    head, content = match[1], match[2]
    if b"/FlateDecode" in head:
        content = zlib.decompressobj().decompress(content)
    return re.sub(rb"/Filter\s*(?:\[[^\]]*\]|/\w+)|/Length\s+\d+(?: 0 R)?|/DecodeParms\s*<<.*?>>", b"", head), content


def joined_stream(head: bytes, content: bytes) -> bytes:
    """A stream of a dictionary and its content, as it stands."""
    return b"%s /Length %d >>\nstream\n%s\nendstream" % (head.rstrip().removesuffix(b">>"), len(content), content)


def assembled(objects: Objects) -> bytes:
    """A PDF of these objects, with a cross-reference table that is right."""
    root = next((number for number, body in objects.items() if b"/Catalog" in body), 1)
    data = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        if number:
            places[number] = len(data)
            data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(data), max(places, default=0) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        data += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    return bytes(data) + b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)


def _flip(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 60))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut_short(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _cut_out(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice((1, 20, 400, 5000)) :]


def _put_in(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(_TOKENS) + data[place:]


def _drop_object(chance: random.Random, objects: Objects) -> None:
    del objects[chance.choice(list(objects))]


def _swap_objects(chance: random.Random, objects: Objects) -> None:
    one, other = chance.choice(list(objects)), chance.choice(list(objects))
    objects[one], objects[other] = objects[other], objects[one]


def _swap_streams(chance: random.Random, objects: Objects) -> None:
    streams = _with(objects, b"stream\n")
    one, other = chance.choice(streams), chance.choice(streams)
    (head, content), (other_head, other_content) = split_stream(objects[one]), split_stream(objects[other])
    objects[one], objects[other] = joined_stream(head, other_content), joined_stream(other_head, content)


def _huge_numbers(chance: random.Random, objects: Objects) -> None:
    for _ in range(chance.choice((1, 2, 5))):
        number = chance.choice(list(objects))
        _replace(chance, objects, number, _NUMBER, chance.choice(_HUGE))


def _wrong_references(chance: random.Random, objects: Objects) -> None:
    """References to anything, above all to what they stand in: trees become cycles."""
    for _ in range(chance.choice((1, 2, 5))):
        number = chance.choice(_with(objects, b" 0 R"))
        target = number if chance.random() < 0.5 else chance.choice([*objects, 99999])
        _replace(chance, objects, number, _REFERENCE, b"%d 0 R" % target)


def _other_names(chance: random.Random, objects: Objects) -> None:
    names = sorted({name for body in objects.values() for name in _NAME.findall(body[:2000])})
    _replace(chance, objects, chance.choice(_with(objects, b"/")), _NAME, chance.choice(names))


def _damaged_content(chance: random.Random, objects: Objects) -> None:
    """Content streams, fonts and maps of characters, unpacked and then damaged."""
    number = chance.choice(_with(objects, b"stream\n"))
    head, content = split_stream(objects[number])
    change = chance.choice((_flip, _cut_out, _put_in, _cut_short))
    objects[number] = joined_stream(head, change(chance, content) if content else chance.choice(_TOKENS))


def _deep(chance: random.Random, objects: Objects) -> None:
    """Arrays, dictionaries, graphics states, marked content within each other, far deeper than any file has them."""
    depth = chance.choice((50, 600, 20_000))
    number = chance.choice(list(objects))
    if b"stream\n" in objects[number]:
        head, content = split_stream(objects[number])
        opened, closed = chance.choice(
            ((b"q ", b"Q "), (b"/P BMC ", b"EMC "), (b"[", b"]"), (b"<<", b">>"), (b"(", b")"))
        )
        objects[number] = joined_stream(head, opened * depth + content + closed * depth)
    else:
        opened, closed = chance.choice(((b"[", b"]"), (b"<< /K ", b" >>")))
        objects[number] = opened * depth + objects[number] + closed * depth


def _damaged_tree(chance: random.Random, objects: Objects) -> None:
    """The tree of pages, or that of the structure: kids doubled, taken out, made their own grandparents."""
    number = chance.choice([number for number in objects if _is_of_tree(objects[number])])
    kind = chance.randrange(4)
    if kind == 0:
        del objects[number]
    elif kind == 1:
        _replace(chance, objects, number, _REFERENCE, b"%d 0 R" % number)
    elif kind == 2:
        objects[number] = re.sub(
            rb"/(?:Kids|K)\s*\[", lambda found: found[0] + b"%d 0 R " % number * 50, objects[number]
        )
    else:
        _replace(chance, objects, number, _NUMBER, chance.choice(_HUGE))


_OF_BYTES: Sequence[Callable[[random.Random, bytes], bytes]] = (_flip, _cut_short, _cut_out, _put_in)
_OF_OBJECTS: Sequence[Callable[[random.Random, Objects], None]] = (
    _drop_object, _swap_objects, _swap_streams, _huge_numbers, _wrong_references, _other_names, _damaged_content,
    _damaged_content, _deep, _damaged_tree,
)  # fmt: skip


def mutated(seed: int, bases: Sequence[bytes]) -> bytes:
    """The mutation of this number of one of these PDFs."""
    chance = random.Random(seed)
    base = bases[seed % len(bases)]
    if chance.random() < 0.3:
        return chance.choice(_OF_BYTES)(chance, base)
    objects = dict(_opened(base))
    chance.choice(_OF_OBJECTS)(chance, objects)
    return assembled(objects)


@cache
def _opened(base: bytes) -> Objects:
    return objects_of(base)


def _with(objects: Objects, part: bytes) -> list[int]:
    return [number for number, body in objects.items() if part in body] or list(objects)


def _is_of_tree(body: bytes) -> bool:
    return any(name in body[:400] for name in (b"/Kids", b"/StructElem", b"/StructTreeRoot", b"/Nums"))


def _replace(chance: random.Random, objects: Objects, number: int, pattern: re.Pattern[bytes], new: bytes) -> None:
    """Put `new` in the place of one match of a pattern, where there is one."""
    matches = list(pattern.finditer(objects[number]))
    if matches:
        match = chance.choice(matches)
        objects[number] = objects[number][: match.start()] + new + objects[number][match.end() :]
