"""PDFium's raw functions with plain integers for handles and addresses.

A page costs ten thousand calls, so that what one costs decides how fast a PDF is read. With integers in place of typed
pointers, and without letting other threads in around each call of a quarter of a microsecond, it is a third of what
pypdfium2's own prototypes take. Addresses point into buffers that the caller keeps.
"""

import ctypes
from collections.abc import Callable
from typing import Literal

import pypdfium2.raw as raw

_INT, _HANDLE = ctypes.c_int, ctypes.c_void_p


def _prototype(function: object, result: type | None, *arguments: type) -> Callable[..., int]:
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


def handle_of(pointer: "ctypes._Pointer[ctypes.Structure]") -> int:
    """The plain handle behind a typed pointer of pypdfium2's."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def address_of(buffer: bytearray) -> int:
    """Where a buffer lies that PDFium is to write to; it must not be resized as long as the address is used."""
    return ctypes.addressof((ctypes.c_char * len(buffer)).from_buffer(buffer))


class Buffer:
    """Memory that PDFium writes floats or doubles to: `values`, and where each of them lies."""

    def __init__(self, form: Literal["f", "d"], count: int) -> None:
        width = 8 if form == "d" else 4
        buffer = bytearray(count * width)
        self.address = address_of(buffer)
        self.places = [self.address + width * index for index in range(count)]
        self.values = memoryview(buffer).cast(form)


# Of a text page, by the index of a character.
text_of = _prototype(raw.FPDFText_GetText, _INT, _HANDLE, _INT, _INT, _HANDLE)
unicode_of = _prototype(raw.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INT)
object_of = _prototype(raw.FPDFText_GetTextObject, _HANDLE, _HANDLE, _INT)
box_of = _prototype(raw.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _HANDLE)
ink_of = _prototype(raw.FPDFText_GetCharBox, _INT, _HANDLE, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
origin_of = _prototype(raw.FPDFText_GetCharOrigin, _INT, _HANDLE, _INT, _HANDLE, _HANDLE)
map_fails = _prototype(raw.FPDFText_HasUnicodeMapError, _INT, _HANDLE, _INT)

# Of a text object.
matrix_of = _prototype(raw.FPDFPageObj_GetMatrix, _INT, _HANDLE, _HANDLE)
size_of = _prototype(raw.FPDFTextObj_GetFontSize, _INT, _HANDLE, _HANDLE)
font_of = _prototype(raw.FPDFTextObj_GetFont, _HANDLE, _HANDLE)
count_marks = _prototype(raw.FPDFPageObj_CountMarks, _INT, _HANDLE)
mark_of = _prototype(raw.FPDFPageObj_GetMark, _HANDLE, _HANDLE, ctypes.c_ulong)
mark_name = _prototype(raw.FPDFPageObjMark_GetName, _INT, _HANDLE, _HANDLE, ctypes.c_ulong, _HANDLE)

kind_of_value = _prototype(raw.FPDFPageObjMark_GetParamValueType, _INT, _HANDLE, ctypes.c_char_p)
remove_mark = _prototype(raw.FPDFPageObj_RemoveMark, _INT, _HANDLE, _HANDLE)

# Of a font.
glyph_width = _prototype(raw.FPDFFont_GetGlyphWidth, _INT, _HANDLE, ctypes.c_uint, ctypes.c_float, _HANDLE)

# Of a path.
count_segments = _prototype(raw.FPDFPath_CountSegments, _INT, _HANDLE)

# Of a page.
count_objects = _prototype(raw.FPDFPage_CountObjects, _INT, _HANDLE)
page_object = _prototype(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
kind_of = _prototype(raw.FPDFPageObj_GetType, _INT, _HANDLE)
bounds_of = _prototype(raw.FPDFPageObj_GetBounds, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
