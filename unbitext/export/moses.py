"""Moses' form: two files of one segment a line for each split of a language pair, and a table of ids beside them.

`zh-en/train.zh` and `zh-en/train.en` are parallel line by line. `zh-en/train.ids` has as many lines, tab-separated: id
of the row, source document, target document, ids of the sentences on either side (separated by spaces), score, and
then, as in `segments.tsv`, where the row stands and how it was made: `_PLACE`.
"""

from collections.abc import Iterator
from pathlib import Path

from unbitext.export.files import TextFiles
from unbitext.export.formats import Destination, Writer
from unbitext.export.records import PairRecord, ReadRow, row_fields
from unbitext.export.tsv import field_text

_PLACE = (
    "symbol order source_numbers target_numbers source_turn target_turn source_speaker target_speaker state "
    "spoken_language source_pages target_pages method findings"
)

DIFFERENCE = ""
FIELDS = row_fields(f"source_document target_document source_ids target_ids score {_PLACE} split")


class FormatWriter(Writer):
    """Writes three files for each split of a language pair."""

    def __init__(self, destination: Destination) -> None:
        super().__init__(destination)
        self._files = TextFiles(self.folder)

    def add_pair(self, pair: PairRecord) -> None:
        """Write its rows."""
        source, target = pair.languages
        stem = f"{source}-{target}/{pair.split}"
        self._files.write(f"{stem}.{source}", "".join(f"{row.source_text}\n" for row in pair.rows))
        self._files.write(f"{stem}.{target}", "".join(f"{row.target_text}\n" for row in pair.rows))
        for row in pair.rows:
            ids = " ".join(row.source_ids), " ".join(row.target_ids)
            place = (field_text(name, getattr(row, name)) for name in _PLACE.split())
            fields = (row.id, row.source_document, row.target_document, *ids, repr(row.score), *place)
            self._files.write(f"{stem}.ids", "\t".join(fields) + "\n")

    def close(self) -> None:
        """Complete the files."""
        self._files.close()


def read_rows(folder: Path) -> Iterator[ReadRow]:
    """Read the rows back. Raises `ValueError` where the three files have not the same number of lines."""
    for ids in sorted(folder.glob("*/*.ids")):
        source, target = ids.parent.name.split("-")
        with (
            ids.open(encoding="utf-8", newline="\n") as keys,
            ids.with_suffix(f".{source}").open(encoding="utf-8", newline="\n") as sources,
            ids.with_suffix(f".{target}").open(encoding="utf-8", newline="\n") as targets,
        ):
            for key, one, other in zip(keys, sources, targets, strict=True):
                yield ReadRow(
                    id=key.partition("\t")[0], source_text=one.removesuffix("\n"), target_text=other.removesuffix("\n")
                )
