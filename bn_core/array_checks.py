"""Checks of arrays whose messages teach: what came, what was expected, what to do next.

Whatever is wrong, the type or the value, the error is a ValueError: one to catch.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bn_core.types import Array, Mask

_DOUBLE = np.dtype(np.float64)


def check_activations(Z: ArrayLike, n_features: int) -> Array:
    """Z as a float array (n_features, batch_size) with at least one example.

    float32 and float64 stay what they are; other real types become float64. ValueError for
    another number of dimensions, another feature count, an empty batch, a masked array or a type
    that is not real.
    """
    x = as_float(Z, "Z")
    if x.ndim != 2:
        raise ValueError(
            f"Z must have 2 dimensions (n_features, batch_size), got {x.ndim} with shape "
            f"{x.shape}: give a single example as Z[:, None]."
        )
    if x.shape[0] != n_features:
        hint = "transpose it, one column per example" if x.shape[1] == n_features else "check it"
        raise ValueError(
            f"Z must have {n_features} features (rows), the layer's n_features, got "
            f"{x.shape[0]} with shape {x.shape}: {hint}."
        )
    if x.shape[1] == 0:
        raise ValueError(
            f"Z must hold at least one example (column), got shape {x.shape}: an empty batch "
            "has no mean and no variance."
        )
    return x


def check_maps(Z: ArrayLike, n_features: int) -> Array:
    """Z as a float array (batch, n_features, height, width) with at least one value a feature.

    The dtype is that of check_activations. ValueError for another number of dimensions, another
    feature count, no values at all, a masked array or a type that is not real.
    """
    x = as_float(Z, "Z")
    if x.ndim != 4:
        raise ValueError(
            f"Z must have 4 dimensions (batch, n_features, height, width), got {x.ndim} with shape "
            f"{x.shape}: give a single example as Z[None], and a sequence a height of 1."
        )
    if x.shape[1] != n_features:
        hint = "move them to the front" if x.shape[3] == n_features else "check it"
        raise ValueError(
            f"Z must have {n_features} features along axis 1, the layer's n_features, got "
            f"{x.shape[1]} with shape {x.shape}: {hint}."
        )
    if x.size == 0:
        raise ValueError(
            f"Z must hold at least one example with one position, got shape {x.shape}: no values "
            "have no mean and no variance."
        )
    return x


def check_mask(mask: ArrayLike, shape: tuple[int, ...]) -> Mask:
    """mask, True at what counts, broadcast to the shape of Z; ValueError otherwise."""
    array = np.asarray(mask)
    if is_masked(mask) or array.dtype != np.bool_:
        raise ValueError(
            f"mask must hold True at the entries that count and False elsewhere, got dtype "
            f"{array.dtype}: of zeros and ones write mask == 1."
        )
    try:
        return np.broadcast_to(array, shape)
    except ValueError as error:
        raise ValueError(
            f"mask must have a shape that broadcasts to that of Z, {shape}, got {array.shape}: "
            "give the axes that it does not tell apart a length of 1."
        ) from error


def check_upstream(dY: ArrayLike, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    """dY in the forward's dtype; ValueError for another shape than the forward's."""
    g = as_float(dY, "dY")
    if g.shape != shape:
        raise ValueError(
            f"dY must have the shape of the last forward's output, {shape}, got {g.shape}."
        )
    return g if g.dtype == dtype else g.astype(dtype)


def check_per_feature(name: str, value: ArrayLike, n_features: int) -> Array:
    """A layer's attribute as an array (n_features,); ValueError otherwise."""
    array = as_float(value, name)
    if array.shape != (n_features,):
        raise ValueError(
            f"{name} must have shape ({n_features},), one value per feature, got {array.shape}: "
            f"to set all of them alike write layer.{name}[:] = value."
        )
    return array


def check_spread(x: Array, inv_std: Array, axis: int) -> None:
    """ValueError where values are finite, but their squares beyond their dtype.

    inv_std: 1 / std of x over axis, with that axis kept at length 1.
    """
    fine = inv_std > 0
    if np.count_nonzero(fine) < fine.size and (~fine & _finite(x, axis)).any():
        raise ValueError(_too_large("Z", x, "squared"))


def check_sums(g: Array, z: Array, sum_gz: Array, axis: int) -> None:
    """ValueError where g and z are finite, but sum_gz, the sum of g z over axis, is not."""
    fine = np.isfinite(sum_gz)
    if np.count_nonzero(fine) < fine.size and (~fine & _finite(g, axis) & _finite(z, axis)).any():
        raise ValueError(_too_large("dY", g, "summed"))


def as_float(value: ArrayLike, name: str) -> Array:
    """value as an array of float32 or float64; ValueError where it is not made of real numbers."""
    if type(value) is np.ndarray and value.dtype is _DOUBLE:  # the usual case, at once
        return value
    if type(value) is not np.ndarray:
        value = _as_array(value, name)
    if value.dtype.char in "fd" and value.dtype.isnative:
        return value
    if value.dtype.kind not in "fiub":
        raise ValueError(f"{name} must hold real numbers, got dtype {value.dtype}.")
    return value.astype(np.float32 if value.dtype.char == "f" else np.float64)


def as_double(x: Array) -> Array:
    """x in float64; x itself where it is so already."""
    return x if x.dtype is _DOUBLE else x.astype(np.float64, copy=False)


def _as_array(value: ArrayLike, name: str) -> Array:
    if is_masked(value):
        raise ValueError(
            f"{name} must not be masked: no norm here leaves entries out. Select the ones that "
            "count, or write .filled(value) for a plain array."
        )
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ValueError(f"{name} must be an array of real numbers: {error}") from error
    if array.dtype == object:
        kind = type(value).__name__
        raise ValueError(f"{name} must hold real numbers, got dtype object made of a {kind}.")
    return array


def is_masked(value: object) -> bool:
    """Whether value is a masked array, or a list or tuple with one in it."""
    if isinstance(value, list | tuple):
        return any(map(is_masked, value))
    return isinstance(value, np.ma.MaskedArray)


def _finite(x: Array, axis: int) -> Mask:
    return np.asarray(np.isfinite(x).all(axis=axis, keepdims=True))


def _too_large(name: str, x: Array, what: str) -> str:
    largest = np.abs(x[np.isfinite(x)]).max()
    finer = ", or give them as float64" if x.dtype == np.float32 else ""
    return (
        f"{name} holds values up to {largest:.2g}, too large to be {what} in {x.dtype}: divide "
        f"them by a constant first{finer}."
    )
