"""Which entries of an activation tensor share a mean and a variance, and what that makes of them.

The tensor has shape (n_features, batch_size, n_positions): an activation matrix with a spatial (or
time) axis behind it, of length 1 where there is none. Every norm here is the same arithmetic
on another partition of the entries, so the partition is the whole of the difference.

Source: Wu & He 2018 (arXiv 1803.08494), figure 2 and section 3.1.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bn_core.normalize import Array, normalize

Norm = Literal["batch", "layer", "rms", "group", "instance"]
Labels = NDArray[np.intp]


@dataclass(frozen=True)
class Grouped:
    """A tensor normalised group by group. All arrays have the tensor's shape.

    `mean` and `std` are those that the entry was normalised with: RMSNorm takes no mean away, so
    its mean is 0 and its std the root mean square.
    """

    labels: Labels
    mean: Array
    std: Array
    output: Array


def group_labels(norm: Norm, shape: tuple[int, int, int], n_groups: int = 1) -> Labels:
    """The number of the group that each entry belongs to, counted from 0.

    shape is (n_features, batch_size, n_positions); n_groups counts for group norm alone and must
    divide n_features (ValueError).
    """
    n_features, batch_size, _ = shape
    feature = np.arange(n_features)[:, None, None]
    example = np.arange(batch_size)[None, :, None]
    if norm == "batch":
        labels = feature
    elif norm in ("layer", "rms"):
        labels = example
    elif norm == "instance":
        labels = feature * batch_size + example
    else:
        if n_groups < 1 or n_features % n_groups:
            raise ValueError(
                f"n_groups must divide the number of features; got n_groups={n_groups} for "
                f"{n_features} features. Choose one of {divisors(n_features)}."
            )
        labels = feature // (n_features // n_groups) * batch_size + example
    return np.broadcast_to(labels, shape)


def divisors(n: int) -> list[int]:
    """The numbers that divide n: the choices of n_groups for n features."""
    return [d for d in range(1, n + 1) if n % d == 0]


def groups_that_fit(n_features: int, wanted: int) -> int:
    """The largest number of groups up to wanted that divides n_features."""
    return max(d for d in divisors(n_features) if d <= max(wanted, 1))


def normalize_groups(x: Array, norm: Norm, eps: float, n_groups: int = 1) -> Grouped:
    """Normalise x, of shape (n_features, batch_size, n_positions), within each group."""
    if x.ndim != 3:
        raise ValueError(
            f"x must have shape (n_features, batch_size, n_positions); got {x.shape}. "
            "Give a matrix a last axis of length 1: x[:, :, None]."
        )
    labels = group_labels(norm, (x.shape[0], x.shape[1], x.shape[2]), n_groups)
    mean = np.zeros_like(x) if norm == "rms" else _group_mean(x, labels)
    with np.errstate(invalid="ignore"):
        var = _group_mean((x - mean) ** 2, labels)
    return Grouped(labels, mean, np.sqrt(var), normalize(x, mean, var, eps)[0])


def _group_mean(x: Array, labels: Labels) -> Array:
    """For each entry of x the mean over its group."""
    flat = labels.ravel()
    means: Array = np.bincount(flat, x.ravel()) / np.bincount(flat)
    return means[labels].astype(x.dtype, copy=False)
