"""Checks of the output in training: its shape, its mean and std, eps, gamma and beta."""

import numpy as np

from bn_core.normalize import statistics
from bn_core.sampling import draw
from bn_core.types import Array
from ui.settings.shared import Settings
from ui.text.numbers import spoken
from ui.your_norm.checks.check import Check, Found
from ui.your_norm.checks.samples import FEATURES, axis_of, new_layer, normalized, sample
from ui.your_norm.layer import Layer
from ui.your_norm.loading import Loaded

TOLERANCE = 1e-6
_LARGE = 0.5


def _shape(of: Loaded, _: Settings) -> Found:
    given = sample()
    dtypes = []
    for dtype in (np.float64, np.float32):
        layer = new_layer(of, given)
        for training in (True, False):
            Y = layer.forward(given.Z.astype(dtype), training)
            dtypes.append(Y.dtype.name)
    told = f"{given.Z.shape} comes out as {given.Z.shape}"
    wrong = {name for name in dtypes[2:] if name != "float32"}
    if wrong:
        return Found(
            False,
            f"{told}, but float32 comes out as {wrong.pop()}: end with .astype(Z.dtype).",
        )
    if set(dtypes[:2]) != {"float64"}:
        return Found(False, f"{told}, but float64 comes out as {dtypes[0]}.")
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
        off = np.nan_to_num(np.abs(mine - expected), nan=np.inf)
        if off.max() > TOLERANCE:
            worst = int(np.argmax(off))
            return Found(
                False,
                f"{group.capitalize()} {judged[worst] + 1} leaves with {what} "
                f"{spoken(float(mine[worst]), 4)}, expected {spoken(float(expected[worst]), 4)}.",
            )
    if not var.any():
        return Found(True, f"No {group} has a spread, so that every output is 0, as it should be.")
    low, high = f"{right.min():.3g}", f"{right.max():.3g}"
    std = low if low == high else f"{low} to {high}"
    because = "" if low == "1" else f", which is what eps = {eps:g} leaves of 1"
    return Found(True, f"Each {group} leaves with mean 0 and std {std}{because}.")


def _eps(of: Loaded, _: Settings) -> Found:
    Z = sample().Z
    Y = Layer(of, FEATURES, _LARGE).forward(Z)
    right = normalized(Z, of.kind, _LARGE)
    worst = int(np.argmax(np.abs(Y - right).max(axis=1)))
    told = f"At eps = {_LARGE:g} the first value comes out as"
    if not np.abs(Y - right).max() < TOLERANCE:
        mine, expected = Y[worst], right[worst]
        at = int(np.argmax(np.abs(mine - expected)))
        return Found(
            False,
            f"At eps = {_LARGE:g} a value comes out as {mine[at]:.4g}, expected "
            f"{expected[at]:.4g} = (Z - mean) / sqrt(variance + eps).",
        )
    return Found(True, f"{told} {Y[0, 0]:.4g} = (Z - mean) / sqrt(variance + eps).")


def _affine(of: Loaded, _: Settings) -> Found:
    given = sample()
    plain = Layer(of, FEATURES).forward(given.Z)
    Y = new_layer(of, given).forward(given.Z)
    right = given.gamma[:, None] * plain + given.beta[:, None]
    off = np.abs(Y - right).max(axis=1)
    worst = int(np.argmax(off))
    gamma, beta = given.gamma[worst], given.beta[worst]
    if not off.max() < TOLERANCE:
        return Found(
            False,
            f"With gamma {gamma:g} and beta {beta:g} feature {worst + 1} should be "
            f"{gamma:g} z + {beta:g}: its first value is {Y[worst, 0]:.4g}, expected "
            f"{right[worst, 0]:.4g}.",
        )
    return Found(True, "Each feature comes out as gamma z + beta, with its own gamma and beta.")


SHAPE = Check("shape", "Shape and dtype are kept", ("forward called",), _shape)
STANDARD = Check("standard", "Mean 0 and std 1 after", ("forward",), _standard)
EPS = Check("eps", "eps is added to the variance, inside the root", ("forward",), _eps)
AFFINE = Check("affine", "gamma and beta are used", ("forward",), _affine)
