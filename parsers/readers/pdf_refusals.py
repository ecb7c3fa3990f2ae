"""PDFs that hold no text to be trusted: what is wrong with each, and what the user can do.

Never let through: Chinese whose fonts have no map to Unicode (PDFium then prints plausible and wrong characters),
files cut short in transfer, pages that are pictures.
"""

import re
from collections.abc import Sequence

from parsers.errors import Refusal
from parsers.readers.glyph_orders import COMMON_HAN
from parsers.readers.pdf_runs import RunPage
from parsers.repairs import on_pages
from schemas.findings import Finding

_UNMAPPED_REFUSED = 0.02
_FEWEST_CHARACTERS = 20
_PICTURE = 0.5
_FEWEST_HAN = 200
_HAN = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")
_LONGEST_SHELL = 2500
_SHELL = re.compile(r"openthisPDFportfolio|Pleasewait\.\.\.Ifthismessageisnoteventuallyreplaced", re.IGNORECASE)
_STRANGE = re.compile("[\u0180-\u02af\u1400-\u1aaf\u2c00-\u2dff\ua000-\uabff\ue000-\uf8ff\ufffd]")


def check_text(pages: Sequence[RunPage]) -> list[Finding]:
    """Findings on text that is partly in doubt. Raises `Refusal` where there is none, or none to be trusted."""
    broken = [page.number for page in pages if not page.readable]
    if len(broken) == len(pages):
        raise Refusal("pdf-damaged", "no page of the PDF can be opened", "fetch the file again")
    characters = sum(len(run.chars) for page in pages for run in page.runs)
    if characters < _FEWEST_CHARACTERS * min(len(pages), 5):
        _refuse_empty(pages, characters)
    unmapped = sum(min(page.unmapped, sum(len(run.chars) for run in page.runs) or page.unmapped) for page in pages)
    if characters and unmapped > _UNMAPPED_REFUSED * characters:
        raise _no_map(f"{unmapped / characters:.0%} of the characters are set in fonts without a map to Unicode")
    _refuse_strange(pages, characters)
    _refuse_shell(pages, characters)
    findings = [
        *_recovered(pages, characters),
        *_scanned(pages),
        *_read_again(pages),
    ]
    if broken:
        message = f"{on_pages(broken)} cannot be opened: the file is damaged there"
        findings.append(Finding.warning("page-unreadable", message, f"page {broken[0]}"))
    if not unmapped:
        return findings
    where = [page.number for page in pages if page.unmapped]
    many = "1 character is" if unmapped == 1 else f"{unmapped:,} characters are"
    message = f"{many} set in fonts without a map to Unicode and may be wrong: {on_pages(where)}"
    return [*findings, Finding.warning("characters-unmapped", message, f"page {where[0]}")]


def _recovered(pages: Sequence[RunPage], characters: int) -> list[Finding]:
    count = sum(page.recovered for page in pages)
    if not count:
        return []
    share = f"{count:,} of {characters:,} characters are set in fonts without a map to Unicode"
    message = f"{share} and were read by the order of the glyphs in the font: not for a corpus"
    return [Finding.warning("text-recovered", message)]


def _scanned(pages: Sequence[RunPage]) -> list[Finding]:
    """Pages that are pictures within a document that has text: what they say is lost."""
    where = [
        page.number for page in pages if page.pictures > _PICTURE and sum(len(run.chars) for run in page.runs) < 60
    ]
    if not where:
        return []
    message = f"{on_pages(where)} {'is a picture' if len(where) == 1 else 'are pictures'} without text"
    return [Finding.warning("page-image-only", message, f"page {where[0]}")]


def _read_again(pages: Sequence[RunPage]) -> list[Finding]:
    where = [page.number for page in pages if page.by_reference]
    if not where:
        return []
    message = f"pdfplumber read {on_pages(where)}, which PDFium cannot open or does not read as printed"
    return [Finding.info("second-reader", message, f"page {where[0]}")]


def _refuse_empty(pages: Sequence[RunPage], characters: int) -> None:
    pictured = sum(page.pictures > _PICTURE for page in pages)
    if pictured * 2 >= len(pages):
        raise Refusal(
            "pdf-image-only",
            f"the pages are pictures: {pictured} of {len(pages)} pages are scans without text",
            "give the Word version, or run the scan through text recognition (OCR) first",
        )
    if characters == 0:
        raise Refusal(
            "pdf-no-text",
            "the PDF holds no text, only drawings",
            "give the Word version, or the document that this cover belongs to",
        )


def _refuse_shell(pages: Sequence[RunPage], characters: int) -> None:
    """Covers of portfolios and of forms that only Acrobat fills: what they say is about Acrobat."""
    if characters > _LONGEST_SHELL:
        return
    if _SHELL.search("".join("".join(run.chars for page in pages for run in page.runs).split())):
        raise Refusal(
            "pdf-no-text",
            "the PDF is the cover of a portfolio or form, which only Acrobat opens",
            "save the document inside as a PDF of its own, or give the Word version",
        )


def _refuse_strange(pages: Sequence[RunPage], characters: int) -> None:
    text = "".join(run.chars for page in pages for run in page.runs)
    strange = len(_STRANGE.findall(text))
    if strange > 0.1 * characters:
        raise _no_map(f"{strange / characters:.0%} of the characters are of no language the United Nations writes in")
    han = _HAN.findall(text)
    if len(han) >= _FEWEST_HAN and sum(char in COMMON_HAN for char in han) < 0.04 * len(han):
        raise _no_map("the Chinese characters are not those of Chinese text")


def _no_map(why: str) -> Refusal:
    remedy = "give the Word version of the document, or look at it with `unbitext parse --recover-text`"
    return Refusal("pdf-no-unicode-map", f"the text cannot be read: {why}", remedy)
