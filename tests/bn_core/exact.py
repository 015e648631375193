"""The oracle for rounding: the norms in long double, whose rounding is 2000 times finer."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Long = NDArray[np.longdouble]
Axis = int | tuple[int, ...]


def centred(x: NDArray[Any], axis: Axis) -> Long:
    """x less its mean over axis. One of its values goes first, which long double takes exactly."""
    first = [slice(None)] * x.ndim
    for reduced in (axis,) if isinstance(axis, int) else axis:
        first[reduced] = slice(0, 1)
    near: Long = x.astype(np.longdouble) - x[tuple(first)].astype(np.longdouble)
    near -= near.mean(axis=axis, keepdims=True)
    return near


def standardized(
    x: NDArray[Any], axis: Axis, eps: float, about_mean: bool = True
) -> tuple[Long, Long]:
    """z and 1 / std of x, any dtype, over axis; about 0 where not about its mean (RMS)."""
    values: Long = centred(x, axis) if about_mean else x.astype(np.longdouble)
    with np.errstate(divide="ignore", invalid="ignore"):
        var = np.mean(values**2, axis=axis, keepdims=True)
        inv_std: Long = 1 / np.sqrt(var + np.longdouble(eps))
        return values * inv_std, inv_std


def gradient(g: NDArray[Any], z: Long, inv_std: Long, axis: Axis, about_mean: bool = True) -> Long:
    """The gradient at x, where g is the gradient at z."""
    left: Long = centred(g, axis) if about_mean else g.astype(np.longdouble)
    result: Long = inv_std * (left - z * np.mean(left * z, axis=axis, keepdims=True))
    return result
