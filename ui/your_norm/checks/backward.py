"""Checks of the backward pass: against central differences, and the sums that must be 0."""

import numpy as np

from bn_core.types import Array
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
_MOST = 9.99  # that is written into a cell
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
            _heat(off, numeric[0]),
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
        f"{number(np.abs(off).max() / scale, 1)} of the largest entry.",
    )


def _differences(of: Loaded, given: Sample) -> tuple[Array, Array, Array]:
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


def _heat(off: Array, right: Array) -> Figure:
    """Where dZ differs, each feature in parts of its largest entry."""
    largest = np.maximum(np.abs(right).max(axis=1, keepdims=True), 1e-12)
    share = np.nan_to_num(off / largest, nan=_MOST, posinf=_MOST, neginf=-_MOST)
    share = share.clip(-_MOST, _MOST)
    features, examples = off.shape
    row, column = np.unravel_index(worst(np.abs(share)), off.shape)
    text = [[f"{value + 0.0:.2f}".replace("-", "−") for value in line] for line in share.round(2)]
    reach = max(0.05, min(1.0, float(np.abs(share).max())))
    return {
        "data": [
            heat(
                share,
                -reach,
                reach,
                x=[*range(1, examples + 1)],
                y=[f"feature {n + 1}" for n in range(features)],
                text=text,
                texttemplate="%{text}",
                hovertemplate="%{y}, example %{x}: off by %{text} of the feature's largest dZ"
                "<extra></extra>",
            )
        ],
        "layout": layout(
            76 + 26 * features,
            margin={"l": 76, "r": 8, "t": 34, "b": 42},
            annotations=[panel_title("Error of dZ (1: its row's largest)")],
            xaxis=axis("example", dtick=1, showgrid=False),
            yaxis=axis("", autorange="reversed", showgrid=False),
        ),
        "alt": (
            f"Heat map of the error of dZ, {features} features by {examples} examples, each "
            "feature in parts of its largest entry. The largest error is "
            f"{text[row][column]}, in feature {row + 1}, example {column + 1}."
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
    "backward agrees with small changes of the input",
    ("forward", "backward called"),
    _gradient,
)
SUMS = Check("sums", "The sums of dZ and of dZ z are 0", ("forward", "backward"), _sums)
