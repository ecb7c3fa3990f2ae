"""From a file to a document: the one public function, which composes the stages in order."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path

from parsers.bracketed_numbers import count_by_brackets
from parsers.classify import GenreDecision, classify
from parsers.contents import mark_contents
from parsers.drafts import Draft, Finisher, assign_ids
from parsers.footnotes import Anchor, Note, find_anchors, split_notes
from parsers.furniture import Mark, find_furniture
from parsers.genres import fallback, letter, report, resolution, summary_record, treaty, verbatim_record
from parsers.genres.structured import Structured
from parsers.joining import Words
from parsers.language import detect_language
from parsers.masthead import split_masthead
from parsers.masthead_layout import has_frames, split_frames
from parsers.measure import Measure
from parsers.metadata import MastheadFacts, read_metadata
from parsers.note_zones import find_zone_anchors, split_note_zones
from parsers.pagination import paginate
from parsers.paragraphs import Paragraph, group
from parsers.provenance import keep_on_pages, unmirror, upright_pages
from parsers.readers.decoding import read_bytes
from parsers.readers.read import read
from parsers.readers.reading import Reading
from parsers.sequences import check_sequences
from parsers.text_tables import mark_tables
from parsers.votes import read_votes
from schemas.document import Block, Document, Furniture, Genre, Kind, Language, Meta
from schemas.findings import Finding
from schemas.ids import split_symbols
from schemas.layout import Line, Zone
from schemas.source import SourceFile

_NO_MASTHEAD = frozenset({Zone.TABLE, Zone.CONTENTS})

_GENRES: dict[Genre, Callable[[Sequence[Paragraph], str], Structured]] = {
    Genre.REPORT: report.structure,
    Genre.VERBATIM_RECORD: verbatim_record.structure,
    Genre.SUMMARY_RECORD: summary_record.structure,
    Genre.LETTER: letter.structure,
    Genre.RESOLUTION: resolution.structure,
    Genre.TREATY: treaty.structure,
    Genre.OTHER: fallback.structure,
}


def parse_file(
    path: Path,
    *,
    symbol: str | None = None,
    language: str | None = None,
    name: str | None = None,
    recover: bool = False,
) -> Document:
    """Parse one UN document, a PDF or a text dump.

    `symbol` stands in where the text prints none; `language` (zh, en) is what the caller knows it to be; `name` is the
    file's, where it lies under another; `recover` has text without a map to Unicode read all the same, for people to
    look at (finding `text-recovered`). Raises `Refusal` for a file that is neither or holds no text, and `OSError`
    where it cannot be read.
    """
    return parse_bytes(read_bytes(path), name or path.name, symbol=symbol, language=language, recover=recover)


def parse_bytes(
    data: bytes, name: str, *, symbol: str | None = None, language: str | None = None, recover: bool = False
) -> Document:
    """Parse the bytes of a document; `name` is the file's name without folders. The rest is as in `parse_file`."""
    return parse_reading(read(data, recover=recover), data, name, symbol=symbol, language=language)


def parse_reading(
    reading: Reading, data: bytes, name: str, *, symbol: str | None = None, language: str | None = None
) -> Document:
    """Parse a document that a reader has read; `data` is the whole file that it was read from."""
    known, doubts = detect_language(reading.text, language)
    findings = [*reading.findings, *doubts]
    document = _Parsing(reading, known, findings).document(_source(data, name, reading), symbol)
    if not reading.has_layout:
        return document
    document = document.model_copy(update={"blocks": tuple(unmirror(document.blocks, reading.sizes, reading.mirrored))})
    pages = upright_pages(reading.sizes, document.blocks)
    return document.model_copy(update={"pages": pages, "blocks": tuple(keep_on_pages(document.blocks, pages))})


def _source(data: bytes, name: str, reading: Reading) -> SourceFile:
    return SourceFile(
        file=name, sha256=hashlib.sha256(data).hexdigest(), media_type=reading.media_type, pages=reading.page_count
    )


