"""Checks where norms are often wrong: far from zero, a batch of one, the caller's own arrays."""

import numpy as np

from bn_core.types import Array
from ui.settings.shared import Settings
from ui.your_norm.checks.check import Check, Found
from ui.your_norm.checks.forward import TOLERANCE
from ui.your_norm.checks.numbers import apart, number, worst
from ui.your_norm.checks.samples import FEATURES, new_layer, normalized, sample
from ui.your_norm.layer import Layer
from ui.your_norm.loading import Loaded

_FAR = 10_000.0
_ROUNDED = 0.01  # float32 keeps 7 digits: at 10,000 a value itself is rounded by up to 0.0005


def _far(of: Loaded, _: Settings) -> Found:
    near = np.random.default_rng(4).standard_normal((FEATURES, 16), np.float32)
    if not _error(of, near) < _ROUNDED:
        return Found(None, "float32 is not right near zero either: see the checks above first.")
    off = _error(of, near + np.float32(_FAR))
    told = f"float32 values of mean {_FAR:,.0f} and std 1"
    if off < _ROUNDED:
        return Found(True, f"{told} come out right to {number(off, 1)}.")
    wrong = "come out as no number" if np.isnan(off) else f"are wrong by up to {number(off, 3)}"
    return Found(
        False,
        f"{told} {wrong}. Take the mean of (Z - mean) ** 2: in E[Z²] - mean² two large numbers "
        "cancel.",
    )


def _error(of: Loaded, Z: Array) -> float:
    off = Layer(of, len(Z)).forward(Z) - normalized(Z.astype(np.float64), of.kind)
    return float(np.abs(off).max())


def _single(of: Loaded, _: Settings) -> Found:
    given = sample(5, 1)
    Y = new_layer(of, given).forward(given.Z)[:, 0]
    off = np.abs(Y - given.beta)
    if off.max() < TOLERANCE:
        return Found(True, "One example is its own mean: each feature comes out as its beta.")
    at = worst(off)
    return Found(
        False,
        "One example is its own mean, so that each feature should come out as its beta. Feature "
        f"{at + 1} comes out as {number(Y[at])}, its beta is {number(given.beta[at])}.",
    )


def _alone(of: Loaded, _: Settings) -> Found:
    given = sample(5)
    together = new_layer(of, given).forward(given.Z)[:, 0]
    alone = new_layer(of, given).forward(given.Z[:, :1])[:, 0]
    off = np.abs(together - alone)
    at = worst(off)
    both = apart(together[at], alone[at])
    if off.max() < TOLERANCE:
        return Found(True, f"A value is {both[0]}, with other examples and without.")
    return Found(
        False,
        f"A value is {both[0]} in a batch of {given.Z.shape[1]}, and {both[1]} for the same "
        "example alone.",
    )


def _kept(of: Loaded, _: Settings) -> Found:
    given = sample()
    layer = new_layer(of, given)
    for what, name, use in (
        ("forward", "Z", lambda: layer.forward(given.Z)),
        ("forward in inference", "Z", lambda: layer.forward(given.Z, training=False)),
        ("backward", "dY", lambda: layer.backward(given.dY)),
    ):
        use()
        if layer.changed:
            return Found(
                False,
                f"{what} has written into {name}, the caller's own array. A line such as "
                f"{name} -= mean changes it; {name} - mean makes a new one.",
            )
    return Found(True, "Z and dY are after the calls what they were before.")


FAR = Check("float32", "float32 keeps its digits far from zero", ("forward",), _far)
SINGLE = Check("single", "A batch of one comes out as beta", ("forward",), _single, ("batch",))
ALONE = Check("alone", "An example comes out the same alone", ("forward",), _alone, ("layer",))
KEPT = Check("input", "The input stays as it was", ("forward", "inference", "backward"), _kept)
