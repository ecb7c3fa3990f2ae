"""Generates `unbitext.rng` from `unbitext.rnc`: `python -m schemas.tei.generate`.

libxml2 reads RELAX NG only in XML syntax; people read and write the compact one. Needs rnc2rng, which the project uses
for nothing else.
"""

from pathlib import Path

import rnc2rng

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "unbitext.rnc"
GENERATED = FOLDER / "unbitext.rng"

_NOTE = "<!-- Generated from unbitext.rnc by `python -m schemas.tei.generate`. Do not edit. -->\n"


def generate() -> str:
    """Return the grammar in XML syntax.

    Raises rnc2rng's ParseError, with the line, if the compact one has a mistake.
    """
    text: str = rnc2rng.dumps(rnc2rng.load(str(SOURCE)))
    declaration, rest = text.split("\n", 1)
    return f"{declaration}\n{_NOTE}{rest.rstrip()}\n"


if __name__ == "__main__":
    GENERATED.write_text(generate(), encoding="utf-8")
