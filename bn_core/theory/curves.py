"""Densities as curves to draw: points and values."""

import numpy as np

from bn_core.theory.distributions import normal_pdf
from bn_core.theory.output_distribution import output_pdf
from bn_core.types import FloatArray


def input_curve(mean: float, std: float) -> tuple[FloatArray, FloatArray]:
    """Points and density of Gaussian pre-activations, std > 0."""
    u = np.linspace(-4, 4, 81)
    return mean + std * u, normal_pdf(u) / std


def output_curve(group: int, gamma: float, beta: float) -> tuple[FloatArray, FloatArray]:
    """Points and exact density of a norm's output over `group` >= 3 Gaussian values, without eps.

    gamma other than 0. The points lie closer together towards the ends, where B = 3 has its peaks.
    """
    z = min(np.sqrt(group - 1), 4.5) * np.sin(np.linspace(-0.4999, 0.4999, 101) * np.pi)
    return beta + gamma * z, output_pdf(z, group) / abs(gamma)
