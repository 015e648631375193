"""The check against the project's own layer: everything at once, at the page's settings too."""

from collections.abc import Iterator
from typing import TypeVar

import numpy as np

from bn_core.layers import BatchNorm1D, LayerNorm1D
from bn_core.layers.base import Norm1D
from bn_core.sampling import draw
from bn_core.types import Array
from ui.settings.shared import Settings
from ui.your_norm.checks.check import Check, Found
from ui.your_norm.checks.forward import TOLERANCE
from ui.your_norm.checks.numbers import number
from ui.your_norm.checks.samples import Sample, axis_of, new_layer, sample
from ui.your_norm.layer import Layer
from ui.your_norm.loading import Loaded

_GROUPS = 8  # of the page's batch

L = TypeVar("L", bound=Norm1D)

# What is compared: its name, theirs, the project's, and the size that its rounding is measured by.
Pair = tuple[str, Array, Array, float]


def _project(of: Loaded, s: Settings) -> Found:
    worst = 1e-16
    for where, given, eps, momentum in (
        ("At these settings", _of_page(of, s), s.eps, s.momentum),
        ("In a small test batch at eps = 0.5 and momentum = 0.3", sample(6), 0.5, 0.3),
    ):
        if not given.Z.size:
            continue
        mine = new_layer(of, given, eps, momentum)
        for name, own, right, size in _pairs(of, mine, given, eps, momentum):
            off = float(np.abs(own - right).max())
            if not off <= TOLERANCE * size:
                return Found(
                    False,
                    f"{where} {name} is up to {number(off, 3)} away from that of the project, "
                    f"where the largest is {number(np.abs(right).max(), 3)}.",
                )
            worst = max(worst, off / size)
    return Found(
        True,
        "Everything is as in the project's own layer, at these settings too, to "
        f"{number(worst, 1)} of its size.",
    )


def _of_page(of: Loaded, s: Settings) -> Sample:
    """Some of what the page draws: groups that are normalised together, where that is not 0/0."""
    Z = draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)
    axis = axis_of(of.kind)
    groups = np.flatnonzero((np.ptp(Z, axis=axis) > 0) | (s.eps > 0))[:_GROUPS]
    Z = np.take(Z, groups, 1 - axis)
    dY = np.random.default_rng(s.seed).standard_normal(Z.shape)
    return Sample(Z, dY, np.full(len(Z), s.gamma), np.full(len(Z), s.beta))


def _pairs(of: Loaded, mine: Layer, given: Sample, eps: float, momentum: float) -> Iterator[Pair]:
    """What must agree; rounding counts beside 1 and the largest value."""
    right = _right(of, given, eps, momentum)
    yield _pair("the output in training", mine.forward(given.Z), right.forward(given.Z))
    gradients = zip(
        ("dZ", "d_gamma", "d_beta"), mine.backward(given.dY), right.backward(given.dY), strict=True
    )
    # A gradient may be small because what it is made of cancels: rounding counts beside that.
    var = given.Z.var(axis=axis_of(of.kind))
    steep = np.abs(given.gamma).max() * np.abs(given.dY).max() / np.sqrt(var + eps).min()
    yield from ((name, own, expected, max(1.0, steep)) for name, own, expected in gradients)
    if isinstance(right, BatchNorm1D):
        mean, var = mine.running()
        yield _pair("the running mean", mean, right.running_mean)
        if given.Z.shape[1] > 1 and not np.allclose(var, right.running_var):
            # They may keep the unbiased variance, as PyTorch does.
            right.unbiased_running_var = True
            right.running_mean, right.running_var = np.zeros(len(given.Z)), np.ones(len(given.Z))
            right.forward(given.Z)
        yield _pair("the running variance", var, right.running_var)
        if np.all(right.running_var + eps > 0):
            expected = right.forward(given.Z, training=False)
            yield _pair("the output in inference", mine.forward(given.Z, False), expected)


def _right(of: Loaded, given: Sample, eps: float, momentum: float) -> BatchNorm1D | LayerNorm1D:
    features = len(given.Z)
    if of.kind == "layer":
        return _with_affine(LayerNorm1D(features, eps), given)
    return _with_affine(BatchNorm1D(features, eps, momentum), given)


def _with_affine(layer: L, given: Sample) -> L:
    layer.gamma[:], layer.beta[:] = given.gamma, given.beta
    return layer


def _pair(name: str, own: Array, right: Array) -> Pair:
    return name, own, right, max(1.0, float(np.abs(right).max()))


PROJECT = Check(
    "project",
    "The same as the project's own layer",
    ("forward", "backward", "inference"),
    _project,
)