class _Parsing:
    """The stages over one document's lines."""

    def __init__(self, reading: Reading, language: Language, findings: list[Finding]) -> None:
        lines = reading.lines
        self._has_layout = reading.has_layout
        self._language = language
        self._findings = findings
        marks = find_furniture(lines)
        unmarked = [line for index, line in enumerate(lines) if index not in marks]
        measure = Measure(unmarked, is_flowing=reading.is_flowing)
        self._lines = list(lines) if reading.has_layout else paginate(lines, marks, measure)
        self._furniture = [(self._lines[index], mark) for index, mark in sorted(marks.items())]
        if reading.has_layout:
            self._notes, taken = split_note_zones(self._lines, marks)
        else:
            self._notes, taken = split_notes(self._lines, marks, measure)
        content = [line for index, line in enumerate(self._lines) if index not in marks and index not in taken]
        if not reading.has_layout:
            content = mark_tables(mark_contents(content))
        framed = has_frames(content)
        opening = next((index for index, line in enumerate(content) if line.zone in _NO_MASTHEAD), len(content))
        self._masthead, self._body = split_frames(content) if framed else split_masthead(content[:opening], measure)
        if not framed:
            self._body = [*self._body, *content[opening:]]
        self._paragraphs = count_by_brackets(group(self._body, measure))
        self._words = Words(line.text for line in self._lines)

    def document(self, source: SourceFile, symbol: str | None) -> Document:
        """The document: genre, blocks, metadata, findings."""
        printed = [found for block in self._masthead for found in split_symbols(block.text.rstrip("*＊ "))]
        decision = classify(self._masthead, self._paragraphs, printed or [symbol or ""])
        structured = _GENRES[decision.genre](self._paragraphs, self._language)
        blocks, doubts = read_votes(self._blocks(structured), self._language)
        self._findings += doubts
        meta = self._meta(blocks, decision, source, symbol)
        self._findings += check_sequences(blocks)
        self._doubt_genre(decision)
        return Document(
            meta=meta,
            blocks=tuple(blocks),
            turns=tuple(structured.turns),
            furniture=tuple(_furniture(line, mark) for line, mark in self._furniture),
            findings=tuple(self._findings),
        )

    def _blocks(self, structured: Structured) -> list[Block]:
        drafts = [Draft(block.kind, block.lines) for block in self._masthead] + structured.drafts
        drafts.sort(key=lambda draft: draft.lines[0].number)
        masthead_lines = [line for block in self._masthead for line in block.lines]
        find = find_zone_anchors if self._has_layout else find_anchors
        anchors = find(self._notes, self._body, masthead_lines)
        notes = {id(note): _note_draft(note) for note in self._notes}
        ordered = self._with_notes(drafts, anchors, notes)
        assign_ids(ordered)
        finisher = Finisher(self._language, self._words, anchors, notes)
        blocks = [finisher.block(draft) for draft in ordered]
        self._findings += finisher.findings
        return blocks

    def _with_notes(self, drafts: list[Draft], anchors: Sequence[Anchor], notes: dict[int, Draft]) -> list[Draft]:
        """Each note behind the block that refers to it; one that nothing refers to where it stands in the text."""
        line_of = {id(anchor.note): anchor.line for anchor in reversed(anchors) if anchor.note}
        starts = [draft.lines[0].number for draft in drafts]
        after: dict[int, list[Draft]] = {}
        for note in self._notes:
            draft = notes[id(note)]
            line = line_of.get(id(note), note.lines[0].number)
            above = bisect_right(starts, line)
            host = above - 1 if above else len(drafts) - 1
            if id(note) not in line_of and note.mark:
                message = f"no mark {note.mark!r} was found in the text for this note"
                self._findings.append(Finding.warning("note-unanchored", message, f"line {note.lines[0].number}"))
            if drafts:
                draft.division = drafts[host].division
            after.setdefault(host, []).append(draft)
        ordered: list[Draft] = list(after.get(-1, []))
        for index, draft in enumerate(drafts):
            ordered += [draft, *after.get(index, [])]
        return ordered

    def _meta(self, blocks: Sequence[Block], decision: GenreDecision, source: SourceFile, symbol: str | None) -> Meta:
        # A masthead line made one block, and blocks keep the order of lines.
        by_line = {block.orig: block.text for block in blocks}
        facts = MastheadFacts(
            blocks=[(block, by_line["\n".join(line.orig for line in block.lines)]) for block in self._masthead],
            furniture=self._furniture,
            headings=[block.text for block in blocks if block.kind is Kind.HEADING],
            notes=[
                block.text
                for block in blocks
                if block.kind is Kind.FOOTNOTE and (block.label or "").startswith(("*", "＊"))
            ],
        )
        meta = read_metadata(facts, source, self._language, decision.genre)
        if meta.symbols:
            if symbol and symbol not in meta.symbols:
                message = f"the text prints {', '.join(meta.symbols)}, not {symbol}: the text wins"
                self._findings.append(Finding.warning("symbol-differs", message))
            return meta
        if symbol:
            return meta.model_copy(update={"symbols": (symbol,)})
        self._findings.append(Finding.info("symbol-missing", "the text prints no symbol"))
        return meta

    def _doubt_genre(self, decision: GenreDecision) -> None:
        if decision.confidence < 0.6:
            message = f"taken as {decision.genre.value}; evidence: {'; '.join(decision.evidence)}"
            self._findings.append(Finding.info("genre-doubtful", message))


def _note_draft(note: Note) -> Draft:
    return Draft(Kind.FOOTNOTE, note.lines, label=note.mark or None, number=note.mark.rstrip("/") or None, note=note)


def _furniture(line: Line, mark: Mark) -> Furniture:
    return Furniture(orig=line.orig, page=line.page, kind=mark.kind)
