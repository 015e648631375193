"""The small matrices that checks are made on, always the same, and what a right norm makes of them.

The right values are written out here as a textbook has them: apart from the project's own layer,
which is a check of its own.
"""

from dataclasses import dataclass

import numpy as np

from bn_core.types import Array
from ui.your_norm.layer import Layer
from ui.your_norm.loading import Kind, Loaded

FEATURES, BATCH = 5, 8


@dataclass(frozen=True)
class Sample:
    """Z and an upstream gradient dY, (FEATURES, batch); gamma and beta, (FEATURES,)."""

    Z: Array
    dY: Array
    gamma: Array
    beta: Array


def sample(number: int = 0, batch: int = BATCH) -> Sample:
    """The features differ in mean and spread, gamma and beta are all unlike."""
    rng = np.random.default_rng((number, batch))
    center = np.linspace(-4, 6, FEATURES)[:, None]
    spread = np.linspace(0.7, 3, FEATURES)[:, None]
    return Sample(
        Z=center + spread * rng.standard_normal((FEATURES, batch)),
        dY=rng.standard_normal((FEATURES, batch)),
        gamma=np.array([1.5, -0.5, 2.0, 0.8, -1.2]),
        beta=np.array([0.3, -1.0, 0.0, 2.0, 0.7]),
    )


def axis_of(kind: Kind) -> int:
    """The axis that the norm reduces."""
    return 1 if kind == "batch" else 0


def normalized(Z: Array, kind: Kind, eps: float = 1e-5) -> Array:
    """(Z - mean) / sqrt(var + eps), the variance biased."""
    axis = axis_of(kind)
    centered = Z - Z.mean(axis=axis, keepdims=True)
    var = np.mean(centered**2, axis=axis, keepdims=True)
    made: Array = centered / np.sqrt(var + eps)
    return made


def new_layer(of: Loaded, given: Sample, eps: float = 1e-5, momentum: float = 0.1) -> Layer:
    """A layer of theirs with the sample's gamma and beta."""
    layer = Layer(of, len(given.Z), eps, momentum)
    layer.set_affine(given.gamma, given.beta)
    return layer
