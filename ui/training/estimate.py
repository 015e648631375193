"""How long training will take, told before it begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from bn_core.training.history import Record
from bn_core.training.runs import Run
from bn_core.training.tasks import TrainStack
from ui.jobs import Report, Task

TOLD_FROM = 20.0
"""Seconds from which on it is told."""
SMALL = 1e6
"""Weight of tasks that take a second or two on any machine: not worth measuring it for."""
_STEPS = 5
_RUNS = tuple(Run("batch", depth=4, batch=256, steps=_STEPS, seed=seed) for seed in range(9))
_STACK = TrainStack(_RUNS, Record(every=_STEPS))


@dataclass(frozen=True)
class Trial:
    """Trains for some hundredths of a second; the result is the weight of tasks done in a second.

    Taken from the fastest of a few steps: the others may have waited for what else runs.
    """

    weight: float = _STACK.weight

    def reports(self) -> Iterator[Report]:
        """Work done, work in all, and the result so far, after each step."""
        fastest = float("inf")
        start = perf_counter()
        for step, _, _ in _STACK.reports():
            fastest = min(fastest, perf_counter() - start)
            yield step, _STEPS, partial(float, _STACK.weight / _STEPS / fastest)
            start = perf_counter()


def small(tasks: Sequence[Task]) -> bool:
    """Whether these tasks take so little that it need not be known how long."""
    return sum(task.weight for task in tasks) < SMALL


def seconds(tasks: Sequence[Task], workers: int, speed: float) -> float:
    """How long these tasks take where nothing else is done.

    workers: how many do them at once. speed: weight that one of them does in a second.
    """
    weights = [task.weight for task in tasks]
    return max(sum(weights) / workers, max(weights)) / speed


def told(long: float, where: str) -> str:
    """So many seconds, in a sentence; empty below TOLD_FROM. where: "in this browser"."""
    if long < TOLD_FROM:
        return ""
    if long < 95:
        about = f"{10 * round(long / 10)} s"
    elif long < 95 * 60:
        about = f"{max(2, round(long / 60))} min"
    else:
        about = f"{round(long / 3600)} hours"
    return f"A run at these settings takes about {about} {where}."
