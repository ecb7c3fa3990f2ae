"""The stages of a build as plain functions: each takes a batch, and what it makes lies in the cache.

The order is parse -> settle -> finish -> pair -> align -> assemble -> publish. `unbitext.composition` composes them;
called one after the other they make the same corpus. Every result is kept under a key that says all it depends on, so
that a killed build goes on where it was, and an unchanged document costs a look.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TypeVar

from parsers.errors import Refusal
from parsers.parse import parse_file
from schemas.base import Model
from schemas.bitext import CONFIRMED, FIXED, DocumentPair, Link
from schemas.document import Document, Language, Meta
from schemas.findings import Finding
from schemas.ids import document_id, symbol_to_stem
from unbitext.align import NotATranslation, align_pair
from unbitext.aligners import AlignerChoice
from unbitext.corrections import Corrections, CorrectionsByDocument, apply_corrections
from unbitext.file_names import claimed_stem, language_of_name, name_claim
from unbitext.generator import GENERATOR
from unbitext.inputs import unreadable
from unbitext.link_corrections import FittedLinks, LinkCorrections, LinkCorrectionsByPair, fit_links
from unbitext.outcome import Refused
from unbitext.pairing import pair_documents
from unbitext.parse_results import ParseResults
from unbitext.records import DocumentRecord, InputFile, PairRecord, Parsed, parsed_key
from unbitext.store import Cache, digest
from unbitext.tei.alignment import alignment_id, encode_alignment
from unbitext.tei.components import CorpusAlignment, CorpusDocument
from unbitext.tei.encode import encode_document
from unbitext.tei.names import EncodingError
from unbitext.tei.serialize import serialize

Done = TypeVar("Done")

LOGGER = logging.getLogger("unbitext")

DOUBTFUL_SCORE = 0.5
"""A link scored below is named in the report: it is as likely wrong as right."""

_DOUBTFUL_SHOWN = 20
DEFAULT_ALIGNER = AlignerChoice()


def parse_input(
    file: InputFile, cache: Cache, symbol: str | None = None, language: Language | None = None
) -> Parsed | Refused:
    """Parse one file, or say why not. `symbol` and `language` are what the command line gives.

    The name's symbol stands in where the text prints none, its language where the text is too short to tell.
    """
    parsed = _parse_one(file, cache, symbol, language)
    if file.instead is None:
        return parsed
    if not isinstance(parsed, Refused):
        ParseResults(cache).taken_over(file.instead.sha256, parsed.meta.language)  # nobody will need it
        return parsed
    other = _parse_one(file.instead, cache, symbol, language)
    if isinstance(other, Refused):
        return parsed
    message = f"{file.name} is refused ({parsed.code}): {parsed.message}"
    return other.model_copy(update={"notes": (*other.notes, Finding.warning("word-takes-over", message))})


def _parse_one(file: InputFile, cache: Cache, symbol: str | None, language: Language | None) -> Parsed | Refused:
    key = parsed_key(file, symbol, language)
    document = _kept(cache, "parsed", key)
    if document is None:
        results = ParseResults(cache)
        try:
            document = _parse_as_named(file, results, symbol, language)
        except Refusal as refusal:
            return Refused(label=file.label, code=refusal.code, message=refusal.message, remedy=refusal.remedy)
        except OSError as error:
            return unreadable(file.label, error)
        except Exception as error:  # a bad file costs that file, never the run
            return _failed(file.label, error)
        if document.meta.source.sha256 != file.sha256:
            return Refused.of(file.label, "file-changed", "the file changed while the build ran")
        cache.put("parsed", key, document.model_dump_json().encode())
        results.taken_over(file.sha256, document.meta.language)
    if not document.meta.symbols:
        message = f"the text prints no document symbol, and {claimed_stem(file.name)}, as the file is named, is none"
        return Refused.of(file.label, "symbol-needed", message)
    if document.meta.language is None:
        return Refused.of(file.label, "language-needed", "the language of the document is not known")
    return Parsed(input=file, key=key, meta=document.meta, notes=file.notes)


def unparsed_bytes(
    files: Sequence[InputFile], cache: Cache, symbol: str | None = None, language: Language | None = None
) -> int:
    """Measure what there is to parse: the bytes of the files whose document is not in the cache."""
    results = ParseResults(cache)
    return sum(
        file.size_bytes
        for file in files
        if not cache.path("parsed", parsed_key(file, symbol, language)).exists()
        and not results.has(file.sha256, symbol, language)
    )


def _parse_as_named(file: InputFile, results: ParseResults, symbol: str | None, language: Language | None) -> Document:
    name = name_claim(file.name)
    told = language is not None

    def parse(symbol: str | None, language: str | None) -> Document:
        found = results.find(file.sha256, file.name, symbol, language)
        return found or parse_file(file.path, symbol=symbol, language=language, name=file.name)

    document = parse(symbol, language)
    if not told and (named := language_of_name(document, file.name)) is not None:
        language = named
        document = parse(symbol, language)
    findings: list[Finding] = []
    if not document.meta.symbols and name.symbol is not None:
        # Once more: the symbol is evidence for the genre.
        document = parse(name.symbol, language)
        findings.append(
            Finding.info("symbol-from-name", f"the text prints no symbol; {name.symbol} is the file's name")
        )
    elif name.symbol is not None and name.symbol not in document.meta.symbols:
        printed = ", ".join(document.meta.symbols)
        findings.append(
            Finding.warning("symbol-differs", f"the text prints {printed}, the name says {name.symbol}: the text wins")
        )
    # Where a person has told the language, the name has no say, and `language-doubtful` tells what the text looks like.
    if not told and name.language is not None and name.language != document.meta.language:
        findings.append(
            Finding.warning(
                "language-differs",
                f"the text is {document.meta.language}, the name says {name.language}: the text wins",
            )
        )
    return document.model_copy(update={"findings": (*document.findings, *findings)})


def settle_claims(parsed: Sequence[Parsed]) -> tuple[list[Parsed], list[Refused]]:
    """Let no two files stand for one symbol and language.

    Of files with the same bytes the first by label is used, with a Finding; files with different text that claim the
    same are refused, all of them: which is the right one is for a person to say. Both lists are sorted by label.
    """
    by_bytes: dict[str, list[Parsed]] = defaultdict(list)
    claimants: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in sorted(parsed, key=lambda one: one.input.label):
        by_bytes[one.input.sha256].append(one)
    for sha256, (first, *_) in by_bytes.items():
        for claim in _claims(first):
            claimants[claim][sha256] = first.input.label
    settled: list[Parsed] = []
    refused: list[Refused] = []
    for sha256, (first, *doubles) in by_bytes.items():
        rivals = {label for claim in _claims(first) for other, label in claimants[claim].items() if other != sha256}
        if rivals:
            refused.extend(_claimed_twice(one, sorted(rivals)) for one in (first, *doubles))
        else:
            notes = [
                Finding.info("file-double", f"{double.input.label} holds the same bytes and is not used")
                for double in doubles
            ]
            settled.append(first.model_copy(update={"notes": (*first.notes, *notes)}))
    return settled, sorted(refused, key=lambda one: one.label)


def claims(records: Sequence[DocumentRecord]) -> set[tuple[str, str]]:
    """Collect symbol and language of all documents, each symbol of a document counting."""
    return {(symbol, record.language) for record in records for symbol in record.meta.symbols}


def _claims(one: Parsed) -> list[tuple[str, str]]:
    # By what the files would be called: some file systems do not tell capitals from small letters.
    return [(symbol_to_stem(symbol).casefold(), str(one.meta.language)) for symbol in one.meta.symbols]


def _claimed_twice(one: Parsed, rivals: Sequence[str]) -> Refused:
    message = f"{', '.join(rivals)} claims {' and '.join(one.meta.symbols)} in {one.meta.language} too"
    return Refused.of(one.input.label, "symbol-claimed-twice", message)


def divide(results: Sequence[Done | Refused], kind: type[Done]) -> tuple[list[Done], list[Refused]]:
    """Divide what a stage gave into what is done (of this kind) and what is refused."""
    return [one for one in results if isinstance(one, kind)], [one for one in results if isinstance(one, Refused)]


def corrections_for(meta: Meta, corrections: CorrectionsByDocument) -> Corrections | None:
    """Find the corrections of a document, by any of its symbols."""
    keys = ((symbol, str(meta.language)) for symbol in meta.symbols)
    return next((corrections[key] for key in keys if key in corrections), None)


def link_corrections_for(
    source: DocumentRecord, target: DocumentRecord, corrections: LinkCorrectionsByPair
) -> LinkCorrections | None:
    """Find the links that a person gave for a pair, by any of the translation's symbols."""
    keys = ((symbol, source.language, target.language) for symbol in source.meta.symbols)
    return next((corrections[key] for key in keys if key in corrections), None)


