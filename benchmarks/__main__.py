"""Measure every stage on the specimens, and on the real documents where UNBITEXT_SHARED finds them.

Prints speed in characters of input a second (one process, the best of three rounds), structure and the glosses of
links against gold, both readers of PDFs (`benchmarks.pdf_readers`), and the tables of `benchmarks.alignment`. Figures
of accuracy are the same on every machine; those of speed are this machine's.
"""

import argparse
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from lxml import etree

from benchmarks.alignment import print_tables
from benchmarks.golds import ROOT, SPECIMENS
from benchmarks.pdf_readers import print_memory, print_processes, print_readers, print_stages
from parsers.parse import parse_file
from schemas.bitext import DocumentPair
from schemas.document import Document
from unbitext.align import align_pair
from unbitext.evaluation import evaluate_files
from unbitext.pairing import pair_documents
from unbitext.quality.evaluate import evaluation_table
from unbitext.tei import decode_document, encode_document, serialize

ROUNDS = 3

Result = TypeVar("Result")


def measure(stage: Callable[[], Result], characters: int) -> tuple[Result, str]:
    """Run a stage; its result, and its speed as text."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        result = stage()
        best = min(best, time.perf_counter() - started)
    return result, f"{best:8.3f} s {characters / best / 1000:10.0f} kB/s"


def read_back(files: Sequence[bytes]) -> list[Document]:
    return [decode_document(etree.fromstring(data)) for data in files]


def measure_speed(paths: Sequence[Path]) -> None:
    sizes = {path.name: path.stat().st_size for path in paths}
    size = sum(sizes.values())
    documents, parsing = measure(lambda: [parse_file(path) for path in paths], size)
    pairs: tuple[DocumentPair, ...] = pair_documents(documents).pairs
    paired = sum(sizes[side.meta.source.file] for pair in pairs for side in (pair.source, pair.target))
    _, aligning = measure(lambda: [align_pair(pair) for pair in pairs], paired)
    encoded, encoding = measure(
        lambda: [serialize(encode_document(document, generator="benchmark")) for document in documents], size
    )
    decoded, decoding = measure(lambda: read_back(encoded), size)
    if decoded != documents:
        raise SystemExit("decode(encode(x)) is not x")
    print(f"{len(paths)} files, {size / 1000:.0f} kB, {len(pairs)} pairs")
    for name, figures in (("parse", parsing), ("align", aligning), ("encode", encoding), ("decode", decoding)):
        print(f"  {name:<8}{figures}")


def print_structure(gold: Sequence[Path], documents: Path | None = None) -> None:
    """Structure, and the glosses of links: the alignment has tables of its own."""
    found = evaluate_files(sorted(gold), documents)
    print(evaluation_table(found.model_copy(update={"alignment": ()})))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-peers", action="store_true", help="without Gale-Church")
    parser.add_argument("--jobs", type=int, help="processes side by side for the alignment (all processors)")
    arguments = parser.parse_args()
    shared = ROOT / os.environ.get("UNBITEXT_SHARED", "../shared")
    print("specimens")
    measure_speed(sorted(SPECIMENS.glob("*.txt")))
    print_structure([*SPECIMENS.glob("*.gold.jsonl")])
    if shared.is_dir():
        print("\nreal documents")
        documents = shared / "documents"
        measure_speed(sorted(documents.glob("*.txt")))
        print_structure([*(shared / "gold").glob("*.gold.jsonl")], documents)
        print_structure([*(shared / "champollion").glob("*.jsonl")])
    else:
        print("\nreal documents absent: set UNBITEXT_SHARED")
    if (shared / "un-pdfs").is_dir():
        print("\nPDFs")
        print_readers(shared / "un-pdfs")
        print_stages(shared / "un-pdfs")
        print_processes(shared / "un-pdfs")
        print_memory(shared / "un-pdfs")
    print("\nalignment")
    print_tables(shared if shared.is_dir() else None, not arguments.no_peers, arguments.jobs)


if __name__ == "__main__":
    main()
