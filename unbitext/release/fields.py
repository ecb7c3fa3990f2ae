"""What each column means, for the dataset card and the Croissant metadata."""

from schemas.base import Model
from unbitext.export.records import DocumentPairRow, PassageRow, Row

LEVELS: dict[str, type[Model]] = {"sentence": Row, "paragraph": PassageRow, "document": DocumentPairRow}

_SIDE = {
    "document": "id of the document: STEM.LANG",
    "language": "its language",
    "ids": "ids of the sentences in it",
    "position": "place of the first sentence in the document, from 1",
    "blocks": "ids of the blocks the sentences belong to",
    "numbers": "numbers printed at these blocks: 17, 17(a)",
    "division": "division of the first block: annex-I",
    "turn": "number of the speech, from 1",
    "speaker": "who speaks, as printed",
    "affiliation": "what the speaker speaks for, as printed",
    "pages": "pages of the source file, from 1; empty where it has none",
    "text": "the text",
    "texts": "the texts, one a row",
    "findings": "codes of what was doubted in the document at this place",
}

_FIELDS = {
    "symbol": "the document's symbol",
    "symbols": "all its symbols",
    "body": "code of the body it was issued for",
    "genre": "kind of document",
    "session": "session, as printed",
    "agenda_items": "agenda items, as printed",
    "date": "day of issue, or first day of the meeting",
    "original_language": "original language, as the document says",
    "id": "unique id; at the level of sentences the xml:id of the link in TEI",
    "pair": "id of the pair of documents",
    "order": "place of the link in the pair, from 1, in the order of the source",
    "type": "numbers of sentences on the two sides: 1-2",
    "kinds": "kinds of block",
    "role": "role of the speaker: chair, member, guest, secretariat",
    "state": "what the speaker speaks for: ISO 3166 alpha-3, or an organisation's id",
    "spoken_language": "language the speech was given in",
    "score": "probability that the link is right, from 0 to 1; of a paragraph the mean, weighted by characters",
    "scores": "score of each row",
    "method": "signature of the aligner, or person:fixed, person:confirmed",
    "findings": "codes of what a check doubts in the link",
    "split": "train, validation or test",
    "segments": "ids of the rows",
    "is_complete": "false where a link of these blocks is not exported",
    "passages": "number of the paragraph of each row",
    "links": "links of the pair, exported or not",
}


def meaning(field: str) -> str:
    """Say what a column holds. Raises `KeyError` for one that nobody described."""
    if field in _FIELDS:
        return _FIELDS[field]
    side, _, name = field.partition("_")
    return f"{_SIDE[name]} ({'translation' if side == 'source' else 'original'})"


def fields_of(level: str) -> tuple[str, ...]:
    """The columns of a level, in order."""
    return tuple(LEVELS[level].model_fields)
