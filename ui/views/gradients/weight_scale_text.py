"""What weights of another length do to the gradient, and SGD to their length, in words."""

import numpy as np

from bn_core.gradients.weight_growth import WeightPaths
from bn_core.gradients.weight_scale import Rescaled
from bn_core.types import Array
from ui.text.html import paragraph
from ui.text.numbers import counted, fmt
from ui.views.gradients.text import NORMS, SMALL_EPS

ORTHOGONAL = 5e-3


def scale_note(
    norm: str, units: int, scale: float, result: Rescaled, at: int, lawful: Array
) -> str:
    """What weights `scale` times as long do to the output and to the gradient."""
    over = "over the batch" if norm == "batch" else f"over {units} units"
    name = f"{NORMS[norm].capitalize()} {over}, "
    if not np.isfinite(result.output_change[at]):
        return paragraph(
            f"{name}a group of equal values and eps = 0: the output is 0/0, and so is every "
            "gradient.",
            "lesson",
        )
    if not result.gradient[at] > 0 or not np.isfinite(result.relative[at]):
        return paragraph(
            f"{name}no gradient passes here, so there is none whose length could change.", "lesson"
        )
    factor, cosine = float(result.relative[at]), float(result.cosine[at])
    times = fmt(factor)
    text = (
        f"{name}all weights times a = {fmt(scale)}: the output changes by at most "
        f"{fmt(float(result.output_change[at]))}, and the gradient is "
        + ("as long as before" if times == "1" else f"{times} times as long")
        + (f" (1/a = {fmt(1 / scale)})" if lawful[at] else "")
        + f". The cosine of the angle between gradient and weights is {fmt(cosine, 2)}"
    )
    if lawful[at]:
        text += ": they are orthogonal."
    elif abs(cosine) >= ORTHOGONAL:
        text += ". It is eps that makes the output depend on the weights' length."
    else:
        text += "."
    return paragraph(text, "lesson")


def scale_law_holds(result: Rescaled, at_w: int, size: int) -> Array:
    """Where the gradient is 1/a as long, (n_scales,): something passes by itself, in groups of more
    than 2, and eps is small both at W (the scale number at_w) and at a W.
    """
    small = np.maximum(result.eps_ratio, result.eps_ratio[at_w]) <= 0.01
    passes = (result.gradient > 0) & (size > 2)
    return np.asarray(small & passes & (np.abs(result.cosine) < ORTHOGONAL))


def sgd_law_holds(paths: WeightPaths, batch: int, eps: float) -> bool:
    """Whether |w| follows the law: below 6 examples a few steps decide, and eps must be small."""
    shortest = float(paths.norm.min())
    return bool(np.isfinite(paths.norm).all()) and batch >= 6 and eps <= SMALL_EPS * shortest**2


def sgd_note(
    paths: WeightPaths, lr: float, decay: float, equilibrium: float, batch: int, eps: float
) -> str:
    """How long the weights are after the run, and what that does to the learning rate."""
    last = paths.norm[:, -1]
    if not np.isfinite(last).all():
        return paragraph(
            "One example without eps gives 0/0: there is nothing to learn from.", "lesson"
        )
    name, steps = f"Batch norm at B = {batch}", paths.norm.shape[1] - 1
    without = f"After {steps} steps |w| is {fmt(float(last[0]))} without weight decay"
    with_ = f"with weight decay {fmt(decay)} it is {fmt(float(last[1]))}"
    ends = f"{without}" + (f", {with_}" if decay > 0 else "")
    if batch == 1:
        return paragraph(
            f"{name}: no gradient passes, so the weights keep their length, or get shorter by "
            f"weight decay alone. {ends}.",
            "lesson",
        )
    small = eps <= SMALL_EPS * float(paths.norm.min()) ** 2
    if batch == 2 and small:
        return paragraph(
            f"{name}: no gradient passes, but for a little that eps lets through where both "
            f"examples are nearly equal, and such a step may be large. {ends}.",
            "lesson",
        )
    if not small:
        return paragraph(
            f"{name}: eps is not small beside |w|², so the output depends on the weights' length. "
            f"The laws, which are for small eps, are left out. {ends}.",
            "lesson",
        )
    rate = float(lr / last[0] ** 2)
    change = "fallen" if rate < lr else "risen"
    text = (
        f"{name}: the output depends on the weights' direction alone, and the effective learning "
        f"rate lr/|w|² says how fast that turns. {without} and lr/|w|² has {change} from "
        f"{fmt(lr)} to {fmt(rate)}."
    )
    if decay > 0:
        text += f" {with_[0].upper()}{with_[1:]}"
    if batch < 6:
        text += ". " if decay > 0 else " "
        text += "With so few examples single steps decide, and no law is drawn."
    elif decay > 0:
        time = 3 / (4 * lr * decay)
        reached = "settles there within" if time <= steps else "takes longer to get there,"
        text += (
            f"; the formula puts the equilibrium, where decay and growth are equal, at "
            f"{fmt(equilibrium)}, and |w| {reached} about {counted(round(time), 'step')}."
        )
    return paragraph(text, "lesson")
