"""Small batches: how far the statistics of a batch are off, and what that does to its outputs."""

import math
from typing import TypedDict

import numpy as np

from bn_core import simulation, theory
from bn_core.normalize import Array
from bn_core.sampling import EXCESS_KURTOSIS
from ui.figures.errors_by_batch import Lines, errors_by_batch
from ui.figures.frames import doubled
from ui.figures.inverse_std import Scale, inverse_std
from ui.figures.output_grid import Law
from ui.figures.output_law import output_law
from ui.figures.sampling import Sampled, sampling
from ui.sentences.small_batches import (
    about_inputs,
    answer,
    numbers,
    output_text,
    sampled,
    scale_text,
)
from ui.settings import BATCH_SIZES, Settings
from ui.views import Shown, View

FEW = (2, 3, 4, 5, 6, 8, 16, 64)


def show(s: Settings) -> Shown:
    """All parts; each simulation is cut from the same draws, so they change together."""
    ratio = s.eps / s.std**2 if s.std else math.inf
    errors = simulation.relative_errors(s.shape, BATCH_SIZES, s.seed, ratio)
    statistics = simulation.batch_statistics(s.shape, s.batch, s.seed)
    scales = {size: _scale(s, size) for size in (2, 3, 4, s.batch)}
    present = scales[s.batch]
    return {
        "answer": answer(s, errors),
        "fig_errors_by_batch": errors_by_batch(errors, _lines(s, ratio), s.batch),
        "numbers": numbers(s, errors, simulation.COLUMNS),
        "about_inputs": about_inputs(s),
        "fig_sampling": sampling(_sampled(s, statistics), s.batch),
        "sampled": sampled(s, statistics.mean.size),
        "fig_output_law": output_law(
            _output(s, s.batch, f"BN at B = {s.batch}", ratio, ("batch",)),
            _output(s, s.features, f"LN, {s.features} features", ratio, ("layer",)),
            [_output(s, size, f"B = {size}", ratio, ("batch", "layer")) for size in FEW],
        ),
        "output_text": output_text(s),
        "fig_inverse_std": inverse_std(
            tuple(scales.values()), present, s.std / math.sqrt(s.eps) if s.eps else None
        ),
        "scale_text": scale_text(s, present.simulated.without_spread),
    }


def _lines(s: Settings, ratio: float) -> Lines:
    return Lines(
        mean=theory.batch_mean_sd(BATCH_SIZES),
        var=theory.batch_var_relative_sd(BATCH_SIZES, EXCESS_KURTOSIS[s.shape]),
        output=theory.rms_gap(BATCH_SIZES, ratio) if s.shape == "normal" else None,
    )


class _Values(TypedDict):
    """Those of Sampled's fields that its batches give."""

    batches: int
    value: tuple[float, float]
    bars: simulation.Density | None


def _sampled(s: Settings, statistics: simulation.BatchStatistics) -> tuple[Sampled, Sampled]:
    mean_fan, var_fan = simulation.fans(s.shape, BATCH_SIZES, s.seed)
    square = s.std**2
    reach = doubled(2 * s.std, 6.0)
    top = doubled(3 * square, 27.0)
    drawn = s.shape == "normal" and s.std > 0
    sd = float(theory.batch_mean_sd(s.batch, s.std))
    away = np.linspace(-4, 4, 61) * sd
    var_at = np.linspace(0.002, 1, 70) ** 2 * top
    mean = Sampled(
        name="mean",
        **_values(s.mean + s.std * statistics.mean),
        law=(s.mean + away, theory.batch_mean_pdf(away, s.batch, s.std)) if drawn else None,
        truth=s.mean,
        sizes=BATCH_SIZES,
        some=s.mean + s.std * mean_fan.some,
        mean=s.mean + s.std * mean_fan.mean,
        sd=s.std * mean_fan.sd,
        exact_mean=np.full(len(BATCH_SIZES), s.mean),
        exact_sd=theory.batch_mean_sd(BATCH_SIZES, s.std),
        window=(s.mean - reach, s.mean + reach),
    )
    spread = drawn and s.batch > 1
    var = Sampled(
        name="variance",
        **_values(square * statistics.var, floor=0.0),
        law=(var_at, theory.batch_var_pdf(var_at, s.batch, s.std)) if spread else None,
        truth=square,
        sizes=BATCH_SIZES,
        some=square * var_fan.some,
        mean=square * var_fan.mean,
        sd=square * var_fan.sd,
        exact_mean=theory.batch_var_mean(BATCH_SIZES, s.std),
        exact_sd=theory.batch_var_sd(BATCH_SIZES, s.std, EXCESS_KURTOSIS[s.shape]),
        window=(0.0, top),
    )
    return mean, var


def _values(values: Array, floor: float = -math.inf) -> _Values:
    return {
        "batches": values.size,
        "value": (float(values.mean()), float(values.std())),
        "bars": simulation.density_around(values, floor),
    }


def _output(s: Settings, n: int, title: str, ratio: float, norms: tuple[str, ...]) -> Law:
    """The law of an output of n values that share their statistics, for the norms asked for."""
    simulated = {
        norm: simulation.output_density(s.shape, n, s.seed, ratio, others=norm == "layer")
        for norm in norms
    }
    known = s.shape == "normal" and ratio <= 1e-3  # else eps counts, and the laws are for eps = 0
    return Law(
        title=title,
        n=n,
        batch=simulated.get("batch"),
        layer=simulated.get("layer"),
        exact=_exact(n) if known and n > 2 else None,
        spikes=known and n == 2,
        bound=float(theory.output_bound(n)),
    )


def _exact(n: int) -> tuple[Array, Array]:
    z = min(math.sqrt(n - 1), 3.3) * np.sin(np.linspace(-0.4999, 0.4999, 37) * np.pi)
    return z, theory.output_pdf(z, n)


def _scale(s: Settings, batch: int) -> Scale:
    drawn = s.shape == "normal" and batch > 1
    x = np.geomspace(0.3, 300, 40)
    return Scale(
        batch=batch,
        simulated=simulation.inverse_std(s.shape, batch, s.seed),
        law=(x, theory.inverse_std_pdf(x, batch)) if drawn else None,
        mean=float(theory.inverse_std_mean(batch)) if drawn else None,
    )


VIEW = View(Settings, show)
