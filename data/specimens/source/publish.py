"""Print the specimens: from each source a PDF and a Word file a language, in pdf/ and docx/.

Run by hand after a change to a source: `make specimens`. It needs the extra `specimens` and two Debian packages of
fonts, which nothing else does: what it writes is shipped.
"""

import argparse
import os
import sys
from pathlib import Path

import fonts
from render import HERE, read_source
from sheet import pdf
from word import docx


def main() -> None:
    """Write everything into the folder named on the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=HERE.parent, help="where pdf/ and docx/ are written")
    arguments.add_argument("--fonts", type=Path, default=fonts.FOLDER, help="where the fonts are installed")
    given = arguments.parse_args()
    # Fonts are stamped with the time at which they were cut down.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    for source in map(read_source, sorted(HERE.glob("*.source"))):
        for language in source.languages():
            name = f"{source.stem}.{language}"
            _write(given.folder / "docx" / f"{name}.docx", docx(source, language))
            _write(given.folder / "pdf" / f"{name}.pdf", pdf(source, language, given.fonts))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    sys.stdout.write(f"{path.name} {len(content)}\n")


if __name__ == "__main__":
    main()
