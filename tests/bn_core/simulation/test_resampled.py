"""Batches drawn from given examples are what they say, and their errors are measured right."""

import numpy as np
import pytest

from bn_core.simulation.resampled import resampled_errors, resampled_statistics
from bn_core.theory.clustered import (
    example_moments,
    large_batch_gap,
    mean_sd,
    var_relative_sd,
)
from bn_core.types import Array

SIZES = (1, 2, 8, 32, 128, 512)


def statistics(rng: np.random.Generator, examples: int, features: int) -> tuple[Array, Array]:
    """Means and mean squares of examples with three positions each."""
    x = rng.gamma(1.5, 1.0, (examples, 1, features)) + rng.standard_normal((examples, 3, features))
    x -= x.mean(axis=(0, 1))
    return x.mean(axis=1), (x * x).mean(axis=1)


def test_batches_of_two_examples_are_told_apart_by_their_mean() -> None:
    """With examples at 0 and 1 a batch's mean says how often the second came."""
    mean = np.array([[-0.5], [0.5]])
    drawn = resampled_statistics(mean, mean**2, (1, 2, 512), 0)
    assert drawn.mean.shape == (3, 1024, 1)
    assert set(np.unique(drawn.mean[0])) == {-0.5, 0.5}
    assert set(np.unique(drawn.mean[1])) == {-0.5, 0.0, 0.5}
    np.testing.assert_allclose(drawn.var, 0.25 - drawn.mean**2, atol=1e-12)
    assert np.all(drawn.var[0] == 0), "one value has no spread, not even by rounding"
    # The batch of two begins with the batch of one.
    assert np.all(np.abs(drawn.mean[1] * 2 - drawn.mean[0]) == 0.5)


def test_a_batch_size_draws_the_same_alone_and_among_others() -> None:
    mean, square = statistics(np.random.default_rng(), 30, 3)
    together = resampled_statistics(mean, square, SIZES, 4)
    alone = resampled_statistics(mean, square, (32,), 4)
    np.testing.assert_allclose(alone.mean[0], together.mean[3], rtol=1e-12)
    other = resampled_statistics(mean, square, (32,), 5)
    assert not np.allclose(other.mean, alone.mean)


def test_the_errors_stand_on_their_closed_forms() -> None:
    """1024 batches: sds within 5 standard errors, wider for the variance's heavier tails."""
    mean, square = statistics(np.random.default_rng(1), 200, 4)
    law = example_moments(mean, square)
    errors = resampled_errors(resampled_statistics(mean, square, SIZES, 0), law.var, 0.0)
    sd = mean_sd(law, SIZES) / np.sqrt(law.var)
    assert np.abs(errors.mean / sd - 1).max() < 5 * np.sqrt(1 / 2048)
    relative = var_relative_sd(law, SIZES)
    assert np.abs(errors.var / relative - 1).max() < 3 * 5 * np.sqrt(1 / 2048)
    large = large_batch_gap(law, SIZES[-2:])
    assert np.abs(errors.output[-2:] / large - 1).max() < 0.15


@pytest.mark.parametrize("eps", [0.0, 1e-3, 2.0])
@pytest.mark.parametrize("batch", [1, 2, 16])
def test_the_outputs_gap_is_that_of_outputs(batch: int, eps: float) -> None:
    """Against outputs normalised one by one, of as many batches drawn here."""
    rng = np.random.default_rng((batch, 7))
    x = rng.gamma(1.5, 1.0, (40, 2, 3))
    x -= x.mean(axis=(0, 1))
    mean, square = x.mean(axis=1), (x * x).mean(axis=1)
    var = square.mean(axis=0)
    found = resampled_errors(resampled_statistics(mean, square, (batch,), 1), var, eps).output[0]
    values = x[rng.integers(40, size=(20_000, batch))].reshape(20_000, -1, 3)
    with np.errstate(invalid="ignore"):
        z = (values - values.mean(axis=1, keepdims=True)) / np.sqrt(
            values.var(axis=1, keepdims=True) + eps
        )
    squares = np.mean((np.nan_to_num(z) - values / np.sqrt(var + eps)) ** 2, axis=1)
    squares *= (var + eps) / var
    gap = np.sqrt(squares.mean(axis=0))
    error = squares.std(axis=0) / (2 * gap) * np.sqrt(1 / 20_000 + 1 / 1024)
    assert np.all(np.abs(found - gap) < 4.5 * error)


def test_a_batch_of_one_value_has_no_spread_and_its_error_no_number() -> None:
    mean = np.random.default_rng().standard_normal((20, 2))
    mean -= mean.mean(axis=0)
    drawn = resampled_statistics(mean, mean**2, (1, 2), 0)
    errors = resampled_errors(drawn, np.mean(mean**2, axis=0), 0.0)
    assert np.isnan(errors.var[0]).all()
    assert np.isfinite(errors.var[1]).all()
    assert np.isfinite(errors.output).all()


@pytest.mark.parametrize("sizes", [(2, 2), (4, 1), (0, 1), (1.5,), (1, 513)])
def test_sizes_that_cannot_be_drawn_are_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="size"):
        resampled_statistics(np.ones((3, 1)), np.ones((3, 1)), sizes, 0)
