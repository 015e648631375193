"""What the lab says about the present settings."""

import math
from collections.abc import Sequence

import numpy as np

from bn_core.comparison.one_batch import ForwardResult, expected_gap, mean_and_std, measured_gap
from bn_core.sampling import EXCESS_KURTOSIS
from bn_core.simulation.feature_paths import STEPS, FeaturePaths
from bn_core.theory import batch_statistics
from bn_core.types import Array
from ui.settings.shared import Settings
from ui.text.html import paragraph, table
from ui.text.numbers import counted, fixed, fmt, percent


def numbers_table(
    s: Settings, what: str, result: ForwardResult, paths: FeaturePaths, rows: slice, kept: slice
) -> str:
    """Mean and std of the batch before and after; the running statistics against the truth.

    what: whose numbers these are. rows: which of the batch's features are shown; kept: the same
    among those that are followed.
    """
    shown = [
        ("before", result.before[rows]),
        ("after, training", result.training[rows]),
    ]
    if s.norm == "batch":
        shown.append(("after, inference", result.inference[kept]))
    text = table((what, "mean", "std"), [(name, *map(fixed, mean_and_std(x))) for name, x in shown])
    if s.norm == "layer":
        return text + paragraph(
            "Training and inference are the same calculation: their outputs differ by 0."
        )
    mean, var = (float(np.mean(path[kept, -1])) for path in (paths.mean, paths.var))
    text += table(
        (f"running, step {STEPS}", "estimate", "truth"),
        [("mean", fixed(mean), fixed(s.mean)), ("variance", fixed(var), fixed(s.std**2))],
    )
    followed = len(paths.followed)
    if rows == slice(None) and followed < s.features:
        text += paragraph(
            f"At this batch size running statistics are kept for {followed} of the {s.features} "
            "features. The numbers for inference are those of these features.",
            "small",
        )
    return text + _gap(s, measured_gap(result, kept))


def lesson(s: Settings, training: Array) -> str:
    """What a special case teaches; empty for an ordinary one.

    training: the outputs that share their statistics, of whole examples for a layer norm.
    """
    alone = (s.features if s.norm == "layer" else s.batch) == 1
    told = [_alone(s) if alone else _scaled(s, training)]
    if s.norm == "batch" and s.batch == 1 and s.momentum > 0:
        told.append(_variance_of_one(s))
    if s.norm == "batch" and s.momentum == 0:
        told.append(
            "At momentum 0 no batch counts: the running mean stays at its start, 0, and the "
            "running variance at 1."
        )
    if s.norm == "batch" and s.momentum == 1:
        told.append(
            "At momentum 1 only the last batch counts: the running mean is the mean of that "
            "batch, with all its noise."
        )
    return "".join(paragraph(text, "lesson") for text in told)


def no_such_feature(asked: int, features: int) -> str:
    """Which feature is shown in place of one that the layer does not have; empty if it does."""
    if asked <= features:
        return ""
    return paragraph(
        f"There is no feature {asked}: the layer has {counted(features, 'feature')}. The last one "
        "is shown.",
        "small",
    )


def no_running_mean(s: Settings) -> str:
    """Why layer normalisation has no running mean to draw."""
    own = "its one feature" if s.features == 1 else f"its own {s.features} features"
    return paragraph(
        f"<b>Layer normalisation keeps no running mean.</b> Each example is normalised over {own}, "
        "so its output depends on no other example and is the same in training and in inference. "
        "Nothing is estimated over the steps, so momentum has no effect, and a batch of 1 is as "
        "good as any."
    )


def four_sizes(
    s: Settings,
    feature: int,
    sizes: Sequence[int],
    before: Sequence[Array],
    after: Sequence[Array],
) -> str:
    """What a small batch does, in numbers.

    before, after: (n_features, size) at each size; feature: the one in colour, counted from 0.
    """
    one = [batch[feature] for batch in before]
    return _one_feature(s, feature, sizes, one) + _small_and_large(s, feature, sizes, after)


def _one_feature(s: Settings, feature: int, sizes: Sequence[int], values: Sequence[Array]) -> str:
    what = f"feature {feature + 1} of {s.features}" if s.features > 1 else "the one feature"
    (low, low_std), (high, high_std) = (mean_and_std(values[at]) for at in (0, -1))
    text = (
        f"In colour: {what}, with its mean ± std above. Its first {sizes[0]} examples have mean "
        f"{fixed(low)} and std {fixed(low_std)}, all {sizes[-1]} have {fixed(high)} and "
        f"{fixed(high_std)}; the true values are {fmt(s.mean)} and {fmt(s.std)}."
    )
    if s.features > 1:
        text += f" In grey: the values of all {s.features} features together."
    return paragraph(text)


def _small_and_large(
    s: Settings, feature: int, sizes: Sequence[int], after: Sequence[Array]
) -> str:
    small, large = min(sizes), max(sizes)
    if s.norm == "layer":
        over = "its one feature" if s.features == 1 else f"its {s.features} features"
        return paragraph(
            "The batch size changes nothing for layer normalisation: each example is normalised by "
            f"itself, over {over}. More examples only make the histograms smoother."
        ) + paragraph(_scaled(s, after[-1]) if s.features > 1 else _alone(s), "lesson")
    if s.std == 0:
        return paragraph(
            "The input has no spread, so in a batch of any size the mean is exactly the true mean, "
            "and the variance exactly 0."
        ) + paragraph(_scaled(s, after[0]), "lesson")
    known = [
        f"From batch to batch, a mean over {small} examples varies by ±{_mean_error(s, small)} "
        f"and a variance by ±{_var_error(s, small)} (one standard deviation)"
    ]
    for size in sorted({s.batch, large} - {small}):
        if size == 1:
            known.append(f"over 1 the mean by ±{_mean_error(s, 1)}, and there is no variance")
        else:
            known.append(f"over {size} by ±{_mean_error(s, size)} and ±{_var_error(s, size)}")
    outputs = [batch[feature] for batch in after]
    return paragraph(f"{'; '.join(known)}. {_comes_out(s, sizes, outputs)}") + paragraph(
        _zero_over_zero(after[0], "batch") if s.eps == 0 else "", "lesson"
    )


