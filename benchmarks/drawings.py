"""Line drawings in SVG: the same input gives the same bytes, and no library is needed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape

Point = tuple[float, float]

INK = "#222222"
GREY = "#999999"
FAINT = "#dddddd"
BLUE = "#1f5fa8"


@dataclass
class Drawing:
    """Shapes on white; lengths are in pixels from the upper left corner. `title` and `description` are for readers."""

    width: int
    height: int
    title: str
    description: str
    shapes: list[str] = field(default_factory=list)

    def line(self, begin: Point, end: Point, colour: str = INK, width: float = 1.0, dashes: str = "") -> None:
        """A straight line."""
        self.curve([begin, end], colour, width, dashes)

    def curve(self, points: Sequence[Point], colour: str = INK, width: float = 1.0, dashes: str = "") -> None:
        """Straight lines from point to point."""
        places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        broken = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.shapes.append(
            f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="{width:g}"{broken}/>'
        )

    def dot(self, place: Point, radius: float = 3.5, colour: str = BLUE) -> None:
        """A filled circle."""
        self.shapes.append(f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{radius:g}" fill="{colour}"/>')

    def text(self, place: Point, words: str, size: int = 11, anchor: str = "middle", colour: str = INK) -> None:
        """One line of words; `anchor` is start, middle or end."""
        self.shapes.append(
            f'<text x="{place[0]:.1f}" y="{place[1]:.1f}" font-size="{size}" text-anchor="{anchor}" '
            f'fill="{colour}">{escape(words)}</text>'
        )

    def upright_text(self, place: Point, words: str, size: int = 11) -> None:
        """One line of words, read from below."""
        x, y = place
        self.shapes.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="middle" fill="{INK}" '
            f'transform="rotate(-90 {x:.1f} {y:.1f})">{escape(words)}</text>'
        )

    def svg(self) -> str:
        """The drawing as a file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" role="img" font-family="sans-serif">'
        )
        ground = f'<rect width="{self.width}" height="{self.height}" fill="#ffffff"/>'
        words = [f"<title>{escape(self.title)}</title>", f"<desc>{escape(self.description)}</desc>"]
        return "\n".join([head, *words, ground, *self.shapes, "</svg>"]) + "\n"


@dataclass(frozen=True)
class Panel:
    """A rectangle of a drawing with two scales; `across` and `up` map values to shares of its width and height."""

    left: float
    top: float
    width: float
    height: float
    across: Callable[[float], float]
    up: Callable[[float], float]

    def place(self, x: float, y: float) -> Point:
        """Where a pair of values is."""
        return self.left + self.across(x) * self.width, self.top + (1.0 - self.up(y)) * self.height

    def frame(
        self, drawing: Drawing, x_ticks: Sequence[tuple[float, str]], y_ticks: Sequence[tuple[float, str]]
    ) -> None:
        """Draw its edges, faint lines at the ticks, and what these are called."""
        right, bottom = self.left + self.width, self.top + self.height
        for value, name in x_ticks:
            x = self.left + self.across(value) * self.width
            drawing.line((x, self.top), (x, bottom), FAINT)
            drawing.text((x, bottom + 14), name, 10)
        for value, name in y_ticks:
            y = self.top + (1.0 - self.up(value)) * self.height
            drawing.line((self.left, y), (right, y), FAINT)
            drawing.text((self.left - 5, y + 3.5), name, 10, "end")
        corners = [
            (self.left, self.top),
            (right, self.top),
            (right, bottom),
            (self.left, bottom),
            (self.left, self.top),
        ]
        drawing.curve(corners, GREY)
