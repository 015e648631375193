"""One array of activations reduced to what the page is drawn from: kept, since files are large."""

import math
from dataclasses import dataclass

import numpy as np

from bn_core.simulation.activations import (
    FeatureMoments,
    example_statistics,
    feature_moments,
    lag_correlations,
    some,
    some_examples,
)
from bn_core.simulation.resampled import Resampled, resampled_statistics
from bn_core.theory.clustered import ExampleMoments, example_moments
from bn_core.types import Array, FloatArray, Indices, Numbers
from ui.activations.held import files
from ui.activations.usable import MOST_FEATURES
from ui.bounded import kept
from ui.settings.shared import BATCH_SIZES
from ui.views.your_activations.source import arrays, source

FOLLOWED = 64
"""So many features are followed through drawn batches, and seen after both norms."""
EXAMPLES = 2048
"""Batches are drawn from so many of the examples, where there are more."""
_ROWS = 512  # examples, each at one position, that layer norm is tried on
_ROW_VALUES = 4_000_000
_LAG_FEATURES = 16
_LAG_VALUES = 2_000_000


@dataclass(frozen=True, eq=False)
class Layer:
    """What is known of an array; feature numbers count from 0. All about the array alone."""

    shape: tuple[int, ...]
    axis: int
    """That of the features, from 0."""
    moments: FeatureMoments
    followed: Indices
    means: FloatArray
    """Of each drawn-from example the mean over its positions, (examples, followed)."""
    squares: FloatArray
    """The same of the squares, both about the mean of all."""
    population: ExampleMoments
    rows: FloatArray
    """(rows, followed): examples at one position each, of which layer norm is taken."""
    row_mean: FloatArray
    """Over all features of the row, (rows, 1)."""
    row_var: FloatArray
    lags: dict[int, FloatArray]
    """Of each axis of positions, from 0: median correlation by distance, from 0."""

    @property
    def examples(self) -> int:
        return self.shape[1 if self.axis == 0 else 0]

    @property
    def features(self) -> int:
        return self.shape[self.axis]

    @property
    def positions(self) -> int:
        """Of one example."""
        return math.prod(self.shape) // (self.examples * self.features)


def guessed_axis(shape: tuple[int, ...]) -> int:
    """The axis that the features most likely stand on, from 0.

    The last, as in dense layers, texts and Keras; of four axes the second, as PyTorch's maps have
    it, unless the second and third are alike and the fourth is not.
    """
    if len(shape) == 4 and not (shape[1] == shape[2] != shape[3]):
        return 1
    return len(shape) - 1


@kept(24_000_000)
def layer(token: str, array: int, axis: int) -> Layer | None:
    """The array of that number of a file, from 0; None where nothing varies along that axis."""
    held = list(arrays(source(token)).values())
    # Another thread may have let go of the file meanwhile.
    return reduced(held[array], axis) if array < len(held) else None


@kept(24_000_000)
def drawn(token: str, array: int, axis: int, seed: int) -> Resampled | None:
    """Batches of every size drawn from that layer's examples."""
    found = layer(token, array, axis)
    if found is None:
        return None
    return resampled_statistics(found.means, found.squares, BATCH_SIZES, seed)


files.takes_along(layer.cache)
files.takes_along(drawn.cache)


def reduced(array: Numbers, axis: int) -> Layer | None:
    """What the page needs of an array whose features stand on that axis, from 0.

    None where there are fewer than two examples, too many features, or no feature that varies.
    """
    x = np.moveaxis(array, axis, -1)
    if len(x) < 2 or x.shape[-1] > MOST_FEATURES:
        return None
    moments = feature_moments(x)
    alive = np.flatnonzero(moments.var > 0)
    if not alive.size:
        return None
    chosen = some_examples(len(x), EXAMPLES)
    followed = alive[some(alive.size, FOLLOWED)]
    means, squares = example_statistics(x, chosen, followed, moments.mean[followed])
    varies = squares.mean(axis=0) > 0
    if not varies.any():
        return None
    followed, means, squares = followed[varies], means[:, varies], squares[:, varies]
    rows = _rows(x)
    return Layer(
        shape=array.shape,
        axis=axis,
        moments=moments,
        followed=followed,
        means=means,
        squares=squares,
        population=example_moments(means, squares),
        rows=rows[:, followed],
        row_mean=rows.mean(axis=1, keepdims=True),
        row_var=rows.var(axis=1, keepdims=True),
        lags=_lags(x, axis, followed, moments.mean),
    )


def _rows(x: Numbers) -> FloatArray:
    """Some examples, each at a position of its own, with all features."""
    leading = x.shape[:-1]
    count = min(_ROWS, max(_ROW_VALUES // x.shape[-1], 1))
    at = some_examples(math.prod(leading), count)
    return np.asarray(x[np.unravel_index(at, leading)], np.float64)


def _lags(x: Numbers, axis: int, followed: Indices, mean: Array) -> dict[int, FloatArray]:
    """The correlations along each axis of positions, from some examples and features.

    axis: where the features stood before they were moved to the end.
    """
    features = followed[some(followed.size, _LAG_FEATURES)]
    examples = some_examples(
        len(x), max(_LAG_VALUES // (math.prod(x.shape[1:-1]) * features.size), 1)
    )
    part = x[examples][..., features]
    came_from = [at for at in range(x.ndim) if at != axis]
    found = {}
    for at in range(1, x.ndim - 1):
        by_feature = lag_correlations(part, mean[features], at)
        known = np.isfinite(by_feature).all(axis=0)
        if x.shape[at] > 1 and known.any():
            found[came_from[at]] = np.median(by_feature[:, known], axis=1)
    return found
