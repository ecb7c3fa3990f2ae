"""Reading a corpus: documents, pairs and rows, streamed from its TEI (docs/api.md)."""

from unbitext.corpus.corpus import Corpus, Header, Row, RowKind
from unbitext.corpus.errors import CorpusError, MissingLibraryError, NotInCorpusError
from unbitext.corpus.pairs import AlignedPair
from unbitext.corpus.selection import Selection, SelectionError

__all__ = [
    "AlignedPair",
    "Corpus",
    "CorpusError",
    "Header",
    "MissingLibraryError",
    "NotInCorpusError",
    "Row",
    "RowKind",
    "Selection",
    "SelectionError",
]
