"""Small documents made by hand, one for each thing the encoding can say, and a corpus of two of them on disk."""

from collections.abc import Sequence
from pathlib import Path

from schemas.bitext import DocumentPair, Link
from schemas.document import (
    Affiliation,
    Block,
    DateRange,
    Dates,
    Document,
    Furniture,
    Genre,
    Kind,
    Language,
    Meta,
    Reference,
    Sentence,
    SourcePage,
    SpeakerRole,
    Turn,
)
from schemas.source import SourceFile
from schemas.votes import VoteFigure, VoteLine, VotePart, Voter, VoteSide
from unbitext.tei import (
    CorpusAlignment,
    CorpusDocument,
    encode_alignment,
    encode_corpus,
    encode_document,
    serialize,
)

GENERATOR = "unbitext 0.1.0"


def block(identifier: str, kind: Kind, *sentences: str, between: str = "", **fields: object) -> Block:
    """A block of sentences, joined by `between`."""
    made: list[Sentence] = []
    text = ""
    for number, sentence in enumerate(sentences, 1):
        text += between if text else ""
        made.append(
            Sentence(id=f"{identifier}.s{number}", start=len(text), end=len(text) + len(sentence), text=sentence)
        )
        text += sentence
    values = {"id": identifier, "kind": kind, "text": text, "orig": text, "sentences": tuple(made), **fields}
    return Block.model_validate(values)


def document(
    *blocks: Block, language: Language = "en", symbol: str | None = "SPECIMEN/1", **fields: object
) -> Document:
    """A document of these blocks; `fields` are those of Document, or `genre`, `dates` and so on of Meta."""
    meta = {name: value for name, value in fields.items() if name in Meta.model_fields}
    source = SourceFile(file="example.txt", sha256="0" * 64, media_type="text/plain")
    own = {name: value for name, value in fields.items() if name not in Meta.model_fields}
    symbols = (symbol,) if symbol is not None else ()
    filled = Meta.model_validate({"symbols": symbols, "language": language, "source": source, **meta})
    return Document.model_validate({"meta": filled, "blocks": blocks, **own})


def report(language: Language = "en") -> Document:
    """A report: masthead, title, sections, paragraphs with items, a note between paragraph and item, an annex."""
    words = {
        "en": ("Report on lamps", "Lamps are:", "Red.", "Blue.", "A note."),
        "zh": ("灯", "灯有：", "红。", "蓝。", "注。"),
    }
    title, intro, red, blue, note = words["zh" if language == "zh" else "en"]
    return document(
        block("m1", Kind.MASTHEAD, "SPECIMEN/1", page=1),
        block("title1", Kind.TITLE, title, page=1),
        block("h1", Kind.HEADING, title, label="I.", number="I", level=1, page=1),
        block("h2", Kind.HEADING, title, label="A.", number="A", level=2, page=1),
        block(
            "p1", Kind.PARAGRAPH, intro, label="1.", number="1", page=1,
            refs=(Reference(mark="1", offset=len(intro), note="fn1"),),
        ),
        block("fn1", Kind.FOOTNOTE, note, label="1", number="1", page=1),
        block("p1.a", Kind.ITEM, red, label="(a)", number="a", level=1, parent="p1", page=1),
        block("p1.a.i", Kind.ITEM, blue, label="(i)", number="i", level=2, parent="p1.a", page=2),
        block("p1.b", Kind.ITEM, blue, label="(b)", number="b", level=1, parent="p1", page=2),
        block("h3", Kind.HEADING, title, label="II.", number="II", level=1, page=2),
        block("p2", Kind.PARAGRAPH, red, blue, label="2.", number="2", page=2, between=" "),
        block("annex-I.h1", Kind.HEADING, title, level=1, division="annex-I", page=3),
        block("annex-I.p1", Kind.PARAGRAPH, blue, label="1.", number="1", division="annex-I", page=3),
        block("sig1", Kind.SIGNATURE, red, division="annex-I", page=3),
        block("u1", Kind.PARAGRAPH, blue, division="annex-I", page=3),
        block(
            "table1", Kind.TABLE, red, blue, division="annex-I", page=3, between=" ",
            rows=((red, blue),),
        ),
        language=language,
        genre=Genre.REPORT,
        distribution="General",
        dates=Dates(meeting=DateRange.model_validate({"from": "2026-03-09", "to": "2026-03-20"})),
        furniture=(
            Furniture(orig="SPECIMEN/1\n", page=2, kind="running_header"),
            Furniture(orig="26-00001 (E)", page=1, kind="job_number"),
        ),
    )  # fmt: skip


def paged() -> Document:
    """A paragraph from a PDF that goes on over the page: one sentence on a line, one on two, one on the next page."""
    one, two, three = ((1, 60, 72, 90, 82),), ((1, 95, 72, 200, 82), (1, 60, 84.5, 120, 94.5)), ((2, 60, 40, 99, 50),)
    made = block("p1", Kind.PARAGRAPH, "Red.", "Blue or green.", "White.", between=" ", page=1)
    places = ((1, one), (1, two), (2, three))
    sentences = [
        sentence.model_copy(update={"page": page, "boxes": boxes})
        for sentence, (page, boxes) in zip(made.sentences, places, strict=True)
    ]
    whole = ((1, 60, 72, 200, 94.5), *three)
    return document(
        made.model_copy(update={"sentences": tuple(sentences), "boxes": whole}),
        symbol="SPECIMEN/2",
        source=SourceFile(file="SPECIMEN_2.en.pdf", sha256="0" * 64, media_type="application/pdf", pages=2),
        pages=tuple(SourcePage(number=number, width=595.3, height=841.9) for number in (1, 2)),
        furniture=(Furniture(orig="2/2", page=2, kind="page_number"),),
    )


