"""The process that reads PDFs for another one, so that a file that crashes, hangs or bloats PDFium costs that file.

PDFium is C++ and was made for a browser's sandbox: a call into it cannot be interrupted, and what goes wrong in it ends
the process. So it runs in one of its own, with limits that the system keeps: seconds of computing, not of the clock, so
that a busy machine refuses nothing, and memory. It serves one request after another until its input ends.

A request is what `Request` holds, pickled; the answer is pickled too: a `RunPage` for each page, or a `Refusal`, and
last the seconds of computing that it took.
"""

import os
import pickle
import signal
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from parsers.errors import Refusal
from parsers.readers.pdf_fast import read_run_pages
from parsers.readers.pdf_limits import MEGABYTES, SECONDS_A_PAGE, SECONDS_TO_OPEN, too_costly
from parsers.readers.pdf_opening import open_pdf
from parsers.readers.pdf_runs import Reader, RunPage

_MOST_UNSURE, _FEWEST_UNSURE = 0.1, 3
"""Of how many pages of a file the characters are asked of the reference reader, where PDFium may read other ones."""


class Request(NamedTuple):
    """The content of a PDF, and who is to read it (see `parsers.readers.pdf.read_pdf`)."""

    data: bytes
    reader: Reader


def main() -> None:
    """Serve requests from standard input on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints must not get among the answers.
    os.dup2(2, 1)
    while True:
        try:
            request = Request(*pickle.load(requests))
        except EOFError:
            return
        _answer(request, answers)
        answers.flush()


def _answer(request: Request, answers: BinaryIO) -> None:
    started = time.process_time()
    _limit(SECONDS_TO_OPEN, len(request.data))
    try:
        for page in _pages(request):
            pickle.dump(page, answers, pickle.HIGHEST_PROTOCOL)
            # The other process is at work on what it has, and a pipe holds less than a page.
            answers.flush()
    except Refusal as refusal:
        pickle.dump(refusal, answers)
    except MemoryError:
        pickle.dump(too_costly("more memory"), answers)
    pickle.dump(time.process_time() - started, answers)


def _pages(request: Request) -> Iterator[RunPage]:
    document = open_pdf(request.data)
    try:
        _limit(SECONDS_TO_OPEN + SECONDS_A_PAGE[request.reader] * len(document), len(request.data))
        if request.reader != "fast":
            yield from _reference_pages(request.data, recovers=request.reader == "recovering")
            return
        unsure = max(_FEWEST_UNSURE, int(_MOST_UNSURE * len(document)))
        for page in read_run_pages(document):
            if page.readable and not (page.unsure and unsure):
                yield page
                continue
            unsure -= page.unsure
            yield _second_reading(request.data, page)
    finally:
        document.close()


def _reference_pages(data: bytes, *, recovers: bool) -> Iterator[RunPage]:
    from parsers.readers.pdf_reference import (  # noqa: PLC0415 - pdfplumber is seldom needed
        read_recovered_pages,
        read_reference_pages,
    )

    try:
        yield from read_recovered_pages(data) if recovers else read_reference_pages(data)
    except MemoryError:
        raise
    except Exception:  # pdfminer raises whatever a damaged file makes it stumble over
        raise Refusal(
            "pdf-damaged", "the PDF cannot be opened: its structure is broken", "fetch the file again"
        ) from None


def _second_reading(data: bytes, page: RunPage) -> RunPage:
    """A page that PDFium cannot open, or may read wrongly, by the reference reader; as it was where that cannot."""
    from parsers.readers.pdf_reference import read_reference_pages  # noqa: PLC0415 - pdfplumber is seldom needed

    try:
        again = next(read_reference_pages(data, page.number - 1, page.number), page)
    except MemoryError:
        raise
    except Exception:  # pdfminer raises whatever a damaged file makes it stumble over
        return page
    return again._replace(number=page.number, by_reference=True) if again.runs else page


def _limit(seconds: float, size_bytes: int) -> None:
    """Let this process end after so many more seconds of computing, or when it holds much more than the file."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 1)
    _lower(resource.RLIMIT_DATA, (MEGABYTES << 20) + 3 * size_bytes)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(limit: int, value: int) -> None:
    import resource  # noqa: PLC0415 - not on every system

    most = resource.getrlimit(limit)[1]
    resource.setrlimit(limit, (value if most == resource.RLIM_INFINITY else min(value, most), most))


if __name__ == "__main__":
    main()
