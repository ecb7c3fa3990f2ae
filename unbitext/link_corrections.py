"""Links that a person fixed or confirmed: files of pairs in `corrections/*.toml`, kept across builds.

A file belongs to a translation and its original. Each correction names the sentences of both sides by their ids, as
they are after the corrections of the two documents, and by the hashes of the texts it was made on. It is the link that
the corpus holds, whatever the aligner finds; one that does not fit is reported and left out, and the others stand.
`unbitext show ID --link` prints one to be kept. docs/corrections.md explains with an example.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.base import Model
from schemas.bitext import PERSON, DocumentPair, Link
from schemas.document import Block, Document, Language, Sentence
from schemas.findings import Finding
from schemas.ids import document_id
from unbitext.corrections_files import CorrectionsError, TextHash, checked, is_of_pair, read_table, text_hash

Text = Annotated[str, Field(min_length=1)]
PairKey = tuple[str, str, str]
"""Symbol, language of the source, language of the target."""


class LinkCorrection(Model):
    """One link: the ids of its sentences on both sides, one of which may be empty, and the hashes of their texts.

    `status` is `fixed` where the aligner had it otherwise, which needs a `reason`, or `confirmed` where it was right.
    """

    source: tuple[Text, ...] = ()
    source_texts: tuple[TextHash, ...] = ()
    target: tuple[Text, ...] = ()
    target_texts: tuple[TextHash, ...] = ()
    status: Literal["fixed", "confirmed"]
    reason: Text | None = None

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if not self.source and not self.target:
            raise ValueError("names no sentence on either side")
        for ids, texts, side in (
            (self.source, self.source_texts, "source"),
            (self.target, self.target_texts, "target"),
        ):
            if len(ids) != len(texts):
                raise ValueError(f"{side}_texts must hold one hash for each id of {side}")
            if len(set(ids)) != len(ids):
                raise ValueError(f"{side} names a sentence twice")
        if self.status == "fixed" and self.reason is None:
            raise ValueError("a link that was fixed needs a reason")
        return self

    @property
    def place(self) -> str:
        """The link as people read it: `p1.s1 p1.s2 = p1.s1`."""
        return f"{' '.join(self.source) or '(nothing)'} = {' '.join(self.target) or '(nothing)'}"

    @property
    def where(self) -> str:
        """The id by which findings name it: its first."""
        return (*self.source, *self.target)[0]

    @property
    def content(self) -> tuple[frozenset[str], frozenset[str]]:
        """What it says, in whatever order it names the sentences."""
        return frozenset(self.source), frozenset(self.target)


class LinkCorrections(Model):
    """The links that a person gave for one pair; `file` is the name of the file they are from."""

    file: Text
    symbol: Text
    source_language: Language
    target_language: Language
    links: Annotated[tuple[LinkCorrection, ...], Field(alias="link")] = ()

    @property
    def key(self) -> PairKey:
        """The pair they belong to."""
        return self.symbol, self.source_language, self.target_language


LinkCorrectionsByPair = dict[PairKey, LinkCorrections]


class FittedLinks(Model):
    """What corrections come to for the documents as they are now: links to keep, and what does not fit."""

    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_link_corrections(folder: Path) -> tuple[LinkCorrectionsByPair, list[Finding]]:
    """Read every file of a pair in the folder, and give a Finding for each that cannot be used.

    Files that are no TOML are told of by `unbitext.corrections.read_corrections`. A second file for a pair is not used.
    """
    found: LinkCorrectionsByPair = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            table = read_table(path)
        except CorrectionsError:
            continue
        if not is_of_pair(table):
            continue
        try:
            if "file" in table:
                raise CorrectionsError(f"{path.name}: file: Extra inputs are not permitted")
            corrections = checked(LinkCorrections, {**table, "file": path.name}, path)
            if (known := found.get(corrections.key)) is not None:
                raise CorrectionsError(f"{path.name}: {known.file} corrects this pair already")
            found[corrections.key] = corrections
        except CorrectionsError as error:
            findings.append(Finding.error("corrections-unreadable", str(error)))
    return found, findings


def unused_link_corrections(corrections: LinkCorrectionsByPair, used: Iterable[PairKey]) -> list[Finding]:
    """Report the corrections of pairs that are not among these."""
    return [
        Finding.warning(
            "corrections-unused", f"{corrections[key].file}: the corpus has no pair {symbol} {source}-{target}"
        )
        for key in sorted(set(corrections) - set(used))
        for symbol, source, target in [key]
    ]


def fit_links(pair: DocumentPair, corrections: LinkCorrections) -> FittedLinks:
    """Make links of the corrections that fit, with a Finding where they give a reason; the others leave one only.

    One does not fit where a sentence is not there or has another text now, nor where two that say different things
    share a sentence: neither of them is applied, for which is right is for a person to say.
    """
    sides = _sentences(pair.source), _sentences(pair.target)
    findings: list[Finding] = []
    fitting: list[tuple[int, LinkCorrection]] = []
    for number, correction in enumerate(corrections.links, 1):
        named = f"{corrections.file}, link {number} ({correction.place})"
        if (finding := _misfit(pair, correction, sides, named)) is not None:
            findings.append(finding)
        else:
            fitting.append((number, correction))
    rivals = _rivals(fitting)
    links: list[Link] = []
    kept: dict[tuple[frozenset[str], frozenset[str]], int] = {}
    for number, correction in fitting:
        named = f"{corrections.file}, link {number} ({correction.place})"
        if rivals[number]:
            others = ", ".join(map(str, sorted(rivals[number])))
            message = f"{named} is not applied: link {others} says otherwise of a sentence of it"
            findings.append(Finding.warning("correction-conflict", message, correction.where))
        elif (first := kept.setdefault(correction.content, number)) != number:
            message = f"{named} says what link {first} says"
            findings.append(Finding.info("correction-applied", message, correction.where))
        else:
            links.append(_link(correction, sides, named))
    return FittedLinks(links=tuple(links), findings=tuple(findings))


_Side = dict[str, tuple[int, Block, Sentence]]


def _sentences(document: Document) -> _Side:
    """The sentences by id: their places in the document, their blocks, themselves."""
    held = [(block, sentence) for block in document.blocks for sentence in block.sentences]
    return {sentence.id: (place, block, sentence) for place, (block, sentence) in enumerate(held)}


def _misfit(pair: DocumentPair, correction: LinkCorrection, sides: Sequence[_Side], named: str) -> Finding | None:
    """What keeps a correction from being applied, if anything does."""
    unknown: list[str] = []
    changed: list[str] = []
    ids_and_texts = ((correction.source, correction.source_texts), (correction.target, correction.target_texts))
    for (ids, texts), side, document in zip(ids_and_texts, sides, (pair.source, pair.target), strict=True):
        for identifier, expected in zip(ids, texts, strict=True):
            if identifier not in side:
                unknown.append(f"{document_id(document)} has no sentence {identifier}")
            elif (found := text_hash(text := side[identifier][2].text)) != expected:
                changed.append(f"{document_id(document)} {identifier} was {expected} and is {found} now: {text}")
    if unknown:
        message = f"{named} is not applied: {'; '.join(unknown)}"
        return Finding.warning("correction-unfit", message, correction.where)
    if changed:
        message = f"{named} is not applied: {'; '.join(changed)}"
        return Finding.warning("correction-text-changed", message, correction.where)
    return None


def _rivals(fitting: Sequence[tuple[int, LinkCorrection]]) -> dict[int, set[int]]:
    """For each correction the others that share a sentence with it and do not say the same."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_number = dict(fitting)
    for number, correction in fitting:
        for side, ids in (("source", correction.source), ("target", correction.target)):
            for identifier in ids:
                holders[side, identifier].append(number)
    rivals: dict[int, set[int]] = {number: set() for number in by_number}
    for numbers in holders.values():
        for number in numbers:
            rivals[number].update(other for other in numbers if by_number[number].content != by_number[other].content)
    return rivals


