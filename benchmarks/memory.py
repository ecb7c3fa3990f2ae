"""How much memory this process holds."""

import os
import resource
import sys
from pathlib import Path


def resident_megabytes(most: bool, process: str = "self") -> float:
    """The resident size of this process: now, or at most so far; on Linux also that of another, by its number."""
    status = Path(f"/proc/{process}/status")
    if status.is_file():
        # Linux's ru_maxrss remembers the process that started this one
        fields = dict(line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines())
        return int(fields["VmHWM" if most else "VmRSS"].split()[0]) / 1000
    if process != "self":
        raise OSError("only Linux tells the size of another process")
    scale = 1_000_000 if sys.platform == "darwin" else 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def children_megabytes() -> float:
    """The most that the processes started by this one, and still there, have held, added up; 0 where no Linux tells."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    if not listed.is_file():
        return 0.0
    return sum(resident_megabytes(most=True, process=child) for child in listed.read_text(encoding="ascii").split())
