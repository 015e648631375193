"""Running estimates: exponential, cumulative, bias-corrected; many paths at once.

momentum m weighs the new batch, as in PyTorch: r <- (1 - m) r + m x. Keras and Flax call 1 - m
momentum. Index t of a path is the number of batches seen, so that index 0 is the start value.

Source: Ioffe & Szegedy 2015 (arXiv 1502.03167), section 3.1; the correction is that of
Kingma & Ba 2015 (1412.6980), section 3, extended to a start value other than zero.
"""

import numpy as np
from numpy.typing import ArrayLike

from bn_core.array_checks import as_float
from bn_core.checks import check_momentum
from bn_core.types import Array


def update(running: Array, batch: Array, momentum: float | None, batches_seen: int) -> Array:
    """One step: the estimate after a further batch.

    running, batch: any equal shapes; batches_seen: how many batches came before this one, which
    only the cumulative average (momentum=None) needs. At weight 0 or 1 one of the two is ignored,
    even if it is nan (0 times nan would be nan). Returns an array of the same shape.
    """
    weight = 1.0 / (batches_seen + 1) if momentum is None else momentum
    if weight in (0.0, 1.0):
        return batch if weight else running
    moved: Array = (1.0 - weight) * running
    moved += weight * batch
    return moved


def running_path(values: ArrayLike, momentum: float | None, start: ArrayLike = 0.0) -> Array:
    """The whole path of the running estimate, for many independent paths at once.

    values: (paths, steps, features), the statistic of each batch. momentum: 0..1, or None for
    the cumulative average. start: a number, or an array that broadcasts to (paths, features).
    Returns (paths, steps + 1, features); index 0 along the steps is the start.
    Raises ValueError for another number of dimensions or a momentum outside 0..1.
    """
    x = _check_paths(values, "values")
    momentum = check_momentum(momentum)
    paths, steps, features = x.shape
    # Steps lead while we compute, so that each step is one contiguous row.
    path = np.empty((steps + 1, paths, features), x.dtype)
    path[0] = start
    with np.errstate(over="ignore", invalid="ignore"):
        weights = 1.0 / np.arange(1, steps + 1) if momentum is None else np.full(steps, momentum)
        np.multiply(x.swapaxes(0, 1), weights.astype(x.dtype)[:, None, None], out=path[1:])
        kept = np.empty_like(path[0])
        # A loop, since each step needs the last; closed forms with q**-t overflow.
        for before, after, keep in zip(path[:-1], path[1:], (1.0 - weights).tolist(), strict=True):
            if keep == 1.0:
                after[:] = before
            elif keep:  # 0 times nan is nan
                np.multiply(before, keep, out=kept)
                after += kept
    return path.swapaxes(0, 1)


def bias_corrected(path: ArrayLike, momentum: float | None) -> Array:
    """The path without what is left of its start value: (r_t - q^t r_0) / (1 - q^t).

    path: (paths, steps + 1, features), from running_path with the same momentum. Same shape back.
    Where no batch has come in yet (index 0; momentum 0) there is nothing to estimate from: nan.
    With momentum=None the first batch has replaced the start, and only index 0 changes.
    Raises ValueError for another number of dimensions or a momentum outside 0..1.
    """
    r = _check_paths(path, "path")
    momentum = check_momentum(momentum)
    q = 0.0 if momentum is None else 1.0 - momentum
    left = (q ** np.arange(r.shape[1])).astype(r.dtype)[:, None]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        corrected: Array = (r - left * r[:, :1]) / (1 - left)
    return corrected


def _check_paths(values: ArrayLike, name: str) -> Array:
    array = as_float(values, name)
    if array.ndim != 3:
        raise ValueError(
            f"{name} must have 3 dimensions (paths, steps, features), got {array.ndim} with shape "
            f"{array.shape}: give a single path as {name}[None]."
        )
    return array
