"""Whether a schedule is one, found out before Prefect and its server have started, which takes seconds."""

# ruff: noqa: PLC0415 - only `schedule` needs it

from datetime import UTC, datetime

from flows.exit_codes import UsageError


def require_cron(cron: str) -> None:
    """Raise `UsageError` for what is no schedule that Prefect keeps, or one whose time never comes."""
    from croniter import CroniterBadDateError, croniter

    # Letters for a time that is drawn by chance, which Prefect refuses.
    drawn = any(field.casefold() in ("r", "h") for field in cron.split())
    if drawn or not croniter.is_valid(cron):
        raise UsageError(f"--cron {cron!r} is no schedule: give five fields, such as '0 */6 * * *'")
    try:
        croniter(cron, datetime.now(UTC)).get_next()
    except CroniterBadDateError as error:
        raise UsageError(f"--cron {cron!r} names a day that never comes") from error
