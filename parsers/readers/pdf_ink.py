"""Whether anything is printed at a place: glyphs without a map to Unicode may be white space, which only shows so."""

from functools import cached_property

from pdfplumber.page import Page as PlumberPage
from PIL.Image import Image
from pypdfium2 import PdfiumError

_DOTS_A_POINT = 2
_WHITE = 160
_LARGEST = 2000 * 2000
"""Square points of a page that is drawn."""

_OVERHANG = 0.2
"""The share of a box on either side into which the letters beside it may reach."""


class Ink:
    """What a page shows, drawn when it is first asked for."""

    def __init__(self, page: PlumberPage) -> None:
        self._page = page

    @cached_property
    def _picture(self) -> Image | None:
        """The page in shades of grey; None where it cannot be drawn, or would be a poster."""
        if self._page.width * self._page.height > _LARGEST:
            return None
        try:
            return self._draw()
        except (PdfiumError, OSError, ValueError):
            return None

    def _draw(self) -> Image:
        return self._page.to_image(resolution=72 * _DOTS_A_POINT).original.convert("L")

    def is_blank(self, x0: float, top: float, x1: float, bottom: float) -> bool:
        """Whether a box, in points from the page's top left, holds nothing that is seen."""
        aside = _OVERHANG * (x1 - x0)
        edges = [round(_DOTS_A_POINT * edge) for edge in (x0 + aside, top, x1 - aside, bottom)]
        if self._picture is None:
            return False
        if edges[2] <= edges[0] or edges[3] <= edges[1]:
            return True
        shades = self._picture.crop((edges[0], edges[1], edges[2], edges[3])).histogram()
        return not any(shades[:_WHITE])
