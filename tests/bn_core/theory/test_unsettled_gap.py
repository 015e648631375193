"""The gap with running statistics under way: the exact sum, and each cause by itself."""

import math

import numpy as np
import pytest

from bn_core.theory import batch_statistics, inference_gap
from bn_core.theory.inference_moments import TrainedStatistics, inference_moments
from bn_core.theory.unsettled_gap import gap_causes
from tests.bn_core.standard_error import mean_agrees


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
    (8, 12, 0.3, 1.0, 3.0, True, 0.2),
    (1, 7, 0.1, 1.0, 3.0, False, 0.0),
]


@pytest.mark.parametrize("case", CASES)
def test_total_against_simulation(
    case: tuple[int, int, float | None, float, float, bool, float],
) -> None:
    batch, steps, momentum, offset, start_var, unbiased, eps = case
    causes = gap_causes(
        np.array([batch]),
        TrainedStatistics(
            steps,
            momentum,
            mean_offset=offset,
            start_var=start_var,
            unbiased=unbiased,
            eps_ratio=eps,
        ),
    )
    assert mean_agrees(simulated(*case), float(causes.total[0]))


@pytest.mark.parametrize("batch", [2, 8])
@pytest.mark.parametrize("momentum", [0.0, 0.1, None])
def test_the_parts_add_up_to_the_sum_in_the_docstring(batch: int, momentum: float | None) -> None:
    trained = TrainedStatistics(
        4, momentum, mean_offset=1.5, start_var=2.0, eps_ratio=0.1, between=0.7
    )
    law = inference_moments([batch], trained)
    square, product = (float(m[0]) for m in inference_gap.train_moments([batch], 0.1))
    r_square = law.bias**2 + float(law.mean_noise[0])
    first, second = float(law.first[0]), float(law.second[0])
    whole = square - 2 * product * first + second * (1 + 0.7 + r_square)
    assert gap_causes([batch], trained).total[0] == pytest.approx(whole)


def test_settled_statistics_leave_the_batch_noise_alone() -> None:
    sizes = np.array([2, 8, 32])
    trained = TrainedStatistics(20_000, 0.001, mean_offset=5.0, start_var=9.0, unbiased=True)
    causes = gap_causes(sizes, trained)
    assert causes.batch_noise == pytest.approx(inference_gap.rms_gap(sizes) ** 2)
    assert causes.mean_start == pytest.approx(0, abs=1e-12)
    assert causes.var_start == pytest.approx(0, abs=1e-7)
    assert causes.var_stored == pytest.approx(0)
    assert causes.total == pytest.approx(inference_gap.rms_gap(sizes) ** 2, abs=2e-3)


def test_untrained_statistics_are_all_start() -> None:
    untrained = TrainedStatistics(0, 0.1, mean_offset=2.0, start_var=0.25)
    causes = gap_causes(np.array([1, 4]), untrained)
    assert causes.mean_start == pytest.approx(16)
    assert causes.mean_noise == pytest.approx(0)
    assert causes.var_noise == pytest.approx(0, abs=1e-6)
    assert causes.var_start == pytest.approx([3, 3 - 2 * batch_statistics.std_ratio(4)])


def test_too_large_a_variance_may_make_up_for_the_noise() -> None:
    """The best scale is b(B) < 1, so a variance above the true one narrows the gap."""
    causes = gap_causes(np.array([4]), TrainedStatistics(0, 0.1, start_var=1.3))
    assert causes.var_start[0] < 0


def test_where_the_mean_square_is_infinite() -> None:
    causes = gap_causes(np.array([1, 2, 3, 4]), TrainedStatistics(10, 1.0))
    assert causes.total.tolist()[:3] == [math.inf, math.inf, math.inf]
    # E[B/chi2(3)] = 4 for the noise of the mean at B = 4, over B = 4
    assert causes.mean_noise[3] == pytest.approx(1)
    empty = gap_causes(np.array([4]), TrainedStatistics(0, 0.1, start_var=0.0))
    assert empty.total.tolist() == [math.inf]


def test_one_sample_has_no_unbiased_variance() -> None:
    with pytest.raises(ValueError, match="unbiased"):
        gap_causes(np.array([1, 2]), TrainedStatistics(10, 0.1, unbiased=True))


@pytest.mark.parametrize("unbiased", [False, True])
@pytest.mark.parametrize("momentum", [0.001, 0.013, 0.1, 0.5, 1.0])
def test_settled_is_the_limit_of_many_steps(momentum: float, unbiased: bool) -> None:
    sizes = np.array([4, 8, 32])
    steps = min(math.ceil(20 / momentum), 20_000)
    trained = TrainedStatistics(
        steps,
        momentum,
        mean_offset=2.0,
        start_var=9.0,
        unbiased=unbiased,
        eps_ratio=0.01,
        between=0.5,
    )
    settled = gap_causes(sizes, trained.settled())
    late = gap_causes(sizes, trained)
    assert settled.total == pytest.approx(late.total, rel=1e-5)
    for part in (settled.var_start, settled.mean_start):
        assert part == pytest.approx(np.zeros(3), abs=1e-12)


@pytest.mark.parametrize(
    ("batch", "unbiased", "gap"), [(2, False, 1.27), (32, False, 0.2255), (2, True, 0.982)]
)
def test_known_settled_gaps(batch: int, unbiased: bool, gap: float) -> None:
    """At momentum 0.1; each was simulated by itself."""
    total = gap_causes([batch], TrainedStatistics(None, 0.1, unbiased=unbiased)).total[0]
    assert math.sqrt(total) == pytest.approx(gap, rel=3e-3)


def test_with_momentum_0_nothing_settles() -> None:
    with pytest.raises(ValueError, match="settles"):
        gap_causes([4], TrainedStatistics(None, 0.0))


@pytest.mark.parametrize(("batch", "steps", "momentum"), [(4, 20, 0.1), (8, 3, 0.5)])
def test_batches_of_one_class_each(batch: int, steps: int, momentum: float) -> None:
    n, rng, apart = 200_000, np.random.default_rng(4), 1.6
    r, variance = np.full(n, -1.5), np.full(n, 0.5)
    for _ in range(steps):
        side = apart * rng.choice([-1.0, 1.0], n)
        mean = side + rng.standard_normal(n) / math.sqrt(batch)
        r += momentum * (mean - r)
        variance += momentum * (rng.chisquare(batch - 1, n) / batch - variance)
    x = rng.standard_normal((n, batch))
    z = (x[:, 0] - x.mean(axis=1)) / np.sqrt(x.var(axis=1))
    y = (x[:, 0] + apart * rng.choice([-1.0, 1.0], n) - r) / np.sqrt(variance)
    trained = TrainedStatistics(steps, momentum, mean_offset=-1.5, start_var=0.5, between=apart**2)
    causes = gap_causes([batch], trained)
    assert mean_agrees((z - y) ** 2, float(causes.total[0]))
    law = inference_moments([batch], trained)
    assert mean_agrees(1 / np.sqrt(variance), float(law.first[0]))
    assert mean_agrees((r - law.bias) ** 2, float(law.mean_noise[0]))
    assert mean_agrees(r, law.bias)
