"""Pairing by symbol."""

import pytest

from schemas.document import Document, Meta
from schemas.source import SourceFile
from unbitext.pairing import pair_documents


def document(language: str, *symbols: str) -> Document:
    source = SourceFile(file=f"{language}.txt", sha256="0" * 64, media_type="text/plain")
    return Document(meta=Meta.model_validate({"symbols": symbols, "language": language, "source": source}))


ZH, EN, FR = document("zh", "SPECIMEN/1"), document("en", "SPECIMEN/1"), document("fr", "SPECIMEN/1")


@pytest.mark.parametrize(
    ("documents", "pairs", "waiting", "originals"),
    [
        ([ZH, EN], [(ZH, EN)], [], []),
        ([EN, FR, ZH], [(FR, EN), (ZH, EN)], [], []),
        ([ZH], [], [ZH], []),
        ([EN], [], [], [EN]),
        ([document("zh"), EN], [], [document("zh")], [EN]),
        (
            [document("zh", "A/1-S/2"), document("en", "S/2*")],
            [],
            [document("zh", "A/1-S/2")],
            [document("en", "S/2*")],
        ),
        (
            [document("zh", "A/1", "S/2"), document("en", "s/2*")],
            [(document("zh", "A/1", "S/2"), document("en", "s/2*"))],
            [],
            [],
        ),
        ([], [], [], []),
    ],
)
def test_pairs(
    documents: list[Document],
    pairs: list[tuple[Document, Document]],
    waiting: list[Document],
    originals: list[Document],
) -> None:
    pairing = pair_documents(documents)
    assert [(pair.source, pair.target) for pair in pairing.pairs] == pairs
    assert list(pairing.waiting) == waiting
    assert list(pairing.originals) == originals


def test_another_original_language() -> None:
    pairing = pair_documents([ZH, EN, FR], original="fr")
    assert [(pair.source.meta.language, pair.target.meta.language) for pair in pairing.pairs] == [
        ("zh", "fr"),
        ("en", "fr"),
    ]
