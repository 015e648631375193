"""Running statistics: how fast an estimate forgets, how noisy it is, how far it is behind."""

import math
from dataclasses import dataclass

import numpy as np

from bn_core.sampling import EXCESS_KURTOSIS
from bn_core.simulation import running_paths
from bn_core.simulation.running_paths import (
    BatchSequence,
    PathSummary,
    estimate_paths,
    summarize_paths,
)
from bn_core.theory import batch_statistics
from bn_core.theory.running import Memory, estimate_sd, expected_estimate, memory
from bn_core.theory.time_scales import bias_under_noise_step, equivalent_window, half_life
from bn_core.types import Array
from ui.settings.controls import Choice, Slider, setting
from ui.settings.shared import STORED, Settings
from ui.text.numbers import steps as steps_of
from ui.views.running_statistics.arriving_batch import with_arrivals
from ui.views.running_statistics.conventions import conventions
from ui.views.running_statistics.running_estimate import Path, running_estimate
from ui.views.running_statistics.text import (
    Average,
    Course,
    answer,
    beside_player,
    bias,
    code,
    ends_table,
    frameworks,
    lag_text,
    momentum_text,
    variance_text,
)
from ui.views.view import Shown, View

STEPS = 120
PATHS = 200


@dataclass(frozen=True)
class RunningSettings(Settings):
    average: str = setting(
        "exponential",
        Choice(
            "Average",
            ("exponential", "bias-corrected", "cumulative"),
            "Exponential: each new batch gets the weight momentum, as in PyTorch, Keras and Flax. "
            "Bias-corrected: the same, and what is left of the start value is taken out, as in "
            "Haiku. Cumulative: the plain average of all batches (PyTorch's momentum=None).",
        ),
    )
    stored: str = setting("biased", STORED)
    start_mean: float = setting(
        0.0,
        Slider("Start of the mean", -10.0, 10.0, 0.5, "The running mean before the first batch."),
    )
    start_var: float = setting(
        1.0,
        Slider(
            "Start of the variance", 0.0, 20.0, 0.5, "The running variance before the first batch."
        ),
    )
    drift: float = setting(
        0.0,
        Slider(
            "Drift of the input mean",
            -0.5,
            0.5,
            0.01,
            "The input's mean moves by so much in each step. The estimate follows behind it.",
        ),
    )


def idle(s: RunningSettings) -> set[str]:
    """The settings that nothing follows with this kind of average."""
    return {"start_var"} if s.average == "bias-corrected" else set()


def show(s: RunningSettings) -> Shown:
    """The running mean and variance of one unit, and the two conventions for momentum."""
    how = Average(
        momentum=None if s.average == "cumulative" else s.momentum,
        corrected=s.average == "bias-corrected",
    )
    unbiased = s.stored == "unbiased"
    batches = running_paths.draw_batches(
        s.shape,
        s.batch,
        s.seed,
        paths=PATHS,
        steps=STEPS,
        mean=s.mean,
        std=s.std,
        drift=s.drift,
        unbiased=unbiased,
    )
    mean_sd = float(batch_statistics.batch_mean_sd(s.batch, s.std))
    mean, mean_step = _mean_path(s, how, batches, mean_sd)
    var, var_step = _var_path(s, how, batches, unbiased)
    beside = beside_player((_course(mean), _course(var)), mean.truth - mean.expected)
    return {
        "answer": answer(how, s.batch, mean_sd, STEPS),
        "fig_running_mean": with_arrivals(
            running_estimate(mean), mean.spread.first, batches.first, batches.mean[0], beside
        ),
        "ends": ends_table(("mean", "variance"), beside, PATHS, STEPS, batches.n_batches),
        "bias": bias(mean_step, "running mean", how) if s.drift == 0 else "",
        "lag": lag_text(s.drift, how, beside),
        "fig_running_var": running_estimate(var),
        "variance": variance_text(
            s.batch,
            how,
            unbiased=unbiased,
            var=s.std**2,
            start=s.start_var,
            gaussian=s.shape == "normal",
        )
        + bias(var_step, "running variance", how),
        "fig_conventions": _conventions(s, batches),
        "momentum_text": momentum_text(s.momentum),
        "code": code(s.momentum, s.features),
        "frameworks": frameworks(),
    }


