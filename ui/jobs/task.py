"""What can be submitted: a description of work that two processes understand alike."""

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Protocol

# Work done, work in all, and a function that makes the result so far.
Report = tuple[int, int, Callable[[], Any]]


class Task(Hashable, Protocol):
    """A frozen dataclass that says what to compute; equal tasks have equal results.

    It and its results are pickled on their way to the worker and back.
    """

    @property
    def weight(self) -> float:
        """How much work it is beside other tasks, in any unit."""

    def reports(self) -> Iterator[Report]:
        """Does the work in small steps, a report after each; the last has the whole result."""
