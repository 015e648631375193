"""Running estimates: mean, sd, lag and the step counts, against simulated paths."""

import math

import numpy as np
import pytest

from bn_core import theory
from bn_core.running import bias_corrected, running_path
from tests.core.standard_error import mean_agrees, sd_agrees

BATCH, SIGMA, MU, START = 4, 3.0, 5.0, 1.0
PATHS, STEPS = 4000, 30
KINDS: list[tuple[float | None, bool]] = [
    (0.1, False),
    (0.01, False),
    (0.7, False),
    (1.0, False),
    (0.1, True),
    (1.0, True),
]
KINDS += [(None, False), (0.05, True)]


def paths(statistic: np.ndarray, momentum: float | None, corrected: bool) -> np.ndarray:
    path = running_path(statistic[:, :, None], momentum, START)
    return (bias_corrected(path, momentum) if corrected else path)[:, :, 0]


@pytest.mark.parametrize(("momentum", "corrected"), KINDS)
@pytest.mark.parametrize("drift", [0.0, 0.2])
def test_running_mean(momentum: float | None, corrected: bool, drift: float) -> None:
    rng = np.random.default_rng(5)
    steps = np.arange(1, STEPS + 1)
    batch_mean = MU + drift * steps + SIGMA / 2 * rng.standard_normal((PATHS, STEPS))
    path = paths(batch_mean, momentum, corrected)
    remembered = theory.memory(steps, momentum, corrected=corrected)
    mean = theory.expected_estimate(remembered, steps, MU, START, drift)
    sd = theory.estimate_sd(remembered, float(theory.batch_mean_sd(BATCH, SIGMA)))
    for t in (1, 2, 7, STEPS):
        assert mean_agrees(path[:, t], mean[t - 1])
        assert sd_agrees(path[:, t], sd[t - 1])


@pytest.mark.parametrize("unbiased", [False, True])
@pytest.mark.parametrize("momentum", [0.1, None])
def test_running_var(momentum: float | None, unbiased: bool) -> None:
    rng = np.random.default_rng(6)
    x = SIGMA * rng.standard_normal((PATHS, STEPS, BATCH))
    path = paths(x.var(axis=2, ddof=int(unbiased)), momentum, False)
    remembered = theory.memory(STEPS, momentum)
    target = float(theory.batch_var_mean(BATCH, SIGMA, unbiased=unbiased))
    mean = theory.expected_estimate(remembered, STEPS, target, START)
    spread = float(theory.batch_var_sd(BATCH, SIGMA, unbiased=unbiased))
    assert mean_agrees(path[:, -1], float(mean))
    assert sd_agrees(path[:, -1], float(theory.estimate_sd(remembered, spread)))


def test_inference_on_the_biased_variance_comes_out_too_wide() -> None:
    """B/(B-1): at a batch of 2 the inference output has variance 2."""
    assert 1 / theory.batch_var_mean(2) == 2


def test_settled_paths() -> None:
    m, lag = 0.2, 3
    values = np.random.default_rng(8).standard_normal((20_000, 60))
    path = running_path(values[:, :, None], m, 0.0)[:, :, 0]
    assert sd_agrees(path[:, -1], theory.settled_sd(1.0, m))
    noise = theory.settled_sd(1.0, m) ** 2
    products = path[:, -1] * path[:, -1 - lag] / noise
    assert mean_agrees(products, float(theory.autocorrelation(lag, m)))


def test_lag_behind_a_drifting_mean() -> None:
    m, drift, steps = 0.1, 0.3, 200
    moving = drift * np.arange(1, steps + 1)
    exponential = running_path(moving[None, :, None], m)[0, :, 0]
    assert moving[-1] - exponential[-1] == pytest.approx(theory.drift_lag(drift, m), rel=1e-6)
    cumulative = running_path(moving[None, :, None], None)[0, :, 0]
    assert moving[-1] - cumulative[-1] == pytest.approx(drift * (steps - 1) / 2)
    assert theory.drift_lag(drift, 1.0) == 0
    assert theory.drift_lag(-drift, 0.0) == -math.inf
    assert theory.drift_lag(0.0, 0.0) == 0


@pytest.mark.parametrize("momentum", [0.003, 0.1, 0.5])
def test_half_life_and_window(momentum: float) -> None:
    steps = theory.half_life(momentum)
    assert (1 - momentum) ** steps == pytest.approx(0.5)
    settled = theory.memory(1e6, momentum).noise
    assert settled == pytest.approx(1 / theory.equivalent_window(momentum))


def test_known_values() -> None:
    assert theory.half_life(0.1) == pytest.approx(6.58, abs=0.005)
    assert theory.half_life(0.01) == pytest.approx(69, abs=0.1)
    assert theory.equivalent_window(0.1) == 19


def test_bias_under_noise() -> None:
    m, noise = 0.1, 0.5
    step = theory.bias_under_noise_step(MU, START, noise, m)
    remembered = theory.memory([math.floor(step), math.ceil(step)], m)
    bias = MU - theory.expected_estimate(remembered, 0.0, MU, START)
    assert bias[0] > theory.settled_sd(noise, m) > bias[1]


def test_ends_of_momentum() -> None:
    assert theory.half_life(1.0) == theory.half_life(None) == 0
    assert theory.half_life(0.0) == theory.equivalent_window(0.0) == math.inf
    assert theory.equivalent_window(None) == math.inf
    assert theory.equivalent_window(1.0) == 1
    still = theory.memory([0, 1, 50], 0.0)
    assert still.start.tolist() == [1, 1, 1]
    assert still.noise.tolist() == [0, 0, 0]
    assert np.isnan(theory.memory([0, 5], 0.0, corrected=True).start).all()
    assert np.isnan(theory.memory(0, 0.1, corrected=True).start)
    step = theory.bias_under_noise_step
    assert step(5, 0, 1.0, 0.0) == math.inf
    assert step(5, 0, 0.0, 0.1) == math.inf
    assert step(5, 0, 1.0, 1.0) == step(5, 0, 1.0, None) == 1
    assert step(5, 5, 0.0, 0.0) == step(5, 5, 1.0, 0.1) == 0


@pytest.mark.parametrize("call", [theory.half_life, theory.equivalent_window])
def test_momentum_of_another_kind_is_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match="momentum"):
        call(1.5)
