"""The training queue with many at once: how long each waits until there is something to see.

`python -m benchmarks.training_queue` prints this part alone; half a minute.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter, sleep

import numpy as np

from benchmarks.table import Row, alone, markdown
from ui.jobs import JobQueue, Task
from ui.training.experiment import Experiment
from ui.training.experiments import EXPERIMENTS
from ui.training.settings import TrainingSettings, chosen

VISITORS = 40
AT_MOST_SECONDS = 15.0
POLL_SECONDS = 0.1
PATIENCE = 300.0
SWEEP_SECONDS = 8.0
HEAVY = TrainingSettings(
    experiment="learning rates", train_steps=600, layers=10, batch=512, seeds=9
)


@dataclass
class Visitor:
    """Who has pressed Run, and when there was something in the figure."""

    name: str
    experiment: Experiment
    tasks: tuple[Task, ...]
    first: float = 0.0

    def look(self, queue: JobQueue, started: float) -> None:
        status = queue.submit(self.tasks, self.name)
        assert not status.error, status.error
        assert not status.refused, status.refused
        if not self.first and not self.experiment.measure(status.results).empty:
            self.first = perf_counter() - started


def rows() -> Iterator[Row]:
    firsts = forty_at_once()
    name = f"training: {VISITORS} visitors with different runs at once: first result"
    p50 = float(np.median(firsts))
    yield alone(f"{name}, p50", p50, "s", AT_MOST_SECONDS)
    yield alone(f"{name}, the last one's", max(firsts), "s")
    name = "training: a preset asked for while a sweep of minutes runs: first result"
    yield alone(name, after_a_sweep(), "s", AT_MOST_SECONDS)


def forty_at_once() -> list[float]:
    """Seconds to each visitor's first result; every experiment at its default settings in turn."""
    settings = [
        TrainingSettings(experiment=EXPERIMENTS[n % len(EXPERIMENTS)].name, seed=100 + n)
        for n in range(VISITORS)
    ]
    visitors = [visitor(f"visitor {n}", one) for n, one in enumerate(settings)]
    return _firsts(JobQueue(), visitors)


def after_a_sweep() -> float:
    """Seconds to the first result of a preset after a large sweep has run for some time."""
    queue = JobQueue()
    sweep = visitor("sweep", HEAVY)
    try:
        queue.wait(sweep.tasks, sweep.name, SWEEP_SECONDS)
        preset = visitor("preset", TrainingSettings(experiment="eval forgotten", seed=7))
        return _firsts(queue, [preset], meanwhile=sweep)[0]
    finally:
        queue.close()


def visitor(name: str, settings: TrainingSettings) -> Visitor:
    """A visitor who asks for the run at these settings."""
    return Visitor(name, chosen(settings), chosen(settings).tasks(settings))


def _firsts(
    queue: JobQueue, visitors: list[Visitor], meanwhile: Visitor | None = None
) -> list[float]:
    started = perf_counter()
    try:
        while not all(one.first for one in visitors):
            assert perf_counter() - started < PATIENCE, "no result came"
            for one in [*visitors, *([meanwhile] if meanwhile else [])]:
                one.look(queue, started)
            sleep(POLL_SECONDS)
    finally:
        queue.close()
    return [one.first for one in visitors]


if __name__ == "__main__":
    print(markdown(rows()))
