"""Checks of the backward pass: against central differences, and the sums that must be 0."""

import numpy as np

from bn_core.types import FloatArray
from ui.plot.style import Figure, axis, layout, panel_title
from ui.settings.shared import Settings
from ui.views.batch_vs_layer.heat import heat
from ui.your_norm.checks.check import Check, Found
from ui.your_norm.checks.numbers import apart, number, worst
from ui.your_norm.checks.samples import FEATURES, Sample, axis_of, new_layer, normalized, sample
from ui.your_norm.loading import Loaded

_EXAMPLES = 6
_STEP = 1e-5
_SMALL = 1e-9  # where eps stands is another check's
_RELATIVE = 1e-5  # of the largest entry; central differences are good to some 1e-9


def _gradient(of: Loaded, _: Settings) -> Found:
    given = sample(2, _EXAMPLES)
    layer = new_layer(of, given, _SMALL)
    layer.forward(given.Z)
    dZ, d_gamma, d_beta = layer.backward(given.dY)
    numeric = _differences(of, given)
    off, scale = dZ - numeric[0], np.abs(numeric[0]).max()
    if not np.abs(off).max() <= _RELATIVE * scale:
        row, column = np.unravel_index(worst(np.abs(off)), off.shape)
        told, should = apart(dZ[row, column], numeric[0][row, column])
        return Found(
            False,
            f"dZ of feature {row + 1} in example {column + 1} is {told}; changing that value a "
            f"little gives {should}.",
            _heat(off, scale),
        )
    for name, own, right in (("d_gamma", d_gamma, numeric[1]), ("d_beta", d_beta, numeric[2])):
        size = np.abs(own - right)
        if not size.max() <= _RELATIVE * np.abs(right).max():
            at = worst(size)
            told, should = apart(own[at], right[at])
            return Found(
                False,
                f"{name} of feature {at + 1} is {told}; changing it a little gives {should}.",
            )
    return Found(
        True,
        f"dZ, d_gamma and d_beta are what small changes give; the largest difference in dZ is "
        f"{np.abs(off).max() / scale:.0e} of the largest entry.",
    )


def _differences(of: Loaded, given: Sample) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Of the loss sum(dY Y) of their own forward: at Z, gamma and beta."""

    def slope(name: str, place: tuple[int, ...]) -> float:
        ends = []
        for sign in (1, -1):
            moved = {key: getattr(given, key).copy() for key in ("Z", "gamma", "beta")}
            moved[name][place] += sign * _STEP
            changed = Sample(moved["Z"], given.dY, moved["gamma"], moved["beta"])
            ends.append(new_layer(of, changed, _SMALL).forward(changed.Z))
        return float(np.sum(given.dY * (ends[0] - ends[1])) / (2 * _STEP))

    dZ = np.array([slope("Z", place) for place in np.ndindex(given.Z.shape)])
    d_gamma, d_beta = (
        np.array([slope(name, (feature,)) for feature in range(FEATURES)])
        for name in ("gamma", "beta")
    )
    return dZ.reshape(given.Z.shape), d_gamma, d_beta


def _heat(off: FloatArray, scale: float) -> Figure:
    """Where dZ differs, in parts of its largest entry."""
    share = np.nan_to_num(off / scale, nan=9.99, posinf=9.99, neginf=-9.99).clip(-9.99, 9.99)
    features, examples = off.shape
    row, column = np.unravel_index(worst(np.abs(off)), off.shape)
    return {
        "data": [
            heat(
                share,
                -1,
                1,
                x=[*range(1, examples + 1)],
                y=[f"feature {n + 1}" for n in range(features)],
                text=[[f"{value:.2f}".replace("-", "−") for value in line] for line in share],
                texttemplate="%{text}",
                hovertemplate="%{y}, example %{x}: %{text}<extra></extra>",
            )
        ],
        "layout": layout(
            60 + 26 * features,
            margin={"l": 76, "r": 8, "t": 34, "b": 42},
            annotations=[panel_title("dZ minus its differences, in parts of the largest")],
            xaxis=axis("example", dtick=1, showgrid=False),
            yaxis=axis("", autorange="reversed", showgrid=False),
        ),
        "alt": (
            f"Heat map of dZ minus its central differences, {features} features by {examples} "
            f"examples, in parts of the largest entry. It is furthest off in feature {row + 1}, "
            f"example {column + 1}: {share[row, column]:.2f}."
        ),
    }


def _sums(of: Loaded, _: Settings) -> Found:
    """With eps 0 both are 0 but for rounding; with an eps the second is not quite."""
    given = sample(3)
    layer = new_layer(of, given, eps=0.0)
    layer.forward(given.Z)
    dZ = layer.backward(given.dY)[0]
    reduced = axis_of(of.kind)
    z = normalized(given.Z, of.kind, 0.0)
    over = "the batch" if of.kind == "batch" else "the features"
    whose = "feature" if of.kind == "batch" else "example"
    for name, terms in (("dZ", dZ), ("dZ z", dZ * z)):
        sums, sizes = terms.sum(axis=reduced), np.abs(terms).sum(axis=reduced)
        wrong = ~(np.abs(sums) <= _RELATIVE * sizes)
        if wrong.any():
            at = worst(np.abs(sums))
            return Found(
                False,
                f"The sum of {name} over {over} is {number(sums[at], 3)} for {whose} {at + 1}, "
                "expected 0.",
            )
    return Found(True, f"The sums of dZ and of dZ z over {over} are 0 but for rounding.")


GRADIENT = Check(
    "gradient",
    "backward is what small changes of the input give",
    ("forward", "backward called"),
    _gradient,
)
SUMS = Check("sums", "dZ and dZ z add up to 0", ("forward", "backward"), _sums)
