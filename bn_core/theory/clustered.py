"""Statistics of a batch drawn from given examples, for values of any shape.

An example brings one value of a feature (a dense layer) or several that belong together (the
positions of a map, the tokens of a text). A batch is B examples, drawn independently and with
replacement from N equally likely ones; its mean and its biased variance run over all their values.
What the input's shape does is in three numbers: how far the examples' means scatter, how far their
mean squares scatter, and how these go together. With one value an example the second is the fourth
moment. Functions of a batch size take a number or an array (sizes,) and return (sizes, features).

Source: derived from the mean a of an example and its mean square, b less the variance, both about
the mean of all: the batch variance is sigma^2 + mean(b) - mean(a)^2. With one value an example it
is the textbook variance of a sample variance (Cramer 1946, Mathematical Methods of Statistics,
27.4). Raises ValueError for a batch that is no whole number of at least 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bn_core.theory.distributions import check_batch_sizes
from bn_core.types import Array, FloatArray


@dataclass(frozen=True)
class ExampleMoments:
    """Of each feature, (features,), over the N examples that batches are drawn from."""

    var: FloatArray
    """sigma^2, of all values; in squared units, as the next."""
    mean_var: FloatArray
    """Variance of the examples' means a."""
    square_var: FloatArray
    """Variance of their mean squares b; to the fourth power of the units, as the next two."""
    mean_fourth: FloatArray
    """E[a^4]."""
    square_with_mean: FloatArray
    """E[b a^2]."""


def example_moments(mean: Array, square: Array) -> ExampleMoments:
    """The moments of examples with these means and mean squares, (examples, features) each.

    Both about the mean of all values, so that the means' own average is 0.
    """
    var = square.mean(axis=0)
    apart = square - var
    return ExampleMoments(
        var=var,
        mean_var=np.mean(mean**2, axis=0),
        square_var=np.mean(apart**2, axis=0),
        mean_fourth=np.mean(mean**4, axis=0),
        square_with_mean=np.mean(apart * mean**2, axis=0),
    )


def mean_sd(moments: ExampleMoments, batch: ArrayLike) -> FloatArray:
    """sd of the batch mean, sqrt(Var(a) / B), in the input's units. Any input."""
    return np.sqrt(moments.mean_var / _column(batch))


def var_mean(moments: ExampleMoments, batch: ArrayLike) -> FloatArray:
    """Mean of the biased batch variance, sigma^2 - Var(a)/B, in squared units. Any input."""
    return np.asarray(moments.var - moments.mean_var / _column(batch))


def var_sd(moments: ExampleMoments, batch: ArrayLike) -> FloatArray:
    """sd of the biased batch variance, in squared units. Any input.

    Var(v) = Var(b)/B - 2 E[b a^2]/B^2 + (E[a^4] + (2B - 3) Var(a)^2)/B^3.
    """
    b = _column(batch)
    found = (
        moments.square_var / b
        - 2 * moments.square_with_mean / b**2
        + (moments.mean_fourth + (2 * b - 3) * moments.mean_var**2) / b**3
    )
    return np.sqrt(np.maximum(found, 0.0))


def var_relative_sd(moments: ExampleMoments, batch: ArrayLike) -> FloatArray:
    """sd of the batch variance over its mean. Any input; nan where the variance is always 0."""
    mean = var_mean(moments, batch)
    # What rounding leaves of a batch of one, which has no spread, is no mean.
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(mean > 1e-12 * moments.var, var_sd(moments, batch) / mean, np.nan)


def large_batch_gap(moments: ExampleMoments, batch: ArrayLike, eps: float = 0.0) -> FloatArray:
    """RMS of training output - inference output, in stds of the latter, to first order in 1/B.

    sqrt(Var(m)/sigma^2 + Var(v)/(4 (sigma^2 + eps)^2)), m and v the batch's mean and variance.
    Any input, for batches so large that sd(v) is small beside sigma^2; sqrt(3/(2B)) for Gaussian
    values, one an example. inf or nan where sigma^2 is 0.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        of_mean = mean_sd(moments, batch) ** 2 / moments.var
        of_var = (var_sd(moments, batch) / (2 * (moments.var + eps))) ** 2
        return np.sqrt(of_mean + of_var)


def worth(moments: ExampleMoments) -> FloatArray:
    """sigma^2 / Var(a): independent values that one example is worth for the mean, (features,).

    1 for one value an example; up to the number of its positions, and more where these make up
    for each other. inf where all examples have the same mean.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(moments.var / moments.mean_var)


def _column(batch: ArrayLike) -> FloatArray:
    """(sizes, 1), or (1,) for a single size."""
    return check_batch_sizes(batch)[..., None]
