"""The spread of a batch after the norm, as its spread before the norm shrinks to 0."""

import numpy as np

from bn_core.normalize import standardize
from bn_core.types import Array


def measured_output_std(u: Array, stds: Array, eps: float) -> Array:
    """Biased output std of one batch u, (batch_size,), scaled to each std in turn, (n_stds,).

    NaN throughout for a batch without spread, which cannot be scaled to any std.
    """
    x = stds[:, None] * standardize(u, 0, 0.0)[0]
    return np.asarray(standardize(x, -1, eps)[0].std(axis=-1))
