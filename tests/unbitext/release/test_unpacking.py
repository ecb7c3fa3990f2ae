"""Archives of releases: proved whole without being unpacked by hand, and nothing else comes out of one."""

import bz2
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from unbitext.release import unpacking
from unbitext.release.archive import write_archive
from unbitext.release.unpacking import unpacked
from unbitext.release.verification import verify_archive
from unbitext.release.writing import ReleaseError


@pytest.fixture(scope="module")
def archive(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / f"{release.name}.tar.bz2"
    write_archive(release, path, 1)
    return path


def repacked(archive: Path, path: Path, change: Callable[[tarfile.TarInfo, bytes], tuple[str, bytes] | None]) -> Path:
    with tarfile.open(archive) as old, tarfile.open(path, "w:bz2", compresslevel=1) as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            if (changed := change(member, content.read())) is not None:
                member.name, data = changed
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
    return path


def test_a_good_archive(archive: Path) -> None:
    assert verify_archive(archive) == []


def test_faults_are_told_by_their_names_in_the_archive(archive: Path, tmp_path: Path) -> None:
    def spoil(member: tarfile.TarInfo, data: bytes) -> tuple[str, bytes] | None:
        if member.name.endswith("report.html"):
            return None
        return member.name, data + b" " if member.name.endswith("CITATION.cff") else data

    path = repacked(archive, tmp_path / "1.0.tar.bz2", spoil)
    top = f"{path}/{archive.name.removesuffix('.tar.bz2')}"
    assert [(each.file, each.code) for each in verify_archive(path)] == [
        (f"{top}/CITATION.cff", "release-file-changed"),
        (f"{top}/report.html", "release-file-missing"),
    ]


def plain(name: str) -> tarfile.TarInfo:
    return tarfile.TarInfo(name)


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


@pytest.mark.parametrize(
    "members",
    [
        [plain("/etc/evil")],
        [plain("../evil")],
        [plain("1.0/../../evil")],
        [plain("evil")],
        [plain("1.0/a"), plain("2.0/a")],
        [special("1.0/a", tarfile.SYMTYPE, "/etc/passwd")],
        [plain("1.0/a"), special("1.0/b", tarfile.LNKTYPE, "1.0/a")],
        [special("1.0/a", tarfile.FIFOTYPE)],
        [special("1.0/a", tarfile.CHRTYPE)],
        [special("1.0/a", tarfile.DIRTYPE)],
        [plain("1.0/a"), plain("1.0/a")],
        [plain("1.0/a"), plain("1.0/a/b")],
        [],
    ],
)
def test_what_no_release_holds_is_not_unpacked(tmp_path: Path, members: list[tarfile.TarInfo]) -> None:
    path = tmp_path / "in" / "1.0.tar.bz2"
    path.parent.mkdir()
    with tarfile.open(path, "w:bz2") as tar:
        for member in members:
            tar.addfile(member)
    with pytest.raises(ReleaseError), unpacked(path):
        pass
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("spoil", [lambda data: data[: len(data) // 2], lambda data: b"no archive", lambda data: b""])
def test_a_damaged_archive(archive: Path, tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "1.0.tar.bz2"
    path.write_bytes(spoil(archive.read_bytes()))
    with pytest.raises(ReleaseError, match=r"download it again|holds nothing"), unpacked(path):
        pass


def test_an_archive_that_the_disk_has_no_room_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "1.0.tar.bz2"
    member = plain("1.0/large")
    member.size = 1 << 60
    path.write_bytes(bz2.compress(member.tobuf(tarfile.GNU_FORMAT) + b"\0" * 512))
    monkeypatch.setattr(unpacking, "_SPARED_BYTES", 0)
    with pytest.raises(ReleaseError, match="no room"), unpacked(path):
        pass