def record(language: Language = "en") -> Document:
    """A verbatim record: two speakers, a suspension, a language switch inside a turn, the closing line."""
    chinese = language == "zh"
    labels = (
        ("主席:", "甲先生(爱尔兰)(以法语发言):")
        if chinese
        else ("The President:", "Mr. A (Ireland) (spoke in French):")
    )
    speakers = ("主席", "甲先生") if chinese else ("The President", "Mr. A")
    state = "爱尔兰" if chinese else "Ireland"
    hello, thanks, more = ("开会。", "谢谢。", "再说。") if chinese else ("We begin.", "Thank you.", "And more.")
    pause, switch, end = (
        ("会议暂停片刻。", "(以英语发言)", "散会。")
        if chinese
        else ("The meeting was suspended.", "(spoke in English)", "The meeting rose at noon.")
    )
    return document(
        block("t1.p1", Kind.PARAGRAPH, hello, label=labels[0], turn=1, page=1),
        block("n1", Kind.INCIDENT, pause, page=1),
        block("t2.p1", Kind.PARAGRAPH, thanks, more, label=labels[1], turn=2, spoken_language="fr", page=1),
        block("t2.n1", Kind.INCIDENT, switch, turn=2, spoken_language="fr", page=2),
        block("t2.p2", Kind.PARAGRAPH, more, turn=2, spoken_language="en", page=2),
        block("end1", Kind.CLOSING, end, page=2),
        language=language,
        symbol="SPECIMEN/PV.9",
        genre=Genre.VERBATIM_RECORD,
        body="Conference" if not chinese else "会议",
        meeting_number=9,
        turns=(
            Turn(n=1, label=labels[0], speaker=speakers[0], role=SpeakerRole.CHAIR),
            Turn(
                n=2,
                label=labels[1],
                speaker=speakers[1],
                role=SpeakerRole.MEMBER,
                affiliation=Affiliation(text=state, code="IRL"),
                spoken_language="fr",
            ),
        ),
    )


def vote() -> Document:
    """A vote in a record: announced, two against, none in favour."""
    against, other = "Peru, Chad", "It was rejected by 2 votes to none."

    def line(part: VotePart, side: VoteSide | None = None, **found: object) -> VoteLine:
        return VoteLine.model_validate({"vote": 1, "part": part, "side": side, **found})

    side = VoteSide.AGAINST
    voters = [
        Voter(text=name, code=code, side=side, start=against.index(name), end=against.index(name) + len(name))
        for name, code in (("Peru", "PER"), ("Chad", "TCD"))
    ]
    figures = [
        VoteFigure(side=side, value=2, start=other.index("2"), end=other.index("2") + 1),
        VoteFigure(side=VoteSide.FAVOUR, value=0, start=other.index("none"), end=other.index("none") + 4),
    ]
    return document(
        block("n1", Kind.INCIDENT, "A recorded vote was taken.", vote=line(VotePart.ANNOUNCEMENT)),
        block("n2", Kind.INCIDENT, "Against:", vote=line(VotePart.SIDE, side)),
        block("n3", Kind.INCIDENT, against, vote=line(VotePart.VOTERS, side, voters=voters)),
        block("n4", Kind.INCIDENT, other, vote=line(VotePart.RESULT, figures=figures)),
    )


def pair_of(source: Document, target: Document) -> tuple[DocumentPair, tuple[Link, ...]]:
    """A pair whose sentences are linked one to one, but for the last: one stands for two, and one for none."""
    left = [(each.id, block.kind) for block in source.blocks for each in block.sentences]
    right = [each.id for block in target.blocks for each in block.sentences]
    links = [
        Link(source_ids=(one,), target_ids=(other,), kinds=(kind,), score=0.9, method="hand|version:1")
        for (one, kind), other in zip(left[:-2], right[:-2], strict=True)
    ]
    links.append(Link(source_ids=(left[-2][0],), target_ids=(right[-2], right[-1]), score=0.5, method="hand|version:1"))
    links.append(Link(source_ids=(left[-1][0],), target_ids=(), score=0.25, method="nothing else"))
    return DocumentPair(source=source, target=target), tuple(links)


def write_corpus(
    folder: Path, pairs: Sequence[tuple[DocumentPair, Sequence[Link]]], alone: Sequence[Document] = ()
) -> Path:
    """Write a corpus of pairs, and of documents in no pair, into `folder/tei` and return `folder`."""
    documents: list[CorpusDocument] = []
    alignments: list[CorpusAlignment] = []
    for name in ("documents", "alignments"):
        (folder / "tei" / name).mkdir(parents=True)
    for side in [*(side for pair, _ in pairs for side in (pair.source, pair.target)), *alone]:
        content = serialize(encode_document(side, generator=GENERATOR))
        documents.append(CorpusDocument.of(side, content))
        (folder / "tei" / "documents" / f"{documents[-1].id}.xml").write_bytes(content)
    for pair, links in pairs:
        content = serialize(encode_alignment(pair, links, generator=GENERATOR))
        alignments.append(CorpusAlignment.of(pair, links, content))
        (folder / "tei" / "alignments" / f"{alignments[-1].id}.xml").write_bytes(content)
    root = encode_corpus(documents, alignments, generator=GENERATOR)
    (folder / "tei" / "corpus.xml").write_bytes(serialize(root))
    return folder
