"""The fonts of the printed specimens: those of two Debian packages, cut down to the characters that are printed.

`fonts-liberation` (Liberation Serif, which measures as Times New Roman does) and `fonts-noto-cjk` (Noto Serif CJK),
both under the SIL Open Font License. Cutting down comes first because a PDF that embeds part of a CJK font keeps the
place of every glyph left out, which takes 100 kB a font.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from fontTools import subset

FOLDER = Path("/usr/share/fonts")
_LATIN = "truetype/liberation/LiberationSerif-{}.ttf"
_HAN = "opentype/noto/NotoSerifCJK-{}.ttc"
_SIMPLIFIED = 2
# What Chinese typesetting takes from the Chinese font, though Latin fonts have it too.
_WIDE = "“”‘’—…·"


class Face(NamedTuple):
    """One face: the family that the style sheet calls it by, weight, style, file, and its number in a collection."""

    family: str
    weight: str
    style: str
    file: str
    number: int = -1


FACES = (
    Face("LiberationSerif", "normal", "normal", _LATIN.format("Regular")),
    Face("LiberationSerif", "bold", "normal", _LATIN.format("Bold")),
    Face("LiberationSerif", "normal", "italic", _LATIN.format("Italic")),
    Face("NotoSerifCJK", "normal", "normal", _HAN.format("Regular"), _SIMPLIFIED),
    Face("NotoSerifCJK", "bold", "normal", _HAN.format("Bold"), _SIMPLIFIED),
)


def is_wide(char: str) -> bool:
    """Whether the Chinese font prints it."""
    return char >= "\u2e80" or char in _WIDE


def cut_down(characters: Iterable[str], chinese: bool, folder: Path, fonts: Path) -> str:
    """Write the faces with these characters alone into `folder`, and give the style sheet rules that name them.

    Raises `SystemExit` where a font is not installed.
    """
    rules = ""
    needed = sorted(set(characters))
    for index, face in enumerate(FACES):
        wide = face.family == "NotoSerifCJK"
        # A space is taken from the font of the word before it.
        wanted = "".join(char for char in needed if char == " " or (chinese and is_wide(char)) == wide)
        if not wanted or (wide and not chinese):
            continue
        path = folder / f"face{index}.otf"
        _write_subset(fonts / face.file, face.number, wanted, path)
        rules += (
            f"@font-face {{ font-family: {face.family}; font-weight: {face.weight}; font-style: {face.style};"
            f" src: url({path.as_uri()}) }}\n"
        )
    return rules


def _write_subset(source: Path, number: int, characters: str, path: Path) -> None:
    if not source.exists():
        raise SystemExit(f"{source} is missing: install the Debian packages fonts-liberation and fonts-noto-cjk")
    options = subset.Options(
        font_number=number, layout_features=[], hinting=False, recalc_timestamp=False, drop_tables=["FFTM"]
    )
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    subset.save_font(font, str(path), options)
