"""The annotations of real PDFs fit the files and the models."""

import hashlib
import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from schemas.document import Meta
from schemas.source import SourceFile


class Annotation(BaseModel):
    file: str
    sha256: str
    pages: int
    verdict: str
    meta: dict[str, object]


def annotations(root: Path) -> list[Annotation]:
    folder = root / "tests" / "cases" / "un-pdfs"
    return [Annotation.model_validate_json(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def test_each_annotation_has_the_fields_of_the_model(root: Path) -> None:
    found = annotations(root)
    assert len(found) == 42
    for annotation in found:
        source = SourceFile(file=annotation.file, sha256=annotation.sha256, media_type="application/pdf")
        meta = Meta.model_validate_json(json.dumps({**annotation.meta, "source": source.model_dump(mode="json")}))
        assert meta.source.file == annotation.file
        assert annotation.verdict == "structured" or annotation.verdict.startswith("refuse:")


@pytest.mark.shared
def test_each_annotation_is_of_the_file_that_it_names(root: Path, shared: Path) -> None:
    for annotation in annotations(root):
        data = (shared / "un-pdfs" / annotation.file).read_bytes()
        assert hashlib.sha256(data).hexdigest() == annotation.sha256
