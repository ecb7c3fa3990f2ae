"""Time as the sources see it: one place, so that tests need not wait."""

import time
from datetime import UTC, datetime


class Clock:
    """The machine's clocks."""

    def seconds(self) -> float:
        """Seconds since 1970 by the wall clock, which can be set and jump."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that only ever grow, from an arbitrary point."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        if seconds > 0:
            time.sleep(seconds)

    def now(self) -> datetime:
        """The wall clock as a date and time in UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)
