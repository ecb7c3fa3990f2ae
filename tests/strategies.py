"""Hypothesis strategies for the models: arbitrary legal documents, far stranger than any that was ever printed.

`documents()` draws every field that the model has. It keeps only to what `unbitext.tei.legality` demands: unique ids;
sentences in order, each the text between its offsets; marks in order, each pointing to a block or to nothing; parents
and turns that exist; voters and figures within sentences or between them; characters that XML forbids in `orig` and in
the messages of findings alone. Labels contain their numbers, as the project's Schematron rules want. Kinds, levels,
divisions, turns, pages and languages follow one another in any order, so that every way of nesting and of breaking off
occurs.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import strategies as st

from schemas.bitext import DocumentPair, Link
from schemas.document import (
    Affiliation,
    Block,
    Box,
    Chair,
    DateRange,
    Dates,
    Document,
    Furniture,
    Genre,
    Kind,
    Meta,
    Reference,
    Role,
    Sentence,
    SourcePage,
    SpeakerRole,
    Turn,
)
from schemas.finding_codes import finding_codes
from schemas.findings import Finding, Severity
from schemas.source import SourceFile
from schemas.votes import VoteFigure, VoteLine, VotePart, Voter, VoteSide

LEGAL = st.sampled_from("ab Z.,;1(]<&>\"'  \n\t\r　 é中文。？一\U0002070e\u2028́")
"""Characters of texts: markup's own, white space of every kind, Han of two planes, a combining accent."""

ANY = st.one_of(LEGAL, st.sampled_from("\x00\x0c\x1f\ud800\udfff\ufffe\uffff\x85"))
"""Characters of originals: also those that XML forbids."""

texts = st.text(LEGAL, max_size=24)
originals = st.text(ANY, max_size=24)
names = st.text(LEGAL, min_size=1, max_size=8)

LABELS = [
    (None, None),
    ("12.", "12"),
    ("(a)", "a"),
    ("一.", "一"),
    ("12", "12"),
    (None, "3"),
    (None, ""),
    ("", None),
    ("第十三条 ", "十三"),
    ("主席:", None),
    ("a", None),
]
DIVISIONS = [
    None, None, None, None, "annex", "annex-I", "annex-II", "letter-1", "letter-1/annex-I", "letter-1/annex-II",
    "part-A/part-B/part-C", "", "/", "main", "masthead", "section-1", "annex-", "Annex 2", "division-x",
]  # fmt: skip
LANGUAGES = [None, "en", "fr", "zh", "pt", "Portuguese (Brazil)", "", "EN"]
PARENTS_ARE_LIKELY = (Kind.ITEM, Kind.ITEM, Kind.ITEM, Kind.QUOTE)