def link_claims(documents: Sequence[DocumentRecord], pairs: Sequence[PairRecord]) -> set[tuple[str, str, str]]:
    """Collect symbol and languages of all aligned pairs, each symbol of the translation counting."""
    known = {document.identifier: document for document in documents}
    return {
        (symbol, known[pair.source].language, known[pair.target].language)
        for pair in pairs
        if pair.refusal is None
        for symbol in known[pair.source].meta.symbols
    }


def finish_document(parsed: Parsed, corrections: Corrections | None, cache: Cache) -> DocumentRecord | Refused:
    """Correct, encode and count one document; document and TEI lie in the cache under the record's key."""
    applied = corrections.model_dump_json() if corrections else ""
    origin = parsed.input.model_dump(include={"url", "retrieved_at", "replaces"})
    key = digest("document", parsed.key, applied, repr(sorted(origin.items())))
    label = parsed.input.label
    try:
        kept = cache.get("records", key)
        record = DocumentRecord.model_validate_json(kept) if kept is not None else None
        if record is None or cache.get("documents", key) is None or cache.get("tei", key) is None:
            document = _kept(cache, "parsed", parsed.key)
            if document is None:
                raise LookupError(f"the parsed {label} is no longer in the cache")
            source = document.meta.source.model_copy(update=origin)
            document = document.model_copy(update={"meta": document.meta.model_copy(update={"source": source})})
            if corrections is not None:
                document = apply_corrections(document, corrections.corrections)
            cache.put("documents", key, document.model_dump_json().encode())
            tei = serialize(encode_document(document, generator=GENERATOR), spent=True)
            cache.put("tei", key, tei)
            record = _record(document, key, tei)
            cache.put("records", key, record.model_dump_json().encode())
    except EncodingError as error:
        return Refused.of(label, "document-invalid", f"the document cannot be encoded: {error}")
    except OSError:
        raise
    except Exception as error:  # a bad file costs that file, never the run
        return _failed(label, error)
    return record.model_copy(update={"label": label, "findings": (*record.findings, *parsed.notes)})


