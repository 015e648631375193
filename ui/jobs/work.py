"""The pieces that the board moves: a task that somebody needs, and a session's job of several."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Protocol

from ui.jobs.task import Task


class Doer(Protocol):
    """A worker, as far as the board knows it."""

    def stop(self, number: int) -> None:
        """Let go of that task, whether it is being done or was put aside."""


@dataclass(eq=False)
class Entry:
    """A task that some job needs: it waits, is with a worker, was put aside by one, or is done.

    worker: who does it or has put it aside. since: until when its time was charged. not_before:
    when to ask again whether another server has done it.
    """

    task: Task
    number: int
    jobs: list["Job"] = field(default_factory=list)
    worker: Doer | None = None
    running: bool = False
    done: bool = False
    fraction: float = 0.0
    result: Any = None
    size: int = 0
    attempts: int = 0
    error: str = ""
    turn: float = 0.0
    since: float = 0.0
    not_before: float = 0.0

    @property
    def sessions(self) -> set[Hashable]:
        """Who waits for it."""
        return {session for job in self.jobs for session in job.leases}

    def waits(self, worker: Doer, now: float) -> bool:
        """Whether this worker could go on with it now."""
        idle = not (self.running or self.done or self.error)
        return idle and self.worker in (None, worker) and self.not_before <= now

    def start_anew(self) -> None:
        """What was done of it is lost."""
        self.worker, self.running, self.fraction = None, False, 0.0


@dataclass(eq=False)
class Job:
    """Tasks that were submitted together, and when each session last renewed its lease."""

    tasks: tuple[Task, ...]
    entries: tuple[Entry, ...]
    leases: dict[Hashable, float] = field(default_factory=dict)
    started: float | None = None
    error: str = ""

    def waiting(self, worker: Doer, now: float) -> list[Entry]:
        """Those of its tasks that this worker could go on with now."""
        return [] if self.error else [one for one in self.entries if one.waits(worker, now)]

    @property
    def running(self) -> int:
        """How many workers are at it."""
        return sum(one.running for one in self.entries)
