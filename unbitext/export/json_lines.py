"""JSON Lines: one row a line, all fields, in shards; the fields are those of `Row`."""

from collections.abc import Iterator
from pathlib import Path

from unbitext.export.files import ShardFiles
from unbitext.export.formats import Destination, Writer
from unbitext.export.records import PairRecord, ReadRow, Row

DIFFERENCE = ""
FIELDS = tuple(Row.model_fields)


class FormatWriter(Writer):
    """Writes `train-00000-of-00001.jsonl` and so on."""

    def __init__(self, destination: Destination) -> None:
        super().__init__(destination)
        self._files = ShardFiles(self.folder, self.shards, ".jsonl")

    def add_pair(self, pair: PairRecord) -> None:
        """Write its rows."""
        lines = "".join(f"{row.model_dump_json()}\n" for row in pair.rows)
        self._files.write(pair.split, pair.shard, lines)

    def close(self) -> None:
        """Complete the last shard."""
        self._files.close()


def read_json_lines(path: Path) -> Iterator[Row]:
    """Read the rows of one file back, whole."""
    with path.open(encoding="utf-8", newline="\n") as stream:
        yield from map(Row.model_validate_json, stream)


def read_rows(folder: Path) -> Iterator[ReadRow]:
    """Read the rows back."""
    for path in sorted(folder.glob("*.jsonl")):
        for row in read_json_lines(path):
            yield ReadRow(id=row.id, source_text=row.source_text, target_text=row.target_text)
