"""Copying to a mirror: bytes first, the manifest last.

A kill leaves the mirror as it was, beside objects that the next run need not copy again.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from schemas.base import Model
from schemas.mirror import Manifest, MirroredFile
from unbitext.mirror.errors import ManifestError, MirrorError
from unbitext.mirror.local_files import LocalFiles
from unbitext.mirror.manifests import manifest_bytes, read_manifest
from unbitext.mirror.remote import MANIFEST, OBJECTS, Remote, object_name

_BATCH = (64, 32_000_000)
"""The most files, and bytes, that are in memory and under way at once."""

Told = Callable[[int], None]


class Copied(Model):
    """What copying came to.

    `files` are those that the mirror holds, `copied` the objects that had to be sent, `damaged` the files that were not
    sent: their bytes are not those that they are named after, or changed meanwhile.
    """

    files: int
    copied: int
    copied_bytes: int
    damaged: tuple[str, ...] = ()
    pruned: int = 0


def batches(files: Iterable[MirroredFile]) -> Iterator[list[MirroredFile]]:
    """Divide files into what is sent or asked for at once."""
    most_files, most_bytes = _BATCH
    batch: list[MirroredFile] = []
    filled = 0
    for file in files:
        if batch and (len(batch) == most_files or filled + file.size_bytes > most_bytes):
            yield batch
            batch, filled = [], 0
        batch.append(file)
        filled += file.size_bytes
    if batch:
        yield batch


def manifest_of(remote: Remote) -> Manifest | None:
    """Read the manifest of a mirror; None where there is no mirror. Raises `MirrorError`."""
    data = remote.read(MANIFEST)
    return None if data is None else read_manifest(data)


def copy_to(
    local: LocalFiles, remote: Remote, *, verify: bool = False, prune: bool = False, told: Told = lambda _: None
) -> Copied:
    """Bring a mirror up to date; with `verify` every byte that it holds is read, and damage mended.

    Only while nothing else writes to the folders or to the mirror. `told` hears how many files are settled. With
    `prune`, objects that no file needs any longer are removed. Raises `MirrorError`, `OSError`.
    """
    files = local.described()
    if not files:
        raise MirrorError("there is nothing to mirror: no corpus, no fetched file and no correction")
    former = _former(remote, mended=verify)
    known = {one.path: one for one in former.files} if former else {}
    there = {one.sha256 for one in known.values()}
    if verify:
        there = _verified(remote, [*files, *known.values()], told)
    sending = {one.sha256: one for one in files if one.sha256 not in there}
    if not verify:
        told(len(files) - len(sending))
        sending = dict(_without(remote, sending, told))
    settled = {one.path: one for one in files}
    damaged: dict[str, MirroredFile] = {}
    sent_bytes = 0
    for batch in batches(sending.values()):
        objects: dict[str, bytes] = {}
        for file in batch:
            data = local.place(file.path).read_bytes()
            if sha256(data).hexdigest() == file.sha256:
                objects[object_name(file.sha256)] = data
            else:
                damaged[file.sha256] = file
        remote.write_all(objects)
        sent_bytes += sum(map(len, objects.values()))
        told(len(batch))
    # What is damaged here stays in the mirror as it was there.
    for path, file in list(settled.items()):
        if file.sha256 in damaged:
            del settled[path]
            if path in known and known[path].sha256 in there:
                settled[path] = known[path]
    data = manifest_bytes(Manifest(files=tuple(settled.values())))
    if former is None or manifest_bytes(former) != data:
        remote.write_all({MANIFEST: data})
    return Copied(
        files=len(settled),
        copied=len(sending) - len(damaged),
        copied_bytes=sent_bytes,
        damaged=tuple(sorted(file.path for file in damaged.values())),
        pruned=_prune(remote, {object_name(one.sha256) for one in settled.values()}) if prune else 0,
    )


def _former(remote: Remote, *, mended: bool) -> Manifest | None:
    """Read the manifest that is there; one that is damaged counts as none where it is to be mended."""
    try:
        return manifest_of(remote)
    except ManifestError:
        if mended:
            return None
        raise


def _verified(remote: Remote, files: Iterable[MirroredFile], told: Told) -> set[str]:
    """Read the objects of these files; give the sha256 of those that are there, whole and right."""
    right: set[str] = set()
    for batch in batches({one.sha256: one for one in files}.values()):
        found = remote.read_all([object_name(file.sha256) for file in batch])
        for file in batch:
            data = found.get(object_name(file.sha256))
            if data is not None and sha256(data).hexdigest() == file.sha256:
                right.add(file.sha256)
        told(len(batch))
    return right


def _without(remote: Remote, files: dict[str, MirroredFile], told: Told) -> Iterator[tuple[str, MirroredFile]]:
    """Leave out what a killed run has copied already: objects that are there in their size."""
    listed: dict[str, dict[str, int]] = {}
    for key, file in sorted(files.items()):
        name = object_name(key)
        folder = name.rpartition("/")[0]
        if folder not in listed:
            listed[folder] = remote.sizes(folder)
        if listed[folder].get(name) == file.size_bytes:
            told(1)
        else:
            yield key, file


def _prune(remote: Remote, needed: set[str]) -> int:
    count = 0
    for folder in remote.folders(OBJECTS):
        spare = sorted(set(remote.sizes(folder)) - needed)
        remote.remove(spare)
        count += len(spare)
    return count
