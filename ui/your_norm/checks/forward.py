"""Checks of the output in training: its shape, its mean and std, eps, gamma and beta."""

from contextlib import suppress

import numpy as np

from bn_core.normalize import statistics
from bn_core.sampling import draw
from bn_core.types import Array
from ui.settings.shared import Settings
from ui.your_norm.checks.check import Check, Found
from ui.your_norm.checks.numbers import apart, number, worst
from ui.your_norm.checks.samples import FEATURES, axis_of, new_layer, normalized, sample
from ui.your_norm.failures import Unwritten
from ui.your_norm.layer import Layer
from ui.your_norm.loading import Loaded

TOLERANCE = 1e-6
_CLOSE = 1e-4  # where eps stands is the next check's
_SMALL, _LARGE = 1e-9, 0.5


def _shape(of: Loaded, _: Settings) -> Found:
    given = sample()
    told = f"{given.Z.shape} comes out as {given.Z.shape}"
    for Z in (given.Z, given.Z.astype(np.float32)):
        layer = new_layer(of, given)
        outputs = {"training": layer.forward(Z)}
        with suppress(Unwritten):
            outputs["inference"] = layer.forward(Z, training=False)
        for mode, Y in outputs.items():
            if Y.dtype != Z.dtype:
                return Found(
                    False,
                    f"{told}, but in {mode} {Z.dtype.name} comes out as {Y.dtype.name}. "
                    "Y.astype(Z.dtype) at the end keeps it.",
                )
    return Found(True, f"{told}, float32 as float32 and float64 as float64.")


def _standard(of: Loaded, s: Settings) -> Found:
    here = _of_batch(of, draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed), s.eps, s.norm)
    if not here.right:
        return here
    fixed = _of_batch(of, sample().Z, 1e-5, s.norm)
    return here if fixed.right else Found(False, f"In a small test batch: {fixed.text}")


def _of_batch(of: Loaded, Z: Array, eps: float, norm: str) -> Found:
    """Of every group that is normalised together, in a layer with gamma 1 and beta 0."""
    axis = axis_of(of.kind)
    Y = Layer(of, len(Z), eps).forward(Z)
    group = "feature" if norm == "batch" else "example"
    var = statistics(Z, axis)[1].ravel()
    judged = np.flatnonzero((var > 0) | (eps > 0))  # without either it is 0/0
    if not judged.size:
        return Found(True, f"No {group} has a spread and eps is 0: 0/0, nothing to check.")
    right = np.sqrt(var[judged] / (var[judged] + eps))
    for what, mine, expected in (
        ("mean", Y.mean(axis=axis)[judged], np.zeros(judged.size)),
        ("std", Y.std(axis=axis)[judged], right),
    ):
        off = np.abs(mine - expected)
        if not off.max() <= _CLOSE:
            at = worst(off)
            told, should = apart(mine[at], expected[at])
            return Found(
                False,
                f"{group.capitalize()} {judged[at] + 1} leaves with {what} {told}, expected "
                f"{should}.",
            )
    if not var.any():
        return Found(True, f"No {group} has a spread, so that every output is 0, as it should be.")
    low, high = f"{right.min():.3g}", f"{right.max():.3g}"
    std = low if low == high else f"{low} to {high}"
    because = "" if low == "1" else f", which is what eps = {eps:g} leaves of 1"
    return Found(True, f"Each {group} leaves with mean 0 and std {std}{because}.")


def _eps(of: Loaded, _: Settings) -> Found:
    Z = sample().Z
    off = np.abs(Layer(of, FEATURES, _SMALL).forward(Z) - normalized(Z, of.kind, _SMALL))
    if not off.max() <= _CLOSE:
        return Found(None, "Without an eps the output is not right either: see above first.")
    Y = Layer(of, FEATURES, _LARGE).forward(Z).ravel()
    right = normalized(Z, of.kind, _LARGE).ravel()
    at = worst(np.abs(Y - right))
    told, should = apart(Y[at], right[at])
    formula = "(Z - mean) / sqrt(variance + eps)"
    if np.abs(Y - right).max() < TOLERANCE:
        return Found(True, f"At eps = {_LARGE:g} a value comes out as {told} = {formula}.")
    return Found(
        False, f"At eps = {_LARGE:g} a value comes out as {told}, expected {should} = {formula}."
    )


def _affine(of: Loaded, _: Settings) -> Found:
    given = sample()
    plain = Layer(of, FEATURES).forward(given.Z)
    Y = new_layer(of, given).forward(given.Z)
    right = given.gamma[:, None] * plain + given.beta[:, None]
    off = np.abs(Y - right).max(axis=1)
    if off.max() < TOLERANCE:
        return Found(True, "Each feature comes out as gamma z + beta, with its own gamma and beta.")
    at = worst(off)
    told, should = apart(Y[at, 0], right[at, 0])
    return Found(
        False,
        f"With gamma {number(given.gamma[at])} and beta {number(given.beta[at])} a value of "
        f"feature {at + 1} comes out as {told}, expected {should} = gamma z + beta.",
    )


SHAPE = Check("shape", "Shape and dtype are kept", ("forward called",), _shape)
STANDARD = Check("standard", "Mean 0 and std 1 after", ("forward",), _standard)
EPS = Check("eps", "eps is added to the variance, inside the root", ("forward",), _eps)
AFFINE = Check("affine", "gamma and beta are used", ("forward",), _affine)
