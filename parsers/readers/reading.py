"""What every reader of a file format gives, and how a format is registered."""

from collections.abc import Callable
from typing import NamedTuple

from schemas.findings import Finding
from schemas.layout import Line, Page


class Reading(NamedTuple):
    """A file read: its media type, its pages, how many it has where the format knows, and what was doubted.

    `has_layout` tells whether pages, notes, furniture and styles are the file's own (`Line.zone`, `Line.furniture`,
    `Line.raised`, `Line.starts`, ...), and not to be guessed from white space as in a text dump. `sizes` are width and
    height of the pages in points, as they are rotated and cropped, of a format that has such. `is_flowing` tells
    that lines end where their author ended them, as Word's paragraphs do, and not where a page was full.
    """

    media_type: str
    pages: list[Page]
    page_count: int | None
    findings: list[Finding]
    has_layout: bool = False
    sizes: tuple[tuple[float, float], ...] = ()
    is_flowing: bool = False
    mirrored: frozenset[int] = frozenset()

    @property
    def lines(self) -> list[Line]:
        """The lines of all pages."""
        return [line for page in self.pages for line in page.lines]

    @property
    def text(self) -> str:
        """The characters of all lines."""
        return "\n".join(line.orig for line in self.lines)


class Format(NamedTuple):
    """A file format: `matches` tells by the first bytes whether a file is of it, `read` reads it or raises `Refusal`.

    Both take the whole content. The media type comes from what the bytes are, never from the file's name.
    """

    media_type: str
    matches: Callable[[bytes], bool]
    read: Callable[[bytes], Reading]
