"""Running estimates: their mean and sd after each step, against simulated paths."""

import numpy as np
import pytest

from bn_core.running import bias_corrected, running_path
from bn_core.theory import batch_statistics, running
from tests.bn_core.standard_error import mean_agrees, sd_agrees

BATCH, SIGMA, MU, START = 4, 3.0, 5.0, 1.0
PATHS, STEPS = 4000, 30
KINDS: list[tuple[float | None, bool]] = [
    (0.0, False),
    (0.001, False),
    (0.1, False),
    (0.7, False),
    (1.0, False),
    (None, False),
    (0.001, True),
    (0.1, True),
    (1.0, True),
    (None, True),
]


def paths(
    statistic: np.ndarray, momentum: float | None, corrected: bool, start: float = START
) -> np.ndarray:
    path = running_path(statistic[:, :, None], momentum, start)
    return (bias_corrected(path, momentum) if corrected else path)[:, :, 0]


@pytest.mark.parametrize(("momentum", "corrected"), KINDS)
def test_memory_is_that_of_the_weights(momentum: float | None, corrected: bool) -> None:
    """An estimate is linear in its batches, so a batch of 1 among zeros shows its weight."""
    weights = paths(np.eye(STEPS), momentum, corrected, start=0.0)[:, 1:]  # (batch, step)
    start = paths(np.zeros((1, STEPS)), momentum, corrected, start=1.0)[0, 1:]
    steps = np.arange(1, STEPS + 1)
    remembered = running.memory(steps, momentum, corrected=corrected)
    np.testing.assert_allclose(remembered.start, start, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(remembered.noise, np.sum(weights**2, axis=0), rtol=1e-10)
    if momentum != 0:
        age = np.sum(weights * (steps - steps[:, None]), axis=0) / weights.sum(axis=0)
        # At a momentum of 0.001 the age is the small difference of two numbers near 1000.
        np.testing.assert_allclose(remembered.age, age, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("momentum", "corrected"), KINDS[1:])
@pytest.mark.parametrize("drift", [0.0, 0.2])
def test_expected_estimate(momentum: float | None, corrected: bool, drift: float) -> None:
    """Fed with what is expected of each batch, an estimate is what is expected of it."""
    steps = np.arange(1, STEPS + 1)
    path = paths((MU + drift * steps)[None], momentum, corrected)[0, 1:]
    remembered = running.memory(steps, momentum, corrected=corrected)
    expected = running.expected_estimate(remembered, steps, MU, START, drift)
    np.testing.assert_allclose(expected, path, rtol=1e-10)


def test_before_the_first_batch() -> None:
    for momentum in (0.1, 1.0, None):
        left = running.memory(0, momentum)
        assert (float(left.start), float(left.age), float(left.noise)) == (1, 0, 0)
        assert running.expected_estimate(left, 0, MU, START) == START
        assert np.isnan(running.memory(0, momentum, corrected=True).start)
        assert np.isnan(running.memory(0, momentum, corrected=True).noise)


@pytest.mark.parametrize("unbiased", [False, True])
@pytest.mark.parametrize("momentum", [0.1, None])
def test_running_var(momentum: float | None, unbiased: bool) -> None:
    rng = np.random.default_rng(6)
    x = SIGMA * rng.standard_normal((PATHS, STEPS, BATCH))
    path = paths(x.var(axis=2, ddof=int(unbiased)), momentum, False)
    remembered = running.memory(STEPS, momentum)
    target = float(batch_statistics.batch_var_mean(BATCH, SIGMA, unbiased=unbiased))
    mean = running.expected_estimate(remembered, STEPS, target, START)
    spread = float(batch_statistics.batch_var_sd(BATCH, SIGMA, unbiased=unbiased))
    assert mean_agrees(path[:, -1], float(mean))
    assert sd_agrees(path[:, -1], float(running.estimate_sd(remembered, spread)))


def test_inference_on_the_biased_variance_comes_out_too_wide() -> None:
    """B/(B-1): at a batch of 2 the inference output has variance 2."""
    assert 1 / batch_statistics.batch_var_mean(2) == 2


def test_at_momentum_0_the_start_stays() -> None:
    still = running.memory([0, 1, 50], 0.0)
    assert still.start.tolist() == [1, 1, 1]
    assert still.noise.tolist() == [0, 0, 0]
    assert np.isnan(running.memory([0, 5], 0.0, corrected=True).start).all()
    assert np.isnan(running.memory(0, 0.1, corrected=True).start)


def test_momentum_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="momentum"):
        running.memory(3, 1.5)
