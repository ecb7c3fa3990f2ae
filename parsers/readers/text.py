"""Text dumps: one visual line a line, or one paragraph a line, to pages of lines.

Dumps of UN documents (the text layer of a PDF, saved) mostly stand double spaced: an empty line after each visual line. In
those the only trace of a page break without furniture is that the empty line is missing and one space leads
the new page's first line, in the middle of a sentence as well as at a paragraph.
"""

from schemas.layout import Line, Page

_DOUBLE_SPACED_SHARE = 0.6


def read_text(text: str) -> list[Page]:
    """Pages of the non-empty lines of `text` (line ends as LF); `indent` is corrected for page tops.

    Page numbers count the page breaks seen; `parsers.pagination` corrects them by what is printed.
    """
    raw = text.split("\n")
    double = is_double_spaced(raw)
    pages: list[list[Line]] = [[]]
    blank, spaces_only = 0, False
    for number, orig in enumerate(raw, 1):
        if not orig.strip():
            blank += 1
            spaces_only = spaces_only or " " in orig or "\u3000" in orig
            if "\f" in orig and pages[-1]:
                pages.append([])
            continue
        fed = "\f" in orig[: len(orig) - len(orig.lstrip())]
        indent = _indent(orig)
        adjacent = double and blank == 0 and indent > 0 and bool(pages[-1])
        if (fed or adjacent) and pages[-1]:
            pages.append([])
        top = not pages[-1] and (len(pages) > 1 or number == 1)
        pages[-1].append(
            Line(
                orig=orig,
                number=number,
                page=len(pages),
                indent=_without_page_space(indent, number) if top and double else indent,
                page_top=top,
                gap_before=blank > 0 if not double else blank > 2 or (spaces_only and blank > 1),
            )
        )
        blank, spaces_only = 0, False
    return [Page(number=index, lines=tuple(lines)) for index, lines in enumerate(pages, 1)]


def _without_page_space(indent: int, number: int) -> int:
    """The indent less the space that marks a page top.

    The first page has that space or not; but no document opens with an indented paragraph, so that two spaces are a title's.
    """
    return indent if number == 1 and indent == 2 else max(indent - 1, 0)


def is_double_spaced(raw: list[str]) -> bool:
    """Whether an empty line follows nearly each visual line, so that empty lines do not mean paragraphs."""
    filled = [index for index, line in enumerate(raw) if line.strip()]
    if len(filled) < 8:
        return False
    alone = sum(not raw[index + 1].strip() for index in filled if index + 1 < len(raw))
    return alone > _DOUBLE_SPACED_SHARE * len(filled) and _is_wrapped([raw[index] for index in filled])


def _is_wrapped(lines: list[str]) -> bool:
    # Paragraphs on one line each, with an empty line between, look double spaced too: but then a third of the lines
    # are not of one length, and most end a sentence.
    ended = sum(line.rstrip().endswith((".", "。", ";", "；", ":", "：", "?", "？", "!", "！", "”")) for line in lines)
    return ended < 0.6 * len(lines)


def _indent(orig: str) -> int:
    width = 0
    for char in orig:
        if char == "\t":
            width += 4
        elif char == "\u3000":
            width += 2
        elif char == " ":
            width += 1
        elif not char.isspace():
            break
    return width
