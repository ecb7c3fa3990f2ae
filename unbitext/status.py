"""What the state folder remembers, for people."""

from pathlib import Path

from pydantic import ValidationError

from unbitext.outcome import BuildRecord
from unbitext.store import State


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
