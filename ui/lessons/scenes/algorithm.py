"""The algorithm: what it does to the shape, scale and shift, epsilon."""

import math

import numpy as np

from bn_core.normalize import statistics
from bn_core.sampling import draw
from bn_core.theory.epsilon import output_std
from bn_core.types import Array
from ui.lessons.measure import (
    excess_kurtosis,
    inputs,
    only,
    outputs,
    told,
)
from ui.lessons.scene import Options, Scale, Scene
from ui.text.numbers import percent
from ui.views.lab.view import LabSettings
from ui.views.numerics.view import NumericsSettings


def _shape(s: LabSettings) -> int:
    """By the excess kurtosis: a bell has 0, two points -2, values evenly spread -1.2."""
    before, after = excess_kurtosis(inputs(s)), excess_kurtosis(outputs(s))
    same = abs(after - before) < 0.1
    bell, points = abs(after) < 0.2, after < -1.95
    return only(bell, same and not bell and not points, points)


def _near_middle(values: Array) -> str:
    """The share of values within half a std of the middle, all features together."""
    return percent(float(np.mean(np.abs(values - values.mean()) <= 0.5 * values.std())))


def _explain_peaks(s: LabSettings) -> str:
    return (
        f"Within half a std of the middle lie {_near_middle(inputs(s))} of the values before and "
        f"{_near_middle(outputs(s))} after; of a bell it would be 38 %. Subtracting and dividing "
        "moves and stretches the picture, but does not change its shape."
    )


TWO_PEAKS = Scene(
    name="two_peaks",
    page="lab",
    before="batch=512",
    after="batch=512&shape=bimodal",
    controls=("mean", "std"),
    parts=("fig_before_after",),
    setup="Inputs in the shape of a bell stay a bell. Now the inputs have two peaks.",
    question="What do they look like after batch norm?",
    answer=Options(
        (
            "A bell with mean 0 and std 1",
            "Two peaks with mean 0 and std 1",
            "Two thin lines at −1 and 1",
        ),
        _shape,
    ),
    explain=_explain_peaks,
    code="gap_normalise",
)


_AFFINE = ((0.0, 1.0), (2.0, 2.0), (2.0, 4.0), (4.0, 2.0))


def _undone(s: LabSettings) -> int:
    now = outputs(s)
    mean, std = float(now.mean()), float(now.std())
    return int(np.argmin([math.hypot(mean - m, std - d) for m, d in _AFFINE]))


def _explain_affine(s: LabSettings) -> str:
    now = outputs(s)
    return (
        f"Mean {told(float(now.mean()))} and std {told(float(now.std()))}: the shift beta and the "
        f"size of the scale gamma, whatever the input has (here mean {told(s.mean)}, std "
        f"{told(s.std)}). Where the network needs its old mean and std, it can learn them back."
    )


SCALE_AND_SHIFT = Scene(
    name="scale_and_shift",
    page="lab",
    before="batch=512&mean=2&std=2",
    after="batch=512&mean=2&std=2&gamma=2&beta=2",
    controls=("gamma", "beta"),
    parts=("fig_before_after",),
    setup=(
        "The inputs have mean 2 and std 2. After normalising, each feature is multiplied by gamma "
        "and beta is added; both are learned. Now gamma = 2 and beta = 2."
    ),
    question="Which mean and std do the values have after batch norm?",
    answer=Options(
        tuple(f"Mean {mean:g} and std {std:g}" for mean, std in _AFFINE),
        _undone,
    ),
    explain=_explain_affine,
)


def _batch_std(s: NumericsSettings) -> float:
    batch = draw(s.shape, (1, s.batch), s.mean, s.std, s.seed)
    return float(np.sqrt(statistics(batch, -1)[1][0, 0]))


def _after_eps(s: NumericsSettings) -> float:
    return float(output_std(_batch_std(s), s.eps))


def _explain_eps(s: NumericsSettings) -> str:
    if s.eps == 0 and s.std == 0:
        return "Without spread and without epsilon the output is 0 divided by 0: not a number."
    var = _batch_std(s) ** 2
    return (
        f"The std of the output is {told(_after_eps(s), 2)}: the batch's variance is "
        f"{told(var, 2)}, and epsilon adds {told(s.eps)} to it before the root is taken."
    )


EPSILON = Scene(
    name="epsilon",
    page="numerics",
    before="std=0.1&batch=512",
    after="std=0.1&batch=512&eps=0.01",
    controls=("eps", "std"),
    parts=("fig_eps",),
    setup=(
        "The inputs have std 0.1, so variance 0.01. Epsilon is added to the variance before "
        "dividing by its root; it goes from 0.00001 to 0.01."
    ),
    question="What is the std of the output now?",
    answer=Scale(0.0, 1.5, 0.05, "", _after_eps),
    explain=_explain_eps,
    code="bug_eps",
)
