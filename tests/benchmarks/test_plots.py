"""The plots of the documentation and the drawings that they are made of."""

import re
from pathlib import Path

import pytest
from lxml import etree

from benchmarks.drawings import Drawing, Panel
from benchmarks.growth import Growth, growth_plot
from benchmarks.reliability import bin_rows, reliability_plot, summary_rows, wilson_interval
from benchmarks.score_fitting import HeldOut

PART = HeldOut("Sinorama", (0.95, 0.95, 0.4, 0.3), (True, True, True, False))
SVG = "{http://www.w3.org/2000/svg}"


def names(svg: str) -> list[str]:
    return [element.tag.removeprefix(SVG) for element in etree.fromstring(svg.encode())]


def test_a_drawing_is_well_formed_whatever_its_words() -> None:
    drawing = Drawing(100, 50, "a < b & c", 'say "x"')
    drawing.text((1, 2), "<&>")
    drawing.dot((3, 4))
    drawing.line((0, 0), (1.26, 1), dashes="1 2")
    tree = etree.fromstring(drawing.svg().encode())
    assert [element.text for element in tree.iter(f"{SVG}title", f"{SVG}text")] == ["a < b & c", "<&>"]
    assert 'points="0.0,0.0 1.3,1.0"' in drawing.svg()


@pytest.mark.parametrize(("value", "place"), [((0, 0), (10, 70)), ((1, 1), (60, 20)), ((0.5, 0.1), (35, 65))])
def test_a_panel_maps_values_to_places(value: tuple[float, float], place: tuple[float, float]) -> None:
    assert Panel(10, 20, 50, 50, lambda x: x, lambda y: y).place(*value) == pytest.approx(place)


@pytest.mark.parametrize(
    ("share", "count", "low", "high"),
    [(0.5, 10, 0.2366, 0.7634), (1.0, 10, 0.7225, 1.0), (0.0, 10, 0.0, 0.2775), (0.9, 1000, 0.8799, 0.9171)],
)
def test_intervals(share: float, count: int, low: float, high: float) -> None:
    assert wilson_interval(share, count) == pytest.approx((low, high), abs=1e-4)


def test_tables_of_held_out_scores() -> None:
    assert summary_rows([PART]) == [("Sinorama", "4", "1", ".250", "1.000", "2", "1.000", "1.000", "1.000")]
    assert bin_rows([PART]) == [
        ("Sinorama", ".300 to .400", "1", ".300", ".000"),
        ("Sinorama", ".400 to .500", "1", ".400", "1.000"),
        ("Sinorama", ".900 to 1.000", "2", ".950", "1.000"),
    ]


def test_the_reliability_plot_has_a_dot_for_each_tenth() -> None:
    plot = reliability_plot([(PART.genre, PART.figures)] * 2)
    assert names(plot).count("circle") == 6
    assert plot == reliability_plot([(PART.genre, PART.figures)] * 2)


@pytest.mark.parametrize("sizes", [[1000], [1000, 200_000], [500, 900]])
def test_the_plot_of_growth_has_a_dot_for_each_size(sizes: list[int]) -> None:
    found = [Growth(size, size / 2000, 80.0, 80.0 + size / 100, 0.99) for size in sizes]
    plot = growth_plot(found)
    assert names(plot).count("circle") == 2 * len(sizes)
    places = [
        float(number) for circle in re.findall(r"<circle[^>]*>", plot) for number in re.findall(r'"([\d.]+)"', circle)
    ]
    assert max(places) < 900


def test_the_plots_of_the_pages_are_there_and_described(root: Path) -> None:
    for page in sorted((root / "docs").glob("*.md")):
        for words, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert len(words.split()) > 5
            assert etree.parse(page.parent / path).getroot().find(f"{SVG}title") is not None
