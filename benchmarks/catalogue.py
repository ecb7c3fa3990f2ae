"""How long the catalogue takes to answer with a million documents in it.

    python -m benchmarks.catalogue [--documents 1000000]

The entries are made up: eighty series of a hundred and some documents for each year, in three languages, in all states.
Prints the median of several searches, in milliseconds.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.catalogue import DocumentState, Entry, KeptDocument
from schemas.fetching import FetchedFile
from unbitext.catalogue.catalogue import Catalogue, Selection
from unbitext.catalogue.order import sort_key
from unbitext.catalogue.rows import COLUMNS, entry_row

NOW = datetime(2026, 11, 21, 14, tzinfo=UTC)
STATES = tuple(DocumentState)
LANGUAGES = ("en", "zh", "fr")
ROUNDS = 9


def entries(documents: int) -> Iterator[Entry]:
    """So many entries, all states and languages among them; of the absent, one in two hundred is due."""
    for number in range(documents):
        state = STATES[number % len(STATES)]
        symbol = f"A/{number // 15_000 + 1}/PV.{number // 3 % 5_000 + 1}"
        language = LANGUAGES[number % 3]
        absent = state is DocumentState.ABSENT
        file = FetchedFile(sha256=f"{number:064x}", size_bytes=1, media_type="application/pdf", retrieved_at=NOW)
        has_file = state not in (DocumentState.ABSENT, DocumentState.WANTED)
        values = {
            "symbol": symbol,
            "language": language,
            "state": state if state is not DocumentState.WANTED else DocumentState.ALIGNED,
            "origin": "oai",
            "since": NOW,
            "looked_at": NOW,
            "next_look": NOW + timedelta(days=-1 if number % 1600 == 1 else 30) if absent else None,
            "kept": KeptDocument.model_construct(
                symbol=symbol, language=language, origin="oai", file=file, word=None, earlier=(), findings=()
            )
            if has_file
            else None,
        }
        yield Entry.model_construct(**{**{name: field.default for name, field in Entry.model_fields.items()}, **values})


def fill(catalogue: Catalogue, documents: int) -> float:
    """Put entries in by the thousand; return the seconds."""
    columns = (*COLUMNS, "sorted")
    statement = f"INSERT INTO documents ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    started = time.perf_counter()
    with catalogue.changes():
        rows = ((*entry_row(entry), sort_key(entry.symbol)) for entry in entries(documents))
        catalogue._connection.executemany(statement, rows)
    return time.perf_counter() - started


def searches(catalogue: Catalogue) -> dict[str, Callable[[], object]]:
    """The searches that people and cycles make, by name."""

    def listed(**selection: object) -> Callable[[], object]:
        chosen = Selection.model_validate({"limit": 100, **selection})
        return lambda: list(catalogue.select(chosen))

    return {
        "one document": lambda: catalogue.entry("A/3/PV.1511", "zh"),
        "its history": lambda: catalogue.history("A/3/PV.1511", "zh"),
        "its file": lambda: catalogue.by_file(f"{77:064x}"),
        "counts of all states": catalogue.counts,
        "100 of a series": listed(series=("A/33/PV",)),
        "100 in a state": listed(states=(DocumentState.REFUSED,)),
        "100 of a series in a state": listed(series=("A/33",), states=(DocumentState.WAITING,)),
        "100 in a language": listed(languages=("fr",)),
        "counts of a series": lambda: catalogue.counts(Selection(series=("A/33",))),
        "what is due (1 in 1600)": lambda: list(catalogue.due()),
        "what is due of a series": lambda: list(catalogue.due(("A/33",))),
        "a note of one document": lambda: _note(catalogue),
    }


def _note(catalogue: Catalogue) -> None:
    entry = catalogue.entry("A/2/PV.7", "zh")
    assert entry is not None
    state = DocumentState.ALIGNED if entry.state is DocumentState.WAITING else DocumentState.WAITING
    with catalogue.changes():
        catalogue.put(entry.model_copy(update={"state": state}))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    documents = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.sqlite"
        with Catalogue(path, lambda: NOW) as catalogue:
            seconds = fill(catalogue, documents)
        print(f"{documents} documents, {path.stat().st_size / 1e6:.0f} MB, filled in {seconds:.0f} s")
        with Catalogue(path, lambda: NOW) as catalogue:
            for name, search in searches(catalogue).items():
                times = []
                for _ in range(ROUNDS):
                    started = time.perf_counter()
                    search()
                    times.append(1000 * (time.perf_counter() - started))
                print(f"  {name:<28}{statistics.median(times):9.2f} ms")


if __name__ == "__main__":
    main()
