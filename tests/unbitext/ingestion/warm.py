"""A process that has imported all that a cycle needs, and forks a process of its own for each cycle.

Each line of its standard input is an order (JSON); it prints how the cycle ended: an exit status, or minus a signal.
`kill_at` is the number of the step at which the cycle kills itself: a step is whatever it does to files, folders,
sockets and the database that Python tells of, so that no moment between two of them is too short to be hit.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import traceback
from pathlib import Path

from schemas.fetching import Claim
from schemas.settings import load_settings
from tests.unbitext.ingestion.conftest import Listed, SetClock, record
from unbitext.ingest import Cycle, run_cycle
from unbitext.sources.fetching import open_fetcher

STEPS = ("open", "os.", "socket.", "sqlite3.", "shutil.", "fcntl.")


def kill_at(step: int) -> None:
    """Kill this process at so many steps from now."""
    left = step

    def count(event: str, _: object) -> None:
        nonlocal left
        if event.startswith(STEPS):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def count_steps(path: Path) -> None:
    """Write to a file, at the end, how many steps this process made."""
    steps = 0

    def count(event: str, _: object) -> None:
        nonlocal steps
        steps += event.startswith(STEPS)

    sys.addaudithook(count)

    def finish() -> None:
        path.write_text(str(steps))

    FINISH.append(finish)


FINISH: list = []  # type: ignore[type-arg]


def obey_permissions() -> None:
    """Give up root's power to write where nobody may (CAP_DAC_OVERRIDE and its like); without effect for others."""
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capget(head, sets) == 0:
        for place in (0, 1):  # what is in effect, and what may be
            sets[place] &= ~0b1110
        assert libc.capset(head, sets) == 0


def run(order: dict[str, object]) -> int:
    """Run one cycle as ordered; return the exit status."""
    if limit := order.get("file_bytes"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(str(limit)),) * 2)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if order.get("obedient"):
        obey_permissions()
    if order.get("steps"):
        count_steps(Path(str(order["steps"])))
    if order.get("kill_at"):
        kill_at(int(str(order["kill_at"])))
    clock = SetClock()
    clock.pass_days(float(str(order.get("days", 0))))
    records = [record(symbol, language, *claim) for symbol, language, *claim in order["records"]]  # type: ignore[attr-defined]
    records += [record(*changed, Claim.CHANGED) for changed in order.get("changed", ())]  # type: ignore[attr-defined]
    settings = load_settings(order["flags"], order["environment"]).values  # type: ignore[arg-type]
    try:
        with open_fetcher(settings, clock=clock) as fetcher:
            run_cycle(Cycle(settings, clock.now), lambda _: [Listed(records)], fetcher)
    except OSError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 4
    for finish in FINISH:
        finish()
    return 0


def main() -> None:
    """Serve orders until there are no more."""
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            code = 70
            try:
                os.dup2(os.open(order["messages"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
                code = run(order)
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
