"""SGD on weights before BN: each step lengthens them, and the effective learning rate falls.

The gradient is orthogonal to w, so that every step adds to |w|; the effective learning rate is
lr / |w|^2. Weight decay shortens w again, until the two balance.

Source: van Laarhoven 2017 (arXiv 1706.05350); Ioffe & Szegedy 2015 (1502.03167), section 3.3.
"""

from dataclasses import dataclass

import numpy as np

from bn_core.normalize import standardize, standardize_backward
from bn_core.types import Array

POOL = 4096
"""Examples beyond one batch that SGD draws from: so many that no direction stands out in their
covariance; otherwise the weights would drift towards the inputs that vary most.
"""


@dataclass(frozen=True)
class WeightPaths:
    """SGD on one neuron, once for each weight decay, on the same data.

    norm: |w| before each step and after the last, (n_decays, n_steps + 1). squared_gradient: the
    mean over the run of |g|^2 |w|^2, which is the squared gradient at |w| = 1, (n_decays,).
    """

    norm: Array
    squared_gradient: Array


def fit_noise(
    decays: Array,
    rng: np.random.Generator,
    *,
    lr: float,
    n_steps: int,
    n_inputs: int,
    batch_size: int,
    eps: float,
) -> WeightPaths:
    """Fit pure noise with z = BN(w x), loss mean((z - t)^2) / 2, from |w| = 1.

    decays: (n_decays,). NaN from the first step on for a batch of 1 without eps.

    Nothing can be learnt, so that the gradient at |w| = 1 keeps its size and the closed forms hold
    from the first step to the last. Targets are new at each step; inputs come from one pool.
    """
    pool = rng.standard_normal((n_inputs, batch_size + POOL))
    offsets = rng.integers(0, pool.shape[1] - batch_size + 1, n_steps)
    targets = rng.standard_normal((n_steps, batch_size)) / batch_size
    w = rng.standard_normal(n_inputs)
    w = np.tile(w / np.sqrt(w @ w), (len(decays), 1))
    kept = 1.0 - lr * decays[:, None]
    weights = np.empty((n_steps + 1, *w.shape))
    gradients = np.empty((n_steps, *w.shape))
    weights[0] = w
    # Steps follow one another; the runs with their different decays go side by side.
    for step in range(n_steps):
        x = pool[:, offsets[step] : offsets[step] + batch_size]
        pre = w @ x
        z, inv_std = standardize(pre, -1, eps)
        gradients[step] = standardize_backward(z / batch_size - targets[step], z, inv_std, -1) @ x.T
        w = kept * w - lr * gradients[step]
        weights[step + 1] = w
    squared = np.sum(weights**2, axis=-1)
    squared_gradient = np.mean(np.sum(gradients**2, axis=-1) * squared[:-1], axis=0)
    return WeightPaths(norm=np.sqrt(squared).T, squared_gradient=squared_gradient)
