"""Training as something to ask another process for: what to do, how heavy it is, how far it is.

Each task is a frozen dataclass with a weight and with reports(), an iterator of (work done, work in
all, a function that makes the result so far). The last report's result is the result.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from bn_core.evaluation import accuracy
from bn_core.normalize import Array
from bn_core.record import History, Record
from bn_core.runs import Run
from bn_core.training import Training

TEST_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128)


def weight(runs: tuple[Run, ...]) -> float:
    """Work of a stack, about proportional to its time: a fixed part a step and one an example."""
    norm = 1.0 if runs[0].norm == "none" else 1.7
    return norm * runs[0].steps * runs[0].depth * (170 + len(runs) * runs[0].batch)


@dataclass(frozen=True)
class TrainStack:
    """Train runs that agree in shape; the result is their History."""

    runs: tuple[Run, ...]
    record: Record

    @property
    def weight(self) -> float:
        return weight(self.runs)

    def reports(self) -> Iterator[tuple[int, int, Callable[[], History]]]:
        training = Training(self.runs, self.record)
        for step in training.steps():
            yield step, self.runs[0].steps, training.history


@dataclass(frozen=True)
class EvalReport:
    """Test accuracy of trained batch norms: as it should be done, and with eval() forgotten."""

    test_batches: tuple[int, ...]
    running: Array  # (runs,): with running statistics
    forgotten: Array  # (len(test_batches), runs): with the statistics of each test batch
    sorted_by_class: Array  # (runs,): the same in batches of 32 of a test set sorted by class


@dataclass(frozen=True)
class ForgottenEval:
    """Train runs that agree in shape, then test them in training mode; the result is EvalReport."""

    runs: tuple[Run, ...]

    @property
    def weight(self) -> float:
        return weight(self.runs)

    def reports(self) -> Iterator[tuple[int, int, Callable[[], EvalReport]]]:
        training = Training(self.runs, Record(every=self.runs[0].steps))

        def result() -> EvalReport:
            network, examples = training.network, training.examples
            images, labels = examples.test_images, examples.test_labels
            order = np.argsort(labels, kind="stable")
            return EvalReport(
                TEST_BATCHES,
                accuracy(network, images, labels),
                np.stack([accuracy(network, images, labels, size) for size in TEST_BATCHES]),
                accuracy(network, images[:, order], labels[order], 32),
            )

        for step in training.steps():
            yield step, self.runs[0].steps, result


@dataclass(frozen=True)
class FineTuning:
    """Train `runs`, then go on from there as `after` says; the result is the second's History."""

    runs: tuple[Run, ...]
    after: tuple[Run, ...]

    @property
    def weight(self) -> float:
        return weight(self.runs) + weight(self.after)

    def reports(self) -> Iterator[tuple[int, int, Callable[[], History]]]:
        first, second = self.runs[0].steps, self.after[0].steps
        training = Training(self.runs, Record(every=first))
        for step in training.steps():
            yield step, first + second, training.history
        tuning = Training(self.after, Record(every=20), start=training.network)
        for step in tuning.steps():
            yield first + step, first + second, tuning.history
