"""Which documents of a corpus belong together, and which are nearly the same: looked at once, before any is drawn.

What is kept is some 150 bytes for each document, however long it is.
"""

from array import array

import numpy as np
from numpy.typing import NDArray

from schemas.document import Document
from unbitext.corpus import Corpus
from unbitext.release.families import family_hash, family_keys
from unbitext.release.near_duplicates import (
    DOCUMENT_BAND,
    DOCUMENT_SIMILARITY,
    bands,
    candidates,
    similarity_over,
)
from unbitext.release.sketches import ENTRIES, document_sketch


class Relatives:
    """The families and the near-duplicates of all documents of a corpus, whatever is selected of it."""

    def __init__(self, corpus: Corpus) -> None:
        self._names = corpus.listing.documents
        everything = Corpus(corpus.path)
        self._documents, self._families = array("L"), array("Q")
        sketches = np.zeros((len(self._names), ENTRIES), dtype=np.uint16)
        has_text = np.zeros(len(self._names), dtype=bool)
        for place, name in enumerate(self._names):
            document = everything.document(name)
            for key in family_keys(document.meta.symbols, name):
                self._documents.append(place)
                self._families.append(int(family_hash(key), 16))
            texts = _texts(document)
            if texts:
                sketches[place] = document_sketch(texts)
                has_text[place] = True
        self._doubled = self._near_duplicates(sketches, np.flatnonzero(has_text))

    def families(self, name: str) -> frozenset[int]:
        """The families of a document, as numbers that other documents of the family share."""
        place = self._place(name)
        # Sorted by document, as they were appended.
        low = int(np.searchsorted(np.frombuffer(self._documents, dtype=self._documents.typecode), place))
        found: set[int] = set()
        while low < len(self._documents) and self._documents[low] == place:
            found.add(self._families[low])
            low += 1
        return frozenset(found)

    def members(self, families: frozenset[int]) -> tuple[str, ...]:
        """The ids of all documents of these families, sorted."""
        places = {place for place, family in zip(self._documents, self._families, strict=True) if family in families}
        return tuple(self._names[place] for place in sorted(places))

    def has_double(self, name: str) -> bool:
        """Whether a document of another family is nearly the same."""
        return bool(self._doubled[self._place(name)])

    def _place(self, name: str) -> int:
        place = self._names.find(name)
        return -1 if place is None else place

    def _near_duplicates(self, sketches: NDArray[np.uint16], with_text: NDArray[np.intp]) -> NDArray[np.bool_]:
        doubled = np.zeros(len(sketches), dtype=bool)
        compared = sketches[with_text]
        for keys in bands(compared, DOCUMENT_BAND):
            for ones, others in candidates(keys, similarity_over(compared, DOCUMENT_SIMILARITY)):
                for one, other in zip(with_text[ones].tolist(), with_text[others].tolist(), strict=True):
                    if not self.families(self._names[one]) & self.families(self._names[other]):
                        doubled[[one, other]] = True
        return doubled


def _texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.text.strip()]
