"""Both readers of PDFs make the same document of a real file: every block, note, sentence and finding."""

from pathlib import Path

import pytest

from benchmarks.pdf_readers import compare, parse_by
from parsers.errors import Refusal

FEW = ("A_HRC_EMRIP_2025_1.en", "A-RES-79-271-en", "E_2025_68_Corr.1.en", "DP_2025_14_Corr.1.en", "S_2025_91.en")
"""Short files, with tagged text, boxes of text, superscripts, tables and italics."""

FARTHEST = 1.0
"""Points between the boxes of both: one has the widths of letters in thousandths, one as the file gives them."""


@pytest.mark.shared
@pytest.mark.parametrize("stem", FEW)
def test_both_readers_make_the_same_document(shared: Path, stem: str) -> None:
    _check(shared / "un-pdfs" / f"{stem}.pdf")


@pytest.mark.slow
@pytest.mark.shared
def test_both_readers_agree_on_every_file(shared: Path) -> None:
    blocks = refused = 0
    for path in sorted((shared / "un-pdfs").glob("*.pdf")):
        try:
            blocks += _check(path)
        except Refusal as refusal:
            codes = {refusal.code, _refused_by_reference(path)}
            assert len(codes) == 1, path.name
            refused += 1
    assert blocks > 14_000
    assert refused < 5


def _refused_by_reference(path: Path) -> str:
    with pytest.raises(Refusal) as refused:
        parse_by(path.read_bytes(), path.name, "reference")
    return refused.value.code


def _check(path: Path) -> int:
    """How many blocks both readers find in a file, all alike. Raises `Refusal` where the fast one refuses it."""
    compared = compare(path)
    assert (compared.name, compared.differences[:3]) == (path.name, [])
    assert (compared.name, compared.parts) == (path.name, [])
    assert compared.farthest <= FARTHEST, path.name
    return compared.blocks
