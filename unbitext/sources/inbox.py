"""The watched folder: files that a person drops there enter the same path as fetched ones.

A file is taken once it has kept its size and time of change for a while, so that one that is still being copied is left
for the next look. It goes to `taken/` below the folder when what came of it has been noted, and never before: a kill
leaves it where it was, and the next look takes it again. A file under a name that is taken already gets a number.
"""

from collections.abc import Iterator
from pathlib import Path

from schemas.fetching import Claim, SourceRecord
from schemas.relations import relation_of
from unbitext.inputs import READ_SUFFIXES
from unbitext.sources.acceptance import Parse, plain_parse
from unbitext.sources.clock import Clock
from unbitext.sources.dropped import look_at, shown_name
from unbitext.sources.source import Batch

TAKEN = "taken"


class Inbox:
    """The source `inbox` (`unbitext.sources.source.Source`); `folder` is watched, `still_seconds` how long it waits.

    In a dry run files stay where they are, for nothing is noted of them.
    """

    name = "inbox"

    def __init__(
        self,
        folder: Path,
        *,
        still_seconds: float = 5.0,
        largest_bytes: int = 128 * 1024 * 1024,
        parse: Parse = plain_parse,
        clock: Clock | None = None,
        is_dry_run: bool = False,
    ) -> None:
        self._folder = folder
        self._still = still_seconds
        self._largest = largest_bytes
        self._parse = parse
        self._clock = clock or Clock()
        self._is_dry_run = is_dry_run

    def discover(self, cursor: str | None) -> Iterator[Batch]:
        """Give the files that lie there, one a batch; asking for the next batch says that the last one is dealt with.

        The cursor means nothing here: what is still in the folder is new.
        """
        for path in sorted(self._folder.glob("*")):
            if path.suffix.lower() not in READ_SUFFIXES or path.name.startswith(".") or not path.is_file():
                continue
            if path.is_symlink():
                continue  # it would make the program read, and publish, whatever file it points to
            try:
                note = self._not_yet(path)
                batch = Batch(records=(), cursor=cursor, note=note) if note else self._batch(path, cursor)
            except OSError as error:
                note = f"{shown_name(path)} cannot be read: {error.strerror}"
                yield Batch(records=(), cursor=cursor, note=note, failed=True)
                continue
            yield batch
            if batch.records and not self._is_dry_run:
                self._settle(path)

    def _not_yet(self, path: Path) -> str | None:
        found = path.stat()
        if found.st_size > self._largest:
            return f"{shown_name(path)} is larger than the {self._largest // (1024 * 1024)} MB that are taken: it stays"
        # A time of change in the future (a clock that was set back) must not keep a file for ever.
        age = abs(self._clock.seconds() - found.st_mtime)
        return f"{shown_name(path)} changed a moment ago: it is taken next time" if age < self._still else None

    def _batch(self, path: Path, cursor: str | None) -> Batch:
        dropped = look_at(path, self._clock.now(), self._parse)
        relation = relation_of(dropped.symbol) if dropped.symbol else None
        record = SourceRecord(
            origin=self.name,
            claim=Claim.EXISTS,
            symbol=dropped.symbol,
            language=dropped.language,
            identifier=shown_name(path),
            version=dropped.file.sha256,
            relations=(relation,) if relation else (),
            path=path,
            sha256=dropped.file.sha256,
        )
        return Batch(records=(record,), cursor=cursor)

    def _settle(self, path: Path) -> None:
        taken = self._folder / TAKEN
        taken.mkdir(exist_ok=True)
        target, number = taken / path.name, 1
        while target.exists():
            number += 1
            target = taken / f"{path.stem} ({number}){path.suffix}"
        if path.exists():
            path.rename(target)
