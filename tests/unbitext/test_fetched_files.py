"""The store of fetched files: complete or absent, told apart by content, damage found."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from schemas.fetching import FetchedFile, FetchReceipt
from unbitext.fetched_files import FetchedFiles

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
URL = "https://documents.example/api?s=CD%2FPV.1511&l=en&t=pdf"


def fetched(data: bytes, url: str | None = URL) -> FetchedFile:
    return FetchedFile(
        sha256=sha256(data).hexdigest(),
        size_bytes=len(data),
        media_type="application/pdf",
        retrieved_at=NOW,
        url=url,
        etag='"1"',
    )


def listing(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_put_is_read_and_putting_twice_changes_nothing(tmp_path: Path) -> None:
    store = FetchedFiles(tmp_path)
    file = fetched(b"%PDF-1")
    assert not store.holds(file)
    path = store.put(b"%PDF-1", file)
    assert path == tmp_path / file.sha256[:2] / f"{file.sha256}.pdf"
    before = listing(tmp_path)
    later = file.model_copy(update={"url": "https://other.example/", "retrieved_at": NOW + timedelta(days=1)})
    store.put(b"%PDF-1", later)
    assert listing(tmp_path) == before
    assert store.holds(file)
    assert store.read(file) == b"%PDF-1"
    assert list(store.verify()) == []


def test_bytes_under_another_name_are_not_taken(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not those"):
        FetchedFiles(tmp_path).put(b"other", fetched(b"%PDF-1"))
    assert listing(tmp_path) == {}


def test_receipts_remember_what_came_before(tmp_path: Path) -> None:
    store = FetchedFiles(tmp_path)
    first, second = fetched(b"%PDF-1"), fetched(b"%PDF-2")
    assert store.receipt(URL) is None
    for step, file in enumerate((first, None, second, second)):
        store.put_receipt(FetchReceipt(url=URL, checked_at=NOW + timedelta(days=step), file=file))
    receipt = store.receipt(URL)
    assert receipt is not None
    assert (receipt.file, receipt.earlier) == (second, (first,))
    assert receipt.checked_at == NOW + timedelta(days=3)


@pytest.mark.parametrize("victim", ["pdf", "json", "lost"])
def test_damage_is_found_and_mended_by_the_next_put(tmp_path: Path, victim: str) -> None:
    store = FetchedFiles(tmp_path)
    data = b"%PDF-1.7 some bytes"
    file = fetched(data)
    path = store.put(data, file)
    if victim == "pdf":
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
        with pytest.raises(ValueError, match="damaged"):
            store.read(file)
    elif victim == "json":
        path.with_suffix(".json").write_bytes(b'{"sha256": ')
    else:
        path.unlink()
    damages = list(store.verify())
    assert [damage.code for damage in damages] == ["stored-file-damaged"]
    store.put(data, file)
    assert list(store.verify()) == []
    assert store.read(file) == data


def test_a_lost_or_torn_receipt_is_told(tmp_path: Path) -> None:
    store = FetchedFiles(tmp_path)
    store.put_receipt(FetchReceipt(url=URL, checked_at=NOW, file=fetched(b"gone")))
    assert ["lost" in damage.message for damage in store.verify()] == [True]
    next((tmp_path / "receipts").rglob("*.json")).write_bytes(b"{")
    assert store.receipt(URL) is None
    assert ["cannot be read" in damage.message for damage in store.verify()] == [True]
