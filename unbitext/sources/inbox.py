"""The watched folder: files that a person drops there enter the same path as fetched ones.

A file is taken once it is whole and at rest (`inbox_folder`), so that one that is still being copied is left for the
next look. It goes to `taken/` below the folder when what came of it has been noted, and never before: a kill leaves it
where it was, and the next look takes it again. A file under a name that is taken already gets a number. What stays is
named with the reason.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from schemas.fetching import Claim, SourceRecord
from schemas.relations import relation_of
from unbitext.sources.acceptance import Parse, plain_parse
from unbitext.sources.clock import Clock
from unbitext.sources.dropped import look_at
from unbitext.sources.inbox_folder import TAKEN, Lying, Patience, look, lying, shown_name, stamp_of
from unbitext.sources.source import Batch, Left


class Inbox:
    """The source `inbox` (`unbitext.sources.source.Source`); `folder` is watched with this much patience.

    In a dry run files stay where they are, for nothing is noted of them.
    """

    name = "inbox"

    def __init__(
        self,
        folder: Path,
        patience: Patience,
        *,
        parse: Parse = plain_parse,
        clock: Clock | None = None,
        is_dry_run: bool = False,
    ) -> None:
        self._folder = folder
        self._patience = patience
        self._parse = parse
        self._clock = clock or Clock()
        self._is_dry_run = is_dry_run

    def discover(self, cursor: str | None) -> Iterator[Batch]:
        """Give the files that lie there, one a batch; asking for the next batch says that the last one is dealt with.

        The cursor means nothing here: what is still in the folder is new. Files that changed a moment ago are looked
        at once more, after the others and after `still` seconds.
        """
        try:
            found = list(lying(self._folder, self._patience, self._clock.seconds()))
        except FileNotFoundError:
            return
        except OSError as error:
            yield self._failed(f"{self._folder} cannot be read: {error.strerror}", cursor)
            return
        yield from self._take(found, cursor)
        moving = [one for one in found if one.is_moving]
        if moving and not self._is_dry_run:
            self._clock.sleep(self._patience.still)
            now = self._clock.seconds()
            again = [look(one.path, self._patience, now, before=one.stamp) for one in moving]
            yield from self._take(again, cursor)
            moving = [one for one in again if one.reason]
        left = [one for one in found if one.reason and not one.is_moving]
        if left or moving:
            told = sorted((*left, *moving), key=lambda one: one.path)
            yield Batch(
                records=(),
                cursor=cursor,
                left=tuple(Left(name=shown_name(one.path), reason=one.reason or "") for one in told),
            )

    def _take(self, found: Sequence[Lying], cursor: str | None) -> Iterator[Batch]:
        for one in found:
            if one.reason is not None:
                continue
            try:
                batch = self._batch(one.path, cursor)
            except OSError as error:
                batch = self._failed(f"{shown_name(one.path)} cannot be read: {error.strerror}", cursor)
            yield batch
            if batch.records and not self._is_dry_run and (why := self._settle(one)) is not None:
                yield self._failed(why, cursor)

    def _failed(self, note: str, cursor: str | None) -> Batch:
        return Batch(records=(), cursor=cursor, note=note, failed=True)

    def _batch(self, path: Path, cursor: str | None) -> Batch:
        dropped = look_at(path, self._clock.now(), self._parse, self._patience.largest_bytes)
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

    def _settle(self, one: Lying) -> str | None:
        """Move a file that was dealt with; return why it stays, if it does: the next look then takes it again."""
        path = one.path
        try:
            if stamp_of(path) != one.stamp:
                return f"{shown_name(path)} changed while it was taken: it is taken again next time"
            taken = self._folder / TAKEN
            taken.mkdir(exist_ok=True)
            target, number = taken / path.name, 1
            while target.exists():
                number += 1
                target = taken / f"{path.stem} ({number}){path.suffix}"
            path.rename(target)
        except FileNotFoundError:
            return None  # somebody took it away
        except OSError as error:
            return f"{shown_name(path)} cannot be moved to {TAKEN}/ ({error.strerror}): it is taken again next time"
        return None
