"""An upstream gradient in the backward pass of a norm: what comes in, is subtracted, is left.

dx = (g - mean(g) - z mean(g z)) / s, with s = sqrt(var + eps) and g the gradient at the normalised
z: the upstream gradient times gamma. Source: the chain rule through the mean and the variance, as
in Ioffe & Szegedy 2015 (arXiv 1502.03167), section 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bn_core.normalize import standardize, subtract_projections
from bn_core.types import Array


@dataclass(frozen=True)
class GradientParts:
    """The parts add up: incoming = mean_part + output_part + remaining, all of x's shape.

    gradient is remaining / s; naive_gradient is incoming / s, the backward pass that treats mean
    and variance as constants. The share is a sum over the normalised axis, which is dropped.
    """

    z: Array
    incoming: Array
    mean_part: Array
    output_part: Array
    remaining: Array
    gradient: Array
    naive_gradient: Array
    share: Array
    axis: int

    @property
    def defined(self) -> Array:
        """Which groups have an output: without spread and eps there is none, (n_groups,)."""
        return np.asarray(np.isfinite(self.z).all(axis=self.axis))

    @property
    def total_share(self) -> float:
        """The share of all groups with an output together; NaN where nothing came in."""
        remaining, incoming = (
            np.sum(part**2, self.axis)[self.defined] for part in (self.remaining, self.incoming)
        )
        with np.errstate(invalid="ignore"):
            return float(np.divide(np.sum(remaining), np.sum(incoming)))


def split_gradient(x: Array, g: Array, axis: int, eps: float) -> GradientParts:
    """Split g, the gradient at standardize(x, axis); x, g: (n_features, batch_size).

    axis -1 is batch normalisation, -2 layer normalisation. share is |remaining|^2 / |incoming|^2,
    NaN where nothing came in.
    """
    z, inv_std = standardize(x, axis, eps)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        remaining, mean, sum_gz = subtract_projections(g, z, axis)
        mean_part = np.broadcast_to(mean, g.shape)
        output_part = z * (sum_gz / g.shape[axis])
        return GradientParts(
            z=z,
            incoming=g,
            mean_part=mean_part,
            output_part=output_part,
            remaining=remaining,
            gradient=remaining * inv_std,
            naive_gradient=g * inv_std,
            share=np.sum(remaining**2, axis=axis) / np.sum(g**2, axis=axis),
            axis=axis,
        )


@dataclass(frozen=True)
class Shares:
    """Mean share of the squared gradient that passes, and its standard error, by batch size."""

    batch_sizes: Array
    mean: Array
    standard_error: Array


def measure_shares(batches: Sequence[Array], rng: np.random.Generator, eps: float = 0.0) -> Shares:
    """Send random gradients through batches (n_features, size); every feature is a measurement.

    Features without an output (no spread, no eps) do not count.
    """
    shares = []
    for x in batches:
        share = split_gradient(x, rng.standard_normal(x.shape), axis=-1, eps=eps).share
        shares.append(share[np.isfinite(share)])
    return Shares(
        batch_sizes=np.array([x.shape[1] for x in batches], dtype=np.float64),
        mean=np.array([share.mean() for share in shares]),
        standard_error=np.array(
            [share.std() / np.sqrt(max(share.size - 1, 1)) for share in shares]
        ),
    )
