"""Which changes of weights and data leave the output of a norm unchanged: measured.

A linear layer W x and a norm behind it; six changes of W or x; the output before and after.
Source: Ba et al. 2016 (arXiv 1607.06450), table 1; Zhang & Sennrich 2019 (1910.07467), table 1.
"""

from dataclasses import dataclass

import numpy as np

from bn_core.layers import BatchNorm1D, LayerNorm1D, RMSNorm1D
from bn_core.types import Array, Mask

NORMS = ("BN", "LN", "RMSNorm")
CHANGES = (
    "whole weight matrix rescaled",
    "whole weight matrix recentred",
    "one weight vector rescaled",
    "data set rescaled",
    "data set recentred",
    "one sample rescaled",
)
HOLDS = np.array(
    [
        [True, False, True, True, True, False],
        [True, True, False, True, False, True],
        [True, False, False, True, False, True],
    ]
)
"""What theory says at eps = 0: (norms, changes), True where the output stays the same."""

COUNTS_FROM = 0.01
"""The share of the output's root mean square from which on a change counts."""

FACTOR = 3.0
"""What is rescaled is tripled; what is recentred moves by one standard deviation."""


@dataclass(frozen=True)
class Invariances:
    """The output of each norm before and after each change, and how far it has moved.

    before: (norms, n_features, batch_size); after: (norms, changes, n_features, batch_size).
    difference: the largest |after - before| of each cell, (norms, changes). moves: where that is
    over 1 % of the output's root mean square before, so more than rounding and a small eps.
    """

    before: Array
    after: Array
    difference: Array
    moves: Mask


def measure_invariances(w: Array, x: Array, eps: float, rng: np.random.Generator) -> Invariances:
    """Change weights and data in six ways, and measure how far each norm's output moves.

    w: (n_features, n_inputs); x: (n_inputs, batch_size); the norms are in training mode. The
    single weight vector and the single sample that change are the first ones. rng draws the
    direction in which weights and data are moved.
    """
    n_features = len(w)
    layers = (
        BatchNorm1D(n_features, eps=eps),
        LayerNorm1D(n_features, eps=eps),
        RMSNorm1D(n_features, eps=eps),
    )
    inputs = [_times(w, x), *(_times(w_new, x_new) for w_new, x_new in _changes(w, x, rng))]
    outputs = np.array([[layer.forward(a) for a in inputs] for layer in layers])
    before, after = outputs[:, 0], outputs[:, 1:]
    with np.errstate(invalid="ignore"):
        difference = np.abs(after - before[:, None]).max(axis=(-2, -1))
    size = np.sqrt(np.mean(before**2, axis=(-2, -1)))
    return Invariances(before, after, difference, difference > COUNTS_FROM * size[:, None])


def _times(w: Array, x: Array) -> Array:
    """w @ x, with every column computed alike: equal samples stay equal to the last digit."""
    product: Array = np.einsum("ij,jk->ik", w, x)
    return product


def _changes(w: Array, x: Array, rng: np.random.Generator) -> list[tuple[Array, Array]]:
    """Weights and data after each change, in the order of CHANGES."""
    row_shift = w.std() * rng.standard_normal((1, w.shape[1]))
    column_shift = x.std() * rng.standard_normal((x.shape[0], 1))
    one_row = np.where(np.arange(len(w)) == 0, FACTOR, 1.0)[:, None]
    one_column = np.where(np.arange(x.shape[1]) == 0, FACTOR, 1.0)
    return [
        (FACTOR * w, x),
        (w + row_shift, x),  # the same vector added to every weight vector
        (one_row * w, x),
        (w, FACTOR * x),
        (w, x + column_shift),  # the same vector added to every sample
        (w, one_column * x),
    ]
