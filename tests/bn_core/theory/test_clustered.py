"""Statistics of batches drawn from given examples, against batches drawn here and exact counts."""

from itertools import product

import numpy as np
import pytest

from bn_core.theory.batch_statistics import batch_mean_sd, batch_var_mean, batch_var_relative_sd
from bn_core.theory.clustered import (
    ExampleMoments,
    example_moments,
    large_batch_gap,
    mean_sd,
    var_mean,
    var_relative_sd,
    var_sd,
    worth,
)
from bn_core.types import Array


def centred(x: Array) -> Array:
    """Examples (examples, positions, features) about each feature's mean over all."""
    return np.asarray(x - x.mean(axis=(0, 1)))


def moments_of(x: Array) -> ExampleMoments:
    return example_moments(x.mean(axis=1), (x * x).mean(axis=1))


def data(rng: np.random.Generator, examples: int, positions: int) -> Array:
    """Skewed values, in part common to an example's positions; two features far apart in scale."""
    common = rng.gamma(0.7, 1.0, (examples, 1, 2))
    own = rng.exponential(1.0, (examples, positions, 2))
    return centred((common + own) * np.array([1.0, 300.0]))


@pytest.mark.parametrize(("batch", "positions"), [(1, 3), (2, 1), (2, 2), (3, 1), (3, 2)])
def test_every_batch_of_four_examples_counted(batch: int, positions: int) -> None:
    """All 4^B batches are equally likely: no simulation, the numbers are exact."""
    x = data(np.random.default_rng(batch), 4, positions)
    chosen = np.array(list(product(range(4), repeat=batch)))
    values = x[chosen].reshape(len(chosen), -1, 2)
    mean, var = values.mean(axis=1), values.var(axis=1)
    law = moments_of(x)
    np.testing.assert_allclose(mean_sd(law, batch), mean.std(axis=0), rtol=1e-10)
    np.testing.assert_allclose(var_mean(law, batch), var.mean(axis=0), rtol=1e-10)
    np.testing.assert_allclose(var_sd(law, batch), var.std(axis=0), rtol=1e-10)
    np.testing.assert_allclose(
        var_relative_sd(law, batch), var.std(axis=0) / var.mean(axis=0), rtol=1e-10
    )


@pytest.mark.parametrize(("batch", "positions"), [(4, 1), (16, 1), (8, 5), (64, 3)])
def test_drawn_batches(batch: int, positions: int) -> None:
    """Each within 4.5 of its own standard errors."""
    rng = np.random.default_rng((batch, positions))
    x = data(rng, 50, positions)
    count = 400_000 // (batch * positions)
    values = x[rng.integers(50, size=(count, batch))].reshape(count, -1, 2)
    mean, var = values.mean(axis=1), values.var(axis=1)
    law = moments_of(x)
    for expected, found in ((mean_sd(law, batch), mean), (var_sd(law, batch), var)):
        sd = found.std(axis=0)
        error = np.std((found - found.mean(axis=0)) ** 2, axis=0) / np.sqrt(count) / (2 * sd)
        assert np.all(np.abs(sd - expected) < 4.5 * error)
    error = var.std(axis=0) / np.sqrt(count)
    assert np.all(np.abs(var.mean(axis=0) - var_mean(law, batch)) < 4.5 * error)


def test_with_one_value_an_example_it_is_the_textbooks() -> None:
    rng = np.random.default_rng()
    x = data(rng, 80, 1)
    law = moments_of(x)
    sizes = np.array([2, 3, 7, 40, 512])
    sigma = np.sqrt(law.var)
    kurtosis = (x[:, 0] ** 4).mean(axis=0) / law.var**2 - 3
    for feature in range(2):
        of = slice(None), feature
        np.testing.assert_allclose(mean_sd(law, sizes)[of], batch_mean_sd(sizes, sigma[feature]))
        np.testing.assert_allclose(
            var_mean(law, sizes)[of], batch_var_mean(sizes, sigma[feature]), rtol=1e-10
        )
        np.testing.assert_allclose(
            var_relative_sd(law, sizes)[of],
            batch_var_relative_sd(sizes, kurtosis[feature]),
            rtol=1e-9,
        )


def test_a_batch_of_one_value_has_no_relative_error_and_one_of_positions_has() -> None:
    rng = np.random.default_rng()
    assert np.isnan(var_relative_sd(moments_of(data(rng, 9, 1)), 1)).all()
    assert np.isfinite(var_relative_sd(moments_of(data(rng, 9, 2)), 1)).all()


@pytest.mark.parametrize("eps", [0.0, 0.5])
def test_the_gap_of_large_batches(eps: float) -> None:
    """To first order in 1/B: at 400 within 3 %, plus 4.5 standard errors of what is drawn."""
    rng = np.random.default_rng(5)
    x = centred(rng.gamma(2.0, 1.0, (60, 2, 1)))
    count, batch = 1500, 400
    values = x[rng.integers(60, size=(count, batch))].reshape(count, -1)
    var = (x * x).mean()
    z = (values - values.mean(axis=1, keepdims=True)) / np.sqrt(
        values.var(axis=1, keepdims=True) + eps
    )
    u = values / np.sqrt(var + eps)
    squares = np.mean((z - u) ** 2, axis=1) * (var + eps) / var
    gap = np.sqrt(squares.mean())
    error = squares.std() / np.sqrt(count) / (2 * gap)
    expected = large_batch_gap(moments_of(x), batch, eps)[0]
    assert abs(gap - expected) < 0.03 * gap + 4.5 * error
    assert expected == pytest.approx(gap, rel=0.1)


def test_the_gap_of_gaussian_values_is_the_known_one() -> None:
    x = centred(np.random.default_rng(2).standard_normal((200_000, 1, 1)))
    assert large_batch_gap(moments_of(x), 1000)[0] == pytest.approx(np.sqrt(1.5e-3), rel=0.01)


@pytest.mark.parametrize("positions", [1, 6])
def test_what_an_example_is_worth(positions: int) -> None:
    rng = np.random.default_rng(3)
    alike = centred(np.repeat(rng.standard_normal((40, 1, 1)), positions, axis=1))
    assert worth(moments_of(alike))[0] == pytest.approx(1.0)
    apart = centred(rng.standard_normal((50_000, positions, 1)))
    assert worth(moments_of(apart))[0] == pytest.approx(positions, rel=0.05)


@pytest.mark.parametrize("batch", [0, -3, 1.5])
def test_a_batch_that_is_no_size_is_refused(batch: float) -> None:
    with pytest.raises(ValueError, match="batch"):
        mean_sd(moments_of(data(np.random.default_rng(0), 4, 1)), batch)
