"""Closed forms of what a norm does to gradients and to the weights before it."""

import numpy as np
from numpy.typing import ArrayLike

from bn_core.theory.distributions import as_floats
from bn_core.types import FloatArray

RELU_LAYER_FACTOR = float(np.sqrt(np.pi / (np.pi - 1.0)))
"""Growth of the gradient across one BN + ReLU layer at initialisation, 1.211 (Yang et al. 2019,
arXiv 1902.08129; wide layers, large batch): the variance over the batch that BN divides by is
1 - 1/pi, because the ReLU's mean is the same for every example and is subtracted."""


def passing_share(batch: ArrayLike) -> FloatArray:
    """Share of a random gradient's squared length that passes, (B - 2) / B. gamma = 1, eps = 0.

    Two of the B dimensions are projected out: the mean and the output. 0 at B = 1, where the
    output is the mean's own direction and nothing is left either.
    """
    b = as_floats(batch)
    return np.asarray(np.maximum(b - 2.0, 0.0) / b)


def depth_growth(n_layers: int) -> FloatArray:
    """Gradient size at layers 1 to n_layers relative to the last: 5.60 at the first of 10."""
    return np.asarray(RELU_LAYER_FACTOR ** np.arange(n_layers - 1, -1, -1.0))


def last_block_growth(n_blocks: int) -> FloatArray:
    """Size of the last block's gradient in networks of 1 to n_blocks residual blocks, 1 at 1.

    With the norm before each block h <- h + relu(W norm(h)), He's weights, and a norm at the end,
    at initialisation, for wide layers and, in batch norm, large batches. Each block adds the
    variance c = 1 - 1/pi to the stream, which begins at 1, and the last norm divides by its root:
    sqrt((1 + c) / (1 + c L)), for large L as 1/sqrt(L) (Xiong et al. 2020, arXiv 2002.04745).
    """
    added = 1.0 - 1.0 / np.pi
    return np.asarray(np.sqrt((1.0 + added) / (1.0 + added * np.arange(1.0, n_blocks + 1.0))))


def equilibrium_norm(lr: float, weight_decay: float, squared_gradient: float) -> float:
    """|w| at which decay d and growth balance: |w|^4 = lr |g1|^2 / (d (2 - lr d)).

    squared_gradient is |g1|^2, the squared gradient at |w| = 1. Infinite without decay. The fixed
    point of norm_path; to first order in lr d that of van Laarhoven 2017 (arXiv 1706.05350),
    lr |g1|^2 / (2 d).
    """
    if weight_decay == 0.0:
        return float("inf")
    return float((lr * squared_gradient / (weight_decay * (2.0 - lr * weight_decay))) ** 0.25)


def norm_path(
    n_steps: int, start: float, lr: float, weight_decay: float, squared_gradient: float
) -> FloatArray:
    """|w| before each SGD step and after the last, (n_steps + 1,), from |w| = start.

    The gradient is orthogonal to w and of size |g1| / |w|, so that a step takes |w|^2 to
    (1 - lr weight_decay)^2 |w|^2 + lr^2 |g1|^2 / |w|^2. Without decay |w|^4 grows by some
    2 lr^2 |g1|^2 a step.
    """
    kept, growth = (1.0 - lr * weight_decay) ** 2, lr**2 * squared_gradient
    squares = [start**2]
    for _ in range(n_steps):
        squares.append(kept * squares[-1] + growth / squares[-1])
    return np.asarray(np.sqrt(np.array(squares)))
