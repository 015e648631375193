"""An upstream gradient on its way back through a norm: what comes in, what is taken, what is left.

dx = (g - mean(g) - z mean(g z)) / s, with s = sqrt(var + eps) and g the gradient at the normalised
z: the upstream gradient times gamma. Source: the chain rule through the mean and the variance, as
in Ioffe & Szegedy 2015 (arXiv 1502.03167), section 3.
"""

from dataclasses import dataclass

import numpy as np

from bn_core.normalize import Array, normalize, statistics


@dataclass(frozen=True)
class GradientParts:
    """The parts add up: incoming = mean_part + output_part + left, all of x's shape.

    right is left / s; wrong is incoming / s, the backward that takes mean and variance for
    constants. The sums and the share run over the normalised axis, which is dropped.
    """

    z: Array
    incoming: Array
    mean_part: Array
    output_part: Array
    left: Array
    right: Array
    wrong: Array
    sum_dx: Array
    sum_dx_z: Array
    share: Array

    @property
    def total_share(self) -> float:
        """The share of all groups together; NaN where nothing came in."""
        with np.errstate(invalid="ignore"):
            return float(np.sum(self.left**2) / np.sum(self.incoming**2))


def split_gradient(x: Array, g: Array, axis: int, eps: float) -> GradientParts:
    """Split g, the gradient at normalize(x) over axis; x and g (n_features, batch_size).

    axis -1 is batch normalisation, -2 layer normalisation. share is |left|^2 / |incoming|^2, NaN
    where nothing came in.
    """
    z, inv_std = normalize(x, *statistics(x, axis), eps)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        mean_part = np.broadcast_to(g.mean(axis=axis, keepdims=True), g.shape)
        output_part = z * np.mean(g * z, axis=axis, keepdims=True)
        left = g - mean_part - output_part
        right = left * inv_std
        return GradientParts(
            z=z,
            incoming=g,
            mean_part=mean_part,
            output_part=output_part,
            left=left,
            right=right,
            wrong=g * inv_std,
            sum_dx=right.sum(axis=axis),
            sum_dx_z=np.sum(right * z, axis=axis),
            share=np.sum(left**2, axis=axis) / np.sum(g**2, axis=axis),
        )


@dataclass(frozen=True)
class Shares:
    """Mean share of gradient energy that passes, and its standard error, at each batch size."""

    batch_sizes: Array
    mean: Array
    standard_error: Array


def measure_shares(
    batch_sizes: tuple[int, ...], n_features: int, rng: np.random.Generator
) -> Shares:
    """Send random gradients through batches of each size; every feature is one measurement."""
    draws = [rng.standard_normal((2, n_features, size)) for size in batch_sizes]
    shares = np.array([split_gradient(x, g, axis=-1, eps=0.0).share for x, g in draws])
    return Shares(
        batch_sizes=np.asarray(batch_sizes, dtype=np.float64),
        mean=shares.mean(axis=1),
        standard_error=shares.std(axis=1) / np.sqrt(max(n_features - 1, 1)),
    )
