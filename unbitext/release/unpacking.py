"""A release from its archive: unpacked into a temporary folder, as far as nothing in it is out of order.

An archive may come from anybody. Only plain files are taken, only below one folder, each name once, and no more than
the disk has room for.
"""

import bz2
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from unbitext.release.writing import ReleaseError

SUFFIX = ".tar.bz2"

_SPARED_BYTES = 1 << 28
"""What is left free on the disk."""


def is_archive(path: Path) -> bool:
    """Whether a file is, by its name, an archive of a release."""
    return path.name.endswith(SUFFIX) and path.is_file()


@contextmanager
def unpacked(archive: Path) -> Iterator[Path]:
    """Unpack the archive of a release; the folder goes afterwards.

    Raises `ReleaseError` where it is damaged, or holds what no release does.
    """
    with TemporaryDirectory(prefix="unbitext-") as folder:
        try:
            top = _unpack(archive, Path(folder))
        except (tarfile.TarError, EOFError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise ReleaseError(f"{archive} cannot be unpacked: {error}; download it again") from error
        yield top


def _unpack(archive: Path, folder: Path) -> Path:
    top = ""
    # bz2 and not tarfile's own: the archive is several streams, one after the other.
    with bz2.open(archive) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            parts = PurePosixPath(member.name).parts
            top = top or parts[0]
            if not member.isreg() or len(parts) < 2 or parts[0] != top or not {"/", "..", "."}.isdisjoint(parts):
                raise ReleaseError(f"{archive} holds {member.name!r}, which is no file of a release")
            if member.size + _SPARED_BYTES > shutil.disk_usage(folder).free:
                raise ReleaseError(f"{folder} has no room for what is in {archive}: set TMPDIR to a larger disk")
            path = folder.joinpath(*parts)
            content = tar.extractfile(member)
            assert content is not None, "it is a plain file"
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as out:
                    shutil.copyfileobj(content, out)
            except (FileExistsError, NotADirectoryError) as error:
                raise ReleaseError(f"{archive} holds {member.name!r} twice") from error
            tar.members.clear()  # type: ignore[attr-defined]  # typeshed leaves it out
    if not top:
        raise ReleaseError(f"{archive} holds nothing")
    return folder / top
