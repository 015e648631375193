"""One fixed sample among changing others: distribution, moments, expected output.

Closed forms are held against scipy's distributions; one simulation holds the model itself.
"""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy import integrate, stats

from bn_core.theory import batch_statistics
from bn_core.theory.fixed_sample import (
    expected_training_output,
    fixed_sample_moments,
    fixed_sample_pdf,
    noncentral_t_pdf,
)
from tests.bn_core.standard_error import mean_agrees, sd_agrees, shares_agree

N = 40_000
EXACT = 1e-10


def training(x: np.ndarray, eps: float = 0.0) -> np.ndarray:
    return np.asarray((x[:, 0] - x.mean(axis=1)) / np.sqrt(x.var(axis=1) + eps))


FIXED = [(0.0, 3), (0.5, 3), (-2.0, 3), (3.5, 3), (1.0, 4), (-2.0, 8), (1.5, 64), (3.5, 100)]


def noncentral_t(u: float, batch: int) -> stats.distributions.rv_frozen:
    return stats.nct(batch - 2, u * math.sqrt(batch - 1))


@pytest.mark.parametrize(("u", "batch"), FIXED)
def test_a_fixed_samples_law_is_a_noncentral_t(u: float, batch: int) -> None:
    law = noncentral_t(u, batch)
    t = law.ppf(np.linspace(0.001, 0.999, 41))
    own = noncentral_t_pdf(t, batch - 2, u * math.sqrt(batch - 1))
    assert own == pytest.approx(law.pdf(t), rel=EXACT)
    # z = sqrt(B-1) T / sqrt(B(B-2) + T^2), and the density with its slope
    reach = math.sqrt(batch - 1)
    z = reach * t / np.sqrt(batch * (batch - 2) + t * t)
    slope = reach * batch * (batch - 2) / (batch * (batch - 2) + t * t) ** 1.5
    assert fixed_sample_pdf(z, u, batch) == pytest.approx(law.pdf(t) / slope, rel=1e-8)


@pytest.mark.parametrize(("u", "batch"), FIXED)
def test_a_fixed_samples_moments_are_those_of_its_law(u: float, batch: int) -> None:
    law, reach = noncentral_t(u, batch), math.sqrt(batch - 1)
    ends = [-np.inf, *law.ppf([0.01, 0.5, 0.99]), np.inf]

    def moment(power: int) -> float:
        parts = (
            integrate.quad(
                lambda t: (
                    (reach * t / math.sqrt(batch * (batch - 2) + t * t)) ** power
                    * float(law.pdf(t))
                ),
                a,
                b,
                epsabs=1e-13,
                limit=200,
            )[0]
            for a, b in pairwise(ends)
        )
        return float(sum(parts))

    mean, sd = fixed_sample_moments(u, batch)
    assert mean == pytest.approx(moment(1), abs=EXACT)
    assert sd == pytest.approx(math.sqrt(moment(2) - moment(1) ** 2), abs=EXACT)


@pytest.mark.parametrize(("u", "batch"), [(0.5, 3), (1.0, 4), (-2.0, 8)])
def test_a_sample_among_others_drawn_by_hand_has_this_law(u: float, batch: int) -> None:
    x = np.random.default_rng(batch).standard_normal((N, batch))
    x[:, 0] = u
    z = training(x)
    mean, sd = fixed_sample_moments(u, batch)
    assert mean_agrees(z, float(mean))
    assert sd_agrees(z, float(sd))
    t = noncentral_t(u, batch).ppf(np.linspace(0.0, 1.0, 21)[1:-1])
    inner = math.sqrt(batch - 1) * t / np.sqrt(batch * (batch - 2) + t * t)
    edges = np.concatenate([[-batch], inner, [batch]])
    assert shares_agree(z, edges, np.full(20, 1 / 20))


def test_a_fixed_sample_with_one_other_and_alone() -> None:
    u = np.array([0.8, -0.8])
    mean, sd = fixed_sample_moments(u, 2)
    assert mean == pytest.approx(2 * stats.norm.cdf(u) - 1)  # 1 where the other sample is smaller
    assert mean**2 + sd**2 == pytest.approx([1, 1])
    assert [float(m) for m in fixed_sample_moments(3.0, 1)] == [0, 0]
    with pytest.raises(ValueError, match="one other sample"):
        fixed_sample_pdf(0.0, 1.0, 2)


