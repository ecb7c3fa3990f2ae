"""Text that a file gives to be read in place of what it prints (ActualText), put aside, so that the print is read.

PDFium takes such a text for the characters of its text object and spreads them over its width. A leader of 44 dots may
be said to be one of 45. The page in memory is changed, not the file.
"""

import pypdfium2.raw as raw

from parsers.readers import pdf_calls as calls
from parsers.readers.pdf_limits import MAX_OBJECTS

_KEY = b"ActualText"


def put_aside_replacements(page: int) -> bool:
    """Let the text objects of an open page, given its handle, say what they print; whether any said something else."""
    found = False
    for index in range(min(calls.count_objects(page), MAX_OBJECTS)):
        item = calls.page_object(page, index)
        if calls.kind_of(item) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        for place in reversed(range(calls.count_marks(item))):
            mark = calls.mark_of(item, place)
            if calls.kind_of_value(mark, _KEY) != raw.FPDF_OBJECT_UNKNOWN:
                found = bool(calls.remove_mark(item, mark)) or found
    return found
