"""What a person corrects, kept apart from what the program makes: `corrections/*.toml`, applied on each build.

A file belongs to one document in one language. Each correction names a block, sentence or turn by its id and by the
first digits of the sha256 of the text it was made on, and does one thing. Corrections are applied in the order in which
they stand, each to the result of the ones before; `unbitext show ID` prints ids and hashes as they are then. One that
does not fit is reported and left out. docs/corrections.md explains with an example.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from parsers.votes import VOTE_FINDINGS, read_votes
from schemas.base import Model
from schemas.document import Affiliation, Block, Document, Kind, Language, SpeakerRole, Turn
from schemas.findings import Finding
from unbitext.corrections_files import CorrectionsError, TextHash, checked, is_of_pair, read_table, text_hash
from unbitext.reshaping import (
    NoFitError,
    find_block,
    following_block,
    merge_blocks,
    merge_sentences,
    replace_block,
    split_block,
    split_sentence,
    take_prefix_off,
)

TURN = "turn-"
"""How a turn is named where blocks and sentences have ids: `turn-3`."""

Text = Annotated[str, Field(min_length=1)]


class Speaker(Model):
    """What a turn's speaker should read; what is absent stays. `affiliation` and `code` as in `Affiliation`."""

    speaker: Text | None = None
    role: SpeakerRole | None = None
    affiliation: Text | None = None
    code: Text | None = None
    spoken_language: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("says nothing: give speaker, role, affiliation, code or spoken_language")
        return self


class Correction(Model):
    """One decision: `at` and `text` say where, `reason` why, and exactly one of the others what.

    `kind` (with `level` for headings and items) and `number` (empty for none) are of a block; with `number` may come
    the `label` as printed, which is taken off the text where that begins with it. `split_before` is of a block or a
    sentence: the words with which its second part begins; `merge_with_next` of either: the hash of the text that
    follows. `speaker` is of a turn.
    """

    at: Text
    text: TextHash
    reason: Text
    kind: Kind | None = None
    level: Annotated[int, Field(ge=1)] | None = None
    number: str | None = None
    label: Text | None = None
    split_before: Text | None = None
    merge_with_next: Text | None = None
    speaker: Speaker | None = None

    @property
    def action(self) -> Literal["kind", "number", "split_before", "merge_with_next", "speaker"]:
        """What it does."""
        if self.kind is not None:
            return "kind"
        if self.number is not None:
            return "number"
        if self.split_before is not None:
            return "split_before"
        return "merge_with_next" if self.merge_with_next is not None else "speaker"

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        actions = (self.kind, self.number, self.split_before, self.merge_with_next, self.speaker)
        if sum(action is not None for action in actions) != 1:
            raise ValueError("give exactly one of kind, number, split_before, merge_with_next, speaker")
        if self.level is not None and self.kind is None:
            raise ValueError("level goes with kind")
        if self.label is not None and self.number is None:
            raise ValueError("label goes with number")
        if (self.speaker is not None) != self.at.startswith(TURN):
            raise ValueError(f"speaker goes with a turn, as {TURN}3")
        return self


class Corrections(Model):
    """The corrections of one document in one language, in the order in which they are applied."""

    symbol: Text
    language: Language
    corrections: Annotated[tuple[Correction, ...], Field(alias="correction")] = ()


CorrectionsByDocument = dict[tuple[str, str], Corrections]
"""Corrections by symbol and language."""


def read_corrections(folder: Path) -> tuple[CorrectionsByDocument, list[Finding]]:
    """Read every `*.toml` of the folder: corrections by symbol and language, and a Finding for each unusable file.

    Files of pairs are for `unbitext.link_corrections`. A folder that is absent holds none. A second file for one
    document is not used: which of two orders counts is for a person to say.
    """
    found: CorrectionsByDocument = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            table = read_table(path)
            if is_of_pair(table):
                continue
            corrections = checked(Corrections, table, path)
            if (corrections.symbol, corrections.language) in found:
                raise CorrectionsError(f"{path.name}: another file corrects {corrections.symbol} already")
            found[corrections.symbol, corrections.language] = corrections
        except CorrectionsError as error:
            findings.append(Finding.error("corrections-unreadable", str(error)))
    return found, findings


def unused_corrections(corrections: CorrectionsByDocument, used: Iterable[tuple[str, str]]) -> list[Finding]:
    """Report the corrections of documents that are not among these (symbol and language)."""
    absent = sorted(set(corrections) - set(used))
    return [
        Finding.warning("corrections-unused", f"{symbol} in {language} is not in the corpus")
        for symbol, language in absent
    ]


