"""How large the pages of a file are."""

import pypdfium2 as pdfium

from parsers.readers.pdf import MEDIA_TYPE


def page_sizes(data: bytes, media_type: str) -> list[tuple[float, float]]:
    """Width and height of each page in points, as it is rotated and cropped; none for a format without a layout.

    The file is one that a reader has read.
    """
    if media_type != MEDIA_TYPE:
        return []
    document = pdfium.PdfDocument(data)
    try:
        return [document.get_page_size(index) for index in range(len(document))]
    finally:
        document.close()
