"""A simulation of the tests' own: plain numpy, nothing of bn_core, and how exact it is."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.ui.truth.printed import Printed

Array = NDArray[np.floating[Any]]

SIGMAS = 5.0


@dataclass(frozen=True)
class Estimate:
    """What a simulation found, and its standard error."""

    value: float
    error: float


def draws(shape: str, size: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Standardised pre-activations of a shape: mean 0 and std 1 in the population."""
    match shape:
        case "normal":
            return rng.standard_normal(size)
        case "skewed":
            return np.asarray((rng.gamma(2.0, 1.0, size) - 2) / np.sqrt(2))
        case "heavy-tailed":
            return rng.laplace(0.0, np.sqrt(0.5), size)
        case "bimodal":
            side = rng.choice([-0.9, 0.9], size)
            return np.asarray(side + np.sqrt(1 - 0.81) * rng.standard_normal(size))
        case "rectified":
            kept = np.maximum(rng.standard_normal(size), 0.0)
            return np.asarray((kept - (2 * np.pi) ** -0.5) / np.sqrt(0.5 - 1 / (2 * np.pi)))
    raise AssertionError(shape)


def mean_of(samples: Array) -> Estimate:
    """The mean of independent samples."""
    return Estimate(float(samples.mean()), float(samples.std() / np.sqrt(samples.size)))


def sd_of(samples: Array) -> Estimate:
    """Their standard deviation; its error comes from their fourth moment."""
    squares = (samples - samples.mean()) ** 2
    sd = float(np.sqrt(squares.mean()))
    return Estimate(sd, float(squares.std() / np.sqrt(samples.size) / (2 * sd)) if sd else 0.0)


def rms_of(squares: Array) -> Estimate:
    """The root of the mean of independent squares."""
    rms = float(np.sqrt(squares.mean()))
    return Estimate(rms, float(squares.std() / np.sqrt(squares.size) / (2 * rms)) if rms else 0.0)


def agrees(told: Printed, found: Estimate, factor: float = 1.0) -> bool:
    """Whether a printed number is factor times what was found, to standard error and rounding."""
    error = SIGMAS * found.error * abs(factor) + told.rounding
    return abs(told.value - factor * found.value) <= error + 1e-9 * abs(told.value)
