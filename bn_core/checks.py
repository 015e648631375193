"""Checks of arguments whose messages teach: what came, what was expected, what to do next."""

import math
import operator
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .normalize import Array


def check_count(name: str, value: int, least: int = 1) -> int:
    """value as an int of at least `least`; ValueError otherwise."""
    try:
        count = operator.index(value)
    except TypeError:
        count = None
    if count is None or count < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, got {value!r}.")
    return count


def check_eps(eps: float) -> float:
    """eps as a finite float of at least 0; ValueError otherwise."""
    if not (math.isfinite(eps) and eps >= 0):
        raise ValueError(
            f"eps must be finite and at least 0, got {eps!r}: it is added to the variance "
            "before the root is taken; 1e-5 is usual."
        )
    return float(eps)


def check_momentum(momentum: float | None) -> float | None:
    """momentum as a float in 0..1, or None for the cumulative average; ValueError otherwise."""
    if momentum is None:
        return None
    if not 0 <= momentum <= 1:
        raise ValueError(
            f"momentum must lie in 0..1 or be None, got {momentum!r}: it is the weight of the "
            "new batch (0.1 is usual; Keras calls 1 - momentum by this name), and None takes "
            "the average of all batches."
        )
    return float(momentum)


def check_activations(Z: ArrayLike, n_features: int) -> Array:
    """Z as a float array (n_features, batch_size) with at least one example.

    float32 and float64 stay what they are; other real types become float64. ValueError for
    another number of dimensions, another feature count, an empty batch or a type not real.
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


def check_upstream(dY: ArrayLike, like: Array) -> Array:
    """dY in the dtype of the forward's output `like`; ValueError for another shape than its."""
    g = as_float(dY, "dY")
    if g.shape != like.shape:
        raise ValueError(
            f"dY must have the shape of the last forward's output, {like.shape}, got {g.shape}."
        )
    return g.astype(like.dtype, copy=False)


def check_parameter(name: str, value: ArrayLike, n_features: int) -> Array:
    """A scale or shift as an array (n_features,); ValueError otherwise."""
    array = np.asarray(value)
    if array.shape != (n_features,):
        raise ValueError(
            f"{name} must have shape ({n_features},), one value per feature, got {array.shape}: "
            f"to set all of them alike write layer.{name}[:] = value."
        )
    return array


def check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    """ValueError unless value is one of choices."""
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}; got {value!r}.")


def as_float(value: ArrayLike, name: str) -> Array:
    """value as an array of float32 or float64; ValueError where it is not made of real numbers."""
    array = np.asarray(value)
    if array.dtype.char in "fd":  # float32, float64
        return array
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{name} must hold real numbers, got dtype {array.dtype}.")
    return array.astype(np.float64)
