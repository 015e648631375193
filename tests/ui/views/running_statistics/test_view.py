"""The view of the running statistics: every corner of its settings, and the numbers it tells."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from bn_core.sampling import SHAPES
from tests.ui.views.parts import figure, numbers, text
from tests.ui.walk import assert_clean
from ui.views.running_statistics.view import PATHS, STEPS, RunningSettings, show

CORNERS = list(product((1, 2, 3, 512), (-10.0, 10.0), (0.0, 10.0), (0.0, 10.0), (0.0, 1.0)))


@pytest.mark.parametrize(("batch", "mean", "std", "eps", "momentum"), CORNERS)
def test_no_corner_breaks_the_page(
    batch: int, mean: float, std: float, eps: float, momentum: float
) -> None:
    common: dict[str, Any] = {"batch": batch, "mean": mean, "std": std, "eps": eps}
    common |= {"momentum": momentum, "drift": 0.5, "start_var": 0.0}
    for average in ("exponential", "bias-corrected", "cumulative"):
        for stored in ("biased", "unbiased"):
            assert_clean(show(RunningSettings(**common, average=average, stored=stored)))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("batch", [1, 2, 32])
def test_no_shape_breaks_the_page(shape: str, batch: int) -> None:
    assert_clean(show(RunningSettings(shape=shape, batch=batch)))


def test_mean_and_sd_of_the_runs_are_the_closed_forms() -> None:
    for settings in (RunningSettings(), RunningSettings(average="cumulative", seed=4)):
        parts = show(settings)
        for name in ("fig_running_mean", "fig_running_var"):
            told = numbers(figure(parts, name)["alt"])
            paths, steps, mean, sd, expected, expected_sd = told[:6]
            assert (paths, steps) == (PATHS, STEPS)
            # The alternative text rounds to 3 digits of the mean and 2 of the sd.
            assert abs(mean - expected) < 5 * expected_sd / np.sqrt(PATHS) + 0.006 * abs(expected)
            assert abs(sd / expected_sd - 1) < 5 * 2 / np.sqrt(2 * PATHS)


def test_the_dots_are_the_batch_means_that_the_run_averages() -> None:
    m = 0.3
    fig = figure(show(RunningSettings(momentum=m, batch=4, drift=0.1)), "fig_running_mean")
    [dots] = [trace for trace in fig["data"] if trace["name"] == "batch means"]
    [run] = [trace for trace in fig["data"] if trace["name"] == "one run"]
    assert dots["x"] == run["x"]
    estimate = run["y"][0]
    for mean, after in zip(dots["y"][1:], run["y"][1:], strict=True):
        estimate = (1 - m) * estimate + m * mean
        assert after == pytest.approx(estimate, abs=0.01)
    low, high = fig["layout"]["yaxis"]["range"]
    assert low <= min(dots["y"][1:]) < max(dots["y"][1:]) <= high


def test_the_player_shows_the_batch_that_moves_the_estimate() -> None:
    m = 0.3
    parts = show(RunningSettings(momentum=m, batch=4))
    fig = figure(parts, "fig_running_mean")
    player = fig["player"]
    assert player["steps"] == STEPS == len(player["frames"]) - 1
    followed = fig["data"][player["prefix"][0]]["y"]
    samples, mean, estimate = sorted(player["frames"][1], key=int)
    for step in (1, 2, 57, STEPS):
        frame = player["frames"][step]
        batch_mean = frame[mean]["y"][0]
        assert np.mean(frame[samples]["y"]) == pytest.approx(batch_mean, abs=0.03)
        before, after = frame[estimate]["y"]
        assert after == pytest.approx((1 - m) * before + m * batch_mean, abs=0.02)
        assert after == pytest.approx(followed[step], abs=0.01)
        assert before == pytest.approx(followed[step - 1], abs=0.01)
    assert player["frames"][0][samples]["y"] == []


def test_the_lag_behind_a_drift_is_told() -> None:
    parts = show(RunningSettings(drift=0.5, momentum=0.1))
    assert "4.5" in text(parts, "lag")
    notes = [n["text"] for n in figure(parts, "fig_running_mean")["layout"]["annotations"]]
    assert "<b>off by 4.5</b>" in notes
    assert text(show(RunningSettings()), "lag") == ""
    cumulative = text(show(RunningSettings(drift=-0.5, average="cumulative")), "lag")
    assert "−29.8" in cumulative


def test_half_life_and_end_of_the_bias_are_marked() -> None:
    notes = figure(show(RunningSettings()), "fig_running_mean")["layout"]["annotations"]
    told = " ".join(n["text"] for n in notes)
    assert "half-life 6.58 steps" in told
    assert "bias below noise from step 36" in told
    assert "window: 19 batches" in told


@pytest.mark.parametrize("momentum", [0.1, 0.9, 0.25])
def test_the_two_conventions_change_places(momentum: float) -> None:
    one, other = (show(RunningSettings(momentum=m)) for m in (momentum, 1 - momentum))
    first, second = (figure(parts, "fig_conventions")["data"] for parts in (one, other))
    assert first[0]["y"] == pytest.approx(second[2]["y"], abs=1e-3)
    assert first[2]["customdata"][0] == pytest.approx(1 - momentum)
    code = text(one, "code")
    assert f"BatchNorm1d(64, momentum={momentum:g})" in code
    assert f"BatchNormalization(momentum={1 - momentum:g})" in code