def _record(document: Document, key: str, tei: bytes) -> DocumentRecord:
    return DocumentRecord(
        label="",
        key=key,
        meta=document.meta,
        kinds=dict(sorted(Counter(block.kind for block in document.blocks).items())),
        numbered=sum(block.number is not None for block in document.blocks),
        turns=len(document.turns),
        placed=sum(bool(sentence.boxes) for block in document.blocks for sentence in block.sentences),
        findings=document.findings,
        component=CorpusDocument.of(document, tei),
    )


class Paired(Model):
    """Which documents are to be aligned with which, by identifier, and which translations wait for their original."""

    pairs: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...]


def pair_records(records: Sequence[DocumentRecord]) -> Paired:
    """Pair translations with originals by their symbols; sorted by identifier."""
    heads = [Document(meta=record.meta) for record in sorted(records, key=lambda record: record.identifier)]
    pairing = pair_documents(heads)
    return Paired(
        pairs=tuple((document_id(pair.source), document_id(pair.target)) for pair in pairing.pairs),
        waiting=tuple(document_id(document) for document in pairing.waiting),
    )


def align_records(
    source: DocumentRecord,
    target: DocumentRecord,
    cache: Cache,
    corrections: LinkCorrections | None = None,
    choice: AlignerChoice = DEFAULT_ALIGNER,
) -> PairRecord:
    """Align two documents around the links that a person gave, and encode; both lie in the cache under the key.

    The aligner's signature is part of the key: it names a lexicon or a model by its hash.
    """
    aligner, signature = choice.aligner(source.language, target.language)
    key = digest("links", source.key, target.key, corrections.model_dump_json() if corrections else "", signature)
    kept = cache.get("pairs", key)
    if kept is not None and (cache.get("alignments", key) is not None or b'"refusal":null' not in kept):
        return PairRecord.model_validate_json(kept)
    heads = DocumentPair(source=Document(meta=source.meta), target=Document(meta=target.meta))
    record = PairRecord(source=source.identifier, target=target.identifier, name=alignment_id(heads), key=key)
    try:
        pair = DocumentPair(source=_document(cache, source), target=_document(cache, target))
        fitted = fit_links(pair, corrections) if corrections is not None else FittedLinks()
        links = align_pair(pair, aligner, fitted.links)
        tei = serialize(encode_alignment(pair, links, generator=GENERATOR), spent=True)
        cache.put("alignments", key, tei)
        record = _with_links(record, links, CorpusAlignment.of(pair, links, tei), fitted.findings)
    except NotATranslation as refusal:
        record = record.model_copy(update={"refusal": Refused.of(record.name, "not-a-translation", f"{refusal}")})
    except OSError:
        raise
    except Exception as error:  # a bad file costs that file, never the run
        return record.model_copy(update={"refusal": _failed(record.name, error)})
    cache.put("pairs", key, record.model_dump_json().encode())
    return record


