"""Checks of the running statistics: how they move, and what inference does with them."""

import numpy as np

from ui.settings.shared import Settings
from ui.your_norm.checks.check import Check, Found
from ui.your_norm.checks.forward import TOLERANCE
from ui.your_norm.checks.samples import BATCH, FEATURES, new_layer, sample
from ui.your_norm.loading import Loaded

_MOMENTUM = 0.3
_BATCHES = 3


def _running(of: Loaded, _: Settings) -> Found:
    """The variance may be that of the batch, or the unbiased one that PyTorch keeps."""
    layer = new_layer(of, sample(), momentum=_MOMENTUM)
    mean, var = np.zeros(FEATURES), np.ones(FEATURES)
    unbiased = var
    for number in range(_BATCHES):
        Z = sample(number).Z
        layer.forward(Z)
        mean = (1 - _MOMENTUM) * mean + _MOMENTUM * Z.mean(axis=1)
        var = (1 - _MOMENTUM) * var + _MOMENTUM * Z.var(axis=1)
        unbiased = (1 - _MOMENTUM) * unbiased + _MOMENTUM * Z.var(axis=1, ddof=1)
    own_mean, own_var = layer.running()
    told = f"After {_BATCHES} batches at momentum {_MOMENTUM:g} the running"
    worst = _worst(own_mean, mean)
    if worst is not None:
        return Found(
            False,
            f"{told} mean of feature {worst + 1} is {own_mean[worst]:.4g}, expected "
            f"{mean[worst]:.4g}: (1 - momentum) times the old one plus momentum times the new.",
        )
    worst = _worst(own_var, var)
    if worst is None or _worst(own_var, unbiased) is None:
        by = f"B = {BATCH}" if worst is None else f"B - 1 = {BATCH - 1}, as in PyTorch"
        return Found(
            True,
            f"{told} mean of feature 1 is {own_mean[0]:.4g} and its running variance "
            f"{own_var[0]:.4g} (divided by {by}).",
        )
    return Found(
        False,
        f"{told} variance of feature {worst + 1} is {own_var[worst]:.4g}, expected "
        f"{var[worst]:.4g} (or {unbiased[worst]:.4g}, divided by B - 1).",
    )


def _uses_running(of: Loaded, _: Settings) -> Found:
    given = sample()
    layer = new_layer(of, given)
    layer.forward(given.Z)
    mean, var = np.linspace(-2, 3, FEATURES), np.linspace(0.5, 4, FEATURES)
    layer.set_running(mean, var)
    Z = sample(1).Z
    Y = layer.forward(Z, training=False)
    z = (Z - mean[:, None]) / np.sqrt(var[:, None] + 1e-5)
    right = given.gamma[:, None] * z + given.beta[:, None]
    worst = _worst(np.abs(Y - right).max(axis=1), np.zeros(FEATURES))
    if worst is None:
        return Found(
            True,
            f"With running mean {mean[0]:g} and variance {var[0]:g} a value {Z[0, 0]:.3g} of "
            f"feature 1 comes out as {Y[0, 0]:.4g}.",
        )
    return Found(
        False,
        f"With running mean {mean[worst]:.3g} and variance {var[worst]:.3g} a value "
        f"{Z[worst, 0]:.3g} of feature {worst + 1} comes out as {Y[worst, 0]:.4g}, expected "
        f"{right[worst, 0]:.4g}.",
    )


def _frozen(of: Loaded, _: Settings) -> Found:
    given = sample()
    layer = new_layer(of, given)
    layer.forward(given.Z)
    before = layer.running()
    layer.forward(sample(1).Z, training=False)
    after = layer.running()
    for name, old, new in zip(("mean", "variance"), before, after, strict=True):
        worst = _worst(new, old)
        if worst is not None:
            return Found(
                False,
                f"One batch in inference has moved the running {name} of feature {worst + 1} from "
                f"{old[worst]:.4g} to {new[worst]:.4g}.",
            )
    return Found(True, "A batch in inference leaves the running mean and variance as they were.")


def _same(of: Loaded, _: Settings) -> Found:
    """Layer norm has nothing that inference would use instead."""
    given = sample()
    layer = new_layer(of, given)
    gap = np.abs(layer.forward(given.Z) - layer.forward(given.Z, training=False)).max()
    if gap < TOLERANCE:
        return Found(True, "The outputs in training and in inference are the same.")
    return Found(False, f"The outputs in training and in inference differ by up to {gap:.3g}.")


def _worst(mine: np.ndarray, right: np.ndarray) -> int | None:
    """The feature that is furthest off, counted from 0; None where all are right."""
    off = np.abs(mine - right)
    if np.all(off < TOLERANCE):
        return None
    return int(np.argmax(np.where(np.isnan(off), np.inf, off)))


RUNNING = Check(
    "running", "The running mean and variance follow their law", ("forward",), _running, ("batch",)
)
USES_RUNNING = Check(
    "inference",
    "Inference uses the running statistics",
    ("forward", "running", "inference"),
    _uses_running,
    ("batch",),
)
FROZEN = Check(
    "frozen",
    "Inference leaves the running statistics alone",
    ("forward", "running", "inference"),
    _frozen,
    ("batch",),
)
SAME = Check(
    "same", "Training and inference give the same", ("forward", "inference"), _same, ("layer",)
)
