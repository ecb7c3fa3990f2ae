"""What stays of a former file that the policy of `keep_versions_days` removed: its tombstone."""

from datetime import datetime

from schemas.base import Model
from schemas.fetching import FetchedFile


class Removal(Model):
    """A file that was removed from the store; `file` says what it was, where it came from, and when.

    `is_aside` is true for one that had been put aside. `documents` are those that it once stood for, or was asked for
    as: `CD/PV.1511 (zh)`. `unused_since` is when the last thing that refers to it was gone, `reason` the policy in
    words.
    """

    file: FetchedFile
    is_aside: bool = False
    documents: tuple[str, ...] = ()
    unused_since: datetime
    removed_at: datetime
    reason: str
