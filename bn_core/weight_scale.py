"""Weights before BN have a direction and a size, and only the direction reaches the output.

BN(aW) = BN(W), so the gradient at aW is 1/a of that at W and orthogonal to W. Under SGD each step
therefore lengthens W, and the effective learning rate lr / |W|^2 falls.

Source: van Laarhoven 2017 (arXiv 1706.05350); Ioffe & Szegedy 2015 (1502.03167), section 3.3.
"""

from dataclasses import dataclass

import numpy as np

from bn_core.normalize import Array, normalize, normalize_backward, statistics

POOL = 4096
"""Examples beyond one batch that SGD draws from: so many that their covariance shows no direction,
or else the weights would drift towards the inputs that vary most.
"""

ROUNDING = 1e-12
"""A gradient this much smaller than what came in is what rounding left of 0."""


@dataclass(frozen=True)
class Rescaled:
    """A layer with weights a W, for each a, (n_scales,).

    output_change: largest |BN(a W x) - BN(W x)|. gradient: norm of the gradient at a W;
    relative: over that at W. cosine: of the angle between the gradient and W, both taken as one
    long vector. Where nothing but rounding passes, gradient is 0 and the other two NaN.
    """

    output_change: Array
    gradient: Array
    relative: Array
    cosine: Array


def rescale_weights(w: Array, x: Array, g: Array, scales: Array, eps: float) -> Rescaled:
    """w: (n_features, n_inputs); x: (n_inputs, batch_size); g, the gradient at BN's output:
    (n_features, batch_size); scales: (n_scales,), positive.
    """
    z, size, along = _size_and_cosine(scales[:, None, None] * w, x, g, eps)
    reference, at_w, _ = _size_and_cosine(w, x, g, eps)
    with np.errstate(invalid="ignore", divide="ignore"):
        change = np.abs(z - reference).max(axis=(-2, -1))
        return Rescaled(change, size, size / at_w, along)


def _size_and_cosine(w: Array, x: Array, g: Array, eps: float) -> tuple[Array, Array, Array]:
    """BN(W x), the size of the gradient at W and its cosine with W; w: (..., features, inputs)."""
    pre = w @ x
    z, inv_std = normalize(pre, *statistics(pre, axis=-1), eps)
    g = np.broadcast_to(g, z.shape)
    gradient = normalize_backward(g, z, inv_std, axis=-1) @ x.T
    with np.errstate(invalid="ignore", divide="ignore"):
        size = _length(gradient)
        size = np.where(size > ROUNDING * _length((g * inv_std) @ x.T), size, 0.0 * size)
        return z, size, np.sum(gradient * w, axis=(-2, -1)) / (size * _length(w))


def _length(matrix: Array) -> Array:
    return np.asarray(np.sqrt(np.sum(matrix**2, axis=(-2, -1))))


@dataclass(frozen=True)
class NormPaths:
    """SGD on one neuron, once for each weight decay, on the same data.

    norm: |w| before each step and after the last, (n_decays, n_steps + 1). gradient_energy: the
    mean over the run of |g|^2 |w|^2, which is the squared gradient at |w| = 1, (n_decays,).
    """

    norm: Array
    gradient_energy: Array


def run_sgd(
    decays: Array,
    lr: float,
    n_steps: int,
    n_inputs: int,
    batch_size: int,
    eps: float,
    rng: np.random.Generator,
) -> NormPaths:
    """Fit pure noise with z = BN(w x), loss mean((z - t)^2) / 2, from |w| = 1.

    decays: (n_decays,). NaN from the first step on for a batch of 1 without eps.

    Nothing can be learnt, so that the gradient at |w| = 1 keeps its size and the laws hold from
    the first step to the last. Targets are new at each step; inputs come from one pool.
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
        z, inv_std = normalize(pre, *statistics(pre, axis=-1), eps)
        gradients[step] = normalize_backward(z / batch_size - targets[step], z, inv_std, -1) @ x.T
        w = kept * w - lr * gradients[step]
        weights[step + 1] = w
    squared = np.sum(weights**2, axis=-1)
    energy = np.mean(np.sum(gradients**2, axis=-1) * squared[:-1], axis=0)
    return NormPaths(norm=np.sqrt(squared).T, gradient_energy=energy)
