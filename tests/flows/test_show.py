"""Where a part of a corpus stands in its source, in words, in JSON and on pictures of the pages."""

import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from flows.cli import app
from parsers.parse import parse_file
from schemas.document import Document
from tests.parsers.readers.pdf_files import Text, make_pdf, paragraph
from tests.unbitext.tei.examples import GENERATOR
from unbitext.outcome import BuildRecord, Totals
from unbitext.page_images import COLOURS, FOUND
from unbitext.places import describe_pages, pages_of, write_page_images
from unbitext.showing import find_part, show_links
from unbitext.showing_json import show_json
from unbitext.source_files import SourceError, Whereabouts, find_source
from unbitext.store import State, write_file
from unbitext.tei import encode_document, serialize

NAME = "SPECIMEN_2031_7.en"
LINES = ["The keepers of the northern lamps met in the", "spring. They counted all wicks and all the oil,"]


def write_pdf(path: Path, rotate: int = 0) -> Path:
    head = [] if rotate else [Text(60, 740, "SPECIMEN/2031/7", 8.5, "F2")]
    pages = [[*head, *paragraph(LINES, 123, 700 if not rotate else 300)], paragraph(["and went home.", ""], 123, 705)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(make_pdf(pages[: 1 if rotate else 2], rotate=rotate))
    return path


def corpus_of(file: Path, folder: Path) -> Document:
    """A corpus of one document, as far as showing it needs one; its build remembers where the file was."""
    document = parse_file(file, symbol="SPECIMEN/2031/7")
    write_file(folder / "tei" / "documents" / f"{NAME}.xml", serialize(encode_document(document, generator=GENERATOR)))
    record = BuildRecord(
        out=str(folder), key="", files={}, totals=Totals(), sources={document.meta.source.sha256: str(file)}
    )
    write_file(State(Path("state")).record(folder), record.model_dump_json().encode())
    return document


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    corpus_of(write_pdf(tmp_path / "in" / f"{NAME}.pdf"), tmp_path / "corpus")
    return tmp_path / "corpus"


def show(corpus: Path, part: str, *options: str) -> tuple[str, str]:
    run = CliRunner().invoke(app, ["show", f"{NAME}.{part}", "--corpus", str(corpus), *options])
    return run.stdout, run.stderr


def found_pixels(file: Path) -> tuple[int, int, int, int] | None:
    """The rectangle around all pixels that have the colour of what was asked for."""
    with Image.open(file) as picture:
        bands = [
            band.point(lambda value, wanted=wanted: 255 if value == wanted else 0)
            for band, wanted in zip(picture.convert("RGB").split(), FOUND, strict=True)
        ]
    both = Image.composite(bands[0], Image.new("L", bands[0].size), bands[1])
    return Image.composite(both, Image.new("L", both.size), bands[2]).getbbox()


@pytest.mark.parametrize("local", ["turn-4", "t4.p1"])
def test_a_turn_is_found_with_its_blocks(specimen_corpus: Path, local: str) -> None:
    document, parts = find_part(specimen_corpus, f"SPECIMEN_PV.7.en.{local}")
    turn = [block for block in document.blocks if block.turn == 4]
    assert parts == (turn if local == "turn-4" else turn[:1])
    shown = json.loads(show_json(specimen_corpus, f"SPECIMEN_PV.7.en.{local}"))
    counts = (len(shown["blocks"]), shown["block"] is None, shown["turn"] is None)
    assert counts == ((len(turn), True, False) if local == "turn-4" else (0, False, True))
    assert len(shown["links"]) >= len(parts)
    assert show_links(specimen_corpus, f"SPECIMEN_PV.7.en.{local}").count("[[link]]") == len(shown["links"])


def test_the_pages_of_a_turn_are_drawn(root: Path, specimen_corpus: Path, tmp_path: Path) -> None:
    document, parts = find_part(specimen_corpus, "SPECIMEN_PV.7.en.turn-4")
    source = root / "data/specimens/pdf/SPECIMEN_PV.7.en.pdf"
    where = Whereabouts(corpus=specimen_corpus, state=tmp_path, data=tmp_path, given=source)
    drawn = write_page_images(document, parts, tmp_path / "turn.png", where, resolution=36)
    assert [number for number, _ in drawn] == sorted({page for part in parts for page in pages_of(part)})


def test_pages_and_boxes_are_told(corpus: Path) -> None:
    text, _ = show(corpus, "u1", "--boxes")
    assert "page    1-2" in text.splitlines()
    assert [line.split()[:3] for line in text.splitlines() if "box" in line] == [
        ["box", "page", "1"], ["box", "page", "2"],  # the block
        ["box", "page", "1"], ["box", "page", "1"],  # its first sentence, on two lines
        ["box", "page", "1"], ["box", "page", "2"],  # its second, over the page
    ]  # fmt: skip
    assert "box" not in show(corpus, "u1")[0]
    shown = json.loads(show(corpus, "u1.s2", "--format", "json")[0])
    assert (shown["sentence"]["page"], [box[0] for box in shown["sentence"]["boxes"]]) == (1, [1, 2])
    assert (shown["block"], shown["links"], shown["source"]["file"]) == (None, [], f"{NAME}.pdf")


def test_a_sentence_is_drawn_where_it_stands(corpus: Path, tmp_path: Path) -> None:
    show(corpus, "u1.s1", "--page-image", "one.png", "--resolution", "72")
    document, (sentence,) = find_part(corpus, f"{NAME}.u1.s1")
    around = found_pixels(Path("one.png"))
    assert around is not None
    corners = [min(box[1] for box in sentence.boxes), min(box[2] for box in sentence.boxes)]
    corners += [max(box[3] for box in sentence.boxes), max(box[4] for box in sentence.boxes)]
    assert all(abs(pixel - corner) <= 2 for pixel, corner in zip(around, corners, strict=True))
    with Image.open("one.png") as picture:
        assert picture.size == (612, 792)
    assert document.pages[0].width == 612


def test_a_part_on_two_pages_makes_two_pictures(corpus: Path) -> None:
    show(corpus, "u1.s2", "--page-image", "two.png", "--resolution", "36")
    assert [found_pixels(Path(name)) is not None for name in ("two.png", "two-p2.png")] == [True, True]


def test_every_block_is_drawn_in_the_colour_of_its_kind(corpus: Path) -> None:
    document, _ = find_part(corpus, f"{NAME}.u1")
    show(corpus, "u1.s1", "--page-image", "all.png", "--all")
    with Image.open("all.png") as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or []}
    kinds = {block.kind for block in document.blocks if 1 in {box[0] for box in block.boxes}}
    assert {COLOURS[kind] for kind in kinds} <= colours
    assert len(set(COLOURS.values()) | {FOUND}) == len(COLOURS) + 1


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_drawn_upright(rotate: int, tmp_path: Path) -> None:
    (part,) = corpus_of(write_pdf(tmp_path / f"{NAME}.pdf", rotate), tmp_path / "corpus").blocks
    show(tmp_path / "corpus", part.id, "--page-image", "turned.png", "--resolution", "72")
    around = found_pixels(Path("turned.png"))
    assert around is not None
    with Image.open("turned.png") as picture:
        # Upright, and under the boxes: black letters inside the rectangle, and none outside it.
        dark = picture.convert("L").point(lambda value: 255 if value < 60 else 0).getbbox()
    assert dark is not None
    assert around[0] - 2 <= dark[0] < dark[2] <= around[2] + 2
    assert around[1] - 2 <= dark[1] < dark[3] <= around[3] + 2


