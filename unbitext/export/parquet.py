"""Parquet as Hugging Face's `datasets` wants it: a folder a level, a file a split and shard.

`sentence/` holds the rows, `paragraph/` and `document/` the same rows joined; the dataset card names the three as
configurations.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.base import Model
from unbitext.export.columns import arrow_schema, arrow_table
from unbitext.export.formats import Destination, Writer
from unbitext.export.passages import document_pair_row, passage_rows
from unbitext.export.records import DocumentPairRow, PairRecord, PassageRow, ReadRow, Row, Split

DIFFERENCE = "sentence/ holds the rows; paragraph/ and document/ hold the same rows joined."
FIELDS = tuple(Row.model_fields)

_GROUP_ROWS = {"sentence": 5_000, "paragraph": 2_000, "document": 50}
"""Rows that make a group, at least: what bounds memory. They are kept as columns, a tenth of what the models take."""


class FormatWriter(Writer):
    """Writes `sentence/train-00000-of-00001.parquet` and so on."""

    def __init__(self, destination: Destination) -> None:
        super().__init__(destination)
        levels: tuple[tuple[str, type[Model]], ...] = (
            ("sentence", Row),
            ("paragraph", PassageRow),
            ("document", DocumentPairRow),
        )
        self._levels = {name: arrow_schema(model) for name, model in levels}
        self._files: dict[tuple[str, Split], _File] = {}
        self._shard = -1

    def add_pair(self, pair: PairRecord) -> None:
        """Write it at each level."""
        if pair.shard != self._shard:
            self.close()
            self._shard = pair.shard
        self._add("sentence", pair, pair.rows)
        self._add("paragraph", pair, passage_rows(pair))
        self._add("document", pair, [document_pair_row(pair)])

    def _add(self, level: str, pair: PairRecord, rows: Sequence[Model]) -> None:
        key = level, pair.split
        if key not in self._files:
            path = self.folder / level / f"{self.shards.file_stem(pair.split, pair.shard)}.parquet"
            path.parent.mkdir(exist_ok=True)
            self._files[key] = _File(path, self._levels[level], _GROUP_ROWS[level])
        self._files[key].add(rows)

    def close(self) -> None:
        """Complete the shard at hand."""
        for file in self._files.values():
            file.close()
        self._files.clear()


class _File:
    def __init__(self, path: Path, schema: pa.Schema, group_rows: int) -> None:
        self._schema = schema
        self._group_rows = group_rows
        self._held: list[pa.Table] = []
        self._writer = pq.ParquetWriter(path, schema, compression="zstd", compression_level=3, version="2.6")

    def add(self, rows: Sequence[Model]) -> None:
        self._held.append(arrow_table(rows, self._schema))
        if sum(table.num_rows for table in self._held) >= self._group_rows:
            self._write()

    def _write(self) -> None:
        self._writer.write_table(pa.concat_tables(self._held).combine_chunks())
        self._held.clear()

    def close(self) -> None:
        with self._writer:
            if self._held:
                self._write()


def read_rows(folder: Path) -> Iterator[ReadRow]:
    """Read the rows back."""
    columns = ["id", "source_text", "target_text"]
    for path in sorted((folder / "sentence").glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=2_000, columns=columns, use_threads=False):
                yield from map(ReadRow.model_validate, batch.to_pylist())
