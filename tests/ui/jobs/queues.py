"""A queue with one worker, and ways to wait for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.ui.jobs.tasks import Count
from ui.jobs import JobQueue, Status, Task

LONG = Count(100_000, pause=0.002)
PATIENCE = 20.0


@contextmanager
def limited(**limits: Any) -> Iterator[JobQueue]:
    queue = JobQueue(workers=1, **{"turn_seconds": 1e9, **limits})
    try:
        yield queue
    finally:
        queue.close()


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that no call can wait for: another process, or a first report."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


def under_way(queue: JobQueue, task: Task, who: str) -> None:
    until(lambda: queue.submit((task,), who).fraction > 0)


def done(queue: JobQueue, *tasks: Task, who: str = "me") -> Status:
    status = queue.wait(tasks, who, PATIENCE)
    assert status.finished, status
    return status


def alive(pid: int) -> bool:
    """Whether the process runs; one that is dead and not yet reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
