"""Which entries of an activation tensor share a mean and a variance, and the result for each.

The tensor has shape (n_features, batch_size, n_positions): an activation matrix with a spatial (or
time) axis behind it, of length 1 where there is none. Every norm here is the same arithmetic
on another partition of the entries, so the partition is the whole of the difference.

Source: Wu & He 2018 (arXiv 1803.08494), figure 2 and section 3.1.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bn_core.normalize import inverse_std, standardize, statistics
from bn_core.reductions import mean_product
from bn_core.types import Array, Indices

Norm = Literal["batch", "layer", "rms", "group", "instance"]


@dataclass(frozen=True)
class Grouped:
    """A tensor normalised group by group. All arrays have the tensor's shape.

    `mean` and `std` are those that the entry was normalised with: RMSNorm subtracts no mean, so
    its mean is 0 and its std the root mean square.
    """

    labels: Indices
    mean: Array
    std: Array
    output: Array


def group_labels(norm: Norm, shape: tuple[int, int, int], n_groups: int = 1) -> Indices:
    """The number of the group that each entry belongs to, counted from 0.

    shape is (n_features, batch_size, n_positions); n_groups is used by group norm alone.
    Raises ValueError for an n_groups that does not divide n_features.
    """
    split, axes = _partition(norm, shape, n_groups)
    of_groups = [1 if axis in axes else length for axis, length in enumerate(split)]
    labels = np.arange(math.prod(of_groups)).reshape(of_groups)
    return np.broadcast_to(labels, split).reshape(shape)


def _partition(
    norm: Norm, shape: tuple[int, int, int], n_groups: int
) -> tuple[tuple[int, int, int, int], tuple[int, ...]]:
    """The tensor's shape with its features split in two, and the axes that a group spans in it."""
    n_features, batch_size, n_positions = shape
    if norm == "group" and (n_groups < 1 or n_features % n_groups):
        raise ValueError(
            f"n_groups must divide the number of features; got n_groups={n_groups} for "
            f"{n_features} features. Choose one of {divisors(n_features)}."
        )
    runs = {"layer": 1, "rms": 1, "group": n_groups}.get(norm, n_features)
    axes = (1, 2, 3) if norm == "batch" else (1, 3)
    return (runs, n_features // runs, batch_size, n_positions), axes


def divisors(n: int) -> list[int]:
    """The numbers that divide n: the choices of n_groups for n features."""
    return [d for d in range(1, n + 1) if n % d == 0]


def groups_that_fit(n_features: int, wanted: int) -> int:
    """The largest number of groups up to wanted that divides n_features."""
    return max(d for d in divisors(n_features) if d <= max(wanted, 1))


def normalize_groups(x: Array, norm: Norm, eps: float, n_groups: int = 1) -> Grouped:
    """Normalise x, of shape (n_features, batch_size, n_positions), within each group.

    n_groups is used by group norm alone.
    Raises ValueError for another number of dimensions, and for an n_groups that does not divide
    n_features.
    """
    if x.ndim != 3:
        raise ValueError(
            f"x must have shape (n_features, batch_size, n_positions); got {x.shape}. "
            "Give a matrix a last axis of length 1: x[:, :, None]."
        )
    shape = (x.shape[0], x.shape[1], x.shape[2])
    split, axes = _partition(norm, shape, n_groups)
    entries = x.reshape(split)
    mean, var = statistics(entries, axes)
    output, _ = standardize(entries, axes, eps)
    if norm == "rms":
        with np.errstate(all="ignore"):
            var = mean_product(entries, entries, axes)
            output = entries * inverse_std(var, eps)
        mean = np.zeros(mean.shape)
    return Grouped(
        labels=group_labels(norm, shape, n_groups),
        mean=np.broadcast_to(mean, split).reshape(shape),
        std=np.broadcast_to(np.sqrt(var), split).reshape(shape),
        output=output.reshape(shape),
    )
