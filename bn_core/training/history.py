"""What is recorded of a stack of runs while it trains."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bn_core.training.evaluation import accuracy
from bn_core.training.examples import Examples
from bn_core.training.network import Network
from bn_core.training.propagate import Mode, forward
from bn_core.training.runs import Run
from bn_core.types import Array

PERCENTILES = (15, 50, 85)
N_PROBE = 200


@dataclass(frozen=True)
class Record:
    """What to record, at step 0, every so many steps, and at the end.

    running: accuracy on the test set with the running statistics.
    batch: the same with the statistics of test batches, which are as large as those trained with.
    inputs: percentiles of the inputs of each activation, and their shift from one step to the next.
    """

    every: int
    running: bool = True
    batch: bool = False
    inputs: bool = False


@dataclass(frozen=True)
class History:
    """What was recorded. T records at the steps `at`; empty where Record did not ask for it.

    diverged_at is the step whose loss or gradient was not finite, -1 where none was: the run keeps
    the weights that it had and its loss is nan from there.
    """

    runs: tuple[Run, ...]
    at: NDArray[np.intp]
    """(T,): the steps at which something was recorded."""
    diverged_at: NDArray[np.intp]
    """(runs,): a step, or -1."""
    loss: Array
    """(steps, runs): of each step's batch, in training."""
    accuracy_running: Array
    """(T, runs): on the test set, with the running statistics."""
    accuracy_batch: Array
    """(T, runs): on the test set, with the statistics of its batches."""
    layer_percentiles: Array
    """(T, runs, depth, 3): 15, 50, 85 over a layer's units and examples."""
    unit_percentiles: Array
    """(T, runs, depth, width, 3): over examples."""
    shift: Array
    """(T, runs, depth): mean over units of |mean now - a step before| / std now."""


@dataclass
class Recorder:
    """Collects the series of a stack; history() is what there is so far."""

    runs: tuple[Run, ...]
    record: Record
    examples: Examples
    at: list[int] = field(default_factory=list)
    series: dict[str, list[Array]] = field(default_factory=dict)
    means: Array | None = None  # of the activations' inputs, one step before

    def state(self, step: int, network: Network, noise: Array | None) -> None:
        """Called before each step and after the last, with the noise that the step will use."""
        run, record, examples = self.runs[0], self.record, self.examples
        due = step % record.every == 0 or step == run.steps
        if record.inputs and (due or (step + 1) % record.every == 0 or step + 1 == run.steps):
            self._inputs(network, noise, due)
        if not due:
            return
        self.at.append(step)
        test = (network, examples.test_images, examples.test_labels)
        if record.running:
            self._add("accuracy_running", accuracy(*test))
        if record.batch:
            self._add("accuracy_batch", accuracy(*test, group=run.group))

    def step(self, loss: Array) -> None:
        """Called with the loss of each step."""
        self._add("loss", loss)

    def history(self, diverged_at: NDArray[np.intp]) -> History:
        """What was recorded up to now; diverged_at as in History."""

        def stacked(name: str) -> Array:
            return np.array(self.series.get(name, []))

        return History(
            self.runs,
            np.array(self.at, dtype=np.intp),
            diverged_at.copy(),
            stacked("loss"),
            stacked("accuracy_running"),
            stacked("accuracy_batch"),
            stacked("layer_percentiles"),
            stacked("unit_percentiles"),
            stacked("shift"),
        )

    def _add(self, name: str, values: Array) -> None:
        self.series.setdefault(name, []).append(values)

    def _inputs(self, network: Network, noise: Array | None, due: bool) -> None:
        images = self.examples.test_images[None, :, :N_PROBE]
        _, layers = forward(network, images, Mode(N_PROBE, noise), keep_y=True)
        y = np.stack([layer.y for layer in layers if layer.y is not None], axis=1)
        means = y.mean(axis=-1)  # y: (runs, depth, width, probe)
        if due:
            units = np.moveaxis(np.percentile(y, PERCENTILES, axis=-1), 0, -1)
            pooled = y.reshape(*y.shape[:2], -1)
            self._add("unit_percentiles", units)
            self._add(
                "layer_percentiles", np.moveaxis(np.percentile(pooled, PERCENTILES, -1), 0, -1)
            )
            before = means if self.means is None else self.means
            with np.errstate(divide="ignore", invalid="ignore"):
                self._add("shift", np.mean(np.abs(means - before) / y.std(axis=-1), axis=-1))
        self.means = means
