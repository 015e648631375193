"""Running statistics set anew: to what they were at first, or to those of given batches."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from bn_core.layers.batch_norm import BatchNorm1D
from bn_core.pooling import pool_statistics


def reset_running(layer: BatchNorm1D) -> None:
    """Mean 0, variance 1, no batch seen: as a new layer has them. PyTorch: reset_running_stats."""
    layer.set_running(np.zeros(layer.n_features), np.ones(layer.n_features), 0)


def retake_running(layer: BatchNorm1D, batches: Iterable[ArrayLike]) -> None:
    """Set the running statistics to those of all examples of the batches, as if they were one.

    batches: of the shape that the layer's forward takes, of any sizes; what they were before is
    forgotten, and nothing else changes. The variance is divided by the number of values, less one
    where the layer's unbiased_running_var is True. In a network take layer after layer, or one
    pass in which every layer still normalises by its batch.
    Raises ValueError without any batch or for one that forward refuses; then nothing changes.
    Source: Wu & Johnson 2021 (arXiv 2105.07576), section 3, "PreciseBN", here with
    each batch weighed by its size.
    """
    found = [layer.batch_statistics(Z) for Z in batches]
    if not found:
        raise ValueError("batches must hold at least one batch, got none: give [Z] for a single.")
    counts, means, variances = zip(*found, strict=True)
    mean, var = pool_statistics(counts, np.stack(means), np.stack(variances))
    n = sum(counts)
    if layer.unbiased_running_var:
        if n == 1:
            raise ValueError(
                "batches must hold at least two values of a feature where "
                "unbiased_running_var=True, got one: its variance divided by 0 is 0/0."
            )
        var = var * (n / (n - 1))
    layer.set_running(mean, var, len(found))
