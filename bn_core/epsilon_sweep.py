"""The spread that a batch has after the norm, as its own spread shrinks towards nothing."""

import numpy as np

from bn_core.normalize import Array, normalize, statistics


def measured_output_std(u: Array, stds: Array, eps: float) -> Array:
    """Biased output std of one batch u, (batch_size,), brought to each std in turn, (n_stds,).

    NaN throughout for a batch without spread, which no factor can give one.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        x = stds[:, None] * (u - u.mean()) / u.std()
    return np.asarray(normalize(x, *statistics(x, axis=-1), eps)[0].std(axis=-1))
