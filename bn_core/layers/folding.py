"""Batch normalisation in inference, folded into the dense layer (or convolution) before it."""

import numpy as np
from numpy.typing import ArrayLike

from bn_core.array_checks import as_float, check_per_feature
from bn_core.checks import check_eps
from bn_core.layers.batch_norm import BatchNorm1D
from bn_core.types import Array


def fold(layer: BatchNorm1D, weights: ArrayLike, bias: ArrayLike = 0.0) -> tuple[Array, Array]:
    """Weights and bias that do in one step what the dense layer and then the norm do in inference.

    weights: (n_features, inputs), for Z = weights @ X + bias[:, None]; or a convolution's
    (n_features, inputs, height, width). bias: (n_features,), or 0 for none.
    Returns W' = gamma W / sqrt(R + eps), shaped as weights, and
    b' = beta + gamma (b - r) / sqrt(R + eps), (n_features,), both float64, r and R the running
    mean and variance: W' @ X + b'[:, None] is layer.forward(Z, training=False).
    Raises ValueError for another number of features.
    Source: Jacob et al. 2018 (arXiv 1712.05877), section 3.2, with the bias and beta kept.
    """
    w, b = as_float(weights, "weights"), as_float(bias, "bias")
    n = layer.n_features
    if w.ndim < 2 or len(w) != n:
        raise ValueError(
            f"weights must have shape ({n}, inputs), a row for each of the norm's features, got "
            f"{w.shape}: PyTorch's Linear keeps them so, a kernel of Keras is the transpose."
        )
    if b.shape not in ((), (n,)):
        raise ValueError(f"bias must have shape ({n},), one value per feature, got {b.shape}.")
    mean, var, _ = layer.running()
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = check_per_feature("gamma", layer.gamma, n) / np.sqrt(var + check_eps(layer.eps))
        folded = w * scale.reshape(n, *[1] * (w.ndim - 1))
        return folded, check_per_feature("beta", layer.beta, n) + scale * (b - mean)
