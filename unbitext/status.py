"""What the state folder remembers, for people and for programs: builds, the cache, and each document's state."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from schemas.base import Model
from schemas.catalogue import DocumentState, Entry, Happening
from schemas.relations import former_symbols, relation_of
from schemas.settings import Settings
from unbitext.catalogue.catalogue import Catalogue, Count, Selection
from unbitext.outcome import BuildRecord, Standing
from unbitext.sources.inbox_folder import Patience, lying, shown_name
from unbitext.store import State, read_model
from unbitext.tei.names import RELATION_NAMES

_DIGITS = 12


class DocumentStatus(Model):
    """A document in one language with what happened to it; what `--format json` prints of a symbol."""

    entry: Entry
    history: tuple[Happening, ...]


def describe_state(root: Path) -> str:
    """Tell of each corpus built with this state folder, and the size of the cache; one fact a line."""
    state = State(root)
    lines = [f"state  {root}"]
    for path in state.records():
        try:
            record = BuildRecord.model_validate_json(path.read_bytes())
        except ValidationError:
            continue  # of another version of the program
        counts = record.totals
        lines.append(
            f"built  {record.out}: {counts.documents} documents, {counts.pairs} pairs, {counts.links} links, "
            f"{counts.sentences} sentences; {counts.waiting} waiting, {counts.refused} refused"
        )
    if len(lines) == 1:
        lines.append("built  nothing yet")
    entries = [path.stat().st_size for path in (root / "cache").rglob("*") if path.is_file()]
    lines.append(f"cache  {len(entries)} entries, {sum(entries) / 1e6:.1f} MB")
    return "\n".join(lines)


def built_standings(root: Path, out: Path) -> tuple[Standing, ...]:
    """Give what the last build of a corpus made of its inputs; nothing where none was built with this state folder."""
    record = read_model(State(root).record(out), BuildRecord)
    return record.standings if record is not None else ()


def describe_standing(standing: Standing) -> str:
    """Tell of one input of a build in one line: state, and why."""
    parts = [f"{standing.label}  {standing.state.value}"]
    if standing.by is not None:
        parts.append(f"by {standing.by}")
    if standing.code is not None:
        parts.append(f"{standing.code}: {standing.message}")
    return "  ".join(parts)


def describe_inbox(settings: Settings, now: datetime) -> Iterator[str]:
    """Tell how many dropped files a cycle would take now, and which stay, with the reason; nothing where none lies."""
    try:
        found = list(lying(settings.data / "inbox", Patience.of(settings), now.timestamp()))
    except FileNotFoundError:
        return
    except OSError as error:
        yield f"inbox  cannot be read: {error.strerror}"
        return
    stay = [one for one in found if one.reason is not None]
    if found:
        yield f"inbox  {len(found) - len(stay)} to be taken, {len(stay)} stay"
    for one in stay:
        yield f"  {shown_name(one.path)}: {one.reason}"


def describe_counts(counts: Iterable[Count]) -> Iterator[str]:
    """Tell how many documents are in each state, in all and by language; one state a line."""
    counts = list(counts)
    for state in DocumentState:
        found = [count for count in counts if count.state is state]
        if found:
            languages = ", ".join(f"{count.language} {count.documents}" for count in found)
            yield f"{state.value:<11}{sum(count.documents for count in found):>8}   {languages}"


def describe_entry(entry: Entry) -> str:
    """Tell of one document in one line: state and since when, why, and when there is a next look."""
    parts = [f"{entry.symbol}  {entry.language}  {entry.state.value}"]
    if entry.since is not None:
        parts.append(f"since {_day(entry.since)}")
    if entry.by is not None:
        parts.append(f"by {entry.by}")
    if entry.code is not None:
        parts.append(f"{entry.code}: {entry.message}" if entry.message else entry.code)
    if entry.next_look is not None:
        parts.append(f"next look {_day(entry.next_look)}")
    elif entry.state is DocumentState.WANTED:
        parts.append("next look: the next cycle")
    return "  ".join(parts)


def describe_document(catalogue: Catalogue, entry: Entry) -> Iterator[str]:
    """Tell all of one document: its state, its files, its relatives that are known, what happened to it."""
    yield describe_entry(entry)
    if entry.kept is not None:
        for name, file in (("file", entry.kept.file), ("word", entry.kept.word)):
            if file is not None:
                origin = file.final_url or file.url or file.name or ""
                yield f"  {name}     {file.sha256[:_DIGITS]}  {file.media_type}  {_day(file.retrieved_at)}  {origin}"
        for file in entry.kept.earlier:
            removals = [one for one in catalogue.former.removals(file.sha256) if not one.is_aside]
            gone = f"  removed {_day(removals[-1].removed_at)}: {removals[-1].reason}" if removals else ""
            yield f"  former   {file.sha256[:_DIGITS]}  {file.media_type}  {_day(file.retrieved_at)}{gone}"
    for name, other in relatives(catalogue, entry):
        yield f"  {name} {other.symbol}  {other.state.value}"
    for happening in catalogue.history(entry.symbol, entry.language):
        before = f"{happening.before.value} -> " if happening.before else ""
        yield f"  {_moment(happening.at)}  {before}{happening.state.value}  {happening.note}".rstrip()


def relatives(catalogue: Catalogue, entry: Entry) -> Iterator[tuple[str, Entry]]:
    """Yield what is known, in the same language, of what this document changes and of what changes it.

    With each comes a verb: this document `corrects` it, or is `corrected by` it.
    """
    relation = relation_of(entry.symbol)
    if relation is not None:
        for symbol in former_symbols(entry.symbol) or (relation.of,):
            if (other := catalogue.entry(symbol, entry.language)) is not None:
                yield RELATION_NAMES[relation.kind], other
    for other in catalogue.select(Selection(series=(f"{entry.symbol}/",), languages=(entry.language,))):
        if other.state in (DocumentState.ABSENT, DocumentState.WANTED):
            continue  # asked for by the symbol that it would have, and never seen
        changes = relation_of(other.symbol)
        if changes is not None and changes.of == entry.symbol:
            yield _PASSIVE[RELATION_NAMES[changes.kind]], other


_PASSIVE = {"supersedes": "superseded by", "corrects": "corrected by", "supplements": "supplemented by"}


def _day(time: datetime) -> str:
    return time.date().isoformat()


def _moment(time: datetime) -> str:
    return time.isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")
