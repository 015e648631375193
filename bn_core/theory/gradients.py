"""Closed forms of what a norm does to gradients and to the weights before it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

RELU_LAYER_FACTOR = float(np.sqrt(np.pi / (np.pi - 1.0)))
"""Growth of the gradient across one BN + ReLU layer at initialisation, 1.211 (Yang et al. 2019,
arXiv 1902.08129; wide layers, large batch): the variance over the batch that BN divides by is
1 - 1/pi, because the ReLU's mean is the same for every example and is taken away."""


def passing_share(batch_size: Floats) -> Floats:
    """Share of a random gradient's energy that comes back, (B - 2) / B, at gamma = 1 and eps = 0.

    Two of the B dimensions are projected away: the mean and the output. 0 at B = 1, where the
    output is the mean's own direction and nothing is left either.
    """
    return np.asarray(np.maximum(batch_size - 2.0, 0.0) / batch_size)


def sum_dx_z(g: Floats, z: Floats, inv_std: Floats, eps: float) -> Floats:
    """sum(dx z) over the last axis: sum(g z) eps / (var + eps), times inv_std; 0 without eps.

    g, z: (..., B); inv_std: (..., 1) = 1 / sqrt(var + eps).
    """
    return np.asarray(np.sum(g * z, axis=-1) * eps * inv_std[..., 0] ** 3)


def depth_growth(n_layers: int) -> Floats:
    """Gradient size at layers 1 to n_layers relative to the last: 5.60 at the first of 10."""
    return np.asarray(RELU_LAYER_FACTOR ** np.arange(n_layers - 1, -1, -1.0))


def equilibrium_norm(lr: float, weight_decay: float, gradient_energy: float) -> float:
    """|w| at which decay and growth balance: |w|^4 = lr |g1|^2 / (2 weight_decay).

    gradient_energy is |g1|^2, the squared gradient at |w| = 1. Infinite without decay. First
    order in lr * weight_decay (van Laarhoven 2017, arXiv 1706.05350).
    """
    if weight_decay == 0.0:
        return float("inf")
    return float((lr * gradient_energy / (2.0 * weight_decay)) ** 0.25)


def norm_path(
    steps: Floats, start: float, lr: float, weight_decay: float, gradient_energy: float
) -> Floats:
    """|w| after each number of SGD steps, from |w| = start.

    y = |w|^4 obeys dy/dt = 2 lr^2 |g1|^2 - 4 lr weight_decay y, because the gradient is orthogonal
    to w and of size |g1| / |w|. Without decay y grows by 2 lr^2 |g1|^2 a step.
    """
    growth = 2.0 * lr**2 * gradient_energy
    rate = 4.0 * lr * weight_decay
    if rate == 0.0:
        return np.asarray((start**4 + growth * steps) ** 0.25)
    settled = growth / rate
    return np.asarray((settled + (start**4 - settled) * np.exp(-rate * steps)) ** 0.25)


def noise_gradient_energy(n_inputs: int, batch_size: int) -> float:
    """E|g1|^2 of one BN neuron fitting pure noise: (d - 1)(B - 2) / (B (B - 3)), for B > 3.

    Loss mean((z - t)^2) / 2, inputs and targets t standard normal. Of t / B what is orthogonal to
    1 and z comes back, energy (B - 2) / B^2; each of the d - 1 inputs across w passes it on
    with variance 1; E[1 / s^2] = B / (B - 3) is the mean of the inverse chi-square.
    """
    if batch_size <= 3:
        raise ValueError(
            f"batch_size must be above 3 for E[1 / var] to be finite; got {batch_size}. "
            "Measure the gradient instead."
        )
    return (n_inputs - 1) * (batch_size - 2) / (batch_size * (batch_size - 3))
