"""What the figures and sentences of this page are told: the present settings and what they give."""

from dataclasses import dataclass

import numpy as np

from bn_core.simulation.resampled import Resampled
from bn_core.types import Array, FloatArray
from ui.views.your_activations.layer import Layer

KINDS = ("output", "variance", "mean")
"""The errors that a batch makes: of its outputs, its variance and its mean."""


@dataclass(frozen=True, eq=False)
class Noise:
    """One kind of error at each batch size, (sizes, features) or (sizes,); nan where there is none.

    Mean: sd in stds of the feature. Variance: sd over its average. Output: RMS of training less
    inference output, in stds of the latter.
    """

    measured: Array
    """From batches drawn from the data."""
    general: FloatArray
    """The closed form with the data's own moments; of an output only for large batches."""
    gaussian: FloatArray
    """The closed form for independent Gaussian values, (sizes,)."""


@dataclass(frozen=True, eq=False)
class Here:
    """An array of the file and the batch that is asked about."""

    number: int
    """Of the array, from 1."""
    count: int
    """Of arrays in the file."""
    layer: Layer
    drawn: Resampled
    noise: dict[str, Noise]
    batch: int
    at: int
    """Of the batch among the batch sizes."""
    eps: float
    kind: str
    wanted: float
    followed: int
    """Which of the followed features is looked at, from 0."""

    @property
    def values(self) -> int:
        """Of one feature in a batch."""
        return self.batch * self.layer.positions

    @property
    def feature(self) -> int:
        """The number of the feature that is looked at, from 1."""
        return int(self.layer.followed[self.followed]) + 1

    def typical(self, kind: str) -> float:
        """The median over features of an error at the present batch size."""
        return float(np.median(self.noise[kind].measured[self.at]))
