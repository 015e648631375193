"""How far the statistics of a batch are off, and on which side of the truth."""

import math

from bn_core.theory.batch_statistics import (
    batch_mean_sd,
    batch_var_mean,
    batch_var_relative_sd,
)
from bn_core.theory.time_scales import settled_sd
from ui.lessons.measure import nearest, nearest_factor, told
from ui.lessons.scene import Options, Scale, Scene
from ui.text.numbers import percent
from ui.views.running_statistics.view import RunningSettings

_SMALL = 8
_TIMES = (2, 4, 8, 16)


def _halves(_: RunningSettings) -> int:
    falls = [float(batch_mean_sd(_SMALL) / batch_mean_sd(_SMALL * times)) for times in _TIMES]
    return nearest(falls, 2.0)


def _explain_mean(s: RunningSettings) -> str:
    before, now = (
        settled_sd(float(batch_mean_sd(batch, s.std)), s.momentum) for batch in (_SMALL, s.batch)
    )
    return (
        f"With batches of {_SMALL} the running mean wanders by {told(before, 2)} (one std), with "
        f"batches of {s.batch} by {told(now, 2)}. Noise falls as the root of the batch size, so "
        "half the noise takes 4 times the examples."
    )


MEAN_NOISE = Scene(
    name="mean_noise",
    page="running_statistics",
    before="batch=8",
    after="batch=32",
    controls=("batch",),
    parts=("fig_running_mean",),
    setup=(
        "Batches of 8: their means are noisy, so the running mean wanders inside the dashed "
        "lines. It should wander half as far; the momentum stays."
    ),
    question="How many times as large must the batches be?",
    answer=Options(tuple(f"{times} times" for times in _TIMES), _halves),
    explain=_explain_mean,
)


def _variance_off(s: RunningSettings) -> float:
    """In percent of its mean; for a batch of one not a number."""
    return 100 * float(batch_var_relative_sd(s.batch))


def _explain_variance(s: RunningSettings) -> str:
    if s.batch == 1:
        return "A batch of 1 has no spread: its variance is 0 each time."
    mean = float(batch_mean_sd(s.batch))
    return (
        f"By {told(_variance_off(s), 2)} % (one std), the root of 2 / (B − 1) at B = {s.batch} for "
        f"inputs in the shape of a bell. The mean of such a batch is off by {percent(mean)} of the "
        "input's std."
    )


VARIANCE_NOISE = Scene(
    name="variance_noise",
    page="running_statistics",
    before="momentum=1&batch=512",
    after="momentum=1&batch=8",
    controls=("batch",),
    parts=("fig_running_var",),
    setup=(
        "At momentum 1 nothing is remembered: the line is the variance of each batch by itself. "
        "With 512 examples it hardly moves. Now the batches have 8."
    ),
    question="By how much is the variance of one batch off, as a rule?",
    answer=Scale(0.0, 100.0, 5.0, "% of its mean", _variance_off),
    explain=_explain_variance,
)


_SETTLES = (2.0, 1.0, 0.5, 0.25)


def _settles(s: RunningSettings) -> float:
    """Where the running variance settles, as a share of the true one."""
    return float(batch_var_mean(s.batch, unbiased=s.stored == "unbiased"))


def _explain_biased(s: RunningSettings) -> str:
    if s.batch == 1:
        return "A batch of 1 has variance 0, and the running variance goes to 0 with it."
    truth, share = s.std**2, _settles(s)
    return (
        f"At {told(truth * share, 2)}, {percent(share)} of the true {told(truth)}: the values lie "
        f"closer to their own mean than to the true one, and dividing by B = {s.batch} leaves on "
        "average (B − 1)/B of the variance. PyTorch stores it divided by B − 1 instead."
    )


BIASED_VARIANCE = Scene(
    name="biased_variance",
    page="running_statistics",
    before="batch=64",
    after="batch=2",
    controls=("batch",),
    parts=("fig_running_var",),
    setup=(
        "The inputs have variance 9, and with batches of 64 the running variance goes there. The "
        "variance of each batch is its sum of squares divided by B. Now B is 2."
    ),
    question="Where does the running variance settle now?",
    answer=Options(
        (
            "At about 18, twice the true one",
            "At about 9, the true one",
            "At about 4.5, half of it",
            "At about 2.2, a quarter of it",
        ),
        lambda s: nearest_factor(_SETTLES, max(_settles(s), math.ulp(1.0))),
    ),
    explain=_explain_biased,
)
