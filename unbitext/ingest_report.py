"""What a cycle came to, in Markdown: what is new, what was refused, what waits, changed, or went."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from schemas.catalogue import DocumentState
from schemas.fetching import FetchStatus
from unbitext.catalogue.catalogue import Count
from unbitext.ingest import CycleOutcome
from unbitext.retention.policy import Pruned

_MOST_ROWS = 500


def render_cycle(outcome: CycleOutcome, counts: Sequence[Count], ended: datetime) -> str:
    """Write the report of a cycle; `counts` are those of the catalogue after it."""
    lines = ["# Ingestion", "", f"Ended {ended.isoformat(sep=' ', timespec='seconds')}.", ""]
    lines += _table(("asked for", "documents"), [(status.value, outcome.count(status)) for status in FetchStatus])
    states = Counter[DocumentState]()
    for count in counts:
        states[count.state] += count.documents
    lines += ["## All documents", ""]
    lines += _table(("state", "documents"), [(state.value, states[state]) for state in DocumentState if states[state]])
    new = [(one.symbol, one.language, "replaced" if one.is_replaced else "new") for one in outcome.new]
    lines += _section("New files", ("document", "language", ""), new)
    unsettled = [(one.symbol, one.language, f"`{one.code}`", one.message, one.remedy) for one in outcome.unsettled]
    lines += _section("Refused, or not reached", ("document", "language", "code", "why", "what to do"), unsettled)
    left = [(one.name, one.reason) for one in outcome.left]
    lines += _section("Left where they are", ("file", "why"), left)
    changed = [
        (one.symbol, one.language, one.state.value, one.by or (f"{one.code}: {one.message}" if one.code else ""))
        for one in outcome.changed
    ]
    lines += _section("Changed by the build", ("document", "language", "state", ""), changed)
    if outcome.build is not None:
        standings = outcome.build.record.standings
        waiting = [(one.label,) for one in standings if one.state is DocumentState.WAITING]
        lines += _section("Waiting for their original", ("file",), waiting)
    lines += _pruned(outcome.pruned)
    if outcome.notes:
        lines += ["## Notes", "", *(f"- {note}" for note in outcome.notes), ""]
    if outcome.build is not None:
        totals = outcome.build.record.totals
        corpus = (
            f"{totals.documents} documents, {totals.pairs} pairs, {totals.links} links, {totals.sentences} sentences"
        )
        lines += ["## Corpus", "", f"{corpus}; {totals.waiting} waiting, {totals.refused} refused.", ""]
        if not outcome.build.released:
            lines += ["No document was fit for it: it is as it was.", ""]
        elif outcome.build.up_to_date:
            lines += ["Nothing has changed in it.", ""]
        else:
            lines += [f"{len(outcome.build.changed)} files changed, {len(outcome.build.removed)} removed.", ""]
            gone = [(name,) for name in outcome.build.removed]
            lines += _section("No longer in the corpus: no input stands for it", ("file",), gone)
    return "\n".join(lines).rstrip() + "\n"


def _pruned(pruned: Pruned | None) -> Iterator[str]:
    """What the policy on former files removed, and what it has to say."""
    if pruned is None:
        return
    removed = [
        (
            ", ".join(one.documents),
            f"`{one.file.sha256}`",
            one.file.size_bytes,
            one.file.retrieved_at.date(),
            one.unused_since.date(),
            one.file.url or one.file.name or "",
        )
        for one in pruned.removed
    ]
    head = ("document", "sha256", "bytes", "fetched", "unused since", "from")
    yield from _section("Former files removed", head, removed)
    said = [f"{pruned.results} results of the cache removed, {pruned.results_bytes} bytes."] if pruned.results else []
    said += [f"{pruned.note[:1].upper()}{pruned.note[1:]}."] if pruned.note else []
    if said:
        yield from ("## Former versions", "", *(line for one in said for line in (one, "")))


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    if rows:
        yield from (f"## {title}", "")
        yield from _table(head, rows[:_MOST_ROWS])
        if len(rows) > _MOST_ROWS:
            yield from (f"and {len(rows) - _MOST_ROWS} more", "")


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(' '.join(str(cell).split()).replace('|', chr(92) + '|') for cell in row)} |"
    yield ""
