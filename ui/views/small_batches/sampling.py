"""The sampling distributions of a batch's mean and variance, and how both narrow as B grows."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_core.simulation.densities import Density
from bn_core.types import Array
from ui.plot.batch_axis import batch_axis, points, present_size
from ui.plot.lines import band, curve, upright
from ui.plot.ranges import doubled
from ui.plot.steps import steps
from ui.plot.style import DOTS, Figure, axis, layout, numbered, panel_title
from ui.text.numbers import spoken


@dataclass(frozen=True)
class Sampled:
    """One batch statistic in the input's units: at the present size, and over all sizes."""

    name: str
    batches: int
    value: tuple[float, float]  # mean and sd over the batches
    bars: Density | None  # None where all batches agree
    exact: tuple[Array, Array] | None  # x and density of the closed form
    truth: float
    sizes: tuple[int, ...]
    some: Array  # (n_sizes, few)
    mean: Array  # simulated, (n_sizes,)
    sd: Array
    exact_mean: Array
    exact_sd: Array
    window: tuple[float, float]  # the range of its axis


def sampling(sampled: tuple[Sampled, Sampled], batch: int, height: int = 500) -> Figure:
    """Above, both distributions at the present batch size; below, the same at every size."""
    data: list[Any] = []
    shapes: list[Any] = []
    notes: list[Any] = []
    axes: dict[str, Any] = {}
    told = []
    for column, (one, colour) in enumerate(zip(sampled, ("before", "second"), strict=True)):
        left = 0.55 * column
        top_axes = _histogram(data, one, colour, 2 * column + 1, left)
        bottom_axes = _by_size(data, one, colour, 2 * column + 2, left)
        axes |= top_axes | bottom_axes
        truth = upright(one.truth, "true value", row=0.86, number=2 * column + 1)
        present = present_size(batch, 2 * column + 2, row=0.86)
        shapes += [truth[0], present[0]]
        notes += [truth[1], present[1]]
        notes += [
            panel_title(f"{one.name.capitalize()} at B = {batch}", 2 * column + 1),
            panel_title(f"{one.name.capitalize()} against B", 2 * column + 2),
        ]
        told.append(
            f"The {one.name} of {one.batches} batches of {batch} is {spoken(one.value[0])} ± "
            f"{spoken(one.value[1], 2)}, the true value {spoken(one.truth)}"
        )
    return {
        "data": data,
        "layout": layout(
            height,
            shapes=shapes,
            annotations=notes,
            margin={"l": 56, "r": 14, "t": 34, "b": 46},
            **axes,
        ),
        "alt": "Histograms; below them, average ± sd, which narrows as the batch grows. "
        + ". ".join(told)
        + ".",
    }


def _histogram(
    data: list[Any], one: Sampled, colour: str, number: int, left: float
) -> dict[str, Any]:
    on: dict[str, Any] = {"xaxis": numbered("x", number), "yaxis": numbered("y", number)}
    name = f"batch {one.name}"
    top = 1.0
    if one.bars is not None:
        top = doubled(one.bars.density, 0.1)
        data.append(steps(one.bars, colour, name, cap=math.inf, **on))
    else:
        data.append(curve([one.value[0]] * 2, [0, 2 * top], name, colour, **on))
    if one.exact is not None:
        x, density = one.exact
        shown = np.minimum(density, 4 * top)
        data.append(curve(x, shown, "closed form", "theory", dash="dash", meta="fixed", **on))
    return {
        numbered("xaxis", number): axis(
            "",
            domain=[left, left + 0.45],
            anchor=numbered("y", number),
            range=list(one.window),
        ),
        numbered("yaxis", number): axis(
            "density" if number == 1 else "",
            domain=[0.6, 1],
            anchor=numbered("x", number),
            range=[0, 1.08 * top],
            nticks=4,
        ),
    }


def _by_size(
    data: list[Any], one: Sampled, colour: str, number: int, left: float
) -> dict[str, Any]:
    on = {"xaxis": numbered("x", number), "yaxis": numbered("y", number)}
    few = one.some.shape[1]
    exact = {"dash": "dash", "meta": "fixed", "width": 1.5, **on}
    data += [
        band(one.sizes, one.mean - one.sd, one.mean + one.sd, "simulated ± sd", colour, **on),
        points(
            np.repeat(one.sizes, few),
            one.some.ravel(),
            "one batch",
            colour,
            marker={"size": 4, "color": f"@{colour}/{DOTS}"},
            **on,
        ),
        curve(one.sizes, one.exact_mean + one.exact_sd, "closed form + sd", "theory", **exact),
        curve(one.sizes, one.exact_mean - one.exact_sd, "closed form − sd", "theory", **exact),
    ]
    return {
        numbered("xaxis", number): batch_axis(
            every=2, domain=[left, left + 0.45], anchor=numbered("y", number)
        ),
        numbered("yaxis", number): axis(
            "",
            domain=[0, 0.43],
            anchor=numbered("x", number),
            range=list(one.window),
            nticks=5,
        ),
    }
