"""What is found in files and folders."""

import errno
import os
from pathlib import Path

import pytest

from unbitext.inputs import InputError, find_inputs


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def test_folders_are_searched_and_files_taken_as_they_are(tmp_path: Path) -> None:
    make(
        tmp_path,
        "d/b.txt",
        "d/deep/a.TXT",
        "d/README.md",
        "d/x.pdf",
        "d/y.docx",
        "d/z.wpd",
        "d/.hidden/c.txt",
        "d/.c.txt",
        "list.dat",
    )
    inputs = find_inputs([tmp_path / "d", tmp_path / "list.dat", tmp_path / "d" / "b.txt"])
    assert [file.label for file in inputs.files] == ["b.txt", "deep/a.TXT", "list.dat", "x.pdf", "y.docx"]
    assert [(one.label, one.code) for one in inputs.refused] == [("z.wpd", "unsupported-format")]
    assert inputs.passed_over == 3


def test_of_one_document_in_several_formats_one_is_read(tmp_path: Path) -> None:
    make(
        tmp_path, "A_1.en.txt", "pdf/A_1.en.pdf", "docx/A_1.en.docx", "docx/A_1.fr.docx", "A_1.fr.txt", ".x/A_1.fr.pdf"
    )
    make(tmp_path, "0001.txt", "0001.pdf", "A_1.en.md", "A_1.en.rtf")
    inputs = find_inputs([tmp_path])
    names = ["0001.pdf", "0001.txt", "docx/A_1.fr.docx", "pdf/A_1.en.pdf"]
    assert [file.label for file in inputs.files] == names
    assert [one.label for one in inputs.refused] == ["A_1.en.rtf"]
    assert inputs.passed_over == 5
    given = find_inputs([tmp_path / "A_1.en.txt", tmp_path / "pdf" / "A_1.en.pdf"])
    assert len(given.files) == 2


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    make(tmp_path, "one/a.txt", "two/a.txt", "two/b.txt")
    inputs = find_inputs([tmp_path / "one", tmp_path / "two"])
    assert [file.label for file in inputs.files] == ["one/a.txt", "two/a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("name", "message"),
    [("absent", "absent: no such file or folder; check the path"), ("empty", "empty: no documents; give files")],
)
def test_inputs_that_cannot_be_used(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=message):
        find_inputs([tmp_path / name])


def test_order_of_arguments_does_not_matter(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.txt")
    paths = [tmp_path / "b.txt", tmp_path / "a.txt"]
    assert find_inputs(paths) == find_inputs(paths[::-1])


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "A_1.en.txt").write_text("text", encoding="utf-8")
    scandir = os.scandir

    def locked(folder: str) -> "os._ScandirIterator[str]":
        # permissions bind everybody but root, who may be the one who runs the tests
        if Path(folder).name == "locked":
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", locked)
    inputs = find_inputs([tmp_path])
    assert [file.label for file in inputs.files] == ["A_1.en.txt"]
    assert [(one.label, one.code) for one in inputs.refused] == [("locked", "file-unreadable")]
