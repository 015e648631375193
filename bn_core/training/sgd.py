"""Stochastic gradient descent on a stack of runs, a step at a time."""

from collections.abc import Generator, Iterator, Sequence

import numpy as np
from numpy.typing import DTypeLike, NDArray

from bn_core.training.activations import softmax_cross_entropy
from bn_core.training.examples import batches, choose
from bn_core.training.history import History, Record, Recorder
from bn_core.training.network import BATCH_NORMS, Network, allocate, initialise
from bn_core.training.propagate import Mode, backward, forward
from bn_core.training.running import move_running
from bn_core.training.runs import Run
from bn_core.training.streams import stream
from bn_core.types import Array

NOISE_BLOCK = 64  # steps of noise drawn at a time


class Training:
    """A stack of runs that agree in shape, trained in step. To stop, leave the loop.

    for step in training.steps(): ...; training.history() at any time.

    A run is a function of its settings: its random numbers, and to rounding its arithmetic, do not
    depend on the runs beside it. A run whose loss or gradient is not finite keeps its weights from
    there on and is marked; the others go on.
    """

    def __init__(
        self,
        runs: Sequence[Run],
        record: Record,
        dtype: DTypeLike = np.float32,
        start: Network | None = None,
    ) -> None:
        """start: trained networks to go on from, of the same number and architecture."""
        if len({run.shape for run in runs}) != 1:
            raise ValueError("runs differ in shape; group them with stacks(runs), then train each")
        self.runs = tuple(runs)
        self.examples = choose(runs, dtype)
        if start is None:
            seeds, scales = [run.seed for run in runs], [run.init_scale for run in runs]
            start = initialise(runs[0].architecture, seeds, scales, dtype)
        elif start.architecture != runs[0].architecture or start.n_runs != len(runs):
            raise ValueError(
                f"start holds {start.n_runs} networks of {start.architecture}; "
                f"the runs need {len(runs)} of {runs[0].architecture}"
            )
        self.network = start.copy()
        self.recorder = Recorder(self.runs, record, self.examples)
        self.diverged_at = np.full(len(runs), -1, dtype=np.intp)

    def history(self) -> History:
        """What was recorded up to now."""
        return self.recorder.history(self.diverged_at)

    def steps(self) -> Generator[int, None, None]:
        """Take one step after the other; yields how many are taken, from 1 to run.steps."""
        run, network = self.runs[0], self.network
        dtype = network.parameters.flat.dtype
        gradient = allocate(network.architecture, len(self.runs), dtype)
        lr = np.array([[run.lr] for run in self.runs], dtype)
        momentum = np.array([run.momentum for run in self.runs], dtype)
        noise = _noise(self.runs, dtype)
        data = batches(self.runs, self.examples)
        group = None if run.frozen else run.group
        for step in range(run.steps):
            with np.errstate(over="ignore", invalid="ignore"):
                mode = Mode(group, next(noise))
                self.recorder.state(step, network, mode.noise)
                images, labels = next(data)
                logits, layers = forward(network, images, mode)
                loss, g = softmax_cross_entropy(logits, labels)
                backward(network, layers, g, mode, gradient)
                live = self._mark(step, loss, gradient.flat)
                self.recorder.step(np.where(self.diverged_at < 0, loss, np.nan))
                weights, change = network.parameters.flat, gradient.flat
                change *= lr
                weights[live] -= change[live]
                if run.norm in BATCH_NORMS and not run.frozen:
                    move_running(network, layers, momentum, live, 1 if run.devices else None)
            if step + 1 == run.steps:
                with np.errstate(over="ignore", invalid="ignore"):
                    self.recorder.state(run.steps, network, next(noise))
            # Not kept while the training rests: with deep networks and large batches some 50 MB.
            del logits, layers, g
            yield step + 1

    def _mark(self, step: int, loss: Array, flat: Array) -> slice | NDArray[np.intp]:
        """Mark the runs that are no longer finite; returns an index of those that still are."""
        lost = ~np.isfinite(loss) | ~np.isfinite(flat.sum(axis=1))
        self.diverged_at[lost & (self.diverged_at < 0)] = step
        fine = self.diverged_at < 0
        return slice(None) if fine.all() else np.flatnonzero(fine)


def _noise(runs: Sequence[Run], dtype: np.dtype[np.floating]) -> Iterator[Array | None]:
    """Each step's (2, depth, runs, width, 1): factors U(.5, 1.5) and shifts U(-.5, .5), or None."""
    depth, width = runs[0].depth, runs[0].width
    rngs = [stream(run.seed, "noise") for run in runs]
    while True:
        if runs[0].norm != "noisy":
            yield None
            continue
        shape = (NOISE_BLOCK, 2, depth, width, 1)
        block = np.stack([rng.random(shape) for rng in rngs], axis=3)
        block[:, 1] -= 0.5
        block[:, 0] += 0.5
        yield from block.astype(dtype)
