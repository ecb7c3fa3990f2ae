"""Where things stand on a page: from PDFium's coordinates to points from the top left, as a person sees the page."""

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_STRAIGHT = 1e-3


class Frame:
    """The frame of one page, rotated and cropped as it is shown; `width` and `height` in points.

    `matrix` takes the page's own coordinates (x and y from the bottom left) to it. Where text is turned (in quarter
    turns clockwise), places along its line are told as if it stood upright.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.width, self.height = page.get_size()
        self.matrix = self._device_matrix(page)
        a, b, c, _, e, _ = self.matrix
        self._is_upright = abs(b) < _STRAIGHT and abs(c) < _STRAIGHT
        self._is_plain = self._is_upright and abs(a - 1) <= 1e-4 and abs(e) <= 1e-2

    def _device_matrix(self, page: pdfium.PdfPage) -> tuple[float, float, float, float, float, float]:
        scale = 100
        width, height = int(self.width * scale), int(self.height * scale)
        x, y = ctypes.c_int(), ctypes.c_int()
        points = []
        for at in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
            raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, *at, ctypes.byref(x), ctypes.byref(y))
            points.append((x.value / scale, y.value / scale))
        (e, f), (ax, ay), (bx, by) = points
        return (ax - e) / 1000, (ay - f) / 1000, (bx - e) / 1000, (by - f) / 1000, e, f

    def extents(self, edges: "memoryview[float]", turned: int) -> tuple[list[float], list[float]]:
        """Where characters begin and end along their line; `edges` holds left, top, right and bottom of each."""
        if self._is_upright and not turned:
            x0, x1 = list[float](edges[0::4]), list[float](edges[2::4])
            if not self._is_plain:
                a, e = self.matrix[0], self.matrix[4]
                x0, x1 = [a * x + e for x in x0], [a * x + e for x in x1]
            return x0, x1
        found = []
        for index in range(0, len(edges), 4):
            left, top, right, bottom = edges[index : index + 4]
            found.append(self.extent(left, top, right, bottom, turned))
        return [low for low, _ in found], [high for _, high in found]

    def extent(self, left: float, top: float, right: float, bottom: float, turned: int) -> tuple[float, float]:
        """Where a box begins and ends along its line."""
        x0, y0, x1, y1 = self.rectangle(left, bottom, right, top)
        return ((x0, x1), (y0, y1), (self.width - x1, self.width - x0), (self.height - y1, self.height - y0))[turned]

    def baseline(self, x: float, y: float, turned: int) -> float:
        """How far below the top the line through a point runs."""
        a, b, c, d, e, f = self.matrix
        across, down = a * x + c * y + e, b * x + d * y + f
        return (down, self.width - across, self.height - down, across)[turned]

    def rectangle(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a box as it is seen."""
        a, b, c, d, e, f = self.matrix
        xs = a * left + c * bottom + e, a * right + c * top + e
        ys = b * left + d * bottom + f, b * right + d * top + f
        return min(xs), min(ys), max(xs), max(ys)


def quarter_turns(along_x: float, along_y: float) -> int:
    """Quarter turns clockwise of text whose direction on the page (y downwards) is given."""
    if abs(along_x) >= abs(along_y):
        return 0 if along_x >= 0 else 2
    return 1 if along_y > 0 else 3
