"""Tables as plain text and as Markdown, and the parts of a page that a script writes."""

import re
from collections.abc import Sequence
from pathlib import Path

Row = Sequence[str]


def plain_table(head: Row, rows: Sequence[Row]) -> str:
    """Columns as wide as their widest cell; the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = []
    for row in (head, *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def markdown_table(head: Row, rows: Sequence[Row]) -> str:
    """The same for a page."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def figure(value: float) -> str:
    """A share with three decimals, as the pages write it: .998, 1.000."""
    text = f"{value:.3f}"
    return text.removeprefix("0") if value >= 0 else text


def replace_part(page: str, name: str, content: str) -> str:
    """Put `content` between the two comments of a page that name a part of it.

    Raises `ValueError` where the page has no such part, or more than one.
    """
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if len(pattern.findall(page)) != 1:
        raise ValueError(f"the page needs one part between {begin} and {end}")
    return pattern.sub(lambda _: f"{begin}\n{content}\n{end}", page)


def write_part(path: Path, name: str, content: str) -> None:
    """Replace a part of a page on disk."""
    path.write_text(replace_part(path.read_text(encoding="utf-8"), name, content), encoding="utf-8")
