"""Small batches: how far the statistics of a batch are off, and what that does to its outputs."""

import math
from typing import TypedDict

import numpy as np

from bn_core.sampling import EXCESS_KURTOSIS
from bn_core.simulation import batch_noise, densities, pool
from bn_core.simulation.batch_noise import BatchStatistics, relative_errors, statistics_by_size
from bn_core.theory import inference_gap
from bn_core.theory.batch_statistics import (
    batch_mean_pdf,
    batch_mean_sd,
    batch_var_mean,
    batch_var_pdf,
    batch_var_relative_sd,
    batch_var_sd,
    inverse_std_mean,
    inverse_std_pdf,
)
from bn_core.theory.output_distribution import eps_is_negligible, output_bound, output_pdf
from bn_core.types import Array
from ui.plot.ranges import doubled
from ui.settings.shared import BATCH_SIZES, Settings
from ui.text.numbers import counted
from ui.views.small_batches.errors_by_batch import Lines, errors_by_batch
from ui.views.small_batches.inverse_std import Scale, inverse_std
from ui.views.small_batches.output_distribution import output_distribution
from ui.views.small_batches.output_grid import Outputs
from ui.views.small_batches.sampling import Sampled, sampling
from ui.views.small_batches.text import (
    VERDICTS,
    about_inputs,
    answer,
    can_be_judged,
    numbers,
    output_text,
    sampled,
    scale_text,
    settling,
)
from ui.views.view import Shown, View

FEW = (2, 3, 4, 5, 6, 8, 16, 64)


def show(s: Settings) -> Shown:
    """All parts; each simulation is cut from the same draws, so they change together."""
    ratio = s.eps / s.std**2 if s.std else math.inf
    errors = relative_errors(s.shape, BATCH_SIZES, s.seed, ratio if s.std else 0.0)
    statistics = batch_noise.batch_statistics(s.shape, s.batch, s.seed)
    # Without spread there is no unit for errors and no ratio to draw.
    scales = {size: _scale(s, size) for size in (2, 3, 4, s.batch)} if s.std else {}
    present = scales.get(s.batch)
    return {
        "answer": answer(s, errors),
        "fig_errors_by_batch": errors_by_batch(
            errors,
            _lines(s, ratio) if s.std else None,
            s.batch,
            VERDICTS if can_be_judged(ratio) else (),
        ),
        "numbers": numbers(s, errors, pool.COLUMNS),
        "about_inputs": about_inputs(s),
        "fig_sampling": sampling(_sampled(s, statistics), s.batch),
        "sampled": sampled(s, statistics.mean.size),
        "fig_output_law": output_distribution(
            _output(s, s.batch, f"BN, B = {s.batch}", ratio, ("batch",)),
            _output(s, s.features, f"LN, {counted(s.features, 'feature')}", ratio, ("layer",)),
            [_output(s, size, f"B = {size}", ratio, ("batch", "layer")) for size in FEW],
        ),
        "output_text": output_text(s),
        "fig_inverse_std": inverse_std(
            tuple(scales.values()), present, s.std / math.sqrt(s.eps) if s.eps else None
        ),
        "scale_text": scale_text(s, present.simulated.without_spread if present else 0.0),
        "settling": settling(s),
    }


def _lines(s: Settings, ratio: float) -> Lines:
    return Lines(
        mean=batch_mean_sd(BATCH_SIZES),
        var=batch_var_relative_sd(BATCH_SIZES, EXCESS_KURTOSIS[s.shape]),
        output=inference_gap.rms_gap(BATCH_SIZES, ratio) * math.sqrt(1 + ratio)
        if s.shape == "normal"
        else None,
    )


def _var_points(s: Settings) -> Array:
    """Where the density of the batch variance is drawn: densely where it is high and near 0."""
    middle = float(batch_var_mean(s.batch, s.std))
    sd = float(batch_var_sd(s.batch, s.std))
    low, high = middle - 5 * sd, middle + 10 * sd
    if low > 0:
        return np.linspace(low, middle + 6 * sd, 70)
    return np.asarray(np.linspace(0.002, 1, 70) ** 2 * high)


