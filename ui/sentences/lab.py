"""What the lab says about the present settings."""

from collections.abc import Sequence

import numpy as np

from bn_core import theory
from bn_core.lab import STEPS, Passed, RunningPaths, gap_of, mean_and_std
from ui.figures.style import fixed
from ui.sentences.html import fmt, paragraph, table
from ui.settings import Settings


def numbers_table(s: Settings, passed: Passed, paths: RunningPaths, rows: slice) -> str:
    """Mean and std of the batch before and after; the running statistics against the truth."""
    shown = [
        ("before", passed.before[rows]),
        ("after, training", passed.training[rows]),
    ]
    followed = passed.inference[rows]
    if s.norm == "batch" and followed.size:
        shown.append(("after, inference", followed))
    cells = [(name, *map(fixed, mean_and_std(x))) for name, x in shown]
    text = table(("", "mean", "std"), cells)
    if s.norm == "layer":
        return text + paragraph(
            "Training and inference are the same calculation: they differ by 0."
        )
    mean, var = (float(np.mean(path[rows, -1])) for path in (paths.mean, paths.var))
    if not followed.size:
        mean, var = float(paths.mean[:, -1].mean()), float(paths.var[:, -1].mean())
    text += table(
        (f"running, step {STEPS}", "estimate", "truth"),
        [("mean", fixed(mean), fixed(s.mean)), ("variance", fixed(var), fixed(s.std**2))],
    )
    return text + _gap(s, passed)


def lesson(s: Settings) -> str:
    """What a special case teaches; empty for an ordinary one."""
    lessons = []
    if s.norm == "batch" and s.batch == 1 and s.eps > 0:
        lessons.append(
            f"One example is its own mean, so in training the output is beta = {fmt(s.beta)} "
            "whatever comes in. PyTorch refuses such a batch; layer normalisation does not mind."
        )
    if s.norm == "layer" and s.features == 1 and s.eps > 0:
        lessons.append(
            f"One feature is its own mean, so layer normalisation gives beta = {fmt(s.beta)} "
            "for every example."
        )
    alone = s.features == 1 if s.norm == "layer" else s.batch == 1
    if s.eps == 0 and (s.std == 0 or alone):
        lessons.append(
            ("One value is its own mean: the" if alone else "The")
            + " variance is 0 and eps is 0. 0/0 is not a number, and nothing finite is left to "
            "draw. That division is what eps is for."
        )
    elif s.std == 0:
        lessons.append(
            "Every value is the same, so there is nothing to scale: x − mean is 0 and the output "
            f"is beta = {fmt(s.beta)}. Only eps keeps 0/0 away."
        )
    elif s.eps >= 0.05 * s.std**2:
        kept = s.std / np.sqrt(s.std**2 + s.eps)
        lessons.append(
            f"eps is not small beside the variance {fmt(s.std**2)}: it holds the output's std "
            f"at about {fmt(kept * abs(s.gamma))} instead of {fmt(abs(s.gamma))}."
        )
    if s.norm == "batch" and s.momentum == 0:
        lessons.append(
            "Momentum 0 lets no batch in: the running mean stays at its start, 0, for ever."
        )
    if s.norm == "batch" and s.momentum == 1:
        lessons.append(
            "Momentum 1 forgets everything: the running mean is the last batch's mean, noise "
            "and all."
        )
    return "".join(paragraph(text, "lesson") for text in lessons)


def no_running_mean(s: Settings) -> str:
    """Why layer normalisation has no running mean to draw."""
    return paragraph(
        "<b>Layer normalisation keeps no running mean.</b> Each example is normalised over its "
        f"own {s.features} features, so its output depends on no other example and is the same "
        "in training and in inference. There is nothing to estimate over the steps, and a batch "
        "of 1 is as good as any."
    )


def small_batches(s: Settings, sizes: Sequence[int]) -> str:
    """What a small batch does, in numbers, for the smallest and the largest size."""
    small, large = min(sizes), max(sizes)
    if s.norm == "layer":
        return paragraph(
            "The batch size does nothing to layer normalisation: each example is normalised by "
            f"itself, over its {s.features} features, and more examples only fill the picture."
        )
    means = [fmt(float(theory.batch_mean_sd(b, s.std))) for b in (small, large)]
    bound = fmt(float(np.sqrt(small - 1)))
    return paragraph(
        f"A batch of {small} knows its mean only to ±{means[0]} and its variance to "
        f"±{100 * float(theory.batch_var_relative_sd(small)):.0f} %; a batch of {large} to "
        f"±{means[1]} and ±{100 * float(theory.batch_var_relative_sd(large)):.0f} % (Gaussian "
        f"input). Every batch comes out with exactly mean beta and std |gamma|, right or wrong: "
        f"at B = {small} no output can be further than {bound} stds from the middle, so the "
        "tails are cut off."
    )


def _gap(s: Settings, passed: Passed) -> str:
    gap = gap_of(passed)
    text = f"The same batch in training and in inference differs by {fmt(gap)} (RMS)"
    if s.shape == "normal" and s.std > 0 and s.batch > 1:
        expected = abs(s.gamma) * theory.settled_gap(s.batch, s.eps / s.std**2)
        text += f"; {fmt(expected)} expected once the running statistics have settled"
    return paragraph(text + ".")
