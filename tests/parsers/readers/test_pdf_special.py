"""PDFs that are unusual and whole, and such as do harm: what is read of each, or how its refusal reads."""

import os
import resource
import signal
from collections.abc import Callable

import pytest

from parsers.errors import Refusal
from parsers.parse import parse_bytes
from parsers.readers import pdf_process
from parsers.readers.pdf import read_pdf
from parsers.readers.pdf_runs import RunPage
from tests.parsers.readers.pdf_files import Bar, Text, make_pdf, paragraph
from tests.parsers.readers.pdf_mutations import assembled, joined_stream, objects_of

PAGE = [
    *paragraph(["1.  The Commission met in the river town and heard the", "reports of the observers."], 90, 700),
    *paragraph(["2.  It took note of both and thanked the observers for", "the work that they had done."], 90, 660),
]
TEXTS = ["The Commission met in the river town and heard the reports of the observers.",
         "It took note of both and thanked the observers for the work that they had done."]  # fmt: skip


def texts(data: bytes) -> list[str]:
    return [block.text for block in parse_bytes(data, "0001.pdf", language="en").blocks]


def with_objects(data: bytes, **changes: bytes) -> bytes:
    """A PDF with something put into its catalogue, and objects added: `o12=...` is number 12."""
    objects = objects_of(data)
    objects[1] = objects[1].removesuffix(b">>") + changes.pop("catalogue", b"") + b" >>"
    objects.update({int(name[1:]): body for name, body in changes.items()})
    return assembled(objects)


SCRIPT = b"<< /S /JavaScript /JS (app.alert\\('read me'\\)) >>"
ATTACHED = with_objects(
    make_pdf([PAGE]),
    catalogue=b"/OpenAction 90 0 R /Names << /JavaScript << /Names [(a) 90 0 R] >> "
    b"/EmbeddedFiles << /Names [(b) 91 0 R] >> >>",
    o90=SCRIPT,
    o91=b"<< /Type /Filespec /F (b.txt) /EF << /F 92 0 R >> >>",
    o92=joined_stream(b"<< /Type /EmbeddedFile >>", b"Not a word of this is the document's."),
)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ATTACHED, id="scripts and attached files"),
        pytest.param(make_pdf([[], PAGE]), id="a cover without text"),
        pytest.param(make_pdf([PAGE], width=200_000, height=200_000), id="a page of 70 metres"),
        pytest.param(make_pdf([[*PAGE, *(Bar(10 + n % 500, 10, 5) for n in range(5000))]]), id="bars"),
        pytest.param(make_pdf([PAGE]).replace(b"startxref\n", b"startxref\n9"), id="a wrong place of the table"),
        pytest.param(b"\r\nHTTP/1.1 200 OK\r\n\r\n" + make_pdf([PAGE]), id="what a server said before"),
        pytest.param(make_pdf([PAGE]) + b"\0" * 5000, id="nothing behind the end"),
        pytest.param(make_pdf([PAGE]).replace(b"/MediaBox [0 0 612 792]", b"/MediaBox [0 0 0 0]"), id="no size"),
        pytest.param(make_pdf([PAGE]).replace(b"/Rotate 0", b"/CropBox [40 40 580 760]"), id="a page cut at its edges"),
    ],
)
def test_what_is_unusual_is_read(data: bytes) -> None:
    assert texts(data) == TEXTS


def test_a_line_of_a_million_characters_is_read() -> None:
    assert len(texts(make_pdf([[Text(10, 700, "word and more " * 70_000)]]))) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("For the best experience, open this PDF portfolio in", "Acrobat X or Adobe Reader X, or later."),
        ("Please wait...", "If this message is not eventually replaced with the proper contents of the"),
    ],
)
def test_covers_that_only_acrobat_opens_are_refused(lines: tuple[str, str]) -> None:
    with pytest.raises(Refusal, match="only Acrobat opens"):
        read_pdf(make_pdf([paragraph(lines, 72, 700)]))


def test_a_page_that_speaks_of_pdfs_is_a_web_page() -> None:
    with pytest.raises(Refusal) as refused:
        parse_bytes(b"<!DOCTYPE html><html><body>No %PDF-1.4 file here.</body></html>", "0001.pdf")
    assert refused.value.code == "html-page"


def deep() -> bytes:
    """A page whose content costs PDFium gigabytes: arrays within arrays."""
    objects = objects_of(make_pdf([PAGE]))
    objects[7] = joined_stream(b"<< >>", b"[" * 40_000 + b"]" * 40_000)
    return assembled(objects)


def test_what_costs_too_much_is_refused_or_read_by_the_other_reader() -> None:
    try:
        outcomes = {finding.code for finding in parse_bytes(deep(), "0001.pdf", language="en").findings}
    except Refusal as refusal:
        outcomes = {refusal.code}
    assert outcomes & {"second-reader", "pdf-too-costly", "pdf-no-text"}
    assert texts(make_pdf([PAGE])) == TEXTS


def test_a_worker_that_is_killed_costs_no_file() -> None:
    assert texts(make_pdf([PAGE])) == TEXTS
    worker = pdf_process._Worker._current
    assert worker is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    worker._process.wait()
    assert texts(make_pdf([PAGE])) == TEXTS


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="no way to limit another process")
def test_a_worker_that_dies_of_the_files_before_costs_no_file() -> None:
    assert texts(make_pdf([PAGE])) == TEXTS
    worker = pdf_process._Worker._current
    assert worker is not None
    # hardly a byte more than it holds: what it would be after many files
    resource.prlimit(worker._process.pid, resource.RLIMIT_DATA, (1, 1))
    reading = read_pdf(with_objects(make_pdf([PAGE]), o99=joined_stream(b"<< >>", b"x" * 30_000_000)))
    assert (len(reading.lines), reading.findings) == (4, [])
    assert pdf_process._Worker._current is not worker


def test_a_crash_hands_the_file_to_the_reference_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = pdf_process.worker_pages

    def crashing(data: bytes, reader: str, take: Callable[[RunPage], object]) -> object:
        if reader == "fast":
            raise pdf_process.WorkerDiedError(-signal.SIGSEGV)
        return pages(data, "reference", take)

    monkeypatch.setattr("parsers.readers.pdf.worker_pages", crashing)
    reading = read_pdf(make_pdf([PAGE]))
    assert [finding.code for finding in reading.findings] == ["second-reader"]
    assert len(reading.lines) == 4


def test_a_file_over_its_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(data: bytes, reader: str, take: Callable[[RunPage], object]) -> object:
        raise pdf_process.WorkerDiedError(-signal.SIGXCPU)

    monkeypatch.setattr("parsers.readers.pdf.worker_pages", slow)
    with pytest.raises(Refusal, match="takes more time to read than any sound file"):
        read_pdf(make_pdf([PAGE]))
