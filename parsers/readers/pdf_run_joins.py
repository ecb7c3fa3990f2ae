"""Runs of characters put together where one goes on with another: next in the file, of its style, on its baseline.

Producers set a line in as many text objects as they like, and what it says must not hang on that. White space has no
style: on its own, it belongs to what stands before it on its line.
"""

from collections.abc import Iterable

from parsers.readers.pdf_runs import Run, Style

_SAME = 0.05


def join_runs(runs: Iterable[Run]) -> list[Run]:
    """Runs in the order of the content stream, of which no two neighbours have the same style and baseline."""
    joined: list[Run] = []
    chars: list[str] = []
    x0: list[float] = []
    x1: list[float] = []
    style: Style | None = None
    baseline = 0.0
    for run in runs:
        blank = not run.chars.strip()
        if (
            style is not None
            and abs(run.baseline - baseline) <= _SAME
            and (run.style == style or (blank and run.style.turned == style.turned))
        ):
            chars.append(run.chars)
            x0 += run.x0
            x1 += run.x1
        elif not blank:
            if style is not None:
                joined.append(Run("".join(chars), x0, x1, baseline, style))
            chars, x0, x1, style, baseline = [run.chars], [*run.x0], [*run.x1], run.style, run.baseline
    if style is not None:
        joined.append(Run("".join(chars), x0, x1, baseline, style))
    return joined