def test_there_is_nothing_beyond_the_bound() -> None:
    assert fixed_sample_pdf([-2.0, 1.8, 9.0], 1.0, 4).tolist()[::2] == [0, 0]
    assert fixed_sample_pdf(1.7, 1.0, 4) > 0


def test_several_samples_at_once_are_each_by_itself() -> None:
    u = np.linspace(-3.5, 3.5, 8).reshape(2, 4)
    for batch in (1, 2, 3, 512):
        mean, sd = fixed_sample_moments(u, batch)
        each = [[fixed_sample_moments(float(v), batch) for v in row] for row in u]
        assert mean == pytest.approx(np.array(each)[..., 0], rel=1e-12)
        assert sd == pytest.approx(np.array(each)[..., 1], rel=1e-12)


def test_fixed_samples_average_to_the_whole() -> None:
    """E over u of E[z u] is the correlation of training and inference output."""
    u = np.linspace(-8, 8, 81)
    for batch in (2, 3, 8):
        mean, _ = fixed_sample_moments(u, batch)
        corr = np.trapezoid(mean * u * stats.norm.pdf(u), u)
        assert corr == pytest.approx(float(batch_statistics.std_ratio(batch)), abs=1e-10)


@pytest.mark.parametrize("eps", [1e-4, 0.1, 3.0, 1000.0])
@pytest.mark.parametrize("batch", [2, 3, 8, 64])
@pytest.mark.parametrize("u", [0.0, 1.0, -2.5])
def test_a_fixed_sample_where_eps_counts(batch: int, eps: float, u: float) -> None:
    x = np.random.default_rng(batch).standard_normal((N, batch))
    x[:, 0] = u
    z = training(x, eps)
    mean, sd = fixed_sample_moments(u, batch, eps)
    assert mean_agrees(z, float(mean))
    assert sd_agrees(z, float(sd))
    if batch > 2:
        edges = np.linspace(z.min(), z.max(), 9)
        # By the angle of z, since the density may shoot up at the bounds.
        bound = math.sqrt(batch - 1)
        ends = np.arcsin(np.clip(edges / bound, -1, 1))
        angle = np.linspace(ends[:-1], ends[1:], 400)
        density = fixed_sample_pdf(bound * np.sin(angle), u, batch, eps)
        shares = np.trapezoid(density * bound * np.cos(angle), angle, axis=0)
        seen = np.histogram(z, edges)[0] / N
        error = np.sqrt(np.maximum(shares, 1 / N) / N)
        assert (np.abs(seen - shares) < 5 * error + 0.003).all()


def test_a_fixed_sample_hardly_notices_a_small_eps() -> None:
    for batch in (3, 8, 512):
        without = fixed_sample_moments(1.3, batch)
        assert fixed_sample_moments(1.3, batch, 2e-5) == pytest.approx(without, abs=2e-3)


@pytest.mark.parametrize("batch", [2, 4, 32])
def test_the_training_output_that_an_inference_output_goes_with(batch: int) -> None:
    rng = np.random.default_rng(batch)
    shift, scale = rng.normal(0.3, 0.2, 50), rng.uniform(0.7, 1.4, 50)
    x = rng.standard_normal((400_000, batch))
    run = rng.integers(50, size=len(x))
    y, z = (x[:, 0] - shift[run]) * scale[run], training(x)
    for at in (-1.0, 0.2, 1.5):
        near = z[np.abs(y - at) < 0.02]
        mean, sd = expected_training_output([at], shift, scale, batch)
        # Between the points of u the law is taken as straight: a hundredth on top.
        slack = 5 * near.std() / math.sqrt(near.size) + 0.01
        assert near.mean() == pytest.approx(mean[0], abs=slack)
        assert near.std() == pytest.approx(sd[0], abs=0.03)
    far, _ = expected_training_output([500.0], shift, scale, batch)
    assert np.isnan(far).all()
