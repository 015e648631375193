"""The simulations that the pages draw: nested, seeded, and in agreement with the closed forms."""

import math
from typing import Any

import numpy as np
import pytest

from bn_core import simulation, theory
from bn_core.sampling import EXCESS_KURTOSIS, SHAPES
from tests.core.standard_error import SIGMAS, mean_agrees, sd_agrees

SIZES = (1, 2, 3, 4, 8, 64, 512)


def close(measured: float, expected: float, count: int, relative: float = 1.0) -> bool:
    """Within 5 standard errors of an RMS of `count` values (relative: sd of a square / 2)."""
    return abs(measured / expected - 1) < SIGMAS * relative / math.sqrt(2 * count)


@pytest.mark.parametrize("shape", SHAPES)
def test_batches_are_nested(shape: str) -> None:
    large = simulation.batches(shape, 8, 3, 2048)
    small = simulation.batches(shape, 3, 3, 5000)
    assert large.shape == (1, 8, 2048)
    assert small.shape == (3, 3, 2048)
    np.testing.assert_array_equal(small[0], large[0, :3])
    mean, var = simulation.nested_statistics(shape, (3, 8), 3)
    np.testing.assert_allclose(mean[1], large[0].mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(var[0], small[0].var(axis=0), atol=1e-12)


def test_few_batches_and_too_large_ones() -> None:
    assert simulation.batches("normal", 512, 0, 10).shape == (1, 512, 10)
    assert simulation.batches("normal", 512, 0, 10**6).shape == (1, 512, 2048)
    with pytest.raises(ValueError, match=r"1\.\.512"):
        simulation.batches("normal", 513, 0, 10)


@pytest.mark.parametrize("shape", SHAPES)
def test_relative_errors_lie_on_their_lines(shape: str) -> None:
    errors = simulation.relative_errors(shape, SIZES, 1)
    n = simulation.COLUMNS
    for i, batch in enumerate(SIZES):
        kurtosis = EXCESS_KURTOSIS[shape] / batch  # of a batch mean
        wide = math.sqrt(1 + kurtosis / 2)
        assert close(errors.mean[i], float(theory.batch_mean_sd(batch)), n, wide)
    assert math.isnan(errors.var[0])
    stats = simulation.batch_statistics(shape, 8, 1)
    relative = stats.var / theory.batch_var_mean(8)
    assert sd_agrees(relative, float(theory.batch_var_relative_sd(8, EXCESS_KURTOSIS[shape])))


def test_output_error_lies_on_its_line() -> None:
    errors = simulation.relative_errors("normal", SIZES, 2)
    for i, batch in enumerate(SIZES):
        # A square of the gap scatters no more than a chi2 of one degree, doubled for its tails.
        assert close(errors.output[i], float(theory.rms_gap(batch)), simulation.COLUMNS, 2.0)


@pytest.mark.parametrize("n", [3, 4, 16])
def test_outputs_follow_their_law(n: int) -> None:
    z = simulation.outputs("normal", n, 4)
    assert z.size > 60_000
    assert np.abs(z).max() <= math.sqrt(n - 1) + 1e-9
    one_each = z.reshape(-1, n, min(simulation.COLUMNS, z.size // n))[:, 0].ravel()
    assert mean_agrees(one_each**4, 3 + float(theory.output_excess_kurtosis(n)))


def test_groups_without_spread_come_out_as_zero() -> None:
    assert (simulation.outputs("normal", 1, 0) == 0).all()
    pairs = simulation.outputs("rectified", 2, 0)
    assert np.isfinite(pairs).all()
    assert (pairs == 0).any()


def test_densities_of_outputs() -> None:
    for n in (2, 3, 8, 64):
        law = simulation.output_density("normal", n, 3, 0.0, values=65536)
        shares = law.density * np.diff(law.edges)
        assert shares.sum() == pytest.approx(1, abs=1e-3)
        expected = np.diff(theory.output_cdf(law.edges, n))
        # Outputs of one batch push one another apart, so counts scatter less than independent ones.
        error = np.sqrt(np.maximum(expected, 1e-5) / law.count) * math.sqrt(n / (n - 1))
        assert (np.abs(shares - expected) < SIGMAS * error).all()


def test_bins_begin_at_the_floor() -> None:
    var = simulation.batch_statistics("normal", 3, 4).var
    law = simulation.density_around(var, floor=0.0)
    assert law is not None
    assert law.edges[0] == 0
    # At B = 3 the variance is exponential with mean 2/3; nearly all of it is within the bins.
    expected = -np.diff(np.exp(-1.5 * law.edges))
    error = np.sqrt(expected / law.count)
    assert (np.abs(law.density * np.diff(law.edges) - expected) < SIGMAS * error + 1e-3).all()
    assert simulation.density_around(np.full(5, 2.0)) is None


def test_inverse_std() -> None:
    found = simulation.inverse_std("normal", 4, 5)
    assert found.without_spread == 0
    assert found.batches[-1] > 60_000
    # sd of w at B = 4 from E[w^2] = B/(B-3) = 4
    sd = math.sqrt(4 - float(theory.inverse_std_mean(4)) ** 2)
    error = sd / math.sqrt(found.batches[-1])
    assert abs(found.average[-1] - theory.inverse_std_mean(4)) < SIGMAS * error
    assert simulation.inverse_std("normal", 1, 5).without_spread == 1
    three = simulation.inverse_std("rectified", 3, 5).without_spread
    assert three == pytest.approx(1 / 8, abs=0.01)
    assert simulation.inverse_std("rectified", 2, 5).without_spread == pytest.approx(0.25, abs=0.01)


def test_fixed_sample_density() -> None:
    law, mean, sd = simulation.fixed_sample_density("normal", 8, 1.5, 2, 0.0)
    middle = (law.edges[1:] + law.edges[:-1]) / 2
    assert np.sum(law.density * np.diff(law.edges) * middle) == pytest.approx(mean, abs=0.02)
    assert float(theory.fixed_sample_moments(1.5, 8)[1]) == pytest.approx(sd, rel=0.05)


@pytest.mark.parametrize("batch", [2, 8, 512])
def test_trail_feeds_the_paths(batch: int) -> None:
    trail = simulation.trail(
        "normal", batch, 5, paths=50, steps=100, mean=5.0, std=3.0, drift=0.5, unbiased=True
    )
    assert trail.mean.shape == trail.var.shape == (50, 100)
    assert trail.first.shape == (100, batch)
    np.testing.assert_allclose(trail.first.mean(axis=1), trail.mean[0])
    np.testing.assert_allclose(trail.first.var(axis=1, ddof=1), trail.var[0])
    still = (trail.mean - 0.5 * np.arange(1, 101)).ravel()
    # Batches that come twice make the mean less certain than their number says.
    seen = still[: trail.distinct]
    assert abs(still.mean() - 5) < 2 * SIGMAS * seen.std() / math.sqrt(seen.size)
    assert trail.distinct == (2048 if batch == 512 else trail.distinct)


def test_paths_of_the_estimate() -> None:
    trail = simulation.trail("normal", 4, 6, paths=2000, steps=20, mean=5.0, std=3.0)
    path = simulation.estimate_paths(trail.mean, 0.1, 1.0)
    assert path.shape == (2000, 21)
    assert (path[:, 0] == 1).all()
    remembered = theory.memory(20, 0.1)
    assert mean_agrees(path[:, -1], float(theory.expected_estimate(remembered, 20, 5.0, 1.0)))
    corrected = simulation.estimate_paths(trail.mean, 0.1, 1.0, corrected=True)
    assert mean_agrees(corrected[:, -1], 5.0)


@pytest.mark.parametrize("batch", [2, 8, 64])
def test_pairs(batch: int) -> None:
    pairs = simulation.pairs("normal", batch, 7)
    count = pairs.training.size // batch  # samples of one batch depend on each other
    expected = float(theory.train_inference_corr(batch))
    assert abs(pairs.correlation - expected) < SIGMAS * (1 - expected**2) / math.sqrt(count)
    assert close(pairs.rms_gap, float(theory.rms_gap(batch)), count)


def test_pairs_of_one_sample() -> None:
    pairs = simulation.pairs("normal", 1, 7)
    assert (pairs.training == 0).all()
    assert math.isnan(pairs.correlation)
    assert close(pairs.rms_gap, 1.0, pairs.training.size)


def test_one_class_pairs() -> None:
    pairs = simulation.one_class_pairs("normal", 8, 7, separation=1.6, inference_var=1.0)
    corr, gap = theory.one_class_gap(8, 1.0, 1.6**2, 1.0)
    count = pairs.training.size // 8
    assert abs(pairs.correlation - corr) < SIGMAS / math.sqrt(count)
    assert close(pairs.rms_gap, gap, count)


def test_fixed_sample() -> None:
    z = simulation.fixed_sample_outputs("normal", 4, 1.2, 8)
    mean, sd = theory.fixed_sample_moments(1.2, 4)
    assert mean_agrees(z, float(mean))
    assert sd_agrees(z, float(sd))
    assert simulation.fixed_sample_outputs("normal", 1, 1.2, 8).tolist() == [0.0] * z.size


@pytest.mark.parametrize(("momentum", "unbiased"), [(0.1, False), (0.3, True), (None, False)])
def test_unsettled_gaps(momentum: float | None, unbiased: bool) -> None:
    sizes = (4, 8, 64, 512)
    gaps = simulation.unsettled_gaps(
        "normal", sizes, 9, steps=20, momentum=momentum, mean_offset=1.0, unbiased=unbiased
    )
    causes = theory.gap_causes(
        np.array(sizes), 20, momentum, mean_offset=1.0, unbiased=unbiased
    ).total
    # 128 sets of running statistics stand behind 2048 samples: count the former.
    for gap, cause in zip(gaps, causes, strict=True):
        assert close(math.sqrt(gap), math.sqrt(cause), 128, 1.5)


def test_the_variance_that_is_stored_changes_the_gap_as_it_should() -> None:
    """On paired draws, so that the simulations share nearly all of their noise."""
    sizes = (4, 8)
    ratios = []
    for unbiased in (False, True):
        how: dict[str, Any] = {"steps": 40, "momentum": 0.1, "unbiased": unbiased}
        simulated = simulation.unsettled_gaps("normal", sizes, 9, **how)
        ratios.append(
            simulated / theory.gap_causes(np.array(sizes), 40, 0.1, unbiased=unbiased).total
        )
    assert ratios[0] == pytest.approx(ratios[1], rel=0.03)


def test_the_other_end_of_the_pool_holds_other_draws() -> None:
    first = simulation.batches("normal", 8, 3, 2048)
    other = simulation.batches("normal", 8, 3, 2048, others=True)
    assert first.shape == other.shape
    assert not np.isin(first, other).any()
