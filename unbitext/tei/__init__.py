"""Documents and alignments as TEI: encode, decode, validate (docs/encoding.md)."""

from unbitext.tei.alignment import alignment_id, decode_alignment, encode_alignment
from unbitext.tei.components import CorpusAlignment, CorpusDocument
from unbitext.tei.corpus import encode_corpus
from unbitext.tei.decode import decode_document
from unbitext.tei.encode import encode_document
from unbitext.tei.names import EncodingError
from unbitext.tei.serialize import serialize
from unbitext.tei.validate import validate_paths
from unbitext.tei.violations import Violation

__all__ = [
    "CorpusAlignment",
    "CorpusDocument",
    "EncodingError",
    "Violation",
    "alignment_id",
    "decode_alignment",
    "decode_document",
    "encode_alignment",
    "encode_corpus",
    "encode_document",
    "serialize",
    "validate_paths",
]
