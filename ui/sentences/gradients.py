"""What the gradients page says about the present settings."""

import numpy as np

from bn_core.gradient_parts import GradientParts
from bn_core.normalize import Array
from bn_core.weight_scale import NormPaths, Rescaled
from ui.sentences.html import fmt, paragraph, table

NORMS = {"batch": "batch norm", "layer": "layer norm"}


def answer(norm: str, size: int, share: float) -> str:
    """The page's answer, for the present gradient."""
    what = "the examples" if norm == "batch" else "the features"
    return paragraph(
        f"What {NORMS[norm]} lets back is the gradient <b>less its mean and less its part along "
        f"the output</b>, over {what}. Of this one's energy {_percent(share)} passes; of a random "
        f"one's {_percent(max(size - 2, 0) / size)} on average, at a group of {size}."
    )


def sums_table(parts: GradientParts, axis: int) -> str:
    """The first group's sums before the norm, and behind both backward formulas."""
    z = _first(parts.z, axis)
    rows = []
    for name, part in (
        ("what comes in", parts.incoming),
        ("whole formula", parts.right),
        ("mean, variance as constants", parts.wrong),
    ):
        one = _first(part, axis)
        rows.append((name, _sum(one), _sum(one * z), fmt(float(np.sqrt(np.mean(one**2))))))
    return table(("first group", "sum", "sum with output", "size (RMS)"), rows) + paragraph(
        "Both sums of the whole formula are 0; eps keeps the second from it by a little.", "small"
    )


def check_note(slope: Array, right: Array, wrong: Array) -> str:
    """Which formula the nudges side with."""
    if not np.isfinite(slope).all():
        return paragraph(
            "There is no slope to measure here: the group has no spread and eps is 0, so its "
            "output is not a number.",
            "lesson",
        )
    off = [float(np.abs(formula - slope).max()) for formula in (right, wrong)]
    text = (
        f"Each of {len(slope)} inputs nudged up and down, and the loss looked at: the whole "
        f"formula is off by {fmt(off[0], 1)}, the one that takes mean and variance for constants "
        f"by {fmt(off[1])}."
    )
    if off[1] < 1e-6:
        text += " For this gradient nothing was to be taken away, so both are right."
    return paragraph(text, "lesson")


def lesson(norm: str, upstream: str, size: int, std: float, eps: float, gamma: float) -> str:
    """What a special case teaches; empty for an ordinary one."""
    group = "batch of 2" if norm == "batch" else "layer of 2 features"
    texts = []
    if size == 1:
        texts.append("One entry is its own mean: its output never moves, so no gradient passes.")
    elif size == 2:
        texts.append(
            f"In a {group} every output is +1 or −1, whatever comes in: the two directions that "
            "are taken away are all there are. No gradient passes, but for what eps lets through."
        )
    if upstream in ("ones", "output") and gamma != 0 and size > 2:
        taken = "its own mean" if upstream == "ones" else "all along the output"
        texts.append(
            f"This gradient is {taken}: nothing of it is left. A test that feeds a gradient of "
            "ones to a backward pass cannot fail for a formula that gives 0, so test with a random "
            "one."
        )
    if gamma == 0:
        texts.append("gamma = 0 lets nothing back to the input, whatever the norm does.")
    if eps > 0.05 * std**2 and size > 1:
        texts.append(
            "eps is not small beside the variance: the part along the output is then only partly "
            "taken away, and the sum with the output is no longer 0."
        )
    return "".join(paragraph(text, "lesson") for text in texts)


def scale_note(scale: float, result: Rescaled, at: int, batch: int) -> str:
    """What weights `scale` times as long do to the output and to the gradient."""
    if not result.gradient[at] > 0:
        return paragraph(
            "No gradient passes here, so there is none whose length could change.", "lesson"
        )
    return paragraph(
        f"Weights times {fmt(scale)}: the output moves by {fmt(float(result.output_change[at]))}, "
        f"the gradient is {fmt(float(result.relative[at]))} times as long "
        f"(1/a = {fmt(1 / scale)}), and the cosine of its angle with W is "
        f"{fmt(float(result.cosine[at]), 2)}"
        + (
            ". What passes at a batch of 2 is eps's doing, and falls like 1/a³."
            if batch == 2
            else ": orthogonal."
        ),
        "lesson",
    )


def sgd_note(paths: NormPaths, lr: float, decay: float, equilibrium: float, batch: int) -> str:
    """Where the weights' length went."""
    last = paths.norm[:, -1]
    if not np.isfinite(last).all():
        return paragraph(
            "One example without eps gives 0/0: there is nothing to learn from.", "lesson"
        )
    if batch <= 2:
        return paragraph(
            f"At a batch of {batch} no gradient passes batch norm, but for what eps lets through "
            "now and then: the weights stay, or shrink by weight decay alone.",
            "lesson",
        )
    steps = paths.norm.shape[1] - 1
    text = (
        f"After {steps} steps |w| is {fmt(float(last[0]))} without weight decay and the effective "
        f"learning rate lr/|w|² has fallen from {fmt(lr)} to {fmt(float(lr / last[0] ** 2))}."
    )
    if decay > 0:
        time = 1 / (4 * lr * decay)
        text += (
            f" With weight decay {fmt(decay)} it is {fmt(float(last[1]))}; the formula puts the "
            f"equilibrium at {fmt(equilibrium)}, approached within about {fmt(time, 2)} steps."
        )
    return paragraph(text, "lesson")


def depth_note(sizes: dict[str, Array], law: Array, batch: int, runs: int) -> str:
    """How much larger the first layer's gradient is than the last one's."""
    first = {norm: fmt(float(size[0])) for norm, size in sizes.items()}
    text = (
        f"From layer {len(law)} back to layer 1 the gradient becomes {first['batch']} times as "
        f"large with batch norm (law: 1.211 a layer, {fmt(float(law[0]))} in all), "
        f"{first['layer']} times with layer norm and {first['none']} times without a norm; mean "
        f"of {runs} network{'s' if runs > 1 else ''}."
    )
    if batch <= 2:
        text += " At this batch size batch norm's gradient ends at the last layer."
    elif batch < 64:
        text += " The law is that of a large batch and wide layers: small batches grow faster."
    return paragraph(text, "lesson")


def _percent(share: float) -> str:
    return "nothing" if share < 5e-4 else f"{100 * share:.3g} %" if share == share else "0/0"


def _first(part: Array, axis: int) -> Array:
    return part[0] if axis == -1 else part[:, 0]


def _sum(values: Array) -> str:
    """A sum, 0 where it is nothing but rounding."""
    with np.errstate(invalid="ignore"):
        total, size = float(values.sum()), float(np.abs(values).sum())
    return "0" if abs(total) <= 1e-12 * size else fmt(total)
