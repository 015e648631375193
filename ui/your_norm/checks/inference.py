"""Checks of the running statistics: how they move, and what inference does with them."""

import numpy as np

from bn_core.types import Array
from ui.settings.shared import Settings
from ui.your_norm.checks.check import Check, Found
from ui.your_norm.checks.forward import TOLERANCE
from ui.your_norm.checks.numbers import apart, number, worst
from ui.your_norm.checks.samples import BATCH, FEATURES, new_layer, sample
from ui.your_norm.loading import Loaded

_MOMENTUM = 0.3
_BATCHES = 3
_SMALL = 1e-9  # where eps stands is another check's


def _running(of: Loaded, _: Settings) -> Found:
    """The variance may be that of the batch, or the unbiased one that PyTorch keeps."""
    layer = new_layer(of, sample(), momentum=_MOMENTUM)
    mean, var = np.zeros(FEATURES), np.ones(FEATURES)
    unbiased = var
    for batch in range(_BATCHES):
        Z = sample(batch).Z
        layer.forward(Z)
        mean = (1 - _MOMENTUM) * mean + _MOMENTUM * Z.mean(axis=1)
        var = (1 - _MOMENTUM) * var + _MOMENTUM * Z.var(axis=1)
        unbiased = (1 - _MOMENTUM) * unbiased + _MOMENTUM * Z.var(axis=1, ddof=1)
    own_mean, own_var = layer.running()
    told = f"After {_BATCHES} batches at momentum {_MOMENTUM:g} the running"
    at = _off(own_mean, mean)
    if at is not None:
        own, should = apart(own_mean[at], mean[at])
        return Found(
            False,
            f"{told} mean of feature {at + 1} is {own}, expected {should}: 1 - momentum times the "
            "old one plus momentum times the new.",
        )
    at = _off(own_var, var)
    if at is not None and _off(own_var, unbiased) is not None:
        own, should = apart(own_var[at], var[at])
        return Found(
            False,
            f"{told} variance of feature {at + 1} is {own}, expected {should} (or "
            f"{number(unbiased[at])}, divided by B - 1).",
        )
    by = f"B = {BATCH}" if at is None else f"B - 1 = {BATCH - 1}, as in PyTorch"
    return Found(
        True,
        f"{told} mean of feature 1 is {number(own_mean[0])} and its running variance "
        f"{number(own_var[0])} (divided by {by}).",
    )


def _uses_running(of: Loaded, _: Settings) -> Found:
    given = sample()
    layer = new_layer(of, given, _SMALL)
    layer.forward(given.Z)
    mean, var = np.linspace(-2, 3, FEATURES), np.linspace(0.5, 4, FEATURES)
    layer.set_running(mean, var)
    Z = sample(1).Z
    Y = layer.forward(Z, training=False)
    z = (Z - mean[:, None]) / np.sqrt(var[:, None] + _SMALL)
    right = given.gamma[:, None] * z + given.beta[:, None]
    off = np.abs(Y - right)
    at, example = np.unravel_index(worst(off), Z.shape)
    own, should = apart(Y[at, example], right[at, example])
    told = (
        f"With running mean {number(mean[at], 3)} and variance {number(var[at], 3)} the value "
        f"{number(Z[at, example], 3)} of feature {at + 1} comes out as {own}"
    )
    if off.max() < TOLERANCE:
        return Found(True, f"{told}.")
    return Found(False, f"{told}, expected {should}.")


def _frozen(of: Loaded, _: Settings) -> Found:
    given = sample()
    layer = new_layer(of, given)
    layer.forward(given.Z)
    before = layer.running()
    layer.forward(sample(1).Z, training=False)
    after = layer.running()
    for name, old, new in zip(("mean", "variance"), before, after, strict=True):
        at = _off(new, old)
        if at is not None:
            then, now = apart(old[at], new[at])
            return Found(
                False,
                f"One batch in inference has moved the running {name} of feature {at + 1} from "
                f"{then} to {now}.",
            )
    return Found(True, "A batch in inference leaves the running mean and variance as they were.")


def _same(of: Loaded, _: Settings) -> Found:
    """Layer norm has nothing that inference would use instead."""
    given = sample()
    layer = new_layer(of, given)
    gap = np.abs(layer.forward(given.Z) - layer.forward(given.Z, training=False)).max()
    if gap < TOLERANCE:
        return Found(True, "The outputs in training and in inference are the same.")
    return Found(False, f"The outputs in training and in inference differ by up to {number(gap)}.")


def _off(mine: Array, right: Array) -> int | None:
    """The feature that is furthest off, counted from 0; None where all are right."""
    off = np.abs(mine - right)
    return None if off.max() < TOLERANCE else worst(off)


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
