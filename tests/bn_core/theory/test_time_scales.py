"""Half-life, window, settled noise, the end of the start's bias and the lag, against paths."""

import math

import numpy as np
import pytest

from bn_core.running import running_path
from bn_core.theory.running import estimate_sd, expected_estimate, memory
from bn_core.theory.time_scales import (
    bias_under_noise_step,
    drift_lag,
    equivalent_window,
    half_life,
    settled_sd,
)

MU, START = 5.0, 1.0


@pytest.mark.parametrize("momentum", [0.2, 1.0])
def test_a_settled_path_scatters_by_the_sum_of_all_weights(momentum: float) -> None:
    weights = momentum * (1 - momentum) ** np.arange(2000)
    expected = 3.0 * np.sqrt(np.sum(weights**2))
    assert settled_sd(3.0, momentum) == pytest.approx(expected, rel=1e-12)


def test_lag_behind_a_drifting_mean() -> None:
    m, drift, steps = 0.1, 0.3, 200
    moving = drift * np.arange(1, steps + 1)
    exponential = running_path(moving[None, :, None], m)[0, :, 0]
    assert moving[-1] - exponential[-1] == pytest.approx(drift_lag(drift, m), rel=1e-6)
    cumulative = running_path(moving[None, :, None], None)[0, :, 0]
    assert moving[-1] - cumulative[-1] == pytest.approx(drift * (steps - 1) / 2)
    assert drift_lag(drift, 1.0) == 0
    assert drift_lag(-drift, 0.0) == -math.inf
    assert drift_lag(0.0, 0.0) == 0


@pytest.mark.parametrize("momentum", [0.003, 0.1, 0.5])
def test_half_life_and_window(momentum: float) -> None:
    steps = half_life(momentum)
    assert (1 - momentum) ** steps == pytest.approx(0.5)
    settled = memory(1e6, momentum).noise
    assert settled == pytest.approx(1 / equivalent_window(momentum))


def test_known_values() -> None:
    assert half_life(0.1) == pytest.approx(6.58, abs=0.005)
    assert half_life(0.01) == pytest.approx(69, abs=0.1)
    assert equivalent_window(0.1) == 19


@pytest.mark.parametrize("momentum", [0.004, 0.1, 0.7])
@pytest.mark.parametrize("start", [START, MU - 0.3])
def test_bias_under_noise(momentum: float, start: float) -> None:
    """Before the step the start's bias is above the noise of the same step, from it on below."""
    noise = 0.5
    step = math.ceil(bias_under_noise_step(MU, start, noise, momentum))
    steps = np.arange(0, 3 * step)
    remembered = memory(steps, momentum)
    bias = np.abs(MU - expected_estimate(remembered, steps, MU, start))
    assert (bias > estimate_sd(remembered, noise)).tolist() == (steps < step).tolist()


def test_ends_of_momentum() -> None:
    assert half_life(1.0) == half_life(None) == 0
    assert half_life(0.0) == equivalent_window(0.0) == math.inf
    assert equivalent_window(None) == math.inf
    assert equivalent_window(1.0) == 1
    step = bias_under_noise_step
    assert step(5, 0, 1.0, 0.0) == math.inf
    assert step(5, 0, 0.0, 0.1) == math.inf
    assert step(5, 0, 1.0, 1.0) == step(5, 0, 1.0, None) == 1
    assert step(5, 5, 0.0, 0.0) == step(5, 5, 1.0, 0.1) == 0


@pytest.mark.parametrize("call", [half_life, equivalent_window])
def test_momentum_of_another_kind_is_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match="momentum"):
        call(1.5)