def unused_lexicons(
    choice: AlignerChoice, documents: Sequence[DocumentRecord], pairs: Sequence[PairRecord]
) -> list[Finding]:
    """Tell of each lexicon that was given and is for the languages of no pair; where there is no pair, of none."""
    known = {document.identifier: document.language for document in documents}
    languages = {(str(known[pair.source]), str(known[pair.target])) for pair in pairs}
    unused = choice.unused(languages) if languages else []
    return [Finding.warning("lexicon-unused", f"no pair is in the languages of the lexicon {one}") for one in unused]


def _with_links(
    record: PairRecord, links: Sequence[Link], component: CorpusAlignment, unfit: Sequence[Finding]
) -> PairRecord:
    scored = [link for link in links if link.source_ids and link.target_ids and not link.is_persons]
    doubtful = sorted((link for link in scored if link.score < DOUBTFUL_SCORE), key=lambda link: link.score)
    return record.model_copy(
        update={
            "component": component,
            "types": dict(sorted(Counter(link.type for link in links).items())),
            "mean_score": round(sum(link.score for link in scored) / len(scored), 4) if scored else None,
            "methods": tuple(sorted({link.method for link in links})),
            "fixed": sum(link.method == FIXED for link in links),
            "confirmed": sum(link.method == CONFIRMED for link in links),
            "doubtful": tuple(doubtful[:_DOUBTFUL_SHOWN]),
            "doubtful_count": len(doubtful),
            "findings": (*(finding for link in links for finding in link.findings), *unfit),
        }
    )


def _document(cache: Cache, record: DocumentRecord) -> Document:
    document = _kept(cache, "documents", record.key)
    if document is None:
        raise LookupError(f"{record.identifier} is no longer in the cache")
    return document


def _kept(cache: Cache, kind: str, key: str) -> Document | None:
    data = cache.get(kind, key)
    return Document.model_validate_json(data) if data is not None else None


def _failed(label: str, error: Exception) -> Refused:
    LOGGER.error("%s: the program failed on this document", label, exc_info=error)
    return Refused.of(label, "internal-error", f"the program failed on it: {type(error).__name__}: {error}")
