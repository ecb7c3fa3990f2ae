"""Commands on one document or one pair: parse, align. Results go to standard output and nowhere else."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.cli_run import Run, command
from flows.exit_codes import ExitCode, RefusedError, UsageError
from flows.messages import LOGGER
from schemas.document import Document

if TYPE_CHECKING:
    from unbitext.align import Aligner

LanguageOption = Literal["zh", "en", "fr", "es", "ru", "ar"]
AlignerOption = Annotated[
    str | None, typer.Option(help="How sentences are aligned: lexical (the default) or embeddings.")
]
LexiconOption = Annotated[Path | None, typer.Option(help="A lexicon, or a folder of them, beside the one that ships.")]
RecoverOption = Annotated[
    bool, typer.Option("--recover-text", help="Read a PDF whose fonts lack a map to Unicode, too, to look at.")
]
ModelOption = Annotated[str | None, typer.Option(help="The embeddings' model: a folder, or a name.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    command(app)(parse)
    command(app)(align)


def parse(
    run: Run,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="One document: a PDF, a Word file, or its text.")
    ] = None,
    symbol: Annotated[str | None, typer.Option(help="Its symbol, where the text prints none.")] = None,
    language: Annotated[LanguageOption | None, typer.Option(help="Its language.")] = None,
    format: Annotated[Literal["json", "tei"], typer.Option(help="How the document is printed.")] = "json",
    recover_text: RecoverOption = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of the JSON instead.")] = False,
) -> ExitCode:
    """Print one document as JSON or TEI."""
    if schema:
        _print_json(Document.model_json_schema(mode="serialization"))
        return ExitCode.DONE
    if file is None:
        raise UsageError("which document? give a FILE, or --schema")
    document = read_document(file, symbol, language, recover=recover_text)
    if format == "json":
        print(document.model_dump_json())
        return ExitCode.DONE
    from unbitext.generator import GENERATOR
    from unbitext.tei.encode import encode_document
    from unbitext.tei.names import EncodingError
    from unbitext.tei.serialize import serialize

    try:
        sys.stdout.write(serialize(encode_document(document, generator=GENERATOR), spent=True).decode("utf-8"))
    except EncodingError as error:
        raise RefusedError("document-invalid", f"{file}: {error}") from error
    return ExitCode.DONE


def align(
    run: Run,
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The translation.")],
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The original.")],
    source_language: Annotated[LanguageOption | None, typer.Option(help="The translation's language.")] = None,
    target_language: Annotated[LanguageOption | None, typer.Option(help="The original's language.")] = None,
    format: Annotated[Literal["jsonl", "tsv"], typer.Option(help="How links are printed.")] = "jsonl",
    segmented: Annotated[
        bool, typer.Option("--segmented", help="The files hold one sentence a line, and no structure.")
    ] = False,
    recover_text: RecoverOption = False,
    lexicon: LexiconOption = None,
    aligner: AlignerOption = None,
    model: ModelOption = None,
) -> ExitCode:
    """Print the links between two documents."""
    from unbitext.align import NotATranslation
    from unbitext.align.output import LinkRow, jsonl_lines, pair_rows, segmented_rows, tsv_lines

    rows: list[LinkRow]
    try:
        if segmented:
            from unbitext.align import align_segmented

            lines = read_sentences(source), read_sentences(target)
            engine = _aligner(run, source_language, target_language)
            rows = segmented_rows(*lines, align_segmented(*lines, source_language, target_language, engine))
        else:
            from schemas.bitext import DocumentPair
            from unbitext.align import align_pair

            pair = DocumentPair(
                source=read_document(source, None, source_language, recover=recover_text),
                target=read_document(target, None, target_language, recover=recover_text),
            )
            _refuse_one_language(pair.source, pair.target)
            engine = _aligner(run, pair.source.meta.language, pair.target.meta.language)
            rows = pair_rows(pair, align_pair(pair, engine))
    except NotATranslation as refusal:
        message = f"{source} and {target} are not translations of one another: {refusal}"
        raise RefusedError("not-a-translation", message) from refusal
    _print_lines(jsonl_lines(rows) if format == "jsonl" else tsv_lines(rows))
    return ExitCode.DONE


def _aligner(run: Run, source_language: str | None, target_language: str | None) -> "Aligner":
    from unbitext.align.registry import AlignerError, AlignerOptions, make_aligner

    settings = run.settings
    languages = (source_language, target_language)
    options = AlignerOptions(lexicon=settings.lexicon, model=settings.model, languages=languages)
    try:
        return make_aligner(settings.aligner, options)
    except AlignerError as error:
        raise UsageError(str(error)) from error


def _refuse_one_language(source: Document, target: Document) -> None:
    from unbitext.align import NotATranslation

    if source.meta.language == target.meta.language:
        raise NotATranslation([f"both are in {source.meta.language}"])


def read_document(path: Path, symbol: str | None, language: str | None, *, recover: bool = False) -> Document:
    """Parse a file, saying on standard error what is doubtful in it.

    Raises `RefusedError` for a file that is no document, `UsageError` for one that cannot be read.
    """
    from parsers.errors import Refusal
    from parsers.parse import parse_file
    from unbitext.file_names import language_of_name

    try:
        document = parse_file(path, symbol=symbol, language=language, recover=recover)
        if language is None and (named := language_of_name(document, path.name)) is not None:
            document = parse_file(path, symbol=symbol, language=named, recover=recover)
    except Refusal as refusal:
        raise RefusedError(refusal.code, f"{path}: {refusal.message}", refusal.remedy) from refusal
    except OSError as error:
        raise _unreadable(path, error) from error
    for finding in document.findings:
        LOGGER.debug("%s: %s: %s%s", path, finding.code, f"{finding.where}: " if finding.where else "", finding.message)
    return document


def read_sentences(path: Path) -> list[str]:
    """Read a file of one sentence a line. Raises `RefusedError` where it is no text or empty."""
    from parsers.errors import Refusal
    from parsers.readers.decoding import decode, read_bytes

    try:
        text, _ = decode(read_bytes(path))
    except Refusal as refusal:
        raise RefusedError(refusal.code, f"{path}: {refusal.message}", refusal.remedy) from refusal
    except OSError as error:
        raise _unreadable(path, error) from error
    return text.removesuffix("\n").split("\n")


def _unreadable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path}: {error.strerror}; give a file that can be read")


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
