"""Checks where norms are often wrong: far from zero, a batch of one, the caller's own arrays."""

import numpy as np

from ui.settings.shared import Settings
from ui.text.numbers import spoken
from ui.your_norm.checks.check import Check, Found
from ui.your_norm.checks.forward import TOLERANCE
from ui.your_norm.checks.samples import FEATURES, new_layer, normalized, sample
from ui.your_norm.layer import Layer
from ui.your_norm.loading import Loaded

_FAR = 10_000.0
_ROUNDED = 0.01  # float32 keeps 7 digits: at 10,000 a value itself is rounded by up to 0.0005


def _far(of: Loaded, _: Settings) -> Found:
    Z = np.float32(_FAR) + np.random.default_rng(4).standard_normal((FEATURES, 16), np.float32)
    Y = Layer(of, FEATURES).forward(Z)
    right = normalized(Z.astype(np.float64), of.kind)
    off = np.abs(Y - right).max()
    told = f"float32 values of mean {_FAR:,.0f} and std 1"
    if off < _ROUNDED:
        return Found(True, f"{told} come out right to {off:.0e}.")
    if np.isnan(off):
        return Found(False, f"{told} come out as no number: a variance below 0, or of 0?")
    return Found(
        False,
        f"{told} come out wrong by up to {spoken(float(off))}. Take the mean of (Z - mean) ** 2: "
        "in E[Z²] - mean² two large numbers cancel.",
    )


def _single(of: Loaded, _: Settings) -> Found:
    given = sample(5, 1)
    layer = new_layer(of, given)
    Y = layer.forward(given.Z)
    off = np.abs(Y - given.beta[:, None]).max(axis=1)
    if not off.max() < TOLERANCE:
        worst = int(np.argmax(np.nan_to_num(off, nan=np.inf)))
        return Found(
            False,
            f"One example is its own mean, so that each feature comes out as its beta. Feature "
            f"{worst + 1} comes out as {spoken(float(Y[worst, 0]))}, its beta is "
            f"{given.beta[worst]:g}.",
        )
    return Found(True, "One example is its own mean: each feature comes out as its beta.")


def _alone(of: Loaded, _: Settings) -> Found:
    given = sample(5)
    together = new_layer(of, given).forward(given.Z)[:, :1]
    alone = new_layer(of, given).forward(given.Z[:, :1])
    off = np.abs(together - alone).max(axis=1)
    if off.max() < TOLERANCE:
        return Found(True, f"Feature 1 is {alone[0, 0]:.4g}, with other examples and without.")
    worst = int(np.argmax(np.nan_to_num(off, nan=np.inf)))
    return Found(
        False,
        f"Feature {worst + 1} of example 1 is {spoken(float(together[worst, 0]))} in a batch of "
        f"{given.Z.shape[1]} and {spoken(float(alone[worst, 0]))} alone.",
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


FAR = Check("float32", "float32 far from zero", ("forward",), _far)
SINGLE = Check("single", "A batch of one comes out as beta", ("forward",), _single, ("batch",))
ALONE = Check("alone", "An example comes out the same alone", ("forward",), _alone, ("layer",))
KEPT = Check("input", "The input stays as it was", ("forward", "inference", "backward"), _kept)
