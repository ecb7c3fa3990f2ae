"""Copying to a mirror and back while nothing else writes: under the locks of cycles and of builds."""

from collections.abc import Iterator
from contextlib import contextmanager

from schemas.settings import Settings
from unbitext.catalogue.catalogue import Clock, system_clock
from unbitext.ingest import Cycle, cycle_lock
from unbitext.mirror.copying import Copied, Told, copy_to
from unbitext.mirror.local_files import LocalFiles
from unbitext.mirror.record import recorded_copy
from unbitext.mirror.remote import Remote
from unbitext.mirror.restoring import Restored, restore_from
from unbitext.store import folder_lock


def mirror_to(
    url: str,
    settings: Settings,
    *,
    verify: bool = False,
    prune: bool = False,
    wait: bool = False,
    told: Told = lambda _: None,
    clock: Clock = system_clock,
) -> Copied:
    """Bring the mirror at an address up to date; see `copy_to`. How it ends is recorded for monitors.

    Raises `FolderLockedError` where a cycle or a build is at work and it is not to wait, `MirrorError`, `OSError`.
    """
    with recorded_copy(url, settings, clock) as record:
        remote = Remote(url)
        with _alone(settings, wait):
            copied = copy_to(LocalFiles(settings), remote, verify=verify, prune=prune, told=told)
        record(copied)
    return copied


def restore_here(
    url: str, settings: Settings, *, replace: bool = False, wait: bool = False, told: Told = lambda _: None
) -> Restored:
    """Bring back what is lost from the mirror at an address, and make the catalogue anew; see `restore_from`.

    Raises what `mirror_to` raises.
    """
    remote = Remote(url)
    with _alone(settings, wait):
        outcome = restore_from(remote, LocalFiles(settings), replace=replace, told=told)
        if outcome.restored:
            Cycle(settings).rebuild()
    return outcome


@contextmanager
def _alone(settings: Settings, wait: bool) -> Iterator[None]:
    with cycle_lock(settings, wait=wait), folder_lock(settings.out, wait=wait):
        yield
