"""Mirrors in a folder and in memory: there and back, again and again, killed, damaged, hostile."""

import json
import multiprocessing
import sys
import time
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import fsspec
import pytest

from schemas.mirror import Manifest, MirroredFile
from schemas.settings import Settings
from tests.unbitext.mirror.conftest import Machine, contents, stored
from unbitext.mirror import copying
from unbitext.mirror.errors import MirrorError
from unbitext.mirror.manifests import manifest_bytes, read_manifest
from unbitext.mirror.mirroring import mirror_to, restore_here
from unbitext.mirror.remote import Remote, object_name, shown_url
from unbitext.store import TEMPORARY, FolderLockedError, folder_lock


@pytest.fixture(params=["folder", "file", "memory"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return {
        "folder": str(tmp_path / "mirror"),
        "file": f"file://{tmp_path}/a mirror/deep",
        "memory": f"memory://{uuid4()}/mirror",
    }[request.param]


def held(url: str) -> dict[str, bytes]:
    """Every file of a mirror."""
    files, root = fsspec.core.url_to_fs(url)
    return {path.removeprefix(root).lstrip("/"): files.cat_file(path) for path in files.find(root)}


def test_there_and_back(here: Settings, machine: Machine, url: str) -> None:
    first = mirror_to(url, here)
    assert (first.files, first.copied) == (8, 7)  # two files have the same bytes
    there = machine("there")
    restored = restore_here(url, there)
    assert (restored.files, restored.restored, restored.damaged) == (8, 8, ())
    assert contents(there) == contents(here)
    assert restore_here(url, there).restored == 0
    # A mirror of the restored machine is the same to the byte.
    before = held(url)
    assert mirror_to(url, there).copied == 0
    assert held(url) == before


def test_only_what_has_changed_is_copied(here: Settings, machine: Machine, url: str) -> None:
    mirror_to(url, here)
    assert mirror_to(url, here).copied == 0
    (here.out / "report.md").write_bytes(b"# News")
    (here.out / "tei/documents/A_1.en.xml").unlink()
    again = mirror_to(url, here)
    assert (again.files, again.copied, again.copied_bytes) == (7, 1, 6)
    there = machine("there")
    restore_here(url, there)
    assert contents(there) == contents(here)


def test_what_is_not_needed_is_pruned_when_asked(here: Settings, url: str) -> None:
    mirror_to(url, here)
    (here.corrections / "A_1.en.toml").write_bytes(b"[[join]]")
    assert mirror_to(url, here).pruned == 0
    assert mirror_to(url, here, prune=True).pruned == 1
    needed = {object_name(sha256(data).hexdigest()) for data in contents(here).values()}
    assert set(held(url)) == {"manifest.jsonl", *needed}
    assert mirror_to(url, here, verify=True).copied == 0


def test_what_lies_half_written_and_what_is_linked_is_left_out(here: Settings, tmp_path: Path) -> None:
    (here.out / "tei" / f"{TEMPORARY}7").write_bytes(b"half")
    (here.out / "secret").symlink_to("/etc/passwd")
    (here.out / "everything").symlink_to("/etc")
    assert mirror_to(str(tmp_path / "mirror"), here).files == 8


@pytest.mark.parametrize("verify", [False, True])
def test_damage_in_the_mirror_is_found_and_mended(here: Settings, machine: Machine, url: str, verify: bool) -> None:
    mirror_to(url, here)
    name = object_name(sha256(b"<teiCorpus/>").hexdigest())
    Remote(url).write_all({name: b"<teiCorpus!>"})
    lost = object_name(sha256(b"[[split]]").hexdigest())
    Remote(url).remove([lost])
    there = machine("there")
    restored = restore_here(url, there)
    assert sorted(restored.damaged) == ["corpus/tei/corpus.xml", "corrections/A_1.en.toml"]
    assert restored.restored == 6
    assert not (there.out / "tei/corpus.xml").exists()
    assert mirror_to(url, here, verify=verify).copied == (2 if verify else 0)
    assert restore_here(url, there).damaged == (() if verify else restored.damaged)
    assert (contents(there) == contents(here)) is verify


def test_damage_here_does_not_reach_the_mirror(here: Settings, machine: Machine, url: str) -> None:
    path = stored(here, b"%PDF-1.7 another")
    before = contents(here)
    mirror_to(url, here)
    path.write_bytes(b"%PDF-1.7 anothes")
    assert mirror_to(url, here).damaged == ()  # the mirror has the right bytes already
    there = machine("there")
    restore_here(url, there)
    assert contents(there) == before
    new = stored(here, b"%PDF-1.7 the third")
    new.write_bytes(b"%PDF-1.7 the thirt")
    outcome = mirror_to(url, here)
    assert outcome.damaged == (f"fetched/{new.parent.name}/{new.name}",)
    assert sha256(b"%PDF-1.7 the thirt").hexdigest() not in str(held(url))


def test_a_file_that_is_there_is_replaced_only_when_asked(here: Settings, url: str) -> None:
    mirror_to(url, here)
    mine = here.corrections / "A_1.en.toml"
    mine.write_bytes(b"later work")
    (here.out / "report.md").unlink()
    with pytest.raises(MirrorError, match="--replace"):
        restore_here(url, here)
    assert mine.read_bytes() == b"later work"
    assert restore_here(url, here, replace=True).restored == 2
    assert mine.read_bytes() == b"[[split]]"


def copy_slowly(url: str, settings: Settings) -> None:
    """Copy in batches so small that a kill comes between them."""
    copying._BATCH = (3, 1000)
    mirror_to(url, settings)


@pytest.mark.parametrize("is_known", [False, True])
def test_a_killed_copy_is_finished(here: Settings, machine: Machine, tmp_path: Path, is_known: bool) -> None:
    url = str(tmp_path / "mirror")
    if is_known:
        mirror_to(url, here)
    former = held(url).get("manifest.jsonl")
    for number in range(100):
        stored(here, f"paper {number}".encode())
    before = len(held(url))
    child = multiprocessing.get_context("fork").Process(target=copy_slowly, args=(url, here))
    child.start()
    objects = tmp_path / "mirror" / "objects"
    while len(list(objects.glob("*/*"))) < before + 20:
        assert child.is_alive()
        time.sleep(0.001)
    child.kill()
    child.join()
    assert held(url).get("manifest.jsonl") == former
    copied = len([name for name in held(url) if name.startswith("objects/") and ".part-" not in name])
    outcome = mirror_to(url, here, prune=True)
    assert outcome.copied == len({*contents(here).values()}) - copied > 0
    assert not [name for name in held(url) if ".part-" in name]
    there = machine("there")
    restore_here(url, there)
    assert contents(there) == contents(here)


def entry(path: str) -> bytes:
    return json.dumps({"path": path, "sha256": sha256(b"evil").hexdigest(), "size_bytes": 4}).encode() + b"\n"


def with_head(body: bytes) -> bytes:
    head = {"version": 1, "files": 1, "sha256": sha256(body).hexdigest()}
    return json.dumps(head).encode() + b"\n" + body


HOSTILE = [
    "corpus/../../evil", "corpus/..", "../evil", "/etc/evil", "corpus", "corpus/", "corpus//evil", "corpus/./evil",
    "state/evil", "", "corpus/a\0b", "corpus/a\nb", "fetched/../kept/evil", "corpus//etc/evil",
]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_a_path_that_leaves_its_folder_is_refused(machine: Machine, tmp_path: Path, path: str) -> None:
    remote = Remote(str(tmp_path / "mirror"))
    remote.write_all({object_name(sha256(b"evil").hexdigest()): b"evil"})
    remote.write_all({"manifest.jsonl": with_head(entry("corpus/harmless") + entry(path))})
    there = machine("there")
    with pytest.raises(MirrorError, match="refused"):
        restore_here(remote.url, there)
    assert contents(there) == {}
    assert not list(tmp_path.rglob("evil"))


def test_a_link_on_this_machine_leads_nowhere(here: Settings, machine: Machine, tmp_path: Path) -> None:
    url = str(tmp_path / "mirror")
    mirror_to(url, here)
    there = machine("there")
    (tmp_path / "outside").mkdir()
    there.out.mkdir(parents=True)
    (there.out / "tei").symlink_to(tmp_path / "outside")
    with pytest.raises(MirrorError, match="by a link"):
        restore_here(url, there)
    assert list((tmp_path / "outside").iterdir()) == []


FILE = MirroredFile(path="corpus/a", sha256="0" * 64, size_bytes=1)


@pytest.mark.parametrize(
    "body",
    [
        entry("corpus/a") + entry("corpus/a"),
        entry("corpus/a") + entry("corpus/a/b"),
        entry("corpus/a").replace(b'"size_bytes": 4', b'"size_bytes": -4'),
        entry("corpus/a").replace(sha256(b"evil").hexdigest().encode(), b"../../evil"),
        b"{}\n",
    ],
)
def test_a_manifest_that_is_no_tree_is_refused(body: bytes) -> None:
    with pytest.raises(MirrorError, match="refused"):
        read_manifest(with_head(body))


def test_a_torn_manifest_is_known() -> None:
    data = manifest_bytes(Manifest(files=(FILE, FILE.model_copy(update={"path": "corpus/b"}))))
    assert len(read_manifest(data).files) == 2
    for length in range(len(data)):
        with pytest.raises(MirrorError):
            read_manifest(data[:length])
    with pytest.raises(MirrorError):
        read_manifest(data.replace(b"corpus/b", b"corpus/c"))


def test_a_torn_manifest_is_mended_when_asked(here: Settings, machine: Machine, url: str) -> None:
    mirror_to(url, here)
    whole = held(url)
    Remote(url).write_all({"manifest.jsonl": whole["manifest.jsonl"][:-9]})
    with pytest.raises(MirrorError, match="damaged"):
        mirror_to(url, here)
    assert mirror_to(url, here, verify=True).copied == 0
    assert held(url) == whole


def test_nothing_is_mirrored_over_something(machine: Machine, here: Settings, url: str) -> None:
    mirror_to(url, here)
    with pytest.raises(MirrorError, match="nothing to mirror"):
        mirror_to(url, machine("empty"))
    assert restore_here(url, machine("there")).restored == 8


def test_what_is_no_mirror(here: Settings, machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(MirrorError, match="holds no mirror"):
        restore_here(str(tmp_path / "nowhere"), machine("there"))
    with pytest.raises(MirrorError, match="no address"):
        mirror_to("carrier-pigeon://loft", here)
    (tmp_path / "file").touch()
    with pytest.raises(MirrorError, match="file"):
        mirror_to(str(tmp_path / "file"), here)
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(MirrorError, match=r"pip install 'unbitext\[s3\]'"):
        mirror_to("s3://bucket/corpus", here)


def test_it_keeps_out_of_the_way_of_cycles_and_builds(here: Settings, tmp_path: Path) -> None:
    for folder in (here.out, here.state / "catalogue"):
        with folder_lock(folder), pytest.raises(FolderLockedError):
            mirror_to(str(tmp_path / "mirror"), here)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("s3://bucket/a", "s3://bucket/a"),
        ("ftp://user:secret@host:21/a", "ftp://host:21/a"),
        ("backup/a", "backup/a"),
    ],
)
def test_passwords_are_not_shown(url: str, shown: str) -> None:
    assert shown_url(url) == shown
