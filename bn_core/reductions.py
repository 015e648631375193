"""Means and sums of products over an axis that is kept at length 1, without temporary arrays.

They leave numpy's warnings to their callers.
"""

from functools import lru_cache

import numpy as np

from bn_core.types import Array, Axis


def mean_over(x: Array, axis: Axis) -> Array:
    """x.mean with that axis kept at length 1, without the overhead of numpy's own method."""
    if axis in (-1, x.ndim - 1):
        mean: Array = x @ _average(x.shape[-1], x.dtype)
        return mean[..., None]
    total: Array = np.add.reduce(x, axis=axis, keepdims=True)
    total /= x.size // max(total.size, 1)
    return total


@lru_cache(maxsize=8)
def _average(n: int, dtype: np.dtype[np.floating]) -> Array:
    """The vector whose product with n values is their mean."""
    return np.full(n, 1 / n, dtype)


def mean_product(a: Array, b: Array, axis: Axis) -> Array:
    """The mean of a b with that axis kept at length 1."""
    total = sum_product(a, b, axis)
    total /= a.size // max(total.size, 1)
    return total


def sum_product(a: Array, b: Array, axis: Axis) -> Array:
    """The sum of a b with that axis kept at length 1, without the array a b in between."""
    if axis in (-1, a.ndim - 1):
        total: Array = np.vecdot(a, b)
        return total[..., None]
    subscripts, kept = _subscripts(a.ndim, axis)
    return np.asarray(np.einsum(subscripts, a, b)[kept])


@lru_cache(maxsize=32)
def _subscripts(ndim: int, axis: Axis) -> tuple[str, tuple[slice | None, ...]]:
    """The einsum subscripts for a sum of products over axis; the index that restores the axis."""
    reduced = {i % ndim for i in (axis if isinstance(axis, tuple) else (axis,))}
    every = "abcdefgh"[:ndim]
    left = "".join(letter for i, letter in enumerate(every) if i not in reduced)
    kept = tuple(None if i in reduced else slice(None) for i in range(ndim))
    return f"{every},{every}->{left}", kept
