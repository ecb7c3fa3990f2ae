"""Both readers of PDFs on the real documents: pages a second to lines and Document, costs, memory, blocks alike.

    python -m benchmarks.pdf_readers [FOLDER] [--blocks]

Seconds are of computing, those of the process that reads and of this one together, as one core would take them; the
best of two rounds for the fast reader, one for the reference. What two processes gain is told by the clock.
"""

import argparse
import os
import pickle
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from difflib import SequenceMatcher
from functools import partial
from math import inf
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import pypdfium2.raw as raw

from benchmarks.golds import ROOT
from benchmarks.memory import children_megabytes, resident_megabytes
from parsers.errors import Refusal
from parsers.parse import parse_bytes, parse_reading
from parsers.readers.pdf import lay_out, read_pdf
from parsers.readers.pdf_fast import read_run_pages
from parsers.readers.pdf_opening import open_pdf
from parsers.readers.pdf_process import seconds_of_workers
from parsers.readers.pdf_runs import Reader, RunPage
from schemas.document import Block, Document

ROUNDS = 2


class Timed(NamedTuple):
    """A document, and the seconds from the file to its lines and to it."""

    document: Document
    to_lines: float
    to_document: float


class Compared(NamedTuple):
    """One file by both readers; `alike` of `blocks` are the same in both, but for their boxes.

    `differences` are the others, by the fast reader and by the reference; `parts` names what else of the documents
    differs, and `farthest` tells how far apart boxes of the same block are, in points.
    """

    name: str
    pages: int
    fast: Timed
    reference: Timed
    blocks: int
    alike: int
    differences: list[tuple[str, str]]
    parts: list[str]
    farthest: float


def parse_by(data: bytes, name: str, reader: Reader) -> Timed:
    """Parse a PDF with one of the readers. Raises `Refusal`."""
    started = _computed()
    reading = read_pdf(data, reader=reader)
    read = _computed()
    document = parse_reading(reading, data, name)
    return Timed(document, read - started, _computed() - started)


def _computed() -> float:
    return time.process_time() + seconds_of_workers()


def compare(path: Path) -> Compared:
    """One file by both readers. Raises `Refusal` where the fast one refuses it."""
    data = path.read_bytes()
    fast = min((parse_by(data, path.name, "fast") for _ in range(ROUNDS)), key=lambda timed: timed.to_document)
    reference = parse_by(data, path.name, "reference")
    ours, theirs = [_shown(block) for block in fast.document.blocks], [_shown(b) for b in reference.document.blocks]
    matched = SequenceMatcher(None, ours, theirs, autojunk=False)
    differences = [
        ("\n".join(ours[a:b]), "\n".join(theirs[c:d])) for tag, a, b, c, d in matched.get_opcodes() if tag != "equal"
    ]
    runs = matched.get_matching_blocks()
    pairs = [
        (fast.document.blocks[run.a + index], reference.document.blocks[run.b + index])
        for run in runs
        for index in range(run.size)
    ]
    return Compared(
        path.name,
        fast.document.meta.source.pages or 0,
        fast,
        reference,
        blocks=len(theirs),
        alike=len(pairs),
        differences=differences,
        parts=_parts_that_differ(fast.document, reference.document),
        farthest=max((_apart(one, other) for one, other in pairs), default=0.0),
    )


def _shown(block: Block) -> str:
    """All of a block but its boxes, which depend on how widths are rounded."""
    sentences = [sentence.model_copy(update={"boxes": ()}) for sentence in block.sentences]
    return repr(block.model_copy(update={"boxes": (), "sentences": sentences}))


def _parts_that_differ(one: Document, other: Document) -> list[str]:
    """What differs besides the blocks. That a page was handed over is told, and no difference."""
    one, other = (_without_second_reader(document) for document in (one, other))
    return [part for part in Document.model_fields if part != "blocks" and getattr(one, part) != getattr(other, part)]


def _without_second_reader(document: Document) -> Document:
    findings = tuple(finding for finding in document.findings if finding.code != "second-reader")
    return document.model_copy(update={"findings": findings})


def _apart(one: Block, other: Block) -> float:
    """How far apart the boxes of a block and of its sentences are by both readers; infinite where they have others."""
    pairs = [
        (one.boxes, other.boxes),
        *((a.boxes, b.boxes) for a, b in zip(one.sentences, other.sentences, strict=True)),
    ]
    if any([box[0] for box in ours] != [box[0] for box in theirs] for ours, theirs in pairs):
        return inf
    boxes = [(a[1:], b[1:]) for ours, theirs in pairs for a, b in zip(ours, theirs, strict=True)]
    return max((abs(edge - at) for a, b in boxes for edge, at in zip(a, b, strict=True)), default=0.0)


def print_readers(folder: Path, *, blocks: bool = False) -> None:
    """The table over all PDFs of a folder, and totals."""
    print(f"{'pages a second':<36} pages  to lines: fast  ref  times  to Document: fast  ref  times  blocks  alike")
    found: list[Compared] = []
    for path in sorted(folder.glob("*.pdf")):
        try:
            compared = compare(path)
        except Refusal as refusal:
            print(f"{path.name[:36]:<36} refused: {refusal.code}")
            continue
        found.append(compared)
        _print_row(compared.name, [compared])
        if blocks:
            for ours, theirs in compared.differences:
                print(f"  fast {ours[:400]}\n  ref  {theirs[:400]}")
        if compared.parts or compared.farthest > 1:
            print(f"  also differ: {compared.parts}; boxes are up to {compared.farthest:.1f} points apart")
    if found:
        _print_row(f"total of {len(found)} files", found)
        slowest = min(found, key=lambda one: one.pages / one.fast.to_document)
        print(f"slowest: {slowest.name}, {slowest.pages / slowest.fast.to_document:.0f} pages a second to Document")


