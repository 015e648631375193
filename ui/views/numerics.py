"""What eps does to a small spread, and what float arithmetic leaves of a variance."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bn_core.epsilon_sweep import measured_output_std
from bn_core.normalize import Array
from bn_core.sampling import draw, standard_draw
from bn_core.theory.epsilon import output_std
from bn_core.theory.rounding import one_pass_error
from bn_core.variance import VarianceErrors, variance_errors
from ui.controls import Steps, setting
from ui.figures.eps import HIGH, LOW, eps
from ui.figures.float_error import float_error, negative_share
from ui.sentences import numerics as say
from ui.settings import Settings
from ui.views import Shown, View

SHOWN_EPS = (1e-8, 1e-5, 1e-3, 1e-1)
RATIOS = 10.0 ** np.arange(0.0, 6.5, 0.5)
CHOICES = (1.0, 10.0, 100.0, 1e3, 4096.0, 1e4, 1e5, 1e6)


@dataclass(frozen=True)
class NumericsSettings(Settings):
    mean_over_std: float = setting(
        1e4, Steps("Mean / std", CHOICES, "How far from zero the samples lie, in their own stds.")
    )


def show(s: NumericsSettings) -> Shown:
    return {
        **_eps(s),
        **_rounding(s.batch, s.shape, s.seed, s.mean_over_std),
        "present_note": say.present_note(s.mean, s.std),
    }


def _eps(s: NumericsSettings) -> Shown:
    batch = draw(s.shape, (1, s.batch), s.mean, s.std, s.seed)[0]
    std = float(batch.std()) if s.std > 0 else 0.0
    after = float(output_std(np.asarray(std), s.eps))
    stds = np.logspace(LOW, HIGH, 74)
    dots = np.logspace(LOW, HIGH, 16)
    measured = measured_output_std(batch, dots, s.eps)
    return {
        "answer": say.answer(s.eps, std, after),
        "fig_eps": eps(
            stds,
            {value: output_std(stds, value) for value in SHOWN_EPS},
            (s.eps, output_std(stds, s.eps)),
            (dots, measured),
            (std, after),
        ),
        "defaults_table": say.defaults_table(std),
        "lesson": say.lesson(s.batch, s.std, s.eps),
    }


@lru_cache(maxsize=64)
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


@lru_cache(maxsize=16)
def _errors(batch: int, shape: str, seed: int) -> tuple[list[VarianceErrors], Array]:
    samples = max(batch, 2)
    runs = max(32, min(100, 8192 // samples))
    u = standard_draw(shape, (runs, samples), seed, stream=9)
    return variance_errors(u, RATIOS), u


VIEW = View(NumericsSettings, show)
