"""Seeded pre-activations of several shapes, each standardised exactly: mean 0 and std 1.

Each feature has a random stream of its own, and its examples are drawn one after another. So a
larger batch of the same seed begins with the smaller one, a larger number of features keeps the
first ones as they were, and another mean or std transforms the same batch.
"""

from collections.abc import Callable
from functools import lru_cache
from math import isfinite, pi, sqrt
from types import MappingProxyType

import numpy as np
from numpy.random import Generator

from bn_core.checks import check_choice, check_count
from bn_core.types import Array

_MODE = 0.9  # the two modes of the bimodal shape stand at +-0.9
_RECTIFIED_MEAN = 1 / sqrt(2 * pi)
_RECTIFIED_VAR = 0.5 - 1 / (2 * pi)


def _normal(rng: Generator, n: int) -> Array:
    return rng.standard_normal(n)


def _skewed(rng: Generator, n: int) -> Array:
    """The sum of two exponentials (gamma of shape 2), skewness sqrt(2)."""
    pairs = rng.standard_exponential((n, 2))
    return (pairs[:, 0] + pairs[:, 1] - 2) / sqrt(2)


def _heavy_tailed(rng: Generator, n: int) -> Array:
    """The difference of two exponentials (Laplace): heavy tails with every moment finite."""
    pairs = rng.standard_exponential((n, 2))
    return (pairs[:, 0] - pairs[:, 1]) / sqrt(2)


def _bimodal(rng: Generator, n: int) -> Array:
    """Two normals of equal weight at +-0.9, each of std sqrt(1 - 0.9^2)."""
    pairs = rng.standard_normal((n, 2))
    return np.copysign(_MODE, pairs[:, 0]) + sqrt(1 - _MODE**2) * pairs[:, 1]


def _rectified(rng: Generator, n: int) -> Array:
    """A normal through ReLU: half of all values stand at the lower end."""
    return (np.maximum(rng.standard_normal(n), 0) - _RECTIFIED_MEAN) / sqrt(_RECTIFIED_VAR)


_DRAWS: dict[str, Callable[[Generator, int], Array]] = {
    "normal": _normal,
    "skewed": _skewed,
    "heavy-tailed": _heavy_tailed,
    "bimodal": _bimodal,
    "rectified": _rectified,
}

SHAPES = tuple(_DRAWS)

# Fourth moment of the standardised shape minus 3, from the moments of each distribution.
EXCESS_KURTOSIS = MappingProxyType(
    {
        "normal": 0.0,
        "skewed": 3.0,
        "heavy-tailed": 3.0,
        "bimodal": -2 * _MODE**4,
        "rectified": (1.5 - 5 / (2 * pi) - 3 / (4 * pi**2)) / _RECTIFIED_VAR**2 - 3,
    }
)

_CACHED_UP_TO = 2**17  # values a draw, 1 MB


def standard_draw(
    shape: str, size: tuple[int, int], seed: int, stream: int = 0, *, first: int = 0
) -> Array:
    """Draws with mean 0 and std 1 in the population (the batch's own mean and std vary).

    shape: one of SHAPES. size: (n_features, batch_size). seed and stream: whole numbers of at
    least 0; another stream of the same seed is independent of the first. first: the number of the
    first feature, so that one feature can be drawn without those before it.
    Returns float64 of that size, read-only, since it may be handed to the next caller too.
    Raises ValueError for an unknown shape, a negative size, seed or stream.
    """
    check_choice("shape", shape, SHAPES)
    features = check_count("size[0] (n_features)", size[0])
    batch = check_count("size[1] (batch_size)", size[1])
    seed, stream = check_count("seed", seed, least=0), check_count("stream", stream, least=0)
    first = check_count("first", first, least=0)
    make = _drawn_once if features * batch <= _CACHED_UP_TO else _drawn
    return make(shape, features, batch, seed, stream, first)


def draw(
    shape: str, size: tuple[int, int], mean: float, std: float, seed: int, stream: int = 0
) -> Array:
    """mean + std * standard_draw(shape, size, seed, stream), as a new array that may be written to.

    Raises ValueError for a negative std, and as standard_draw does.
    """
    if not (isfinite(std) and std >= 0):
        raise ValueError(
            f"std must be finite and at least 0, got {std!r}: it is the width of the draws; "
            "to mirror them change the sign afterwards."
        )
    batch: Array = std * standard_draw(shape, size, seed, stream)
    batch += mean
    return batch


def _drawn(shape: str, features: int, batch: int, seed: int, stream: int, first: int) -> Array:
    values = np.empty((features, batch))
    for feature, row in enumerate(
        values, first
    ):  # a loop, since each feature has its own generator
        row[:] = _DRAWS[shape](np.random.default_rng((seed, stream, feature)), batch)
    values.flags.writeable = False
    return values


_drawn_once = lru_cache(maxsize=16)(_drawn)  # at most 17 MB