def _print_row(name: str, rows: Sequence[Compared]) -> None:
    counts = [(row.pages, row.blocks, row.alike) for row in rows]
    pages, blocks, alike = (sum(column) for column in zip(*counts, strict=True))
    figures = []
    for pick in (lambda timed: timed.to_lines, lambda timed: timed.to_document):
        fast, slow = sum(pick(row.fast) for row in rows), sum(pick(row.reference) for row in rows)
        figures.append(f"{pages / fast:14.0f} {pages / slow:4.0f} {slow / fast:6.1f}")
    print(f"{name[:36]:<36} {pages:5} {figures[0]}  {figures[1]} {blocks:10} {alike:6}")


def print_stages(folder: Path) -> None:
    """What each stage costs in milliseconds of computing a page, all in this process."""
    costs: dict[str, float] = {}
    pages = 0
    for path in sorted(folder.glob("*.pdf")):
        data = path.read_bytes()
        try:
            reading = read_pdf(data)
        except Refusal:
            continue
        pages += reading.page_count or 0
        runs = _runs(data)
        stages: list[tuple[str, Callable[[], object]]] = [
            ("a plain loop over pypdfium2's characters", partial(_plain_loop, data)),
            ("characters by PDFium", partial(_runs, data)),
            ("handing over", partial(_hand_over, runs)),
            ("lines, layout, tables", partial(lay_out, runs)),
            ("structure, sentences, metadata", partial(parse_reading, reading, data, path.name)),
        ]
        for name, stage in stages:
            costs[name] = costs.get(name, 0.0) + min(_seconds(stage) for _ in range(ROUNDS))
    print("milliseconds a page: " + ", ".join(f"{name} {1000 * cost / pages:.1f}" for name, cost in costs.items()))


def _hand_over(pages: Sequence[RunPage]) -> list[RunPage]:
    return [pickle.loads(pickle.dumps(page, pickle.HIGHEST_PROTOCOL)) for page in pages]


def _runs(data: bytes) -> list[RunPage]:
    document = open_pdf(data)
    try:
        return list(read_run_pages(document))
    finally:
        document.close()


def _plain_loop(data: bytes) -> list[tuple[int, tuple[float, ...], float]]:
    """Code, box and size of each character by pypdfium2's own functions: what there would be without our reader."""
    found: list[tuple[int, tuple[float, ...], float]] = []
    document = open_pdf(data)
    try:
        for page in document:
            textpage = page.get_textpage()
            for index in range(textpage.count_chars()):
                code = raw.FPDFText_GetUnicode(textpage, index)
                found.append((code, textpage.get_charbox(index, loose=True), raw.FPDFText_GetFontSize(textpage, index)))
            textpage.close()
            page.close()
    finally:
        document.close()
    return found


def _seconds(stage: Callable[[], object]) -> float:
    started = time.process_time()
    stage()
    return time.process_time() - started


def print_processes(folder: Path) -> None:
    """Pages a second over all files by one process and by two."""
    paths = sorted(folder.glob("*.pdf"), key=lambda path: -path.stat().st_size)
    speeds = []
    for count in (1, 2):
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            list(pool.map(parse_pages, paths[-count:]))  # both have imported all by now
            started = time.perf_counter()
            pages = sum(pool.map(parse_pages, paths))
            speeds.append(pages / (time.perf_counter() - started))
    one, two = speeds
    print(f"pages a second by 1 process {one:.0f}, by 2 processes {two:.0f}: {two / one:.2f} times")


def print_memory(folder: Path) -> None:
    """What parsing takes at most, each file in a process of its own, with the worker that reads it."""
    paths = sorted(folder.glob("*.pdf"))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        sizes = list(pool.map(_megabytes, paths))
    largest = max(range(len(paths)), key=lambda index: sum(sizes[index]))
    own, worker = sizes[largest]
    name = paths[largest].name
    print(f"most memory of {len(paths)} files: {own:.0f} MB and {worker:.0f} MB of the worker, for {name}")


def _megabytes(path: Path) -> tuple[float, float]:
    parse_pages(path)
    return resident_megabytes(most=True), children_megabytes()


def parse_pages(path: Path) -> int:
    """How many pages of a file were parsed; none of one that is refused."""
    try:
        return parse_bytes(path.read_bytes(), path.name).meta.source.pages or 0
    except Refusal:
        return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = ROOT / os.environ.get("UNBITEXT_SHARED", "../shared")
    parser.add_argument("folder", type=Path, nargs="?", default=shared / "un-pdfs")
    parser.add_argument("--blocks", action="store_true", help="show the blocks in which the readers differ")
    arguments = parser.parse_args()
    print_readers(arguments.folder, blocks=arguments.blocks)
    print_stages(arguments.folder)
    print_processes(arguments.folder)
    print_memory(arguments.folder)


if __name__ == "__main__":
    main()
