"""The running estimates of a stack's batch norms: moved by batches, or taken anew over many.

A pass in training mode normalises each batch by itself, in every layer, so that what it puts out
does not depend on the running estimates: all batches of a pass are the groups of one forward.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bn_core.pooling import pool_statistics
from bn_core.training.network import Network
from bn_core.training.propagate import Hidden, Mode, forward
from bn_core.types import Array

_ALL = slice(None)


def move_running(
    network: Network,
    layers: Sequence[Hidden],
    momentum: Array,
    live: slice | NDArray[np.intp] = _ALL,
    n_groups: int | None = None,
) -> None:
    """Move the running estimates once for each group of the batch, in the groups' order.

    layers: of a forward by groups. momentum: (runs,). live: the runs that move. n_groups: how many
    of the groups count, the first ones; None for all.
    Of n groups the first is left a share (1 - m)^(n-1) m of the estimate, the last a share m.
    """
    means, variances = (taken[..., :n_groups, :] for taken in _statistics(layers))
    n = means.shape[3]
    keep = (1 - momentum[:, None]) ** np.arange(n, -1, -1)  # (runs, groups + 1)
    share = (momentum[:, None] * keep[:, 1:])[:, None, :, None]
    for running, new in ((network.running_mean, means), (network.running_var, variances)):
        moved = keep[:, :1, None] * running + np.sum(share * new, axis=3)
        running[:, live] = moved[:, live]


def passed(network: Network, images: Array, batch: int, momentum: Array) -> Network:
    """The networks after one pass in training mode over the images, without a step of training.

    As where eval() was forgotten: nothing is learned, but the running estimates move with each
    batch. images: (runs or 1, pixels, n), in batches of so many in a row, the last maybe smaller.
    momentum: (runs,).
    """
    after = network.copy()
    for layers, _ in _batches(network, images, batch):
        move_running(after, layers, momentum)
    return after


def retaken(network: Network, images: Array, batch: int) -> Network:
    """The networks with running estimates that are the statistics of the batches, pooled.

    images, batch: as passed has them. The weights stay, and what the estimates were before is
    forgotten. Each layer sees what the layers before it make of their own batch.
    Source: Wu & Johnson 2021 (arXiv 2105.07576), section 3, "PreciseBN", each batch weighed by its
    size; over the images to be recognised it is AdaBN (Li et al. 2016, 1603.04779).
    """
    after = network.copy()
    counts: list[int] = []
    parts: list[tuple[Array, Array]] = []
    for layers, size in _batches(network, images, batch):
        means, variances = (np.moveaxis(taken, 3, 0) for taken in _statistics(layers))
        counts += [size] * len(means)
        parts.append((means, variances))
    means, variances = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    mean, var = pool_statistics(counts, means, variances)
    after.running_mean[:], after.running_var[:] = mean, var
    return after


def _batches(network: Network, images: Array, batch: int) -> Iterator[tuple[list[Hidden], int]]:
    """What the layers keep of all whole batches at once, then of the rest; and the batch's size."""
    n = images.shape[-1]
    whole = n - n % batch
    for part, size in ((images[..., :whole], batch), (images[..., whole:], n - whole)):
        if part.shape[-1]:
            with np.errstate(over="ignore", invalid="ignore"):
                yield forward(network, part, Mode(size))[1], size


def _statistics(layers: Sequence[Hidden]) -> tuple[Array, Array]:
    """Means and variances of the groups, (depth, runs, width, groups, 1) each."""
    kept = [(layer.mean, layer.var) for layer in layers]
    means, variances = (np.stack(arrays) for arrays in zip(*kept, strict=True))
    return means, variances
