"""How much memory this process holds."""

import resource
import sys
from pathlib import Path


def resident_megabytes(most: bool) -> float:
    """The resident size of this process: now, or at most so far."""
    status = Path("/proc/self/status")
    if status.is_file():
        # Linux's ru_maxrss remembers the process that started this one
        fields = dict(line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines())
        return int(fields["VmHWM" if most else "VmRSS"].split()[0]) / 1000
    scale = 1_000_000 if sys.platform == "darwin" else 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale
