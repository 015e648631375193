"""What several servers share of their work, so that equal work is done once. Hosts know where."""

from dataclasses import dataclass
from typing import Any, Protocol

from ui.jobs.task import Task


@dataclass(frozen=True)
class Found:
    """What another server has done already."""

    result: Any


@dataclass(frozen=True)
class Ours:
    """To be done here; no other server begins it while this one renews."""


@dataclass(frozen=True)
class Theirs:
    """Another server is at it: ask again in a while."""


class Shared(Protocol):
    """Is called by several threads at once, never raises, and answers within a second or two."""

    def begin(self, task: Task) -> Found | Ours | Theirs:
        """Before the task is begun, and before each of its further turns."""
        ...

    def renew(self, task: Task) -> None:
        """It is still being done here; called several times a second."""
        ...

    def keep(self, task: Task, result: Any) -> None:
        """It is done; whoever begins it finds the result."""
        ...

    def release(self, task: Task) -> None:
        """It is no longer being done here."""
        ...


class Alone:
    """Nothing is shared."""

    def begin(self, task: Task) -> Found | Ours | Theirs:  # noqa: ARG002
        """See Shared."""
        return Ours()

    def renew(self, task: Task) -> None:
        """See Shared."""

    def keep(self, task: Task, result: Any) -> None:
        """See Shared."""

    def release(self, task: Task) -> None:
        """See Shared."""
