"""Statistics of a batch, and the running ones that inference uses instead."""

import numpy as np

from bn_core.sampling import draw
from bn_core.theory.batch_statistics import batch_mean_sd
from bn_core.theory.fixed_sample import fixed_sample_moments
from bn_core.theory.running import memory
from ui.lessons.measure import (
    nearest_factor,
    told,
)
from ui.lessons.scene import Options, Scale, Scene
from ui.text.numbers import counted, percent
from ui.views.lab.view import SIZES, LabSettings
from ui.views.running_statistics.view import RunningSettings
from ui.views.train_vs_inference.view import TrainInferenceSettings

_TIMES = (2.0, 8.0, 64.0)


def _noise_ratio() -> float:
    small, large = batch_mean_sd([SIZES[0], SIZES[-1]], 1.0)
    return float(small / large)


def _explain_sizes(s: LabSettings) -> str:
    small, *_, large = (
        draw(s.shape, (1, max(SIZES)), s.mean, s.std, s.seed)[0, :n].mean() - s.mean for n in SIZES
    )
    sd = batch_mean_sd([SIZES[0], SIZES[-1]], s.std)
    return (
        f"As a rule a mean of {SIZES[0]} values is off by {told(float(sd[0]), 2)} (one std), of "
        f"{SIZES[-1]} by {told(float(sd[1]), 2)}: the root of {SIZES[-1] // SIZES[0]}, so "
        f"{told(_noise_ratio(), 2)} times. In this draw they are off by {told(abs(small), 2)} and "
        f"{told(abs(large), 2)}."
    )


FOUR_SIZES = Scene(
    name="four_sizes",
    page="lab",
    before="view=four+batch+sizes",
    after="view=four+batch+sizes&seed=3",
    controls=("mean", "std"),
    parts=("fig_batch_sizes",),
    setup=(
        "One feature in batches of 8, 32, 128 and 512, before and after batch norm. In training "
        "each batch subtracts its own mean, which is not quite the true one. Now new "
        "batches are drawn."
    ),
    question="How many times as far off is the mean of 8 values, as a rule, as that of 512?",
    answer=Options(
        tuple(f"{times:g} times" for times in _TIMES),
        lambda _: nearest_factor(_TIMES, _noise_ratio()),
    ),
    explain=_explain_sizes,
)


_SCATTER = (0.001, 0.05, 0.4, 3.0)


def _scatter(s: TrainInferenceSettings) -> tuple[float, float]:
    mean, sd = fixed_sample_moments(s.sample, s.batch, s.eps / s.std**2)
    return float(mean), float(sd)


def _explain_companions(s: TrainInferenceSettings) -> str:
    if s.batch == 1:
        return "In a batch of 1 it is its own mean, and its output is 0 each time."
    mean, sd = _scatter(s)
    return (
        f"On average its output is {told(mean, 2)}, but from batch to batch it scatters by "
        f"{told(sd, 2)} (one std): mean and std are taken over the whole batch, so the other "
        f"{counted(s.batch - 1, 'example')} decide too. With layer norm it would be the same each "
        "time."
    )


COMPANIONS = Scene(
    name="companions",
    page="train_vs_inference",
    before="batch=512",
    after="batch=8",
    controls=("batch", "sample"),
    parts=("fig_same_sample",),
    setup=(
        "One example, 1 std above the mean, comes again and again in training, each time with "
        "other examples. First the batches have 512 examples, now they have 8."
    ),
    question="By how much does its output after batch norm scatter (one std)?",
    answer=Options(
        ("Not at all, its input is the same", "By about 0.05", "By about 0.4", "By about 3"),
        lambda s: nearest_factor(_SCATTER, max(_scatter(s)[1], 1e-9)),
    ),
    explain=_explain_companions,
)


_LEFT = 0.05


def forgotten(momentum: float) -> int | None:
    """The first step at which 5 % of the start or less is left; None if none comes."""
    if momentum == 0:
        return None
    left = memory(np.arange(10_001), momentum).start
    return int(np.argmax(left <= _LEFT))


def _batches_needed(s: RunningSettings) -> float:
    return float(forgotten(s.momentum) or 0)


def _explain_momentum(s: RunningSettings) -> str:
    steps = forgotten(s.momentum)
    if steps is None:
        return "At momentum 0 no batch is taken in, and the start stays for ever."
    ten = float(memory([10], s.momentum).start[0])
    return (
        f"After {counted(steps, 'batch')}: each leaves {percent(1 - s.momentum)} of the start, and "
        f"after 10 batches {percent(ten)} of it is left."
    )


RUNNING_MEAN = Scene(
    name="running_mean",
    page="running_statistics",
    before="momentum=0.5",
    after="momentum=0.1",
    controls=("momentum", "batch"),
    parts=("fig_running_mean",),
    setup=(
        "Inference may get one example alone, so batch norm keeps a running mean for it. It starts "
        "at 0, and each batch of the training counts with the weight momentum, the past with the "
        "rest. The momentum goes from 0.5 to 0.1."
    ),
    question="After how many batches is 95 % of the start gone?",
    answer=Scale(0.0, 100.0, 1.0, "batches", _batches_needed),
    explain=_explain_momentum,
    code="gap_running",
)
