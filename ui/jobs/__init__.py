"""Long computations away from the server's own process: asked for, watched, stopped and shared."""

from ui.jobs.desk import Desk, Status
from ui.jobs.task import Report, Task

__all__ = ["Desk", "Status", "Task", "Report"]
