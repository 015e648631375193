"""Training as a task that another process can run: what to do, how much work, how far it is.

Each task is a frozen dataclass with a weight and with reports(), an iterator of (work done, work in
all, a function that makes the result so far). The last report's result is the result.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from bn_core.training.evaluation import accuracy
from bn_core.training.history import History, Record
from bn_core.training.running import passed
from bn_core.training.runs import Run
from bn_core.training.sgd import Training
from bn_core.types import Array

TEST_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128)
SORTED_BATCH = 32
TUNING_RECORD = Record(every=20)

T = TypeVar("T")


def weight(runs: tuple[Run, ...]) -> float:
    """Work of a stack, about proportional to its time.

    Fitted to the times of 108 stacks (with and without norm, depth 1 to 10, batch 2 to 512, 1 to 9
    runs): a typical one is off by a quarter, the worst by a factor of 1.75.
    """
    run = runs[0]
    norm = 1.0 if run.norm == "none" else 1.9
    return norm * run.steps * (run.depth + 0.6) * (90 + len(runs) * (run.batch + 25))


@dataclass(frozen=True)
class TrainStack:
    """Train runs that agree in shape; the result is their History."""

    runs: tuple[Run, ...]
    record: Record

    @property
    def weight(self) -> float:
        """Work of the task, as weight() has it."""
        return weight(self.runs)

    def reports(self) -> Iterator[tuple[int, int, Callable[[], History]]]:
        """Work done, work in all, and the result so far, after each step."""
        training = Training(self.runs, self.record)
        for step in training.steps():
            yield step, self.runs[0].steps, training.history


def then(
    runs: tuple[Run, ...], test: Callable[[Training], T]
) -> Iterator[tuple[int, int, Callable[[], T]]]:
    """Reports of a training whose result is that of a test of the networks."""
    training = Training(runs, Record(every=runs[0].steps))
    for step in training.steps():
        yield step, runs[0].steps, partial(test, training)


@dataclass(frozen=True)
class EvalReport:
    """Test accuracy of trained batch norms: as it should be done, and with eval() forgotten."""

    test_batches: tuple[int, ...]
    running: Array
    """(runs,): with running statistics."""
    forgotten: Array
    """(len(test_batches), runs): with the statistics of each test batch."""
    sorted_by_class: Array
    """(runs,): the same in batches of SORTED_BATCH of a test set sorted by class."""
    afterwards: Array
    """(len(test_batches), runs): with the running statistics after such a pass has moved them."""
    sorted_afterwards: Array
    """(runs,): the same after the pass over the sorted test set."""


@dataclass(frozen=True)
class ForgottenEval:
    """Train runs that agree in shape, then test them in training mode; the result is EvalReport."""

    runs: tuple[Run, ...]

    @property
    def weight(self) -> float:
        """Work of the task, as weight() has it."""
        return weight(self.runs)

    def reports(self) -> Iterator[tuple[int, int, Callable[[], EvalReport]]]:
        """Work done, work in all, and the result so far, after each step."""
        return then(self.runs, self._tested)

    def _tested(self, training: Training) -> EvalReport:
        network, examples = training.network, training.examples
        images, labels = examples.test_images, examples.test_labels
        order = np.argsort(labels, kind="stable")
        momentum = np.array([run.momentum for run in self.runs])

        def after(seen: Array, batch: int) -> Array:
            return accuracy(passed(network, seen[None], batch, momentum), images, labels)

        return EvalReport(
            TEST_BATCHES,
            accuracy(network, images, labels),
            np.stack([accuracy(network, images, labels, size) for size in TEST_BATCHES]),
            accuracy(network, images[:, order], labels[order], SORTED_BATCH),
            np.stack([after(images, size) for size in TEST_BATCHES]),
            after(images[:, order], SORTED_BATCH),
        )


@dataclass(frozen=True)
class FineTuning:
    """Train `base` once, then tune the trained networks in each of several ways.

    base: runs that agree in shape. tunings: for each way one run per network of the base. The
    result is one History per tuning that has begun, in the order of tunings.
    """

    base: tuple[Run, ...]
    tunings: tuple[tuple[Run, ...], ...]

    @property
    def weight(self) -> float:
        """Work of the task, as weight() has it."""
        return weight(self.base) + sum(map(weight, self.tunings))

    def reports(self) -> Iterator[tuple[int, int, Callable[[], tuple[History, ...]]]]:
        """Work done, work in all, and the result so far, after each step."""
        total = sum(runs[0].steps for runs in (self.base, *self.tunings))
        trained = Training(self.base, Record(every=self.base[0].steps))
        begun: list[Training] = []

        def result() -> tuple[History, ...]:
            return tuple(tuning.history() for tuning in begun)

        for step in trained.steps():
            yield step, total, result
        steps = self.base[0].steps
        for runs in self.tunings:
            begun.append(Training(runs, TUNING_RECORD, start=trained.network))
            for step in begun[-1].steps():
                yield steps + step, total, result
            steps += runs[0].steps
