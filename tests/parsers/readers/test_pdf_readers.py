"""Both readers of PDFs make the same document of a real file, block by block."""

from pathlib import Path

import pytest

from benchmarks.pdf_readers import compare, parse_by
from parsers.errors import Refusal

LEAST_ALIKE = 0.985
LEAST_ALIKE_IN_A_FILE = 0.85
"""What differs was looked at: letters set apart in tables, which one of the two closes, and cells of drawn tables."""


@pytest.mark.slow
@pytest.mark.shared
def test_both_readers_agree(shared: Path) -> None:
    blocks = alike = 0
    for path in sorted((shared / "un-pdfs").glob("*.pdf")):
        try:
            compared = compare(path)
        except Refusal:
            codes = set()
            for reader in ("fast", "reference"):
                with pytest.raises(Refusal) as refused:
                    parse_by(path.read_bytes(), path.name, reader)
                codes.add(refused.value.code)
            assert len(codes) == 1
            continue
        assert compared.alike >= LEAST_ALIKE_IN_A_FILE * compared.blocks, compared.differences[:3]
        blocks, alike = blocks + compared.blocks, alike + compared.alike
    assert blocks > 5000
    assert alike >= LEAST_ALIKE * blocks
