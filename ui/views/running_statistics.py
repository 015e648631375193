"""Running statistics: what momentum forgets, what it keeps, and how far behind it is."""

from dataclasses import dataclass

import numpy as np

from bn_core import simulation, theory
from bn_core.normalize import Array
from bn_core.sampling import EXCESS_KURTOSIS
from bn_core.theory import Memory
from ui.controls import Choice, Slider, setting
from ui.figures.arriving_batch import with_arrivals
from ui.figures.conventions import conventions
from ui.figures.running_estimate import Path, running_estimate
from ui.sentences.running_statistics import (
    Ends,
    answer,
    bias,
    code,
    ends_table,
    lag_text,
    momentum_text,
    variance_text,
)
from ui.settings import Settings
from ui.views import Shown, View

STEPS = 120
PATHS = 200


STORED = Choice("Variance stored", ("biased", "unbiased"), "Divided by B, or by B − 1 (PyTorch).")


@dataclass(frozen=True)
class RunningSettings(Settings):
    average: str = setting(
        "exponential",
        Choice(
            "Average",
            ("exponential", "bias-corrected", "cumulative"),
            "Exponential: what every framework does. Bias-corrected: what is left of the start is "
            "taken out. Cumulative: the plain average of all batches (PyTorch's momentum=None).",
        ),
    )
    stored: str = setting("biased", STORED)
    start_mean: float = setting(0.0, Slider("Start of the mean", -10.0, 10.0, 0.5))
    start_var: float = setting(1.0, Slider("Start of the variance", 0.0, 20.0, 0.5))
    drift: float = setting(
        0.0,
        Slider("Drift of the input mean a step", -0.5, 0.5, 0.01, "The estimate trails behind it."),
    )


@dataclass(frozen=True)
class _Estimate:
    """How the estimate is made."""

    momentum: float | None
    corrected: bool

    def memory(self) -> Memory:
        return theory.memory(np.arange(STEPS + 1), self.momentum, corrected=self.corrected)

    def spread(self, values: Array, start: float) -> simulation.Spread:
        paths = simulation.estimate_paths(values, self.momentum, start, corrected=self.corrected)
        return simulation.spread(paths)

    def under_noise(self, target: float, start: float, sd: float) -> float:
        if self.corrected or not np.isfinite(sd):
            return 0.0
        return theory.bias_under_noise_step(target, start, sd, self.momentum)


def show(s: RunningSettings) -> Shown:
    """The running mean and variance of one unit, and the two conventions for momentum."""
    how = _Estimate(
        momentum=None if s.average == "cumulative" else s.momentum,
        corrected=s.average == "bias-corrected",
    )
    unbiased = s.stored == "unbiased"
    trail = simulation.trail(
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
    mean_sd = float(theory.batch_mean_sd(s.batch, s.std))
    mean, mean_step = _mean_path(s, how, trail, mean_sd)
    var, var_step = _var_path(s, how, trail, unbiased)
    return {
        "answer": answer(how.momentum, how.corrected, s.batch, mean_sd),
        "fig_running_mean": with_arrivals(
            running_estimate(mean), mean.spread.first, trail.first, trail.mean[0]
        ),
        "ends": ends_table(
            (_ends("mean", mean), _ends("variance", var)), STEPS, PATHS, trail.distinct
        ),
        "bias": bias(mean_step, "running mean", how.corrected) if s.drift == 0 else "",
        "lag": lag_text(s.drift, how.momentum, mean.lag, STEPS),
        "fig_running_var": running_estimate(var),
        "variance": variance_text(s.batch, unbiased, s.std**2)
        + bias(var_step, "running variance", how.corrected),
        "fig_conventions": _conventions(s, trail),
        "momentum_text": momentum_text(s.momentum),
        "code": code(s.momentum, s.features),
    }


def _mean_path(
    s: RunningSettings, how: _Estimate, trail: simulation.Trail, sd: float
) -> tuple[Path, float]:
    steps = np.arange(STEPS + 1)
    remembered = how.memory()
    expected = theory.expected_estimate(remembered, steps, s.mean, s.start_mean, s.drift)
    truth = s.mean + s.drift * steps
    step = how.under_noise(s.mean, s.start_mean, sd)
    path = Path(
        name="mean",
        spread=how.spread(trail.mean, s.start_mean),
        expected=expected,
        sd=theory.estimate_sd(remembered, sd),
        truth=truth,
        settles=None,
        marks=_marks(how, step if s.drift == 0 else 0.0),
        window=theory.equivalent_window(how.momentum),
        lag=float(truth[-1] - expected[-1]) if s.drift else 0.0,
    )
    return path, step


def _var_path(
    s: RunningSettings, how: _Estimate, trail: simulation.Trail, unbiased: bool
) -> tuple[Path, float]:
    steps = np.arange(STEPS + 1)
    remembered = how.memory()
    target = float(theory.batch_var_mean(s.batch, s.std, unbiased=unbiased))
    sd = theory.batch_var_sd(s.batch, s.std, EXCESS_KURTOSIS[s.shape], unbiased=unbiased)
    step = how.under_noise(target, s.start_var, float(sd))
    path = Path(
        name="variance",
        spread=how.spread(trail.var, s.start_var),
        expected=theory.expected_estimate(remembered, steps, target, s.start_var),
        sd=theory.estimate_sd(remembered, float(sd)),
        truth=np.full(STEPS + 1, s.std**2),
        settles=None if unbiased or s.batch > 16 else target,
        marks=_marks(how, step),
        window=theory.equivalent_window(how.momentum),
        lag=0.0,
    )
    return path, step


def _marks(how: _Estimate, under_noise: float) -> list[tuple[float, str]]:
    if how.corrected:
        return []
    half = theory.half_life(how.momentum)
    return [
        (under_noise, f"bias under noise from step {np.ceil(min(under_noise, 1e9)):.0f}"),
        (half, f"half-life {half:.3g}"),
    ]


def _ends(name: str, path: Path) -> Ends:
    found = path.spread
    return Ends(
        name=name,
        simulated=(float(found.mean[-1]), float(found.sd[-1])),
        expected=(float(path.expected[-1]), float(path.sd[-1])),
        truth=float(path.truth[-1]),
    )


def _conventions(s: RunningSettings, trail: simulation.Trail) -> dict[str, object]:
    still = trail.mean[:1] - s.drift * np.arange(1, STEPS + 1)
    steps = np.arange(STEPS + 1)
    both = (s.momentum, 1 - s.momentum)
    paths = [simulation.estimate_paths(still, m, s.start_mean)[0] for m in both]
    lines = [
        theory.expected_estimate(theory.memory(steps, m), steps, s.mean, s.start_mean) for m in both
    ]
    return conventions(s.momentum, (paths[0], paths[1]), (lines[0], lines[1]), s.mean)


VIEW = View(RunningSettings, show)