class _Values(TypedDict):
    """Those of Sampled's fields that its batches give."""

    batches: int
    value: tuple[float, float]
    bars: densities.Density | None


def _sampled(s: Settings, statistics: BatchStatistics) -> tuple[Sampled, Sampled]:
    mean_fan, var_fan = statistics_by_size(s.shape, BATCH_SIZES, s.seed)
    square = s.std**2
    reach = doubled(2 * s.std, 6.0)
    top = doubled(3 * square, 27.0)
    drawn = s.shape == "normal" and s.std > 0
    sd = float(batch_mean_sd(s.batch, s.std))
    away = np.linspace(-4, 4, 61) * sd
    var_at = _var_points(s)
    mean = Sampled(
        name="mean",
        **_values(s.mean + s.std * statistics.mean),
        exact=(s.mean + away, batch_mean_pdf(away, s.batch, s.std)) if drawn else None,
        truth=s.mean,
        sizes=BATCH_SIZES,
        some=s.mean + s.std * mean_fan.some,
        mean=s.mean + s.std * mean_fan.mean,
        sd=s.std * mean_fan.sd,
        exact_mean=np.full(len(BATCH_SIZES), s.mean),
        exact_sd=batch_mean_sd(BATCH_SIZES, s.std),
        window=(s.mean - reach, s.mean + reach),
    )
    spread = drawn and s.batch > 1
    var = Sampled(
        name="variance",
        **_values(square * statistics.var, floor=0.0),
        exact=(var_at, batch_var_pdf(var_at, s.batch, s.std)) if spread else None,
        truth=square,
        sizes=BATCH_SIZES,
        some=square * var_fan.some,
        mean=square * var_fan.mean,
        sd=square * var_fan.sd,
        exact_mean=batch_var_mean(BATCH_SIZES, s.std),
        exact_sd=batch_var_sd(BATCH_SIZES, s.std, EXCESS_KURTOSIS[s.shape]),
        window=(0.0, top),
    )
    return mean, var


def _values(values: Array, floor: float = -math.inf) -> _Values:
    return {
        "batches": values.size,
        "value": (float(values.mean()), float(values.std())),
        "bars": densities.density_around(values, floor),
    }


def _output(s: Settings, n: int, title: str, ratio: float, norms: tuple[str, ...]) -> Outputs:
    """Outputs of groups of n values that share their statistics, for the norms asked for."""
    simulated = {
        norm: densities.output_density(s.shape, n, s.seed, ratio, others=norm == "layer")
        for norm in norms
        if s.eps > 0 or (s.std > 0 and n > 1)  # else every output is 0/0
    }
    known = s.shape == "normal" and eps_is_negligible(n, ratio)
    return Outputs(
        title=title,
        n=n,
        batch=simulated.get("batch"),
        layer=simulated.get("layer"),
        exact=_exact(n) if known and n > 2 else None,
        spikes=known and n == 2,
        bound=float(output_bound(n)),
    )


def _exact(n: int) -> tuple[Array, Array]:
    z = min(math.sqrt(n - 1), 3.3) * np.sin(np.linspace(-0.4999, 0.4999, 37) * np.pi)
    return z, output_pdf(z, n)


def _ratio_points(batch: int) -> Array:
    """Where the density of the factor is drawn: along its tail, and densely at its peak near 1."""
    sd = math.sqrt(2 / batch)  # about that of the batch variance
    peak = 1 / np.sqrt(np.linspace(1 + 5 * sd, max(1 - 5 * sd, 0.1), 30))
    return np.unique(np.concatenate([np.geomspace(0.3, 300, 40), peak]))


def _scale(s: Settings, batch: int) -> Scale:
    drawn = s.shape == "normal" and batch > 1
    x = _ratio_points(batch)
    return Scale(
        batch=batch,
        simulated=densities.inverse_std(s.shape, batch, s.seed),
        exact=(x, inverse_std_pdf(x, batch)) if drawn else None,
        mean=float(inverse_std_mean(batch)) if drawn else None,
    )


VIEW = View(Settings, show)