def test_a_source_is_known_by_its_bytes(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "in" / f"{NAME}.pdf")
    source = corpus_of(file, tmp_path / "corpus").meta.source
    where = Whereabouts(corpus=tmp_path / "corpus", state=Path("state"), data=tmp_path / "data")
    assert find_source(source, where) == file
    elsewhere = tmp_path / "data" / "below" / "other-name.pdf"
    elsewhere.parent.mkdir(parents=True)
    file.rename(elsewhere)
    assert find_source(source, where) == elsewhere
    assert find_source(source, where._replace(given=elsewhere)) == elsewhere
    elsewhere.unlink()
    with pytest.raises(SourceError, match="is not found: name it with --source FILE"):
        find_source(source, where)
    file.write_bytes(b"%PDF-1.4 another")
    with pytest.raises(SourceError, match="has changed since the corpus was built"):
        find_source(source, where)
    with pytest.raises(SourceError, match="is not the file that the corpus was built from: its sha256 begins"):
        find_source(source, where._replace(given=file))
    with pytest.raises(SourceError, match=r"absent.pdf: no such file; check the path"):
        find_source(source, where._replace(given=tmp_path / "absent.pdf"))


def test_what_cannot_be_drawn_says_why(corpus: Path, tmp_path: Path) -> None:
    assert "folder/x.png cannot be written" in show(corpus, "u1", "--page-image", "folder/x.png")[1]
    dump = tmp_path / f"{NAME}.txt"
    dump.write_text("SPECIMEN/2031/7\n\n1. The keepers met. They counted the wicks.\n")
    document = corpus_of(dump, tmp_path / "dumps")
    part = document.blocks[-1]
    assert "has no pages to draw: only a PDF has" in show(tmp_path / "dumps", part.id, "--page-image", "x.png")[1]
    assert not part.boxes
    assert describe_pages(part) == (None if part.page is None else str(part.page))


def test_a_picture_is_not_larger_than_memory_allows(tmp_path: Path) -> None:
    file = tmp_path / f"{NAME}.pdf"
    file.write_bytes(make_pdf([paragraph(LINES, 123, 700)], width=5000, height=5000))
    (part, *_) = corpus_of(file, tmp_path / "corpus").blocks
    _, message = show(tmp_path / "corpus", part.id, "--page-image", "x.png", "--resolution", "600")
    assert "choose a lower resolution" in message


@pytest.mark.parametrize(
    ("part", "picture", "message"),
    [
        ("u1.s1", "one.jpg", "one.jpg: the picture is a PNG; give a name that ends in .png"),
        ("u1.s1", "nowhere/one.png", "nowhere/one.png cannot be written"),
        ("u9", "one.png", "has no part u9"),
    ],
)
def test_what_cannot_be_drawn_leaves_nothing_on_standard_output(
    corpus: Path, part: str, picture: str, message: str
) -> None:
    arguments = ["show", f"{NAME}.{part}", "--corpus", str(corpus), "--page-image", picture]
    run = CliRunner().invoke(app, arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert message in run.stderr.splitlines()[-1]
    assert not Path(picture).exists()
