"""The noise pages: every corner of their settings, and the numbers that they tell."""

import json
import re
from itertools import product
from typing import Any

import numpy as np
import pytest

from bn_core import theory
from bn_core.sampling import SHAPES
from ui.figures.style import Figure
from ui.settings import BATCH_SIZES, Settings
from ui.views import Shown
from ui.views.running_statistics import PATHS, STEPS, RunningSettings
from ui.views.running_statistics import show as running
from ui.views.small_batches import show as small
from ui.views.train_vs_inference import TrainInferenceSettings
from ui.views.train_vs_inference import show as versus

CORNERS = list(product((1, 2, 3, 512), (-10.0, 10.0), (0.0, 10.0), (0.0, 10.0), (0.0, 1.0)))


def figure(parts: Shown, name: str) -> Figure:
    part = parts[name]
    assert isinstance(part, dict)
    return part


def text(parts: Shown, name: str) -> str:
    part = parts[name]
    assert isinstance(part, str)
    return part


def trace(parts: Shown, name: str, called: str) -> dict[str, Any]:
    [found] = [t for t in figure(parts, name)["data"] if t.get("name") == called]
    return dict(found)


def complete(parts: Shown) -> None:
    json.dumps(parts, allow_nan=False)
    for part in parts.values():
        told = part if isinstance(part, str) else part["alt"]
        assert not re.search(r"\b(nan|None|inf)\b", told), told


def numbers(told: str) -> list[float]:
    return [float(n.replace("−", "-")) for n in re.findall(r"[−-]?\d+(?:\.\d+)?", told)]


@pytest.mark.parametrize(("batch", "mean", "std", "eps", "momentum"), CORNERS)
def test_no_corner_breaks_a_page(
    batch: int, mean: float, std: float, eps: float, momentum: float
) -> None:
    common: dict[str, Any] = {"batch": batch, "mean": mean, "std": std, "eps": eps}
    common |= {"momentum": momentum}
    complete(small(Settings(**common, features=batch if batch < 4 else 256)))
    for average in ("exponential", "bias-corrected", "cumulative"):
        for stored in ("biased", "unbiased"):
            chosen: dict[str, Any] = {"average": average, "stored": stored}
            complete(running(RunningSettings(**common, **chosen, drift=0.5, start_var=0.0)))
    for case in ("ordinary", "eval forgotten", "one class"):
        last: dict[str, Any] = {"case": case, "sample": 4.0, "separation": 4.0}
        for stored, steps in (("biased", 0), ("unbiased", 500)):
            more: dict[str, Any] = {"stored": stored, "steps": steps}
            complete(versus(TrainInferenceSettings(**common, **last, **more)))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("batch", [1, 2, 32])
def test_no_shape_breaks_a_page(shape: str, batch: int) -> None:
    common: dict[str, Any] = {"shape": shape, "batch": batch}
    for parts in (
        small(Settings(**common)),
        running(RunningSettings(**common)),
        versus(TrainInferenceSettings(**common)),
        versus(TrainInferenceSettings(**common, case="one class")),
    ):
        complete(parts)


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "normal"])
def test_gaussian_formulas_are_drawn_for_gaussian_input_alone(shape: str) -> None:
    def named(parts: Shown, name: str) -> list[str]:
        return [str(t.get("name")) for t in figure(parts, name)["data"]]

    gaussian, other = (small(Settings(shape=one, batch=8)) for one in ("normal", shape))
    assert named(gaussian, "fig_output_law").count("closed form") == 3
    [drawn] = [t for t in figure(other, "fig_output_law")["data"] if t.get("name") == "closed form"]
    assert drawn["x"] == []
    assert "closed form" in named(gaussian, "fig_sampling")
    assert "closed form" not in named(other, "fig_sampling")
    assert "closed form + sd" in named(other, "fig_sampling"), "mean and sd hold for any input"
    lines = named(other, "fig_errors_by_batch")
    assert "mean, closed form" in lines
    assert "output, closed form" not in lines
    assert "Gaussian" in text(other, "numbers")
    unlike = versus(TrainInferenceSettings(shape=shape))
    assert "expected" not in named(unlike, "fig_gap")
    assert "closed form" not in named(unlike, "fig_same_sample")
    assert "settled statistics" not in named(unlike, "fig_gap_by_batch")
    assert "Gaussian" in text(unlike, "lesson")


def test_points_of_the_relative_errors_lie_on_their_lines() -> None:
    parts = small(Settings(seed=3))
    for name in ("mean", "variance", "output"):
        dots = np.array(trace(parts, "fig_errors_by_batch", name)["y"], dtype=float)
        line = np.array(trace(parts, "fig_errors_by_batch", f"{name}, closed form")["y"], float)
        known = np.isfinite(line)
        # 2048 batches, nested: 5 standard errors, three times as wide for the variance's tails.
        assert np.abs(dots[known] / line[known] - 1).max() < 0.25
        assert np.abs(dots[known][-8:] / line[known][-8:] - 1).max() < 5 / np.sqrt(2 * 2048)


def test_the_present_size_is_told() -> None:
    told = text(small(Settings(batch=8, std=2.0)), "answer")
    assert numbers(told)[:4] == pytest.approx([8, 0.707, 35.4, 53.5], abs=0.1)
    assert "0 %" not in text(small(Settings(batch=1)), "answer")
    assert "undefined" in text(small(Settings(batch=1)), "numbers")


