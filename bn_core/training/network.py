"""A stack of small multilayer perceptrons of one shape: their parameters and how they start.

Every array leads with an axis of runs, so that one matrix product serves them all. A hidden layer
is dense, norm, scale and shift, activation, or dense, activation, norm, scale and shift; the last
layer is dense alone. The dense layers have no bias of their own: before a norm it would do nothing,
without one the shift is the bias, and after the activation it is that of the next layer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import DTypeLike

from bn_core.data import N_CLASSES, N_PIXELS
from bn_core.training.activations import Activation
from bn_core.training.streams import stream
from bn_core.types import Array

Norm = Literal["none", "batch", "layer", "noisy"]  # noisy: batch norm with noise added after it
BATCH_NORMS: tuple[Norm, ...] = ("batch", "noisy")


@dataclass(frozen=True)
class Architecture:
    """What the networks of a stack have in common: depth hidden layers of width units each.

    norm_last: the norm stands after the activation instead of before it.
    """

    depth: int
    width: int
    activation: Activation
    norm: Norm
    norm_last: bool = False

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of each layer, from the pixels to the classes."""
        return (N_PIXELS, *[self.width] * self.depth, N_CLASSES)


@dataclass(frozen=True)
class Parameters:
    """The parameters of a stack, or their gradient: views into flat (runs, n_parameters)."""

    flat: Array
    weights: tuple[Array, ...]
    """One (runs, out, in) for each of the depth + 1 dense layers."""
    shifts: tuple[Array, ...]
    """One (runs, out, 1) for each of the depth + 1 dense layers."""
    scales: tuple[Array, ...]
    """One (runs, out, 1) for each of the depth norms; none without a norm."""


@dataclass(frozen=True)
class Network:
    """A stack of networks: parameters, and the running estimates of each batch norm.

    running_mean, running_var: (depth, runs, width, 1); used by batch norms only.
    """

    architecture: Architecture
    parameters: Parameters
    running_mean: Array
    running_var: Array

    def copy(self) -> "Network":
        """The same networks in memory of their own."""
        parameters = allocate(self.architecture, self.n_runs, self.parameters.flat.dtype)
        parameters.flat[:] = self.parameters.flat
        mean, var = self.running_mean.copy(), self.running_var.copy()
        return Network(self.architecture, parameters, mean, var)

    @property
    def n_runs(self) -> int:
        """How many networks the stack holds."""
        return len(self.parameters.flat)


def allocate(architecture: Architecture, n_runs: int, dtype: DTypeLike) -> Parameters:
    """Parameters of zeros: one block of memory, so that a step of descent is one operation."""
    sizes = architecture.sizes
    depth = architecture.depth
    shapes = [(n_out, n_in) for n_in, n_out in pairwise(sizes)]
    shapes += [(n_out, 1) for n_out in sizes[1:]]
    if architecture.norm != "none":
        shapes += [(architecture.width, 1)] * depth
    ends = np.cumsum([rows * columns for rows, columns in shapes])
    flat: Array = np.zeros((n_runs, int(ends[-1])), dtype)
    views = tuple(
        block.reshape(n_runs, *shape)
        for block, shape in zip(np.split(flat, ends[:-1], axis=1), shapes, strict=True)
    )
    return Parameters(
        flat, views[: depth + 1], views[depth + 1 : 2 * depth + 2], views[2 * depth + 2 :]
    )


def initialise(
    architecture: Architecture,
    seeds: Sequence[int],
    init_scales: Sequence[float],
    dtype: DTypeLike = np.float64,
) -> Network:
    """One network a seed. Weights are Gaussian with variance init_scale^2 gain / n_inputs.

    gain is 2 for ReLU (He et al. 2015, arXiv 1502.01852) and 1 otherwise (LeCun). Each run draws
    from a generator of its own, so that its weights do not depend on the runs beside it.
    """
    gain = 2.0 if architecture.activation == "relu" else 1.0
    parameters = allocate(architecture, len(seeds), dtype)
    for run, (seed, init_scale) in enumerate(zip(seeds, init_scales, strict=True)):
        rng = stream(seed, "weights")
        for w in parameters.weights:
            std = init_scale * np.sqrt(gain / w.shape[-1])
            w[run] = std * rng.standard_normal(w.shape[1:])
    for scale in parameters.scales:
        scale[:] = 1
    shape = (architecture.depth, len(seeds), architecture.width, 1)
    return Network(architecture, parameters, np.zeros(shape, dtype), np.ones(shape, dtype))
