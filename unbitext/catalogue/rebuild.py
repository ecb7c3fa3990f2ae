"""Opening the catalogue, and making it anew from what lies beside the files where it is lost or damaged."""

import logging
from collections.abc import Iterable
from pathlib import Path

from schemas.catalogue import DocumentState, Entry
from schemas.retention import Removal
from unbitext.catalogue.catalogue import Catalogue, Clock, system_clock
from unbitext.catalogue.errors import CatalogueDamagedError
from unbitext.catalogue.tables import remove
from unbitext.kept_documents import KeptDocuments

LOGGER = logging.getLogger("unbitext")

_NEW = "new-catalogue.sqlite"


def open_catalogue(
    path: Path, kept: KeptDocuments, clock: Clock = system_clock, removals: Iterable[Removal] = ()
) -> Catalogue:
    """Open the catalogue; one that is absent, damaged or of another version is made anew.

    Only where no other run makes it anew at the same time. Raises `OSError` where it cannot be written.
    """
    if path.is_file():
        try:
            return Catalogue(path, clock)
        except CatalogueDamagedError as error:
            LOGGER.warning("%s: the catalogue is made anew from what is kept", error)
    rebuild(path, kept, clock, removals)
    return Catalogue(path, clock)


def rebuild(path: Path, kept: KeptDocuments, clock: Clock = system_clock, removals: Iterable[Removal] = ()) -> int:
    """Make the catalogue anew in the place of the one there; return how many documents it knows.

    What it knew of documents that are not there, and where sources were to go on, is looked for again; its journal
    begins anew, and so does the age of former files; `removals` are the tombstones in the store. The states of what is
    there follow from the next build. Raises `OSError` where it cannot be written.
    """
    new = path.with_name(_NEW)
    remove(new)
    count = 0
    with Catalogue(new, clock) as catalogue, catalogue.changes():
        for note in kept.all():
            entry = Entry(
                symbol=note.symbol, language=note.language, state=DocumentState.FETCHED, origin=note.origin, kept=note
            )
            count += catalogue.put(entry, "found in the store")
        for removal in removals:
            catalogue.former.set_removed(removal)
    # Closed, it has no log of its own; and a kill between these two leaves none, which is made anew.
    remove(path)
    new.rename(path)
    return count
