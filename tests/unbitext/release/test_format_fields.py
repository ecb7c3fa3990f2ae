"""What the card says of the fields that a format holds is what its files hold: each field is changed and looked for."""

import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from schemas.document import Genre, Kind
from tests.unbitext.release.releases import document_records, row
from unbitext.export.formats import FORMATS, Destination, format_module, holds_rows
from unbitext.export.records import PairRecord, Provenance, Row, Shards

SPOKEN_FOR = {"id", "pair", "source_language", "target_language", "source_text", "target_text"}
"""What tells a row from others, and what it holds: every format has these, some in the names of files."""

CHANGES: dict[str, tuple[object, object]] = {
    "symbol": ("A/1", "A/2"),
    "symbols": (("A/1",), ("A/1", "B/1")),
    "body": ("A", "S"),
    "genre": (Genre.OTHER, Genre.REPORT),
    "session": ("79", "80"),
    "agenda_items": (("1",), ("2",)),
    "date": (datetime.date(2026, 1, 1), datetime.date(2026, 1, 2)),
    "original_language": ("en", "fr"),
    "order": (1, 2),
    "type": ("1-1", "1-2"),
    "kinds": ((Kind.PARAGRAPH,), (Kind.ITEM,)),
    "source_document": ("X_1.zh", "X_2.zh"),
    "target_document": ("X_1.en", "X_2.en"),
    "source_ids": (("p1.s1",), ("p1.s2",)),
    "target_ids": (("p1.s1",), ("p1.s2",)),
    "source_position": (1, 2),
    "target_position": (1, 2),
    "source_blocks": (("p1",), ("p2",)),
    "target_blocks": (("p1",), ("p2",)),
    "source_numbers": (("1",), ("2",)),
    "target_numbers": (("1",), ("2",)),
    "source_division": ("d1", "d2"),
    "target_division": ("d1", "d2"),
    "source_turn": (1, 2),
    "target_turn": (1, 2),
    "source_speaker": ("甲", "乙"),
    "target_speaker": ("Mr. A", "Ms. B"),
    "source_affiliation": ("甲", "乙"),
    "target_affiliation": ("A", "B"),
    "role": ("chair", "member"),
    "state": ("PRT", "IRL"),
    "spoken_language": ("en", "fr"),
    "source_pages": ((1,), (2,)),
    "target_pages": ((1,), (2,)),
    "score": (0.5, 0.75),
    "method": ("one", "other"),
    "findings": (("link-length-outlier",), ("link-numbers-differ",)),
    "source_findings": (("number-gap",), ("symbol-from-name",)),
    "target_findings": (("number-gap",), ("symbol-from-name",)),
    "split": ("train", "test"),
}


def written(name: str, **changes: object) -> list[tuple[str, bytes]]:
    """The files of one row, and their names."""
    values = {field: before for field, (before, _) in CHANGES.items()} | changes
    one = row("X_1.zh-en", 1, "会议开始。", "We begin.")
    one = Row.model_validate({**dict(one), **values})
    pair = PairRecord(name="X_1.zh-en", split=one.split, shard=0, rows=(one,))
    # The documents stay as they are: what changes is what the row itself writes.
    plain = PairRecord(name="X_1.zh-en", split="train", shard=0, rows=(row("X_1.zh-en", 1, "会议开始。", "We begin."),))
    with TemporaryDirectory() as folder:
        provenance = Provenance(name="corpus", version="1", program="1")
        destination = Destination(folder=Path(folder), shards=Shards(count=1), provenance=provenance)
        writer = format_module(name).FormatWriter(destination)
        for document in document_records(plain):
            writer.add_document(document)
        writer.add_pair(pair)
        writer.close()
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]


def test_every_field_is_changed() -> None:
    assert {*CHANGES, *SPOKEN_FOR} == set(Row.model_fields)


@pytest.mark.parametrize("name", [name for name in FORMATS if holds_rows(name)])
def test_a_format_holds_the_fields_that_it_says(name: str) -> None:
    base = written(name)
    found = {field for field, (_, after) in CHANGES.items() if written(name, **{field: after}) != base}
    assert found | SPOKEN_FOR == set(format_module(name).FIELDS)
