"""How fast a corpus is read, and in how much memory: by size, each measurement in a process of its own.

    python -m benchmarks.reading [--largest N] [--folder FOLDER] [--write]

Makes corpora of about 1,000 to N documents (1,000; 100,000 take 5 GB) from the specimens
(`benchmarks.copies`), in FOLDER or a folder that goes afterwards, and reads each with one process: the ids alone,
the headers, the segments, single pairs; then makes the index of `unbitext find`, and looks up a symbol that is in one
row, a word that is in one of a hundred, and a character that is in one of seven. Time is processor time, so that other
work on the machine counts little; memory the largest resident size of the process. `--write` puts the table into
docs/api.md.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.golds import ROOT, SPECIMENS
from benchmarks.memory import resident_megabytes
from benchmarks.tables import Row, markdown_table, plain_table, write_part

SIZES = (1_000, 10_000, 100_000)
PAGE = ROOT / "docs" / "api.md"
RARE, WORD, COMMON = "SPECIMEN/000007/PV.7", "Portugal", "会"
HEAD = (
    *("documents", "links", "ids", "headers", "segments", "MB", "a pair"),
    *("index", "MB", f"`{RARE}`", f"`{WORD}`", f"first 50 of {COMMON}"),
)
_LOOKUPS = 200


def ids(corpus: Path, _: Path) -> int:
    """List the documents."""
    import unbitext  # noqa: PLC0415 - each measurement pays for its own imports, in a process of its own

    return sum(1 for _ in unbitext.open(corpus).document_ids())


def headers(corpus: Path, _: Path) -> int:
    """Read all headers."""
    import unbitext  # noqa: PLC0415

    return sum(1 for _ in unbitext.open(corpus).headers())


def segments(corpus: Path, _: Path) -> int:
    """Read all segments."""
    import unbitext  # noqa: PLC0415

    return sum(1 for _ in unbitext.open(corpus).segments())


def pair(corpus: Path, _: Path) -> int:
    """Read some pairs from everywhere in the corpus."""
    import unbitext  # noqa: PLC0415

    opened = unbitext.open(corpus)
    names = list(opened.pair_ids())
    wanted = names[:: max(len(names) // _LOOKUPS, 1)][:_LOOKUPS]
    return sum(bool(opened.pair(name).links) for name in wanted)


def index(corpus: Path, state: Path) -> int:
    """Make the index that terms are looked up in."""
    import unbitext  # noqa: PLC0415
    from unbitext.concordance.index import open_index, update_index  # noqa: PLC0415

    with open_index(state / "index.sqlite") as opened:
        return update_index(opened, unbitext.open(corpus)).added


def rare(corpus: Path, state: Path) -> int:
    """Look up a term that is hardly there, all of it."""
    return _hits(corpus, state, RARE, None)


def word(corpus: Path, state: Path) -> int:
    """Look up a word that is often there, all of it."""
    return _hits(corpus, state, WORD, None)


def common(corpus: Path, state: Path) -> int:
    """Look up a character that is everywhere: the first fifty."""
    return _hits(corpus, state, COMMON, 50)


def _hits(corpus: Path, state: Path, term: str, limit: int | None) -> int:
    import unbitext  # noqa: PLC0415
    from unbitext.concordance.index import open_index, update_index  # noqa: PLC0415
    from unbitext.concordance.search import find_some  # noqa: PLC0415
    from unbitext.concordance.term import Term  # noqa: PLC0415

    part = unbitext.open(corpus)
    with open_index(state / "index.sqlite") as opened:
        update_index(opened, part)
        return len(find_some(opened, Term(term), part, limit)[0])


MEASURED: dict[str, Callable[[Path, Path], int]] = {
    each.__name__: each for each in (ids, headers, segments, pair, index, rare, word, common)
}


def measure_here(name: str, corpus: Path, state: Path) -> None:
    """Measure in this process, and print: how many, seconds of processor time, largest megabytes."""
    started = time.process_time()
    count = MEASURED[name](corpus, state)
    seconds = time.process_time() - started
    megabytes = resident_megabytes(most=True)
    print(json.dumps({"count": count, "seconds": seconds, "megabytes": megabytes}))


def measured(name: str, corpus: Path, state: Path) -> dict[str, float]:
    """Measure in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.reading",
        "--measure",
        name,
        "--folder",
        str(corpus),
        "--state",
        str(state),
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    found: dict[str, float] = json.loads(run.stdout)
    return found


def row_of(found: dict[str, dict[str, float]]) -> Row:
    """A line of the table."""
    links, reading = found["segments"]["count"], found["segments"]["seconds"]
    return (
        f"{found['ids']['count']:,.0f}",
        f"{links:,.0f}",
        f"{found['ids']['seconds']:.1f} s",
        f"{found['headers']['seconds']:.1f} s",
        f"{reading:.0f} s: {links / reading:,.0f} a second",
        f"{found['segments']['megabytes']:.0f}",
        f"{1000 * found['pair']['seconds'] / max(found['pair']['count'], 1):.0f} ms",
        f"{found['index']['seconds']:.0f} s",
        f"{found['index']['megabytes']:.0f}",
        f"{found['rare']['seconds']:.2f} s",
        f"{found['word']['seconds']:.2f} s for {found['word']['count']:,.0f}",
        f"{found['common']['seconds']:.2f} s",
    )


def table(sizes: Sequence[int], folder: Path) -> list[Row]:
    """Make and measure corpora of these sizes."""
    # What is measured must not pay for what a build imports.
    from benchmarks.copies import WordExchange, copies_for, write_copies  # noqa: PLC0415
    from benchmarks.plain_build import build_plainly  # noqa: PLC0415

    specimens = build_plainly(sorted((SPECIMENS / "pdf").glob("*.pdf")), folder / "specimens", folder / "state")
    rows: list[Row] = []
    for size in sizes:
        corpus, state = folder / f"corpus-{size}", folder / f"state-{size}"
        if not (corpus / "tei" / "corpus.xml").is_file():
            write_copies(specimens, corpus, copies_for(specimens, size), WordExchange(specimens))
        shutil.rmtree(state, ignore_errors=True)
        found = {name: measured(name, corpus, state) for name in MEASURED}
        rows.append(row_of(found))
        print(f"{size} documents: {json.dumps(found)}", file=sys.stderr)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=SIZES[0])
    parser.add_argument("--folder", type=Path, help="where the corpora are made, and stay")
    parser.add_argument("--write", action="store_true", help="put the table into docs/api.md")
    parser.add_argument("--measure", choices=MEASURED, help=argparse.SUPPRESS)
    parser.add_argument("--state", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measure_here(arguments.measure, arguments.folder, arguments.state)
        return
    sizes = [size for size in SIZES if size < arguments.largest] + [arguments.largest]
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        rows = table(sizes, folder)
    print(plain_table(HEAD, rows))
    if arguments.write:
        write_part(PAGE, "reading figures", markdown_table(HEAD, rows))


if __name__ == "__main__":
    main()
