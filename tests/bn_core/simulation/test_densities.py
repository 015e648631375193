"""Histograms of simulated values, and where their bins end."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bn_core.sampling import SHAPES
from bn_core.simulation import batch_noise, densities
from bn_core.simulation.trained_unit import TrainedUnit
from bn_core.theory import fixed_sample
from bn_core.theory.batch_statistics import (
    inverse_std_mean,
)
from tests.bn_core.output_cdf import output_cdf
from tests.bn_core.standard_error import SIGMAS

UNIT = TrainedUnit("normal", 3, mean=5.0, std=3.0, eps=1e-5, steps=20, momentum=0.1)


def test_a_density_counts_what_lies_outside_among_all() -> None:
    values = np.array([-9.0, 0.1, 0.2, 0.7, 9.0])
    law = densities.density(values, [0.0, 0.5, 1.0])
    assert law.density == pytest.approx([2 / 5 / 0.5, 1 / 5 / 0.5])
    assert law.count == 5


@pytest.mark.parametrize("shape", SHAPES)
def test_the_bins_hold_nearly_all_values(shape: str) -> None:
    for batch in (2, 8):
        var = batch_noise.batch_statistics(shape, batch, 4).var
        law = densities.density_around(var, floor=0.0)
        assert law is not None
        assert np.sum(law.density * np.diff(law.edges)) > 0.99


def test_the_bins_of_an_output_end_at_its_bound() -> None:
    for n in (2, 3, 8, 17):
        edges = densities.output_edges(n)
        assert edges[-1] == -edges[0] == pytest.approx(math.sqrt(n - 1))
    assert densities.output_edges(512)[-1] == pytest.approx(4.5)
    assert len(edges) % 2 == 0, "an odd number of bins: 0 has one of its own"


def test_densities_of_outputs() -> None:
    for n in (2, 3, 8, 64):
        law = densities.output_density("normal", n, 3, 0.0, values=65536)
        shares = law.density * np.diff(law.edges)
        assert shares.sum() == pytest.approx(1, abs=1e-3)
        expected = np.diff(output_cdf(law.edges, n))
        # Outputs of one batch push one another apart, so counts scatter less than independent ones.
        error = np.sqrt(np.maximum(expected, 1e-5) / law.count) * math.sqrt(n / (n - 1))
        assert (np.abs(shares - expected) < SIGMAS * error).all()


def test_bins_begin_at_the_floor() -> None:
    var = batch_noise.batch_statistics("normal", 3, 4).var
    law = densities.density_around(var, floor=0.0)
    assert law is not None
    assert law.edges[0] == 0
    # At B = 3 the variance is exponential with mean 2/3; nearly all of it is within the bins.
    expected = -np.diff(np.exp(-1.5 * law.edges))
    error = np.sqrt(expected / law.count)
    assert (np.abs(law.density * np.diff(law.edges) - expected) < SIGMAS * error + 1e-3).all()
    assert densities.density_around(np.full(5, 2.0)) is None


def test_inverse_std() -> None:
    found = densities.inverse_std("normal", 4, 5)
    assert found.without_spread == 0
    assert found.batches[-1] > 60_000
    # sd of w at B = 4 from E[w^2] = B/(B-3) = 4
    sd = math.sqrt(4 - float(inverse_std_mean(4)) ** 2)
    error = sd / math.sqrt(found.batches[-1])
    assert abs(found.average[-1] - inverse_std_mean(4)) < SIGMAS * error
    ratio = 1 / np.sqrt(batch_noise.batch_statistics("normal", 4, 5, wanted=2**16).var)
    for count, average in zip(found.batches, found.average, strict=True):
        assert average == pytest.approx(ratio[:count].mean())
    assert (found.batches[0], found.batches[-1]) == (1, ratio.size)
    assert np.sum(found.histogram.density * np.diff(found.histogram.edges)) == pytest.approx(1)
    assert densities.inverse_std("normal", 1, 5).without_spread == 1
    three = densities.inverse_std("rectified", 3, 5).without_spread
    assert three == pytest.approx(1 / 8, abs=0.01)
    assert densities.inverse_std("rectified", 2, 5).without_spread == pytest.approx(0.25, abs=0.01)


def test_fixed_sample_density() -> None:
    law, mean, sd = densities.fixed_sample_density(replace(UNIT, eps=0.0), 8, 1.5)
    middle = (law.edges[1:] + law.edges[:-1]) / 2
    assert np.sum(law.density * np.diff(law.edges) * middle) == pytest.approx(mean, abs=0.02)
    assert float(fixed_sample.fixed_sample_moments(1.5, 8)[1]) == pytest.approx(sd, rel=0.05)


@pytest.mark.parametrize("u", [0.0, 4.0])
@pytest.mark.parametrize("batch", [2, 3, 64])
def test_the_bins_of_a_fixed_sample_hold_it_within_its_bounds(batch: int, u: float) -> None:
    law, _, _ = densities.fixed_sample_density(UNIT, batch, u)
    assert np.sum(law.density * np.diff(law.edges)) > 0.99
    assert np.abs(law.edges).max() <= math.sqrt(batch - 1) * (1 + 1e-6)
