"""Does a simulation agree with a number? The tolerance is the simulation's own standard error."""

import numpy as np

from bn_core.types import Array

SIGMAS = 5.0


def mean_agrees(samples: Array, expected: float) -> bool:
    """Whether the mean of independent samples is within 5 standard errors of expected."""
    error = samples.std() / np.sqrt(samples.size)
    return bool(abs(samples.mean() - expected) < SIGMAS * error)


def sd_agrees(samples: Array, expected: float) -> bool:
    """The same for their sd; its standard error comes from the samples' fourth moment."""
    deviations = (samples - samples.mean()) ** 2
    error = deviations.std() / np.sqrt(samples.size) / (2 * samples.std())
    return bool(abs(samples.std() - expected) < SIGMAS * error)


def shares_agree(samples: Array, edges: Array, shares: Array) -> bool:
    """Whether the counts between edges fit the expected shares, by chi2 at 5 of its sd."""
    counts = np.histogram(samples, edges)[0]
    expected = shares * samples.size
    chi2 = np.sum((counts - expected) ** 2 / expected)
    degrees = shares.size
    return bool(chi2 < degrees + SIGMAS * np.sqrt(2 * degrees))