def apply_corrections(document: Document, corrections: Sequence[Correction]) -> Document:
    """Apply the corrections that fit, in order; each leaves a Finding, applied or not."""
    before, findings = document, list(document.findings)
    for correction in corrections:
        try:
            document = _apply(document, correction)
        except NoFitError as error:
            findings.append(
                Finding.warning("correction-unfit", f"{correction.action} not applied: {error}", correction.at)
            )
        else:
            findings.append(
                Finding.info("correction-applied", f"{correction.action}: {correction.reason}", correction.at)
            )
    document = document.model_copy(update={"findings": tuple(findings)})
    return document if document.blocks == before.blocks else _with_votes(document)


def _with_votes(document: Document) -> Document:
    """Read the votes anew: what was moved or renamed may have been part of one."""
    cleared = [block.model_copy(update={"vote": None}) for block in document.blocks]
    blocks, doubts = read_votes(cleared, document.meta.language or "en")
    kept = [finding for finding in document.findings if finding.code not in VOTE_FINDINGS]
    return document.model_copy(update={"blocks": tuple(blocks), "findings": (*kept, *doubts)})


def _apply(document: Document, correction: Correction) -> Document:
    if correction.speaker is not None:
        return _correct_turn(document, correction, correction.speaker)
    identifier, _, sentence = correction.at.rpartition(".s")
    if identifier and sentence.isdigit():
        return _correct_sentence(document, correction, find_block(document, identifier))
    return _correct_block(document, correction, find_block(document, correction.at))


def _correct_block(document: Document, correction: Correction, index: int) -> Document:
    block = document.blocks[index]
    _check_hash(block.text, correction.text, "its text")
    if correction.split_before is not None:
        return split_block(document, index, correction.split_before)
    if correction.merge_with_next is not None:
        following = document.blocks[following_block(document, index)]
        _check_hash(following.text, correction.merge_with_next, "the text that follows")
        return merge_blocks(document, index)
    if correction.kind is not None:
        changed = block.model_copy(update={"kind": correction.kind, "level": correction.level})
    else:
        changed = _renumber(block, correction.number or None, correction.label)
    return replace_block(document, index, changed)


def _renumber(block: Block, number: str | None, label: str | None) -> Block:
    if label is None or not block.text.startswith(label) or not block.text[len(label) :].strip():
        return block.model_copy(update={"number": number, "label": label if label is not None else block.label})
    rest = block.text[len(label) :].lstrip()
    cut = len(block.text) - len(rest)
    return take_prefix_off(block, cut).model_copy(update={"number": number, "label": label})


def _correct_sentence(document: Document, correction: Correction, index: int) -> Document:
    block = document.blocks[index]
    places = [place for place, sentence in enumerate(block.sentences) if sentence.id == correction.at]
    if not places:
        raise NoFitError("the document has no such id")
    place = places[0]
    _check_hash(block.sentences[place].text, correction.text, "its text")
    if correction.split_before is not None:
        changed = split_sentence(block, place, correction.split_before)
    elif correction.merge_with_next is None:
        raise NoFitError(f"{correction.action} is not a sentence's")
    elif place + 1 == len(block.sentences):
        raise NoFitError("it is the last sentence of its block")
    else:
        _check_hash(block.sentences[place + 1].text, correction.merge_with_next, "the text that follows")
        changed = merge_sentences(block, place)
    return replace_block(document, index, changed)


def _correct_turn(document: Document, correction: Correction, speaker: Speaker) -> Document:
    for index, turn in enumerate(document.turns):
        if f"{TURN}{turn.n}" == correction.at:
            _check_hash(turn.label, correction.text, "its label")
            turns = (*document.turns[:index], _with_speaker(turn, speaker), *document.turns[index + 1 :])
            return document.model_copy(update={"turns": turns})
    raise NoFitError("the document has no such turn")


def _with_speaker(turn: Turn, speaker: Speaker) -> Turn:
    affiliation = turn.affiliation
    if speaker.affiliation is not None:
        affiliation = Affiliation(text=speaker.affiliation, code=speaker.code)
    elif speaker.code is not None:
        if affiliation is None:
            raise NoFitError("a code needs an affiliation, and its label has none")
        affiliation = affiliation.model_copy(update={"code": speaker.code})
    return turn.model_copy(
        update={
            "speaker": speaker.speaker or turn.speaker,
            "role": speaker.role or turn.role,
            "affiliation": affiliation,
            "spoken_language": speaker.spoken_language or turn.spoken_language,
        }
    )


def _check_hash(text: str, expected: str, what: str) -> None:
    if text_hash(text) != expected:
        raise NoFitError(f"{what} is no longer the one it was made on")
