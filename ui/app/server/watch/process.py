"""What this process takes of the machine, as far as the system tells."""

import os
from pathlib import Path

_FILES = Path("/dev/fd")  # every descriptor of this process, on Linux and macOS
_MEMORY = Path("/proc/self/statm")


def open_files() -> int:
    """File descriptors that are open now; 0 where the system does not tell."""
    try:
        return len(os.listdir(_FILES)) - 1  # one is open while it looks
    except OSError:
        return 0


def most_files() -> int:
    """How many it may have open; 0 where there is no limit or none is told (Windows)."""
    try:
        import resource
    except ImportError:
        return 0
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 0 if soft == resource.RLIM_INFINITY else soft


def memory() -> int:
    """Bytes that it holds in memory; 0 where the system does not tell."""
    try:
        return int(_MEMORY.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