def _memory(how: Average) -> Memory:
    return memory(np.arange(STEPS + 1), how.momentum, corrected=how.corrected)


def _spread(how: Average, values: Array, start: float) -> PathSummary:
    paths = estimate_paths(values, how.momentum, start, corrected=how.corrected)
    return summarize_paths(paths)


def _under_noise(how: Average, target: float, start: float, sd: float) -> float:
    """The step from which on the bias of the start is below the noise; nan without an estimate."""
    if how.empty or math.isnan(sd):
        return math.nan
    return bias_under_noise_step(target, start, sd, how.momentum)


def _mean_path(
    s: RunningSettings, how: Average, batches: BatchSequence, sd: float
) -> tuple[Path, float]:
    steps = np.arange(STEPS + 1)
    remembered = _memory(how)
    expected = expected_estimate(remembered, steps, s.mean, s.start_mean, s.drift)
    truth = s.mean + s.drift * steps
    step = _under_noise(how, s.mean, s.start_mean, sd)
    path = Path(
        name="mean",
        spread=_spread(how, batches.mean, s.start_mean),
        expected=expected,
        sd=estimate_sd(remembered, sd),
        truth=truth,
        settles=None,
        marks=_marks(how, step if s.drift == 0 else 0.0),
        window=equivalent_window(how.momentum),
        lag=float(truth[-1] - expected[-1]) if s.drift else 0.0,
        undefined="no batch is ever taken in",
    )
    return path, step


def _var_path(
    s: RunningSettings, how: Average, batches: BatchSequence, unbiased: bool
) -> tuple[Path, float]:
    steps = np.arange(STEPS + 1)
    remembered = _memory(how)
    target = float(batch_statistics.batch_var_mean(s.batch, s.std, unbiased=unbiased))
    sd = batch_statistics.batch_var_sd(s.batch, s.std, EXCESS_KURTOSIS[s.shape], unbiased=unbiased)
    step = _under_noise(how, target, s.start_var, float(sd))
    path = Path(
        name="variance",
        spread=_spread(how, batches.var, s.start_var),
        expected=expected_estimate(remembered, steps, target, s.start_var),
        sd=estimate_sd(remembered, float(sd)),
        truth=np.full(STEPS + 1, s.std**2),
        settles=target if _settles_elsewhere(s, how) else None,
        marks=_marks(how, step),
        window=equivalent_window(how.momentum),
        lag=0.0,
        undefined=(
            "no batch is ever taken in" if how.empty else "one sample has no unbiased variance"
        ),
    )
    return path, step


def _settles_elsewhere(s: RunningSettings, how: Average) -> bool:
    """Whether the running variance settles so far from the truth that it can be seen."""
    moves = how.momentum is None or 0 < how.momentum < 1
    return s.stored == "biased" and s.batch <= 16 and s.std > 0 and moves


def _marks(how: Average, under_noise: float) -> list[tuple[float, str]]:
    if how.corrected:
        return []
    half = half_life(how.momentum)
    return [
        (under_noise, f"bias below noise from step {np.ceil(np.nan_to_num(under_noise)):.0f}"),
        (half, f"half-life {steps_of(half)}"),
    ]


def _course(path: Path) -> Course:
    found = path.spread
    return Course(path.name, (found.mean, found.sd), (path.expected, path.sd), path.truth)


def _conventions(s: RunningSettings, batches: BatchSequence) -> dict[str, object]:
    still = batches.mean[:1] - s.drift * np.arange(1, STEPS + 1)
    steps = np.arange(STEPS + 1)
    both = (s.momentum, 1 - s.momentum)
    paths = [estimate_paths(still, m, s.start_mean)[0] for m in both]
    lines = [expected_estimate(memory(steps, m), steps, s.mean, s.start_mean) for m in both]
    return conventions(s.momentum, (paths[0], paths[1]), (lines[0], lines[1]), s.mean)


VIEW = View(RunningSettings, show)