def _link(correction: LinkCorrection, sides: Sequence[_Side], named: str) -> Link:
    source, target = (
        sorted((side[one] for one in ids), key=lambda held: held[0])
        for side, ids in zip(sides, (correction.source, correction.target), strict=True)
    )
    # A corpus may have thousands of confirmed links: one is told of where there is something to tell.
    told = Finding.info("correction-applied", f"{named} {correction.status}: {correction.reason}", correction.where)
    return Link(
        source_ids=tuple(sentence.id for _, _, sentence in source),
        target_ids=tuple(sentence.id for _, _, sentence in target),
        kinds=tuple(sorted({block.kind for _, block, _ in (*source, *target)})),
        score=1.0,
        method=f"{PERSON}{correction.status}",
        findings=(told,) if correction.reason else (),
    )


def file_head(key: PairKey) -> str:
    """Write the lines with which the file of a pair begins."""
    names = ("symbol", "source_language", "target_language")
    return "".join(f"{name} = {_quoted(value)}\n" for name, value in zip(names, key, strict=True))


def link_table(pair: DocumentPair, link: Link) -> str:
    """Write a link as the table by which a person confirms it, with its texts as comments."""
    lines = ["[[link]]"]
    for side, document, ids in (("source", pair.source, link.source_ids), ("target", pair.target, link.target_ids)):
        texts = {s.id: s.text for block in document.blocks for s in block.sentences if s.id in ids}
        lines += [f"# {document.meta.language}  {_on_one_line(texts[one])}" for one in ids]
        lines.append(f"{side} = [{', '.join(map(_quoted, ids))}]")
        lines.append(f"{side}_texts = [{', '.join(_quoted(text_hash(texts[one])) for one in ids)}]")
    return "\n".join([*lines, 'status = "confirmed"', ""])


def _quoted(text: str) -> str:
    # JSON's strings are TOML's, but for U+007F, which no symbol, language or id has.
    return json.dumps(text, ensure_ascii=False)


def _on_one_line(text: str) -> str:
    """A text as a comment holds it: TOML has no control characters there."""
    return "".join(each if each.isprintable() else " " for each in text)
