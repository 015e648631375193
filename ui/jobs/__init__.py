"""Long computations in worker processes: submitted, watched, stopped and shared by sessions."""

from ui.jobs.job_queue import JobQueue
from ui.jobs.status import Status
from ui.jobs.task import Report, Task

__all__ = ["JobQueue", "Status", "Task", "Report"]
