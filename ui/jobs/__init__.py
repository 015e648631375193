"""Long computations away from the server's own process: asked for, watched, stopped and shared."""

from functools import cache

from ui.jobs.desk import Desk, Status
from ui.jobs.task import Report, Task

__all__ = ["Desk", "Status", "Task", "Report", "desk"]


@cache
def desk() -> Desk:
    """The server's one desk, for all of its sessions."""
    return Desk()
