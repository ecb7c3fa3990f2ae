"""The report: well-formed, of the release's own numbers, read by everybody, and of no effect elsewhere."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from schemas.states import states_and_organisations
from tests.unbitext.release.releases import document_records, pair_record, row
from unbitext.export.records import PairRecord, Row
from unbitext.release.charts import Chart, Series, bars, columns, matrix
from unbitext.release.distributions import (
    RATIO_BOUNDS,
    SCORE_BOUNDS,
    Coverage,
    Distributions,
    DistributionTally,
    DocumentCount,
    Histogram,
    SpeechCount,
)
from unbitext.release.manifest import Manifest, read_manifest
from unbitext.release.report_page import REPORT, report_page

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> \"'&]]>\x00\x1f\ud800 <img src=x onerror=y> &amp; --> </svg></style>"


def parsed(page: str) -> etree._Element:
    return etree.fromstring(page.encode(), etree.XMLParser(resolve_entities=False, no_network=True))


def words(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def tables(page: etree._Element) -> dict[str, list[list[str]]]:
    """The rows of each table, without its header, by the id of the section that it is in."""
    found = {}
    for section in page.iter(f"{HTML}section"):
        rows = [[words(cell) for cell in line] for line in section.iter(f"{HTML}tr")]
        found[section.get("aria-labelledby", "")] = rows[1:]
    return found


def numbers(cells: Sequence[str]) -> int:
    return sum(int(cell.replace(",", "")) for cell in cells)


@pytest.fixture(scope="module")
def manifest(release: Path) -> Manifest:
    return read_manifest(release)


def with_distributions(manifest: Manifest, distributions: Distributions) -> Manifest:
    census = manifest.census.model_copy(update={"distributions": distributions})
    return manifest.model_copy(update={"census": census})


def test_tables_give_names_in_full(manifest: Manifest) -> None:
    """Charts have no room for some; the numbers beneath them do."""
    counts = (DocumentCount(body="NPTPC", year=2017, language="en", documents=2, sentences=40),)
    page = parsed(report_page(with_distributions(manifest, Distributions(documents=counts))))
    name = "Preparatory Committee for the Review Conference of the Parties to the Treaty on the Non-Proliferation of"
    for section in ("bodies", "bodies-and-years"):
        (line,) = tables(page)[section]
        assert line[0].startswith(name)


def check(page: str) -> etree._Element:
    """What holds for every report: one tree, unique ids, pointers that lead somewhere, nothing active or elsewhere."""
    root = parsed(page)
    ids = [str(each) for each in root.xpath("//@id")]
    assert len(ids) == len(set(ids))
    pointed = [name for value in root.xpath("//@aria-labelledby") for name in str(value).split()]
    pointed += re.findall(r"url\(#([^)]+)\)", page)
    assert set(pointed) <= set(ids)
    known = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "a", "section", "figure"}
    known |= {"figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td", "div"}
    drawn = {"svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "line", "text"}
    names = {str(element.tag) for element in root.iter()}
    assert names <= {HTML + name for name in known} | {SVG + name for name in drawn}
    assert not [name for name in root.xpath("//@*") if str(name).startswith(("javascript:", "http:", "//"))]
    assert {str(each) for each in root.xpath("//@href | //@src")} <= {"README.md", "manifest.json"}
    for figure in root.iter(f"{HTML}figure"):
        drawing, table = figure.find(f"{HTML}div/{SVG}svg"), figure.find(f"{HTML}table")
        # What can be moved sideways can be reached by keys, and has a name.
        assert [(each.get("tabindex"), bool(each.get("aria-label"))) for each in figure.iter(f"{HTML}div")] == [
            ("0", True)
        ]
        assert drawing is not None
        assert table is not None
        assert drawing.get("role") == "img"
        assert [element.tag for element in drawing][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert drawing.get("aria-labelledby", "").split() == [drawing[0].get("id"), drawing[1].get("id")]
        assert table.find(f"{HTML}caption") is not None
        assert {cell.get("scope") for cell in table.iter(f"{HTML}th")} == {"col", "row"}
    return root


def test_the_report_is_of_the_releases_own_numbers(release: Path, manifest: Manifest, rows: Sequence[Row]) -> None:
    text = (release / REPORT).read_text(encoding="utf-8")
    assert text == report_page(manifest)
    found = tables(check(text))
    documents = [line.split("\t") for line in (release / "tsv" / "documents.tsv").read_text().splitlines()]
    assert manifest.census.documents == len(documents) - 1
    for key in ("bodies", "years", "bodies-and-years"):
        skipped = 2 if key == "bodies-and-years" else 1
        assert numbers([cell for line in found[key] for cell in line[skipped:]]) == manifest.census.documents
    for side, language in (("source", "Chinese"), ("target", "English")):
        held = {each for row in rows for each in ((row.pair, name) for name in getattr(row, f"{side}_ids"))}
        (line,) = [line for line in found["coverage-sentences"] if line[0] == language]
        assert int(line[2]) == len(held) <= int(line[1])
        (line,) = [line for line in found["coverage-documents"] if line[0] == language]
        assert int(line[2]) == len({row.pair for row in rows}) <= int(line[1])
    for key in ("scores-zh-en", "length-ratios-zh-en"):
        assert numbers([line[1] for line in found[key]]) == len(rows)
    speeches = (release / "tsv" / "speeches.tsv").read_text(encoding="utf-8").splitlines()
    place = speeches[0].split("\t").index("state")
    spoken = Counter(line.split("\t")[place] for line in speeches[1:])
    known = states_and_organisations()
    wanted = {known[code].name() if code in known else "no State told": count for code, count in spoken.items()}
    assert {line[0]: numbers(line[1:]) for line in found["speeches"]} == wanted
    assert f"[`{REPORT}`]({REPORT})" in (release / "README.md").read_text(encoding="utf-8")


def test_hostile_names_stay_words(manifest: Manifest) -> None:
    hostile = Distributions(
        documents=(DocumentCount(body=HOSTILE, year=1999, language=HOSTILE, documents=1, sentences=2),),
        coverage=(Coverage(languages="zh-en", language=HOSTILE, documents=1, sentences=2),),
        speeches=(SpeechCount(state=HOSTILE, language=HOSTILE, speeches=3),),
    )
    root = check(report_page(with_distributions(manifest, hostile)))
    for key in ("bodies", "speeches"):
        (line,) = tables(root)[key]
        assert line[0].startswith("<script>alert(1)</script> \"'&]]>\ufffd")


def test_a_release_of_nothing_has_a_report(manifest: Manifest) -> None:
    root = check(report_page(with_distributions(manifest, Distributions())))
    assert "None in this release." in words(root)
    assert not list(root.iter(f"{HTML}figure"))


def test_many_bodies_years_and_states_are_all_in_the_tables(manifest: Manifest) -> None:
    languages = ("ar", "en", "es", "fr", "ru", "zh", None)
    many = Distributions(
        documents=tuple(
            DocumentCount(body=f"B{n}", year=1946 + n, language=language, documents=1000 * n + 1, sentences=n)
            for n in range(80)
            for language in languages
        ),
        scores=(Histogram(languages="zh-en", rows=(7,) * 20, left_out=(0,) * 20),),
        speeches=tuple(SpeechCount(state=f"S{n}", language="en", speeches=n + 1) for n in range(200)),
    )
    page = report_page(with_distributions(manifest, many))
    found = tables(check(page))
    assert {key: len(found[key]) for key in ("bodies", "years", "bodies-and-years", "speeches")} == {
        "bodies": 80,
        "years": 80,
        "bodies-and-years": 80,
        "speeches": 200,
    }
    assert found["speeches"][0] == ["S199", "200"]
    assert max(float(value) for value in re.findall(r'height="([0-9.]+)" role', page)) < 700


def test_a_year_misread_draws_no_thousand_columns(manifest: Manifest) -> None:
    odd = Distributions(
        documents=tuple(
            DocumentCount(body="GA", year=year, language="en", documents=1, sentences=1) for year in (1, 2026, None)
        )
    )
    root = check(report_page(with_distributions(manifest, odd)))
    assert [line[0] for line in tables(root)["years"]] == ["0001", "2026", "no date"]
    assert len(report_page(with_distributions(manifest, odd))) < 30_000


def test_threshold_stands_at_its_score(manifest: Manifest) -> None:
    filters = manifest.filters.model_copy(update={"min_score": 0.25})
    text = report_page(manifest.model_copy(update={"filters": filters}))
    (drawing,) = re.findall(r"(?s)<svg[^>]*scores-zh-en.*?</svg>", text)
    lines = drawing.splitlines()

    def place(sign: str) -> float:
        ((x,),) = [re.findall(r' x1?="([0-9.]+)"', line) for line in lines if sign in line]
        return float(x)

    assert place("stroke-dasharray") - place(">0.10<") == pytest.approx(
        1.5 * (place(">0.20<") - place(">0.10<")), abs=0.3
    )
    assert ">threshold 0.25<" in drawing


@pytest.mark.parametrize(
    ("score", "bin"), [(0.0, 0), (0.049, 0), (0.05, 1), (0.15, 3), (0.5, 10), (0.95, 19), (1.0, 19)]
)
def test_bins_of_scores_begin_at_their_bound(score: float, bin: int) -> None:
    tally = DistributionTally()
    tally.add_pair(
        PairRecord(name="X.zh-en", split="train", shard=0, rows=(row("X.zh-en", 1, "一", "b", score=score),))
    )
    (found,) = tally.distributions().scores
    assert found.rows.index(1) == bin
    assert sum(found.left_out) == 0


@settings(max_examples=25)
@given(st.lists(st.tuples(st.text("一二", min_size=1, max_size=9), st.text("ab", min_size=1, max_size=40))))
def test_every_row_is_in_one_bin(texts: list[tuple[str, str]]) -> None:
    tally = DistributionTally()
    pair = pair_record(texts)
    tally.add_pair(pair)
    for record in document_records(pair) if texts else ():
        tally.add_document(record)
    found = tally.distributions()
    for histograms, bounds in ((found.scores, SCORE_BOUNDS), (found.length_ratios, RATIO_BOUNDS)):
        assert sum(sum(each.rows) for each in histograms) == len(texts)
        assert all(len(each.rows) == len(each.left_out) == len(bounds) + 1 for each in histograms)
    assert sum(each.documents for each in found.documents) == (2 if texts else 0)
    assert all(each.sentences == len(texts) for each in found.coverage)


COUNTS = st.lists(st.tuples(st.text(max_size=60), st.integers(0, 10**12), st.integers(0, 10**12)), max_size=40)


@settings(max_examples=25)
@given(COUNTS)
def test_every_chart_is_well_formed_and_stays_in_its_frame(counts: list[tuple[str, int, int]]) -> None:
    chart = Chart(
        key="k",
        title="t",
        description="d",
        names=tuple(name for name, _, _ in counts),
        series=(
            Series(name="one", values=tuple(one for _, one, _ in counts)),
            Series(name="two", values=tuple(two for _, _, two in counts)),
        ),
    )
    for text in (bars(chart), bars(chart, are_stacked=True), columns(chart), matrix(chart)):
        drawing = parsed(text)
        width, height = float(drawing.get("width", "0")), float(drawing.get("height", "0"))
        for shape in drawing.findall(f"{SVG}rect"):
            assert float(shape.get("x", "-1")) >= 0
            assert float(shape.get("x", "0")) + float(shape.get("width", "0")) <= width
            assert float(shape.get("y", "-1")) >= 0
            assert float(shape.get("y", "0")) + float(shape.get("height", "0")) <= height