@pytest.mark.parametrize("batch", BATCH_SIZES)
def test_the_mark_stands_at_the_present_size(batch: int) -> None:
    layout = figure(small(Settings(batch=batch)), "fig_errors_by_batch")["layout"]
    assert layout["shapes"][0]["x0"] == batch
    assert layout["annotations"][-1]["x"] == pytest.approx(np.log10(batch))


def test_spikes_stand_where_two_values_share_their_statistics() -> None:
    data = figure(small(Settings(batch=2)), "fig_output_law")["data"]
    bars = data[0]
    places = bars["x0"] + bars["dx"] * np.arange(len(bars["y"]))
    full = places[np.array(bars["y"]) > 1]
    assert full == pytest.approx([-1, 1], abs=0.05)


def test_the_funnel_holds_the_paths() -> None:
    for settings in (RunningSettings(), RunningSettings(average="cumulative", seed=4)):
        parts = running(settings)
        for name in ("fig_running_mean", "fig_running_var"):
            told = numbers(figure(parts, name)["alt"])
            paths, steps, mean, sd, expected, expected_sd = told[:6]
            assert (paths, steps) == (PATHS, STEPS)
            # The alternative text rounds to 3 digits of the mean and 2 of the sd.
            assert abs(mean - expected) < 5 * expected_sd / np.sqrt(PATHS) + 0.006 * abs(expected)
            assert abs(sd / expected_sd - 1) < 5 * 2 / np.sqrt(2 * PATHS)


def test_the_player_shows_the_batch_that_moves_the_estimate() -> None:
    m = 0.3
    parts = running(RunningSettings(momentum=m, batch=4))
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
    parts = running(RunningSettings(drift=0.5, momentum=0.1))
    assert "4.5" in text(parts, "lag")
    notes = [n["text"] for n in figure(parts, "fig_running_mean")["layout"]["annotations"]]
    assert "<b>lags by 4.5</b>" in notes
    assert text(running(RunningSettings()), "lag") == ""
    cumulative = text(running(RunningSettings(drift=-0.5, average="cumulative")), "lag")
    assert "−29.8" in cumulative


def test_half_life_and_end_of_the_bias_are_marked() -> None:
    notes = figure(running(RunningSettings()), "fig_running_mean")["layout"]["annotations"]
    told = " ".join(n["text"] for n in notes)
    assert "half-life 6.58" in told
    assert "bias under noise from step 36" in told
    assert "window 19 batches" in told


@pytest.mark.parametrize("momentum", [0.1, 0.9, 0.25])
def test_the_two_conventions_change_places(momentum: float) -> None:
    one, other = (running(RunningSettings(momentum=m)) for m in (momentum, 1 - momentum))
    first, second = (figure(parts, "fig_conventions")["data"] for parts in (one, other))
    assert first[0]["y"] == pytest.approx(second[2]["y"], abs=1e-3)
    assert first[2]["customdata"][0] == pytest.approx(1 - momentum)
    code = text(one, "code")
    assert f"BatchNorm1d(64, momentum={momentum:g})" in code
    assert f"BatchNormalization(momentum={1 - momentum:g})" in code


@pytest.mark.parametrize("batch", [2, 8, 32])
@pytest.mark.parametrize("eps", [1e-5, 1.0])
def test_gap_and_correlation_agree_with_their_closed_forms(batch: int, eps: float) -> None:
    parts = versus(TrainInferenceSettings(batch=batch, eps=eps, std=1.0))
    cells = re.findall(r"<td>([^<]*)</td>", text(parts, "gap_table"))
    corr, exact_corr, rms, exact_rms = (float(cell) for cell in cells)
    assert corr == pytest.approx(exact_corr, abs=0.02)
    assert rms == pytest.approx(exact_rms, rel=0.03)
    assert exact_rms == pytest.approx(float(theory.rms_gap(batch, eps)), abs=5e-4)


def test_the_causes_add_up_to_the_gap() -> None:
    parts = versus(TrainInferenceSettings(steps=10, momentum=0.2, batch=8))
    bars = [t for t in figure(parts, "fig_gap_by_batch")["data"] if t["type"] == "bar"]
    assert len(bars) == 6
    total = np.sum([np.array(t["y"], dtype=float) for t in bars], axis=0)
    line = np.array(trace(parts, "fig_gap_by_batch", "after 10 steps")["y"], dtype=float)
    assert np.sqrt(total) == pytest.approx(line, rel=0.01)
    dots = np.array(trace(parts, "fig_gap_by_batch", "simulated")["y"], dtype=float)
    assert dots[2:] == pytest.approx(line[2:], rel=0.3)


def test_a_forgotten_eval_leaves_nothing() -> None:
    parts = versus(TrainInferenceSettings(case="eval forgotten", batch=64))
    assert set(trace(parts, "fig_gap", "samples")["y"]) == {0.0}
    assert "beta" in text(parts, "answer")
    assert "model.eval()" in text(parts, "lesson")


def test_one_class_batches_hide_what_sets_the_classes_apart() -> None:
    parts = versus(TrainInferenceSettings(case="one class", batch=512, stored="unbiased"))
    assert "true variance 3.56" in text(parts, "lesson")
    assert "sees 1:" in text(parts, "lesson")
    plus, minus = (trace(parts, "fig_gap", name) for name in ("class +", "class −"))
    assert np.mean(plus["x"]) == pytest.approx(1.6, abs=0.5)
    assert np.mean(minus["x"]) == pytest.approx(-1.6, abs=0.5)
    assert abs(np.mean(plus["y"])) < 0.5
    table = text(parts, "gap_table")
    measured, exact = re.findall(r"<td>([^<]*)</td>", table)[2:]
    assert float(measured) == pytest.approx(float(exact), rel=0.03)
