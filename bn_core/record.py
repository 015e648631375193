"""What is written down of a stack of runs while it trains."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bn_core.evaluation import accuracy
from bn_core.examples import Examples
from bn_core.network import Network
from bn_core.normalize import Array
from bn_core.propagate import Mode, forward
from bn_core.runs import Run

PERCENTILES = (15, 50, 85)
N_PROBE = 200


@dataclass(frozen=True)
class Record:
    """What to write down, at step 0, every so many steps, and at the end.

    running, batch: accuracy on the test set with running statistics; with those of its batches of
    the size trained with. inputs: percentiles of what each activation sees, and its shift from one
    step to the next. norms: lengths of the weights and their gradients at every step.
    """

    every: int
    running: bool = True
    batch: bool = False
    inputs: bool = False
    norms: bool = False


@dataclass(frozen=True)
class History:
    """What was written down. T records at the steps `at`; empty where it was not asked for.

    diverged_at is the step whose loss or gradient was not finite, -1 where none was: the run keeps
    the weights that it had and its loss is nan from there.
    """

    runs: tuple[Run, ...]
    at: NDArray[np.intp]  # (T,)
    diverged_at: NDArray[np.intp]  # (runs,)
    loss: Array  # (steps, runs): of each step's batch, in training
    accuracy_running: Array  # (T, runs)
    accuracy_batch: Array  # (T, runs)
    layer_percentiles: Array  # (T, runs, depth, 3): 15, 50, 85 over a layer's units and examples
    unit_percentiles: Array  # (T, runs, depth, width, 3): over examples
    shift: Array  # (T, runs, depth): mean over units of |mean now - a step before| / std now
    gradient_norms: Array  # (steps, runs, depth + 1)
    weight_norms: Array  # (steps, runs, depth + 1)


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

    def step(self, loss: Array, network: Network, gradients: Sequence[Array]) -> None:
        """Called with the loss and gradient of each step, before the weights move."""
        self._add("loss", loss)
        if self.record.norms:
            self._add("gradient_norms", _lengths(gradients))
            self._add("weight_norms", _lengths(network.parameters.weights))

    def history(self, diverged_at: NDArray[np.intp]) -> History:
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
            stacked("gradient_norms"),
            stacked("weight_norms"),
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


def _lengths(arrays: Sequence[Array]) -> Array:
    """Length of each (runs, out, in) of the sequence as one vector: (runs, layers)."""
    return np.stack([np.sqrt(np.einsum("roi,roi->r", a, a)) for a in arrays], axis=1)