@st.composite
def spans(draw: st.DrawFn, length: int, most: int = 3) -> list[tuple[int, int]]:
    """Stretches of a text, in order, with gaps or without, possibly empty."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=2 * most)))
    if draw(st.booleans()):  # as real sentences are: nothing but white space between them, and all is covered
        edges = [0, *cuts, length]
        return list(pairwise(edges)) if length else []
    return list(zip(cuts[::2], cuts[1::2], strict=False))


_pages = st.lists(
    st.tuples(st.integers(1, 4), *[st.integers(0, 9000).map(lambda tenths: tenths / 10)] * 2),
    max_size=3,
    unique_by=lambda page: page[0],
).map(
    lambda drawn: tuple(
        SourcePage(number=number, width=width, height=height) for number, width, height in sorted(drawn)
    )
)


@st.composite
def boxes(draw: st.DrawFn, pages: tuple[SourcePage, ...]) -> Box:
    """A box on one of these pages, in tenths of a point; boxes that are drawn together are in any order."""
    page = draw(st.sampled_from(pages))
    x0, x1 = sorted(draw(st.integers(0, round(page.width * 10))) for _ in range(2))
    top, bottom = sorted(draw(st.integers(0, round(page.height * 10))) for _ in range(2))
    return (page.number, x0 / 10, top / 10, x1 / 10, bottom / 10)


@st.composite
def turns(draw: st.DrawFn) -> tuple[Turn, ...]:
    """Up to four turns, numbered from 1; labels with and without the names in them."""
    made = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        speaker = draw(st.sampled_from(["主席", "Mr. A", "", "b", "李 & 王"]))
        affiliation = draw(
            st.none()
            | st.builds(
                Affiliation,
                text=st.sampled_from(["德国", "Mr. A", "", "X"]),
                code=st.sampled_from([None, "DEU", "org.EU", "EU", "", "state.DEU", "org.", "x y"]),
            )
        )
        between = affiliation.text if affiliation and draw(st.booleans()) else ""
        label = draw(st.sampled_from([f"{speaker}({between}):", f"{between}{speaker}", "", "一 "]))
        made.append(
            Turn(
                n=number,
                label=label,
                speaker=speaker,
                role=draw(st.sampled_from(SpeakerRole)),
                affiliation=affiliation,
                spoken_language=draw(st.sampled_from(LANGUAGES)),
            )
        )
    return tuple(made)


@st.composite
def blocks(draw: st.DrawFn, all_turns: tuple[Turn, ...], pages: tuple[SourcePage, ...]) -> tuple[Block, ...]:
    """Up to twelve blocks in any order of kinds."""
    ids = draw(
        st.lists(st.from_regex(r"[a-z][a-zA-Z0-9_-]{0,4}(\.[a-z0-9]{1,2})?", fullmatch=True), max_size=12, unique=True)
    )
    ids = [identifier for identifier in ids if not identifier.startswith(("page.", "turn.", "zone."))]
    made: list[Block] = []
    page = draw(st.none() | st.integers(1, 3))
    places = st.lists(boxes(pages), max_size=3).map(tuple) if pages else st.just(())
    division: str | None = None
    turn: int | None = None
    for identifier in ids:
        if draw(st.integers(0, 3)) == 0:
            division = draw(st.sampled_from(DIVISIONS))
        if draw(st.integers(0, 2)) == 0:
            turn = draw(st.sampled_from([None, *(each.n for each in all_turns)]))
        if page is not None and draw(st.integers(0, 2)) == 0:
            page += draw(st.sampled_from([1, 1, 2, -1]))
        made.append(draw(block(identifier, ids, [each.id for each in made], division, turn, page, all_turns, places)))
    return tuple(made)


@st.composite
def block(
    draw: st.DrawFn,
    identifier: str,
    ids: list[str],
    earlier: list[str],
    division: str | None,
    turn: int | None,
    page: int | None,
    all_turns: tuple[Turn, ...],
    places: st.SearchStrategy[tuple[Box, ...]],
) -> Block:
    """One block of any kind."""
    kind = draw(st.sampled_from([*Kind, *PARENTS_ARE_LIKELY]))
    text = draw(texts)
    rows = draw(st.none() | st.lists(st.lists(texts, max_size=3).map(tuple), max_size=3).map(tuple))
    if rows and draw(st.booleans()):
        between, below = draw(st.sampled_from([(" ", "\n"), ("\t", "\n"), (" | ", "\n"), (" ", " ")]))
        text = below.join(between.join(row) for row in rows)
    label, number = draw(st.sampled_from(LABELS))
    if turn is not None and draw(st.booleans()):
        label, number = all_turns[turn - 1].label, None
    pieces = draw(spans(len(text)))
    marks = sorted(draw(st.lists(st.integers(0, len(text)), max_size=3)))
    spoken = all_turns[turn - 1].spoken_language if turn is not None else None
    return Block(
        id=identifier,
        kind=kind,
        label=label,
        number=number,
        level=draw(st.sampled_from([None, 1, 1, 2, 3, 0, -1])),
        parent=draw(st.sampled_from([None, *earlier[-3:], *ids[:1]])),
        division=division,
        role=draw(st.sampled_from([None, None, *Role])),
        turn=turn,
        spoken_language=draw(st.sampled_from([spoken, spoken, *LANGUAGES])),
        text=text,
        orig=draw(st.just(text) | originals),
        sentences=tuple(
            Sentence(
                id=f"{identifier}.s.{index}",
                start=start,
                end=end,
                text=text[start:end],
                page=draw(st.sampled_from([page, page, None, 2])),
                boxes=draw(places),
            )
            for index, (start, end) in enumerate(pieces, 1)
        ),
        refs=tuple(Reference(mark=draw(names), offset=at, note=draw(st.sampled_from([None, *ids]))) for at in marks),
        rows=rows if kind is Kind.TABLE else None,
        vote=None if kind is Kind.TABLE else draw(st.none() | vote_lines(text, pieces)),
        page=page,
        boxes=draw(places),
    )


@st.composite
def vote_lines(draw: st.DrawFn, text: str, pieces: list[tuple[int, int]]) -> VoteLine:
    """What a block says of a vote: names and figures anywhere in its text, but none over the end of a sentence."""
    edges = {edge for piece in pieces for edge in piece}
    voters: list[Voter] = []
    figures: list[VoteFigure] = []
    for start, end in draw(spans(len(text), 4)):
        if start == end or any(start < edge < end for edge in edges):
            continue
        side = draw(st.sampled_from([None, *VoteSide]))
        if side is None or draw(st.booleans()):
            code = draw(st.sampled_from([None, "DEU", "org.EU", "", "x y"]))
            voters.append(Voter(text=text[start:end], code=code, side=side, start=start, end=end))
        else:
            figures.append(VoteFigure(side=side, value=draw(st.integers(0, 193)), start=start, end=end))
    return VoteLine(
        vote=draw(st.integers(1, 3)),
        part=draw(st.sampled_from(VotePart)),
        side=draw(st.sampled_from([None, *VoteSide])),
        voters=tuple(voters),
        figures=tuple(figures),
    )


sources = st.builds(
    SourceFile,
    file=st.sampled_from(["CD_1.zh.txt", "a b#?.pdf", "文件.docx", "%41.txt", "\udcff.txt"]),
    sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    replaces=st.lists(st.from_regex(r"[0-9a-f]{64}", fullmatch=True), max_size=2).map(tuple),
    media_type=st.sampled_from(["text/plain", "application/pdf"]),
    pages=st.none() | st.integers(0, 9),
    url=st.sampled_from([None, "https://example.org/a?s=A/1&l=en"]),
    retrieved_at=st.sampled_from(
        [
            None,
            datetime(2025, 2, 3, 4, 5, 6, 789, tzinfo=UTC),
            datetime(2025, 2, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            datetime(2025, 2, 3),
        ]
    ),
)
days = st.dates(date(1945, 10, 24), date(2045, 1, 1))
periods = st.builds(lambda first, last: DateRange.model_validate({"from": first, "to": last}), days, days) | days.map(
    lambda day: DateRange.model_validate({"from": day, "to": day})
)
metas = st.builds(
    Meta,
    symbols=st.sampled_from([(), ("CD/1",), ("A/79/989", "S/2025/511"), ("S/PV.9123 (Resumption 1)",)]),
    language=st.sampled_from([None, "zh", "en", "fr", "es", "ru", "ar"]),
    original_language=st.sampled_from([None, "zh", "en", "fr"]),
    genre=st.sampled_from(Genre),
    title=st.none() | texts,
    submitter=st.none() | texts,
    session=st.none() | texts,
    place=st.none() | texts,
    distribution=st.none() | texts | st.sampled_from(["General", "普遍", "限量"]),
    job_number=st.none() | texts,
    reissued=st.none() | texts,
    body=st.none() | texts,
    meeting_number=st.none() | st.integers(0, 9999),
    dates=st.builds(Dates, issued=st.none() | days, meeting=st.none() | periods),
    agenda_items=st.lists(texts, max_size=2).map(tuple),
    chair=st.none() | st.builds(Chair, name=texts, affiliation=st.none() | texts),
    source=sources,
)
furniture = st.builds(
    Furniture,
    orig=originals,
    page=st.none() | st.integers(0, 5),
    kind=st.sampled_from(["running_header", "job_number", "page_number", "barcode"]),
)


@st.composite
def findings(draw: st.DrawFn, ids: list[str]) -> Finding:
    """A finding of any known code, anywhere."""
    return Finding(
        code=draw(st.sampled_from(sorted(finding_codes()))),
        severity=draw(st.sampled_from(Severity)),
        where=draw(st.sampled_from(["", "line 3", "p 1", *ids])),
        message=draw(originals),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a legal document."""
    all_turns = draw(turns())
    all_pages = draw(_pages)
    all_blocks = draw(blocks(all_turns, all_pages))
    ids = [each.id for each in all_blocks] + [each.id for block in all_blocks for each in block.sentences]
    return Document(
        meta=draw(metas),
        blocks=all_blocks,
        turns=all_turns,
        pages=all_pages,
        furniture=tuple(draw(st.lists(furniture, max_size=4))),
        findings=tuple(draw(st.lists(findings(ids), max_size=3))),
    )


@st.composite
def alignments(draw: st.DrawFn) -> tuple[DocumentPair, tuple[Link, ...]]:
    """Draw two documents and links that name each of their sentences once, in order."""
    pair = DocumentPair(source=draw(documents()), target=draw(documents()))
    left = [each.id for block in pair.source.blocks for each in block.sentences]
    right = [each.id for block in pair.target.blocks for each in block.sentences]
    links = []
    while left or right:
        taken = draw(st.integers(0, min(3, len(left))))
        given = draw(st.integers(0 if taken else min(1, len(right)), min(3, len(right))))
        taken = taken or (0 if given else 1)
        kinds = draw(st.lists(st.sampled_from(Kind), unique=True, max_size=3).map(sorted))
        links.append(
            Link(
                source_ids=tuple(left[:taken]),
                target_ids=tuple(right[:given]),
                kinds=tuple(kinds),
                score=draw(st.floats(0, 1)),
                method=draw(
                    st.sampled_from(
                        ["structure", "gale-church|version:1.0 <x>", "", "person:fixed", "person:confirmed"]
                    )
                ),
                findings=tuple(draw(st.lists(findings([]), max_size=1))),
            )
        )
        left, right = left[taken:], right[given:]
    return pair, tuple(links)
