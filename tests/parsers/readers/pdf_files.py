"""Small PDFs written by hand, so that tests need no library to make them: text at places, in the standard fonts."""

import math
from collections.abc import Sequence
from typing import NamedTuple


class Text(NamedTuple):
    """A string at a place (points from the bottom left), in Times roman, bold (`F2`) or italic (`F3`).

    `degrees` is how far it is turned against the clock. `said` is what the file gives to be read in its place
    (ActualText).
    """

    x: float
    y: float
    text: str
    size: float = 10
    font: str = "F1"
    degrees: float = 0
    said: str = ""


class Bar(NamedTuple):
    """A filled bar (points from the bottom left), as word processors draw the border of a cell."""

    x: float
    y: float
    width: float
    height: float = 0.5


def make_pdf(pages: Sequence[Sequence[Text | Bar]], *, width: int = 612, height: int = 792, rotate: int = 0) -> bytes:
    """A PDF of these pages."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    for name in ("Times-Roman", "Times-Bold", "Times-Italic"):
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode())
    for index, page in enumerate(pages):
        content = b"".join(_show(item) for item in page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Rotate {rotate} "
            f"/Contents {7 + 2 * index} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _assemble(objects)


def make_form_pdf(page: Sequence[Text], form: Sequence[Text]) -> bytes:
    """A PDF of one page on which a form, a picture made of text, stands 600 points up."""
    content, inner = b"".join(map(_show, page)) + b"/X1 Do\n", b"".join(map(_show, form))
    resources = b"/Resources << /Font << /F1 3 0 R >>"
    return _assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R %s /XObject << /X1 6 0 R >> >> >>"
            % resources,
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 100] /Matrix [1 0 0 1 0 600] %s >> /Length %d >>"
            b"\nstream\n%s\nendstream" % (resources, len(inner), inner),
        ]
    )


def _show(item: Text | Bar) -> bytes:
    if isinstance(item, Bar):
        return b"%g %g %g %g re f\n" % item
    escaped = item.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    cos, sin = math.cos(math.radians(item.degrees)), math.sin(math.radians(item.degrees))
    place = b"%g %g %g %g %g %g Tm" % (cos, sin, -sin, cos, item.x, item.y)
    shown = b"BT /%s %g Tf %s (%s) Tj ET\n" % (item.font.encode(), item.size, place, escaped)
    return b"/Span <</ActualText (%s)>> BDC\n%sEMC\n" % (item.said.encode("cp1252"), shown) if item.said else shown


def _assemble(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def paragraph(lines: Sequence[str], x: float, y: float, *, first: float = 0, leading: float = 12) -> list[Text]:
    """Lines one under another from `y` down, the first one `first` points further in."""
    return [Text(x + (first if not index else 0), y - leading * index, line) for index, line in enumerate(lines)]


def locked_pdf() -> bytes:
    """A PDF that opens with a password only: its keys fit none that a reader would try."""
    data = make_pdf([[Text(72, 700, "Behind a lock.")]])
    key = "00" * 32
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <{key}> /U <{key}> >> /ID [<00> <00>]"
    return data.replace(b"/Root 1 0 R >>", f"/Root 1 0 R {lock} >>".encode())
