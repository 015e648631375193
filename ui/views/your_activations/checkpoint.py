"""The norm layers of a checkpoint: what inference multiplies by, layer by layer."""

from dataclasses import dataclass
from html import escape

import numpy as np

from bn_core.types import Array, FloatArray
from ui.activations.contents import NormLayer
from ui.plot.lines import band
from ui.plot.log_axis import log_axis, log_dots
from ui.plot.style import Figure, axis, layout, panel_title
from ui.text.html import paragraph, table
from ui.text.numbers import counted, fmt, spoken

_ROWS = 60
_LOW, _HIGH = 1e-9, 1e9  # what is drawn


@dataclass(frozen=True, eq=False)
class Folded:
    """number: of the layer in the file, from 1. scale: |gamma| / sqrt(running variance + eps)."""

    number: int
    scale: FloatArray


def folded(norms: tuple[NormLayer, ...], eps: float) -> list[Folded]:
    """Of the layers with running statistics; inf where a variance and eps are both 0."""
    found = []
    for number, norm in enumerate(norms, 1):
        if norm.running_var is None:
            continue
        gamma = np.ones_like(norm.running_var) if norm.gamma is None else np.abs(norm.gamma)
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = np.where(gamma > 0, gamma / np.sqrt(norm.running_var + eps), 0.0)
        found.append(Folded(number, scale))
    return found


def scales(layers: list[Folded], height: int = 320) -> Figure:
    """Folded scales by layer: all of them as a band, the median as a dot."""
    x = np.array([layer.number for layer in layers])
    spread = np.array(
        [np.quantile(np.clip(layer.scale, _LOW, _HIGH), [0, 0.5, 1]) for layer in layers]
    )
    low, middle, high = spread.T
    edge = 0.3
    # A bar for each layer, as one path with gaps: layers are counted, nothing lies between them.
    bars_x = np.stack(
        [x - edge, x + edge, x + edge, x - edge, x - edge, np.full(len(x), np.nan)], 1
    )
    bars_y = np.stack([low, low, high, high, low, np.full(len(x), np.nan)], 1)
    bottom = float(np.floor(np.log10(low.min()) - 0.1))
    top = float(np.ceil(np.log10(high.max()) + 0.1))
    bar = band([0, 0], [1, 1], [1, 1], "smallest to largest", "after")
    bar |= {"x": _gapped(bars_x), "y": _gapped(bars_y)}
    return {
        "data": [bar, log_dots(x, middle, "median", "before", size=9)],
        "layout": layout(
            height,
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 13}},
            margin={"l": 62, "r": 14, "t": 34, "b": 76},
            xaxis=axis("norm layer", range=[x[0] - 0.7, x[-1] + 0.7], dtick=_tick(len(x))),
            yaxis=log_axis("folded scale", bottom, top),
            annotations=[panel_title("Folded scales by layer")],
        ),
        "alt": (
            f"Folded scale |gamma| / sqrt(running variance + eps) of {len(x)} norm layers on a "
            f"logarithmic axis. Medians from {spoken(float(middle.min()))} to "
            f"{spoken(float(middle.max()))}, the largest {spoken(float(high.max()))}."
        ),
    }


def norms_table(norms: tuple[NormLayer, ...], eps: float) -> str:
    """A row for each layer, the first ones where there are many."""
    if not norms:
        return paragraph(
            "This file has no norm layers. Drop a checkpoint (.safetensors) to see the gamma and "
            "the running statistics of its norms."
        )
    scale_of = {layer.number: layer.scale for layer in folded(norms, eps)}
    listed = list(enumerate(norms[:_ROWS], 1))
    learned = [
        (_name(number, norm), _range(norm.gamma), _range(norm.running_mean))
        for number, norm in listed
    ]
    used = [
        (
            _name(number, norm),
            _range(norm.running_var),
            _small(norm, eps),
            _range(scale_of.get(number)),
        )
        for number, norm in listed
    ]
    more = len(norms) - len(listed)
    tables = table(("norm layer", "gamma", "running mean"), learned) + table(
        ("norm layer", "running variance", "of it under 100 eps", "folded scale"), used
    )
    return tables + paragraph(
        "Behind a name stands the number of features, in a cell the median with the range."
        + (f" {more} more layers are not listed." if more > 1 else "")
        + (" 1 more layer is not listed." if more == 1 else ""),
        "small",
    )


def norms_told(norms: tuple[NormLayer, ...], eps: float) -> str:
    """How many channels eps holds back, and what a folded scale is."""
    running = [norm.running_var for norm in norms if norm.running_var is not None]
    if not norms:
        return ""
    if not running:
        return paragraph(
            "These norms keep no running statistics (layer norm or RMSNorm): they do the same in "
            "training and in inference."
        )
    var = np.concatenate(running)
    small = int(np.sum(var < 100 * eps))
    told = (
        f"Of {var.size:,} channels with running statistics {small:,} "
        f"{'has' if small == 1 else 'have'} a running variance under 100 eps = {fmt(100 * eps)}"
    )
    if small:
        told += (
            ": there eps makes the output smaller by about 0.5 % or more. A channel that hardly "
            "varies may be dead."
        )
    else:
        told += ": eps changes the output of each channel by less than 0.5 %."
    told = told if eps > 0 else f"With eps 0 no channel is held back, of {var.size:,}."
    without = len(norms) - len(running)
    if without:
        told += f" {counted(without, 'norm')} without running statistics keep out of this count."
    return paragraph(told)


def _name(number: int, norm: NormLayer) -> str:
    return f"{number}: {escape(norm.name)} ({_size(norm):,})"


def _size(norm: NormLayer) -> int:
    parts = (norm.gamma, norm.beta, norm.running_mean, norm.running_var)
    return next(part.size for part in parts if part is not None)


def _range(values: Array | None) -> str:
    """The median, and the range below it; a dash where there are no values."""
    if values is None:
        return "–"
    low, middle, high = float(values.min()), float(np.median(values)), float(values.max())
    if low == high:
        return f"{fmt(middle)}, all alike" if values.size > 1 else fmt(middle)
    return f"{fmt(middle)}<br><small>{fmt(low, 2)} to {fmt(high, 2)}</small>"


def _small(norm: NormLayer, eps: float) -> str:
    if norm.running_var is None:
        return "–"
    return f"{int(np.sum(norm.running_var < 100 * eps)):,} of {norm.running_var.size:,}"


def _gapped(rows: FloatArray) -> list[float | None]:
    return [None if np.isnan(v) else float(f"{v:.4g}") for v in rows.ravel().tolist()]


def _tick(count: int) -> int:
    """Layers from one tick of the axis to the next."""
    return next(step for step in (1, 2, 5, 10, 20, 50, 100) if count <= 15 * step)
