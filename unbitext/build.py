"""The stages of a build as plain functions: each takes a batch, and what it makes lies in the cache.

The order is parse -> settle -> finish -> pair -> align -> assemble -> publish. `flows.build` composes them; called one
after the other they make the same corpus. Every result is kept under a key that says all it depends on, so that a
killed build goes on where it was, and an unchanged document costs a look.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from parsers.errors import Refusal
from parsers.parse import parse_file
from schemas.bitext import DocumentPair, Link
from schemas.document import Document, Language
from schemas.findings import Finding
from schemas.ids import document_id, document_stem, symbol_to_stem
from unbitext.align import NotATranslation, align_pair
from unbitext.corrections import Corrections, apply_corrections
from unbitext.inputs import name_claim, unreadable
from unbitext.pairing import pair_documents
from unbitext.records import DocumentRecord, InputFile, PairRecord, Parsed, Refused
from unbitext.store import Cache, digest

LOGGER = logging.getLogger("unbitext")

DOUBTFUL_SCORE = 0.5
"""A link scored below is named in the report: it is as likely wrong as right."""

_DOUBTFUL_SHOWN = 20


def parse_input(
    file: InputFile, cache: Cache, symbol: str | None = None, language: Language | None = None
) -> Parsed | Refused:
    """Parse one file, or say why not. `symbol` and `language` are what the command line gives.

    The name's symbol stands in where the text prints none, its language where the text is too short to tell.
    """
    name = name_claim(file.path.name)
    given = symbol or name.symbol
    key = digest("parsed", file.sha256, file.path.name, given or "", language or "")
    try:
        document = _kept(cache, "parsed", key)
        if document is None:
            document = parse_file(file.path, symbol=given, language=language)
            if name.language and language is None and _has(document.findings, "language-doubtful"):
                document = parse_file(file.path, symbol=given, language=name.language)
            cache.put("parsed", key, document.model_dump_json().encode())
    except Refusal as refusal:
        return Refused(label=file.label, code=refusal.code, message=refusal.message, remedy=refusal.remedy)
    except OSError as error:
        if error.filename is None or str(error.filename) != str(file.path):
            raise
        return unreadable(file.label, error)
    except Exception as error:  # a bad file costs that file, never the run
        return _failed(file.label, error)
    if not document.meta.symbols:
        return _needs(file.label, "symbol-needed", "the document bears no symbol")
    if document.meta.language is None:
        return _needs(file.label, "language-needed", "the language of the document is not known")
    return Parsed(input=file, key=key, meta=document.meta, findings=document.findings)
