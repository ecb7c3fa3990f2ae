"""Whether numbers run without gaps and doubles: what is missing between two paragraphs is a finding."""

import re
from collections.abc import Sequence

from parsers.labels import is_numbered
from schemas.document import Block, Kind
from schemas.findings import Finding

_PART = re.compile(r"(\d{1,3})\.\d")
_TEXTS = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE})


def check_sequences(blocks: Sequence[Block]) -> list[Finding]:
    """Findings for gaps and doubles in the numbers of paragraphs, each division on its own; restarts at 1 are none.

    Nor is it a gap where a division, or a document, begins with another number than 1 and has no text before it: an
    addendum and the second part of a report go on with the numbers of what stands before them.
    """
    findings: list[Finding] = []
    last: dict[str | None, int] = {}
    headings: dict[str | None, set[int]] = {}
    texts: set[str | None] = set()
    for block in blocks:
        if block.kind is Kind.HEADING and is_numbered(block):
            # Regulations number their sections: a section with a title alone is a heading, the next one a paragraph.
            headings.setdefault(block.division, set()).add(int(block.number or 0))
        if block.kind is not Kind.PARAGRAPH or not is_numbered(block):
            if block.kind is Kind.PARAGRAPH and (part := _PART.match(block.number or "")):
                # 5.2 is of paragraph 5: Views of the treaty bodies
                last[block.division] = max(last.get(block.division, 0), int(part[1]))
            if block.kind in _TEXTS:
                texts.add(block.division)
            continue
        number = int(block.number or 0)
        if block.division not in last and block.division not in texts:
            last[block.division] = number - 1
        expected = last.get(block.division, 0) + 1
        page = f" (page {block.page})" if block.page else ""
        while expected < number and expected in headings.get(block.division, ()):
            expected += 1
        if number > expected:
            findings.append(
                Finding.warning(
                    "number-gap", f"{_missing(expected, number - 1)} missing before {number}{page}", block.id
                )
            )
        elif number < expected and number != 1:
            findings.append(Finding.warning("number-double", f"paragraph {number} comes again{page}", block.id))
        last[block.division] = number
    return findings


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"paragraph {first} is"
    return f"paragraphs {first} {'and' if last == first + 1 else 'to'} {last} are"
