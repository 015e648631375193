"""The gap with running statistics under way: the exact sum, and each cause by itself."""

import math

import numpy as np
import pytest

from bn_core import theory
from tests.core.standard_error import mean_agrees


def simulated(
    batch: int,
    steps: int,
    momentum: float | None,
    mean_offset: float,
    start_var: float,
    unbiased: bool,
    eps: float,
) -> np.ndarray:
    """Squared gaps of independent units, each trained by itself; Cochran's laws for the batches."""
    n, rng = 200_000, np.random.default_rng(11)
    running_mean, running_var = np.full(n, mean_offset), np.full(n, start_var)
    for t in range(steps):
        weight = 1 / (t + 1) if momentum is None else momentum
        mean = rng.standard_normal(n) / math.sqrt(batch)
        var = rng.chisquare(max(batch - 1, 1), n) / (batch - 1 if unbiased else batch)
        var = var if batch > 1 else np.zeros(n)
        running_mean += weight * (mean - running_mean)
        running_var += weight * (var - running_var)
    x = rng.standard_normal((n, batch))
    z = (x[:, 0] - x.mean(axis=1)) / np.sqrt(x.var(axis=1) + eps + 1e-300)
    y = (x[:, 0] - running_mean) / np.sqrt(running_var + eps)
    return np.asarray((z - y) ** 2)


CASES = [
    (2, 5, 0.1, 1.5, 0.5, False, 0.0),
    (4, 20, 0.1, 1.5, 0.1, False, 0.0),
    (8, 3, None, 0.0, 1.0, True, 0.2),
    (8, 50, 0.3, 1.0, 3.0, True, 0.0),
    (16, 4, 0.0, 1.0, 2.0, False, 0.0),
    (16, 4, 1.0, 1.0, 2.0, False, 0.0),
    (1, 7, 0.1, 1.0, 3.0, False, 0.0),
    (2, 30, 0.1, 1.0, 9.0, False, 0.01),
]


@pytest.mark.parametrize("case", CASES)
def test_total_against_simulation(
    case: tuple[int, int, float | None, float, float, bool, float],
) -> None:
    batch, steps, momentum, offset, start_var, unbiased, eps = case
    causes = theory.gap_causes(
        np.array([batch]),
        steps,
        momentum,
        mean_offset=offset,
        start_var=start_var,
        unbiased=unbiased,
        eps_ratio=eps,
    )
    assert mean_agrees(simulated(*case), float(causes.total[0]))


def test_settled_statistics_leave_the_batch_noise_alone() -> None:
    sizes = np.array([2, 8, 32])
    causes = theory.gap_causes(sizes, 20_000, 0.001, mean_offset=5.0, start_var=9.0, unbiased=True)
    assert causes.batch_noise == pytest.approx(theory.rms_gap(sizes) ** 2)
    assert causes.mean_start == pytest.approx(0, abs=1e-12)
    assert causes.var_start == pytest.approx(0, abs=1e-7)
    assert causes.var_stored == pytest.approx(0)
    assert causes.total == pytest.approx(theory.rms_gap(sizes) ** 2, abs=2e-3)


def test_untrained_statistics_are_all_start() -> None:
    causes = theory.gap_causes(np.array([1, 4]), 0, 0.1, mean_offset=2.0, start_var=0.25)
    assert causes.mean_start == pytest.approx(16)
    assert causes.mean_noise == pytest.approx(0)
    assert causes.var_noise == pytest.approx(0, abs=1e-6)
    assert causes.var_start == pytest.approx([3, 3 - 2 * theory.std_ratio(4)])


def test_too_large_a_variance_may_make_up_for_the_noise() -> None:
    """The best scale is b(B) < 1, so a variance above the true one narrows the gap."""
    causes = theory.gap_causes(np.array([4]), 0, 0.1, start_var=1.3)
    assert causes.var_start[0] < 0


def test_where_the_mean_square_is_infinite() -> None:
    causes = theory.gap_causes(np.array([1, 2, 3, 4]), 10, 1.0)
    assert causes.total.tolist()[:3] == [math.inf, math.inf, math.inf]
    # E[B/chi2(3)] = 4 for the noise of the mean at B = 4, over B = 4
    assert causes.mean_noise[3] == pytest.approx(1)
    empty = theory.gap_causes(np.array([4]), 0, 0.1, start_var=0.0)
    assert empty.total.tolist() == [math.inf]


def test_one_sample_has_no_unbiased_variance() -> None:
    with pytest.raises(ValueError, match="unbiased"):
        theory.gap_causes(np.array([1, 2]), 10, 0.1, unbiased=True)
