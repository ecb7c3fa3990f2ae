"""Text dumps: one visual line a line, or one paragraph a line, to pages of lines.

Dumps of UN documents (the text layer of a PDF, saved) mostly stand double spaced: an empty line after each visual
line. In those the only trace of a page break without furniture is that the empty line is missing and one space leads
the new page's first line, in the middle of a sentence as well as at a paragraph. Other tools set lines one under the
other, part paragraphs or not, and mark page breaks by form feeds.
"""

from collections.abc import Sequence

from parsers.characters import display_width
from parsers.measure import are_wrapped, ends_with_comma, is_ended
from parsers.readers.indents import Indents
from parsers.readers.text_frames import part_frames
from schemas.layout import Line, Page

_DOUBLE_SPACED_SHARE = 0.6
_FULL = 0.8
_NEARLY_WIDEST = 0.9


def read_text(text: str) -> list[Page]:
    """Pages of the non-empty lines of `text` (line ends as LF); `indent` is corrected for page tops.

    Page numbers count the page breaks seen; `parsers.pagination` corrects them by what is printed.
    """
    raw = part_frames(text.split("\n"))
    double = is_double_spaced(raw)
    whole = indents = Indents(raw)
    starts = _page_starts(raw)
    fed_space = double and _spaced_after_feeds(raw)
    pages: list[list[Line]] = [[]]
    blank, spaces_only, feed = 0, False, False
    for number, orig in enumerate(raw, 1):
        feed = feed or "\f" in orig[: len(orig) - len(orig.lstrip())]
        if number - 1 in starts:
            indents = whole.of_page(raw[number - 1 : starts[number - 1]])
        if not orig.strip():
            blank += 1
            spaces_only = spaces_only or " " in orig or "\u3000" in orig
            continue
        indent = indents.level(orig)
        adjacent = double and not feed and blank == 0 and indent > 0
        if (feed or adjacent) and pages[-1]:
            pages.append([])
        top = not pages[-1] and (len(pages) > 1 or number == 1)
        spaced = double and top and (fed_space or not feed)
        pages[-1].append(
            Line(
                orig=orig,
                number=number,
                page=len(pages),
                indent=_without_page_space(indent, number) if spaced else indent,
                page_top=top,
                gap_before=blank > 0 if not double else blank > 2 or (spaces_only and blank > 1),
            )
        )
        blank, spaces_only, feed = 0, False, False
    return [Page(number=index, lines=tuple(lines)) for index, lines in enumerate(pages, 1)]


def _page_starts(raw: Sequence[str]) -> dict[int, int]:
    """Where the pages that form feeds part begin and end; none where there is no form feed."""
    feeds = [index for index, line in enumerate(raw) if "\f" in line]
    starts = [0, *feeds] if feeds and feeds[0] else feeds
    return dict(zip(starts, [*starts[1:], len(raw)], strict=True)) if starts else {}


def _without_page_space(indent: int, number: int) -> int:
    """The indent less the space that marks a page top.

    The first page has that space or not; but no document opens with an indented paragraph, so two spaces are a title's.
    """
    return indent if number == 1 and indent == 2 else max(indent - 1, 0)


def _spaced_after_feeds(raw: Sequence[str]) -> bool:
    """Whether every form feed is followed by white space, in mid-sentence too: it marks the page top and no indent."""
    before, spaced, inside = "", 0, False
    for line in raw:
        after = line.rpartition("\f")[2]
        if "\f" in line and after.strip():
            if not after[0].isspace():
                return False
            spaced, inside = spaced + 1, inside or not is_ended(before)
        before = line.strip() or before
    return spaced > 1 and inside


def is_double_spaced(raw: Sequence[str]) -> bool:
    """Whether an empty line follows nearly each visual line, so that empty lines do not mean paragraphs.

    Paragraphs on one line each, with an empty line between, look double spaced too; so do short paragraphs of a few
    lines, but that no empty line stands where a sentence runs on from a full line. Where none does, nothing is wrapped.
    """
    filled = [index for index, line in enumerate(raw) if line.strip()]
    if len(filled) < 8:
        return False
    widths = sorted(display_width(raw[index].strip()) for index in filled)
    full = _FULL * widths[int(_NEARLY_WIDEST * len(widths))]
    running = [index for index in filled[:-1] if display_width(raw[index].strip()) >= full and _runs_on(raw[index])]
    if 2 * sum(not raw[index + 1].strip() for index in running) <= len(running):
        return False
    alone = sum(not raw[index + 1].strip() for index in filled if index + 1 < len(raw))
    return alone > _DOUBLE_SPACED_SHARE * len(filled) and are_wrapped([raw[index].strip() for index in filled])


def _runs_on(line: str) -> bool:
    text = line.strip()
    return not is_ended(text) and not ends_with_comma(text)
