"""What eps does to a small spread, and what rounding does to a variance."""

from dataclasses import dataclass

import numpy as np

from bn_core.normalize import statistics
from bn_core.numerics.epsilon import measured_output_std
from bn_core.numerics.variance import (
    VarianceErrors,
    clipped_one_pass,
    output_std,
    two_passes,
    variance_errors,
)
from bn_core.sampling import draw, standard_draw
from bn_core.theory import epsilon
from bn_core.theory.rounding import one_pass_error
from bn_core.types import Array
from ui.bounded import kept
from ui.settings.controls import Steps, setting
from ui.settings.shared import Settings
from ui.views.numerics import text as say
from ui.views.numerics.eps import HIGH, LOW, eps
from ui.views.numerics.rounding import float_error, negative_share
from ui.views.view import Shown, View

SHOWN_EPS = (1e-8, 1e-5, 1e-3, 1e-1)
RATIOS = 10.0 ** np.arange(0.0, 6.5, 0.5)
DEAD = 0.003
"""The std of a feature that is nearly dead: at the usual eps it lies near the knee."""
CHOICES = (1.0, 10.0, 100.0, 1e3, 4096.0, 1e4, 1e5, 1e6)


@dataclass(frozen=True)
class NumericsSettings(Settings):
    mean_over_std: float = setting(
        1e4, Steps("Mean / std", CHOICES, "How far the samples are from 0, in units of their std.")
    )


def show(s: NumericsSettings) -> Shown:
    return {
        **_eps(s),
        **_rounding(s.batch, s.shape, s.seed, s.mean_over_std),
        "flax_note": _flax(s),
        "present_note": say.present_note(s.mean, s.std),
    }


def _eps(s: NumericsSettings) -> Shown:
    batch = draw(s.shape, (1, s.batch), s.mean, s.std, s.seed)[0]
    std = float(np.sqrt(statistics(batch, -1)[1][0]))  # of equal values 0 exactly
    after, dead = (float(epsilon.output_std(value, s.eps)) for value in (std, DEAD))
    stds = np.logspace(LOW, HIGH, 74)
    dots = np.logspace(LOW, HIGH, 16)
    measured = measured_output_std(batch, dots, s.eps)
    return {
        "answer": say.answer(s.eps, (std, after), (DEAD, dead)),
        "fig_eps": eps(
            stds,
            {value: epsilon.output_std(stds, value) for value in SHOWN_EPS},
            (s.eps, epsilon.output_std(stds, s.eps)),
            (dots, measured),
            (std, after),
            (DEAD, dead),
        ),
        "defaults_table": say.defaults_table(std, DEAD),
        "lesson": say.lesson(s.batch, s.std, s.eps, std),
    }


@kept(4_000_000)
def _rounding(batch: int, shape: str, seed: int, ratio: float) -> Shown:
    results, samples = _errors(batch, shape, seed)
    chosen = variance_errors(samples, np.array([ratio]))
    law32, law64 = (one_pass_error(RATIOS, dtype) for dtype in ("float32", "float64"))
    at = np.array([ratio])
    law = (float(one_pass_error(at, "float32")[0]), float(one_pass_error(at, "float64")[0]))
    return {
        "fig_float32": float_error(results, RATIOS, (law32, law64), ratio),
        "fig_negative": negative_share(results, RATIOS, ratio),
        "error_table": say.error_table(chosen, law, ratio),
        "error_note": say.error_note(chosen, batch, samples.shape[1], len(samples)),
    }


def _flax(s: NumericsSettings) -> str:
    _, u = _errors(s.batch, s.shape, s.seed)
    x = (s.mean_over_std + u).astype(np.float32)
    fast, slow = (output_std(x, by, s.eps) for by in (clipped_one_pass, two_passes))
    known = np.isfinite(slow)  # not 0/0
    none = clipped_one_pass(x)[known] == 0
    return say.flax_note(fast[known], slow[known], float(none.mean()), s.eps)


@kept(2_000_000)
def _errors(batch: int, shape: str, seed: int) -> tuple[list[VarianceErrors], Array]:
    samples = max(batch, 2)
    runs = max(32, min(100, 8192 // samples))
    u = standard_draw(shape, (runs, samples), seed, stream=9)
    return variance_errors(u, RATIOS), u


VIEW = View(NumericsSettings, show)
