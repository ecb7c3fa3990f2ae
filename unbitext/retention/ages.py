"""How long nothing has referred to a file, by the catalogue's own record, whatever the clock does.

Time counts only as far as the policy was there to see it pass: a step of the clock, forwards or back, moves the record
with it, so that every file stays as old as it was. A machine that was switched off for long keeps files longer.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from unbitext.catalogue.former_files import FileKey
from unbitext.retention.holdings import Former

_LONGEST_GAP_DAYS = 8.0
_GAP_SHARE = 0.1
"""Of the days that versions are kept: so much may pass unseen, where that is more."""


class Ages(NamedTuple):
    """Since when nothing refers to each former file; `gap` is the step of the clock that does not count, if any."""

    since: dict[FileKey, datetime]
    gap: timedelta | None = None


def longest_gap(keep_days: float) -> timedelta:
    """Give the longest time between two looks that counts."""
    return timedelta(days=max(_LONGEST_GAP_DAYS, _GAP_SHARE * keep_days))


def settle_ages(
    former: Mapping[FileKey, Former],
    known: Mapping[FileKey, datetime],
    witnessed: datetime | None,
    now: datetime,
    *,
    keep_days: float,
    trust_clock: bool = False,
    first_look: bool = False,
) -> Ages:
    """Tell since when nothing refers to each former file.

    `known` is what was settled at the last look, at `witnessed`; None means that nothing vouches for the clock: the
    record of files that were not known then begins now. With `first_look` nothing was looked for at `witnessed`, so
    that what is not known may have been former long before. `trust_clock` counts every step forwards.
    """
    step = now - witnessed if witnessed is not None else None
    is_step = step is not None and (step < timedelta() or (step > longest_gap(keep_days) and not trust_clock))
    since: dict[FileKey, datetime] = {}
    for key, one in former.items():
        if key in known:
            since[key] = min(known[key] + step if is_step and step is not None else known[key], now)
        elif is_step or (witnessed is None and not trust_clock):
            since[key] = now
        elif first_look or witnessed is None:
            since[key] = min(one.replaced_at, now)
        else:
            since[key] = min(max(one.replaced_at, witnessed), now)
    return Ages(since, step if is_step else None)
