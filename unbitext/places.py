"""Where a part of a corpus stands in its source: the pages, the boxes, and pictures of the pages with the boxes."""

from collections.abc import Sequence
from pathlib import Path

from schemas.document import Block, Box, Document, Sentence
from unbitext.source_files import SourceError, Whereabouts, find_source


def pages_of(part: Block | Sentence) -> list[int]:
    """The pages that a block or a sentence stands on; those of a block without boxes from its sentences."""
    return sorted({box[0] for box in boxes_of(part)}) or ([part.page] if part.page is not None else [])


def boxes_of(part: Block | Sentence) -> tuple[Box, ...]:
    """The boxes of a block or a sentence."""
    if part.boxes or isinstance(part, Sentence):
        return part.boxes
    return tuple(box for sentence in part.sentences for box in sentence.boxes)


def describe_pages(part: Block | Sentence) -> str | None:
    """`2`, or `2-4` for a part that goes over pages; None where the source has none."""
    pages = pages_of(part)
    if not pages:
        return None
    return f"{pages[0]}" if pages[0] == pages[-1] else f"{pages[0]}-{pages[-1]}"


def describe_boxes(part: Block | Sentence, margin: str = "") -> list[str]:
    """A line for each box: its page, left, top, right and bottom in points from the page's top left."""
    return [
        f"{margin}box     page {page}  " + "  ".join(f"{corner:.1f}" for corner in corners)
        for page, *corners in boxes_of(part)
    ]


def write_page_images(
    document: Document,
    parts: Sequence[Block | Sentence],
    out: Path,
    where: Whereabouts,
    *,
    resolution: int = 100,
    every_block: bool = False,
) -> list[tuple[int, Path]]:
    """Draw the pages that the parts stand on and return page and file of each: `out`, then `out` with `-p3` and so on.

    Raises `SourceError` where there is no page to draw, the source is not found or a picture cannot be written.
    """
    # Drawing needs libraries that printing does not.
    from unbitext.page_images import draw_pages, marks_of  # noqa: PLC0415

    meta = document.meta.source
    if not document.pages:
        raise SourceError(f"{meta.file} ({meta.media_type}) has no pages to draw: only a PDF has")
    boxes = [box for part in parts for box in boxes_of(part)]
    if not boxes:
        raise SourceError("the reader found no place on a page for this part")
    path = find_source(meta, where)
    marks = marks_of(boxes, document if every_block else None)
    written: list[tuple[int, Path]] = []
    for number, picture in draw_pages(path.read_bytes(), marks, resolution).items():
        file = out.with_name(f"{out.stem}-p{number}{out.suffix}") if written else out
        try:
            picture.save(file, format="PNG")
        except OSError as error:
            raise SourceError(f"{file} cannot be written: {error.strerror}; choose another file") from error
        written.append((number, file))
    return written
