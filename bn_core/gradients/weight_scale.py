"""Weights before BN have a direction and a size, and only the direction reaches the output.

BN(aW) = BN(W), so the gradient at aW is 1/a of that at W and orthogonal to W. LN does the same
for the whole of W.

Source: van Laarhoven 2017 (arXiv 1706.05350); Ioffe & Szegedy 2015 (1502.03167), section 3.3.
"""

from dataclasses import dataclass

import numpy as np

from bn_core.normalize import standardize, standardize_backward, statistics
from bn_core.types import Array

ROUNDING = 1e-12
"""A gradient smaller than this share of what came in is rounding error, and counts as 0."""


@dataclass(frozen=True)
class Rescaled:
    """A layer with weights a W, for each a, (n_scales,).

    output_change: largest |BN(a W x) - BN(W x)|. gradient: norm of the gradient at a W;
    relative: over that at W. cosine: of the angle between the gradient and W, both taken as one
    long vector. Where nothing but rounding passes, gradient is 0 and the other two NaN. eps_ratio:
    eps over the variances before the norm, each weighed as its group counts in the gradient; inf
    where a group has none.
    """

    output_change: Array
    gradient: Array
    relative: Array
    cosine: Array
    eps_ratio: Array


def rescale_weights(
    w: Array, x: Array, g: Array, scales: Array, eps: float, axis: int = -1
) -> Rescaled:
    """Rescale the weights before a norm, and measure its output and the gradient at the weights.

    w: (n_features, n_inputs); x: (n_inputs, batch_size); g, the gradient at the norm's output:
    (n_features, batch_size); scales: (n_scales,), positive; axis: -1 is BN, -2 is LN.
    """
    z, size, cosine = _size_and_cosine(scales[:, None, None] * w, x, g, eps, axis)
    reference, at_w, _ = _size_and_cosine(w, x, g, eps, axis)
    var = statistics(w @ x, axis)[1]
    with np.errstate(invalid="ignore", divide="ignore"):
        change = np.abs(z - reference).max(axis=(-2, -1))
        ratio = eps * np.sum(var**-2.0) / np.sum(1.0 / var) if np.all(var > 0) else np.inf
        return Rescaled(change, size, size / at_w, cosine, ratio / scales**2)


def _size_and_cosine(
    w: Array, x: Array, g: Array, eps: float, axis: int
) -> tuple[Array, Array, Array]:
    """Norm(W x), size of the gradient at W and its cosine with W; w: (..., features, inputs)."""
    pre = w @ x
    z, inv_std = standardize(pre, axis, eps)
    g = np.broadcast_to(g, z.shape)
    gradient = standardize_backward(g, z, inv_std, axis) @ x.T
    with np.errstate(invalid="ignore", divide="ignore"):
        size = _length(gradient)
        size = np.where(size > ROUNDING * _length((g * inv_std) @ x.T), size, 0.0 * size)
        return z, size, np.sum(gradient * w, axis=(-2, -1)) / (size * _length(w))


def _length(matrix: Array) -> Array:
    return np.asarray(np.sqrt(np.sum(matrix**2, axis=(-2, -1))))
