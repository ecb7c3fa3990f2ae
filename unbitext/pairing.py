"""Translation and original: documents are paired by symbol."""

from collections.abc import Sequence

from schemas.base import Model
from schemas.bitext import DocumentPair
from schemas.document import Document


class Pairing(Model):
    """What pairs with what.

    `pairs` are translation (source) and original (target), in the order in which the translations came. `waiting` are
    the translations whose original is not among the documents, or that bear no symbol; `originals` the documents in
    the original language that no translation asked for.
    """

    pairs: tuple[DocumentPair, ...] = ()
    waiting: tuple[Document, ...] = ()
    originals: tuple[Document, ...] = ()


def pair_documents(documents: Sequence[Document], original: str = "en") -> Pairing:
    """Pair each document that is not in the language `original` with the one of the same symbol that is.

    A document with several symbols (A/79/989-S/2025/511) pairs by any of them. Where two originals claim one symbol,
    the first counts. One original may serve translations into several languages.
    """
    by_symbol: dict[str, int] = {}
    for index, document in enumerate(documents):
        if document.meta.language == original:
            for symbol in document.meta.symbols:
                by_symbol.setdefault(_comparable(symbol), index)
    pairs: list[DocumentPair] = []
    waiting: list[Document] = []
    used: set[int] = set()
    for document in documents:
        if document.meta.language == original:
            continue
        found = [by_symbol[key] for key in map(_comparable, document.meta.symbols) if key in by_symbol]
        if found:
            used.add(found[0])
            pairs.append(DocumentPair(source=document, target=documents[found[0]]))
        else:
            waiting.append(document)
    originals = tuple(
        document for index, document in enumerate(documents) if document.meta.language == original and index not in used
    )
    return Pairing(pairs=tuple(pairs), waiting=tuple(waiting), originals=originals)


def _comparable(symbol: str) -> str:
    """A symbol without the reissue star and without white space, in capitals: prints differ in these alone."""
    return "".join(symbol.split()).replace("*", "").upper()
