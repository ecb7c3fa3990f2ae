"""Documents to corpus: pairing, alignment, TEI, validation, the store; and `open`, which reads a corpus."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unbitext.corpus import Corpus

__all__ = ["open"]


def open(path: str | os.PathLike[str]) -> "Corpus":
    """Open a corpus that was built or released: `path` is its folder, in which `tei/corpus.xml` lies.

    Raises `unbitext.corpus.CorpusError` where there is none, or it is of another version of the encoding.
    """
    from pathlib import Path  # noqa: PLC0415 - what reads a corpus is imported when one is opened

    from unbitext.corpus import Corpus  # noqa: PLC0415

    return Corpus(Path(path))
