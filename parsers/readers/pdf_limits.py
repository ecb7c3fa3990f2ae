"""What a PDF may cost, and the refusal of one that costs more."""

from parsers.errors import Refusal

MAX_PAGES = 3000
"""The longest UN documents (proposed programme budgets, treaty series) stay below 1,500 pages."""

MAX_OBJECTS = 20_000
"""How many lines, shapes, pictures and stretches of text of a page are looked at; charts have some thousands."""

SECONDS_TO_OPEN = 4.0
SECONDS_A_PAGE = {"fast": 0.2, "reference": 0.4, "recovering": 0.8}
"""What a file may take, so that both readers together end within 20 s on 20 pages: a sound page takes 0.01 or 0.1 s."""

MEGABYTES = 240
"""What a worker may hold besides the file itself; a sound file of any length takes 60."""


def too_costly(what: str) -> Refusal:
    """The refusal of a file that takes more time or memory than any sound file does."""
    return Refusal(
        "pdf-too-costly",
        f"the PDF takes {what} to read than any sound file does: it is damaged, or made to do harm",
        "fetch the file again, or give the Word version",
    )
