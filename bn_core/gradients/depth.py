"""Gradient size by layer in a deep ReLU network at initialisation, with BN, LN or no norm.

A layer is linear, norm, ReLU; weights are He's (variance 2 / fan-in), so that without a norm the
gradient keeps its size. Several networks run at once along the leading axis.

Source: Yang et al. 2019 (arXiv 1902.08129): BN's gradient grows by sqrt(pi / (pi - 1)) a layer.
"""

from typing import Literal

import numpy as np

from bn_core.normalize import standardize, standardize_backward
from bn_core.types import Array

DepthNorm = Literal["none", "batch", "layer"]
AXIS = {"batch": -1, "layer": -2}


def gradient_by_layer(
    weights: Array, x: Array, g: Array, norm: DepthNorm, eps: float = 0.0
) -> Array:
    """Root mean square of the gradient at each layer's output, the last layer's being 1.

    weights: (n_layers, n_runs, width, width); x, the input, and g, the gradient at the last layer's
    output: (n_runs, width, batch_size). Returns (n_layers, n_runs).
    """
    kept: list[tuple[Array, Array]] = []
    h = x
    for w in weights:
        a = w @ h
        z, inv_std = standardize(a, AXIS[norm], eps) if norm != "none" else (a, a)
        kept.append((z, inv_std))
        h = np.maximum(z, 0.0)
    sizes = np.empty(weights.shape[:2])
    sizes[-1] = _rms(g)
    for layer in range(len(weights) - 1, 0, -1):
        z, inv_std = kept[layer]
        g = g * (z > 0)
        if norm != "none":
            g = standardize_backward(g, z, inv_std, AXIS[norm])
        g = weights[layer].swapaxes(-1, -2) @ g
        sizes[layer - 1] = _rms(g)
    return np.asarray(sizes / sizes[-1])


def _rms(g: Array) -> Array:
    """Root mean square of each run's (n_runs, width, batch_size)."""
    return np.asarray(np.sqrt(np.einsum("ruc,ruc->r", g, g) / (g[0].size)))


def draw_network(
    n_layers: int, n_runs: int, width: int, batch_size: int, rng: np.random.Generator
) -> tuple[Array, Array, Array]:
    """Weights, input and upstream gradient for gradient_by_layer, all Gaussian."""
    weights = rng.standard_normal((n_layers, n_runs, width, width)) * np.sqrt(2.0 / width)
    x, g = rng.standard_normal((2, n_runs, width, batch_size))
    return weights, x, g
