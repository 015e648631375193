"""One kind of error by the batch size: drawn from the data, under its closed forms."""

import math

import numpy as np

from bn_core.types import Array, FloatArray
from ui.plot.batch_axis import points
from ui.plot.error_by_size import error_figure
from ui.plot.lines import band, curve
from ui.plot.style import Figure, axis, note
from ui.settings.shared import BATCH_SIZES
from ui.text.numbers import spoken
from ui.views.your_activations.here import Here

_TITLES = {
    "output": "Training against inference output",
    "variance": "Error of the batch variance",
    "mean": "Error of the batch mean",
}
_UNITS = {
    "output": "RMS gap, in stds",
    "variance": "sd over its average",
    "mean": "sd, in stds",
}
_TICKS = (1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)


def noise_by_batch(here: Here, height: int = 380) -> Figure:
    """Median over features as dots in a band of 8 in 10; a click on a dot sets its size."""
    noise = here.noise[here.kind]
    low, middle, high = (_quantile(noise.measured, share) for share in (0.1, 0.5, 0.9))
    general = _quantile(noise.general, 0.5)
    drawn = np.isfinite(middle) & (low > 0)
    sizes = np.array(BATCH_SIZES)
    data = []
    if here.layer.followed.size > 1:
        data.append(
            band(
                sizes[drawn],
                _log_safe(low[drawn]),
                high[drawn],
                "8 of 10 features",
                "before",
                alpha=0.15,
            )
        )
    data += [
        curve(sizes, _positive(general), "closed form, these data", "theory", meta="fixed"),
        curve(
            sizes,
            _positive(noise.gaussian),
            "closed form, Gaussian",
            "after",
            dash="dash",
            meta="fixed",
        ),
        points(sizes, _positive(middle), "drawn, median feature", "before"),
    ]
    reach = np.concatenate(
        [found[np.isfinite(found) & (found > 0)] for found in (low, high, noise.gaussian)]
    )
    bottom = math.log10(float(min(reach.min(), 0.01))) - 0.1
    top = math.log10(float(max(reach.max(), 1.0))) + 0.1
    ticks = [tick for tick in _TICKS if bottom <= math.log10(tick) <= top]
    level = math.log10(here.wanted)
    at_left = _room(middle[:4], level) > _room(middle[-4:], level)
    wanted = note(
        f"wanted: {here.wanted:g}",
        0 if at_left else 1,
        level,
        xref="x domain",
        xanchor="left" if at_left else "right",
        xshift=4 if at_left else -4,
        yanchor="top" if level > top - 0.4 else "bottom",
        bgcolor="@paper/0.7",
    )
    return error_figure(
        data,
        here.batch,
        axis(
            _UNITS[here.kind],
            type="log",
            range=[bottom, top],
            tickvals=ticks,
            ticktext=[f"{tick:g}" for tick in ticks],
        ),
        _TITLES[here.kind],
        (
            f"{_TITLES[here.kind]} at batch sizes 1 to 512 on logarithmic axes, the median "
            f"feature. At batch size {here.batch}: {_told(middle, here.at)} drawn from the data, "
            f"{_told(general, here.at)} by the closed form for these data, "
            f"{_told(noise.gaussian, here.at)} for independent Gaussian values. Wanted: "
            f"{spoken(here.wanted)}."
        ),
        height,
        bands=[_wanted_line(here.wanted)],
        names=[wanted],
    )


def _room(values: FloatArray, level: float) -> float:
    """How far a level is from the nearest of these values, in powers of 10."""
    known = values[np.isfinite(values) & (values > 0)]
    return float(np.abs(np.log10(known) - level).min()) if known.size else math.inf


def _quantile(errors: Array, share: float) -> FloatArray:
    return np.asarray(np.quantile(errors, share, axis=1))


def _positive(values: FloatArray) -> FloatArray:
    return np.where(values > 1e-9, values, np.nan)


def _log_safe(values: FloatArray) -> FloatArray:
    return np.maximum(values, 1e-9)


def _told(values: FloatArray, at: int) -> str:
    value = float(values[at])
    return spoken(value) if math.isfinite(value) else "no value"


def _wanted_line(y: float) -> dict[str, object]:
    return {
        "type": "line",
        "xref": "x domain",
        "x0": 0,
        "x1": 1,
        "y0": y,
        "y1": y,
        "line": {"color": "@muted", "width": 1.3, "dash": "dot"},
    }
