"""Writing a test set: the fields of sacrebleu, line by line; WMT's XML; JSON with contexts; what to hold out."""

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from lxml import etree

from unbitext.store import TEMPORARY
from unbitext.testset.draw import Draw, DrawError, DrawnDocument, DrawnSegment

HELD_OUT = "held_out.txt"
SUMMARY = "testset.json"


def write_test_set(drawn: Draw, folder: Path) -> list[str]:
    """Write the files of a test set to a folder that is absent or empty; return their names, sorted.

    The folder appears when all of it is written. Raises `DrawError` where there is something in it, `OSError`.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DrawError(f"{folder} is there already: name a folder that is not, or take it away")
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = folder.parent / f"{TEMPORARY}{os.getpid()}-{folder.name}"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    try:
        for name, content in sorted(_files(drawn).items()):
            (staged / name).write_bytes(content)
        if folder.exists():
            folder.rmdir()
        staged.replace(folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return sorted(path.name for path in folder.iterdir())


def _files(drawn: Draw) -> dict[str, bytes]:
    segments = [segment for document in drawn.documents for segment in document.segments]
    files = {
        f"{drawn.name}.jsonl": _lines(segment.model_dump_json() for segment in segments),
        "documents.tsv": _lines("\t".join(row) for row in _table(drawn.documents)),
        HELD_OUT: _lines(drawn.families),
        SUMMARY: (json.dumps(_summary(drawn), ensure_ascii=False, indent=2) + "\n").encode("utf-8"),
    }
    domains = {document.docid: document.genre.value for document in drawn.documents}
    for turned in (False, True):
        languages = drawn.languages[::-1] if turned else drawn.languages
        # The names are those that sacrebleu gives to the fields of its own test sets.
        name = f"{drawn.name}.{'-'.join(languages)}"
        sources, references = [one.source for one in segments], [one.target for one in segments]
        files |= {
            f"{name}.src": _lines(references if turned else sources),
            f"{name}.ref": _lines(sources if turned else references),
            f"{name}.docid": _lines(segment.docid for segment in segments),
            f"{name}.origlang": _lines(segment.origlang for segment in segments),
            f"{name}.domain": _lines(domains[segment.docid] for segment in segments),
            f"{name}.id": _lines(segment.id for segment in segments),
            f"{name}.xml": _xml(drawn, languages, turned),
        }
    return files


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _table(documents: Sequence[DrawnDocument]) -> Iterable[tuple[str, ...]]:
    yield ("docid", "symbol", "genre", "origlang", "segments", "left_out", "source_document", "target_document")
    for each in documents:
        yield (
            each.docid, each.symbol or "", each.genre.value, each.origlang, str(len(each.segments)),
            str(each.left_out), each.source_document, each.target_document,
        )  # fmt: skip


def _summary(drawn: Draw) -> dict[str, object]:
    """What the set is and how it was drawn; `documents` are the symbols of those in it."""
    return {
        "name": drawn.name,
        "languages": list(drawn.languages),
        "corpus_sha256": drawn.corpus_sha256,
        "options": drawn.options.model_dump(mode="json", exclude_none=True),
        "segments": drawn.size,
        "documents": [each.symbol or each.docid for each in drawn.documents],
        "held_out": list(drawn.families),
        "passed_over": drawn.passed_over,
    }


def _xml(drawn: Draw, languages: tuple[str, str], turned: bool) -> bytes:
    """The set in the format of WMT since 2021, of which a document has one original language."""
    root = etree.Element("dataset", id=drawn.name)
    collection = etree.SubElement(root, "collection", id="general")
    for document in drawn.documents:
        element = etree.SubElement(collection, "doc", origlang=document.origlang, id=document.docid)
        element.set("domain", document.genre.value)
        ours = etree.SubElement(element, "src", lang=languages[0])
        theirs = etree.SubElement(element, "ref", lang=languages[1], translator="UN")
        for side, original in ((ours, turned), (theirs, not turned)):
            paragraph = etree.SubElement(side, "p")
            for segment in document.segments:
                etree.SubElement(paragraph, "seg", id=str(segment.number)).text = _text(segment, original)
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _text(segment: DrawnSegment, original: bool) -> str:
    return segment.target if original else segment.source