def _mean_error(s: Settings, size: int) -> str:
    return fmt(float(batch_statistics.batch_mean_sd(size, s.std)))


def _var_error(s: Settings, size: int) -> str:
    return percent(float(batch_statistics.batch_var_relative_sd(size, EXCESS_KURTOSIS[s.shape])), 2)


def _comes_out(s: Settings, sizes: Sequence[int], outputs: Sequence[Array]) -> str:
    if s.gamma == 0:
        return f"gamma is 0, so every output is beta = {fmt(s.beta)}."
    small = min(sizes)
    scale = abs(s.gamma)
    if s.eps > 1e-4 * s.std**2:
        stds = ", ".join(
            f"{fixed(mean_and_std(one)[1])} at B = {size}"
            for size, one in zip(sizes, outputs, strict=True)
        )
        return (
            f"Every batch comes out with mean beta = {fmt(s.beta)}. eps is not negligible beside "
            f"the variance: it lowers the output's std from |gamma| = {fmt(scale)} to {stds}."
        )
    return (
        f"Yet every batch comes out with mean beta = {fmt(s.beta)} and std |gamma| = {fmt(scale)}. "
        f"At B = {small} no output can be further from beta than |gamma| √{small - 1} = "
        f"{fmt(scale * math.sqrt(small - 1))}."
    )


def _alone(s: Settings) -> str:
    """A single value that is normalised by itself."""
    what = "One feature" if s.norm == "layer" else "One example"
    if s.eps == 0:
        return (
            f"{what} is its own mean: its variance is 0, and eps is 0. 0/0 is not a number, so "
            "there is no training output to draw. Any eps above 0 prevents this division."
        )
    if s.norm == "layer":
        return (
            f"{what} is its own mean, so layer normalisation gives beta = {fmt(s.beta)} for every "
            "example."
        )
    return (
        f"{what} is its own mean, so in training the output is beta = {fmt(s.beta)}, whatever "
        "the input is. PyTorch refuses such a batch; layer normalisation works with it."
    )


def _scaled(s: Settings, training: Array) -> str:
    """What std, eps or gamma do to the scale, where it is not the usual one."""
    if s.std == 0 and s.eps == 0:
        return (
            "The variance is 0 and eps is 0. 0/0 is not a number, so there is no training output "
            "to draw. Any eps above 0 prevents this division."
        )
    if s.std == 0:
        return (
            "Every value is the same, so there is nothing to scale: x − mean is 0 and the training "
            f"output is beta = {fmt(s.beta)}. Without eps it would be 0/0."
        )
    lost = _zero_over_zero(training, s.norm) if s.eps == 0 else ""
    if s.gamma == 0:
        return (
            lost or f"gamma is 0, so every output is beta = {fmt(s.beta)}, whatever the input is."
        )
    if s.eps >= 0.05 * s.std**2:
        return (
            f"eps is not small beside the variance {fmt(s.std**2)}: it keeps the output's std at "
            f"{fixed(mean_and_std(training)[1])} instead of |gamma| = {fmt(abs(s.gamma))}."
        )
    return lost


def _zero_over_zero(training: Array, norm: str) -> str:
    """How many features (examples) of a batch without eps have no spread; empty if none."""
    lost = ~np.isfinite(training).all(axis=0 if norm == "layer" else 1)
    if not lost.any():
        return ""
    thing = "example" if norm == "layer" else "feature"
    return (
        f"In {int(lost.sum())} of {counted(lost.size, thing)} all values are equal: variance 0 and "
        "eps 0 make 0/0, not a number. These outputs are left out."
    )


def _variance_of_one(s: Settings) -> str:
    """What becomes of inference where every batch holds one example; momentum above 0."""
    left = (1 - s.momentum) ** STEPS
    fallen = fmt(left, 2) if left > 1e-12 else "almost 0"
    told = f"A batch of 1 has variance 0, so the running variance has fallen from 1 to {fallen}."
    if left + s.eps <= 1e-12:
        return f"{told} Inference divides by its root."
    return (
        f"{told} Inference divides by √(running variance + eps) = "
        f"{fmt(math.sqrt(left + s.eps), 2)}, although the input's std is {fmt(s.std)}."
    )


def _gap(s: Settings, gap: float) -> str:
    if math.isnan(gap):
        return paragraph("No difference can be measured: an output is not a number.")
    text = (
        "In training the norm uses the mean and variance of this batch, in inference the running "
        f"ones. The two outputs differ by {fmt(gap)} (RMS: the root of the mean square)"
    )
    if s.shape != "normal" or s.std == 0 or s.batch == 1:
        return paragraph(f"{text}.")
    expected = expected_gap(
        s.batch, mean=s.mean, std=s.std, momentum=s.momentum, eps=s.eps, gamma=s.gamma
    )
    if expected is None:
        return paragraph(
            f"{text}. This changes too much from run to run for an expected value: with so few "
            "samples the running variance is sometimes almost 0."
        )
    return paragraph(
        f"{text}; {fmt(expected)} is expected over many runs of {STEPS} steps at this momentum."
    )
