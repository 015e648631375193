"""Pinned axes: the same frame for all data that fits it, so that motion is seen as motion."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike


def doubled(values: ArrayLike, frame: float, share: float = 0.0) -> float:
    """The frame, doubled until the largest |value| fits (but for a share of the values)."""
    array = np.abs(np.asarray(values, dtype=float).ravel())
    array = array[np.isfinite(array)]
    if array.size == 0:
        return frame
    reach = float(np.quantile(array, 1 - share)) if share else float(array.max())
    while frame < reach:
        frame *= 2
    return frame


def first_holding(
    low: float, high: float, frames: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """The first frame that holds low to high; the last one where none does."""
    for frame in frames:
        if frame[0] <= low and high <= frame[1]:
            return frame
    return frames[-1]
