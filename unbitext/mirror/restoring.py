"""The way back from a mirror: every file verified, none outside its folder, none overwritten unasked."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from schemas.base import Model
from schemas.mirror import MirroredFile
from unbitext.mirror.copying import batches, manifest_of
from unbitext.mirror.errors import MirrorError
from unbitext.mirror.local_files import LocalFiles
from unbitext.mirror.remote import Remote, object_name
from unbitext.store import file_sha256, write_file

Told = Callable[[int], None]


class Restored(Model):
    """What restoring came to: `files` that the mirror holds, those `restored`, and those `damaged` in the mirror."""

    files: int
    restored: int
    damaged: tuple[str, ...] = ()


def restore_from(remote: Remote, local: LocalFiles, *, replace: bool = False, told: Told = lambda _: None) -> Restored:
    """Bring back what is lost; files that are there already, byte for byte, are not touched.

    A file that is there with other bytes stops it before anything is written, unless it is to be replaced. One that is
    damaged or lost in the mirror is not written, and named. Only while nothing else writes to the folders. Raises
    `MirrorError`, `OSError`.
    """
    manifest = manifest_of(remote)
    if manifest is None:
        raise MirrorError(f"{remote.url} holds no mirror: it has no manifest")
    wanted = [file for file in manifest.files if not _is_there(file, local, replace)]
    told(len(manifest.files) - len(wanted))
    damaged: list[str] = []
    for batch in batches(wanted):
        found = remote.read_all(sorted({object_name(file.sha256) for file in batch}))
        for file in batch:
            data = found.get(object_name(file.sha256))
            if data is None or sha256(data).hexdigest() != file.sha256:
                damaged.append(file.path)
                continue
            place = local.place(file.path)
            place.parent.mkdir(parents=True, exist_ok=True)
            _check_inside(place, local.root(file.path))
            # Not flushed one by one: what a power cut tears, a second run finds, for it reads what is there.
            write_file(place, data, durable=False)
        told(len(batch))
    return Restored(files=len(manifest.files), restored=len(wanted) - len(damaged), damaged=tuple(damaged))


def _is_there(file: MirroredFile, local: LocalFiles, replace: bool) -> bool:
    place = local.place(file.path)
    _check_inside(place, local.root(file.path))
    if not place.exists():
        return False
    if place.is_file() and file_sha256(place) == file.sha256:
        return True
    if not replace:
        raise MirrorError(f"{place} is there with other bytes than in the mirror: --replace lets the mirror's win")
    return False


def _check_inside(place: Path, root: Path) -> None:
    """Refuse a path on which a link of this machine leads out of the folder."""
    if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(root)):
        raise MirrorError(f"{place} leads out of {root} by a link: it is not written")
