"""What the gradients page says about the gradient's parts at the present settings."""

import numpy as np

from bn_core.gradients.parts import GradientParts
from bn_core.types import Array
from ui.text.html import paragraph, table
from ui.text.numbers import counted, fmt, percent

NORMS = {"batch": "batch norm", "layer": "layer norm"}
SMALL_EPS = 1e-3
"""Times the variance: up to here the laws, which are for eps = 0, hold to what is printed."""


def share_law_holds(size: int, eps_ratio: float, shape: str) -> bool:
    """Whether a random gradient keeps (n - 2)/n on average. Equal values let more through."""
    return eps_ratio <= SMALL_EPS and size > 2 and (shape != "rectified" or size >= 8)


def answer(norm: str, parts: GradientParts, shrunk: float, lawful: bool) -> str:
    """The page's answer, for the present gradient. shrunk: eps/(variance + eps), first group;
    lawful: whether the law of a random gradient holds.
    """
    size = parts.z.shape[parts.axis]
    group = counted(size, "example" if norm == "batch" else "feature")
    if not parts.defined.any():
        return paragraph(
            f"The {group} of a group are all equal and eps is 0: the output is 0/0, <b>not a "
            "number</b>, and so is every gradient."
        )
    if size == 1:
        return paragraph(
            f"A group of {group}: {NORMS[norm]} gives 0 for every input, so "
            "<b>no gradient passes</b> back."
        )
    taken = "its part along the output"
    if shrunk == 1:
        along = " (the output is 0, so there is no part along it)"
    elif shrunk > SMALL_EPS:
        along = f" and <b>{percent(1 - shrunk, 3)} of {taken}</b> (in the first group)"
    else:
        along = f" and <b>{taken}</b>"
    share = parts.total_share
    if np.isnan(share):
        passes = "No gradient comes in here, so none passes"
    else:
        passes = f"Of this gradient's squared length {_share(share)} passes"
        if lawful:
            passes += (
                f"; of a random gradient's {percent((size - 2) / size, 3)} on average: "
                f"(n\u00a0−\u00a02)/n for groups of n\u00a0=\u00a0{size}"
            )
    missing = int(np.sum(np.logical_not(parts.defined)))
    left_out = (
        f" {counted(missing, 'group')} of equal values, where eps = 0 gives 0/0, left out."
        if missing
        else ""
    )
    return paragraph(
        f"On its way back through {NORMS[norm]} the gradient loses <b>its mean</b> over the "
        f"{group}{along}. {passes}.{left_out}"
    )


def sums_table(parts: GradientParts, shrunk: float) -> str:
    """The first group's sums before the norm, and behind both backward formulas."""
    z = _first(parts.z, parts.axis)
    rows = []
    for name, part in (
        ("what comes in", parts.incoming),
        ("whole formula", parts.gradient),
        ("mean and variance as constants", parts.naive_gradient),
    ):
        one = _first(part, parts.axis)
        rows.append((name, _sum(one), _sum(one * z), fmt(float(np.sqrt(np.mean(one**2))))))
    if np.isnan(shrunk):
        told = "The values of the first group are all equal, and eps is 0: 0/0."
    elif shrunk == 1:
        told = (
            "The values of the first group are all equal: its output is 0, and so is the second "
            "sum."
        )
    elif shrunk == 0:
        told = "Both sums of the whole formula are 0."
    else:
        told = (
            "The first sum of the whole formula is 0. Of the second, eps/(variance + eps) = "
            f"{fmt(shrunk)} is left of what it is with mean and variance as constants."
        )
    told += " RMS: root mean square, the typical size of an entry."
    return table(("first group", "sum", "sum × output", "RMS"), rows) + paragraph(told, "small")


def check_note(slope: Array, right: Array, wrong: Array) -> str:
    """Which formula the measured slope agrees with."""
    if not np.isfinite(slope).all():
        return paragraph(
            "There is no slope to measure here: the values of the group are all equal and eps is "
            "0, so the output is not a number.",
            "lesson",
        )
    off = [float(np.abs(formula - slope).max()) for formula in (right, wrong)]
    text = (
        f"{counted(len(slope), 'input')} {'is' if len(slope) == 1 else 'are'} moved up and down a "
        "little, one at a time, and the change of the loss gives the slope. The whole formula is "
        f"off by at most {fmt(off[0], 1)}, the one that treats mean and variance as constants by "
        f"{fmt(off[1])}."
    )
    if not wrong.any():
        text += " No gradient comes in here, so there is nothing to compare."
    elif off[1] < 1e-6 * float(np.abs(wrong).max()):
        text += " This gradient has nothing to lose, so both are right."
    return paragraph(text, "lesson")


def lesson(
    norm: str,
    upstream: str,
    size: int,
    std: float,
    eps: float,
    gamma: float,
    shape: str,
    shrunk: float,
) -> str:
    """What a special case teaches; empty for an ordinary one."""
    texts = []
    ratio = eps / std**2 if std else np.inf
    if size > 1 and std == 0 and eps > 0:
        texts.append(
            "The input has no spread: every output is 0, so there is no part along it. The "
            f"gradient passes without its mean, times 1/√eps = {fmt(1 / np.sqrt(eps))}."
        )
    if size == 2 and std > 0:
        texts.append(_pair(norm, ratio, shape, eps))
    if upstream == "ones" and gamma != 0 and size > 1 and not np.isnan(shrunk):
        texts.append(
            "This gradient is the same everywhere: it is its own mean, and nothing of it is left. "
            + _ADVICE
        )
    if upstream == "output" and gamma != 0 and size > 1 and shrunk < 1:
        if shrunk > SMALL_EPS:
            texts.append(
                "This gradient is all along the output. Without eps nothing of it would be left; "
                f"here {percent(shrunk, 3)} of its length is, in the first group."
            )
        else:
            texts.append(f"This gradient is all along the output: nothing of it is left. {_ADVICE}")
    if gamma == 0:
        texts.append("gamma = 0: no gradient passes back to the input, through any norm.")
    if 0.01 < ratio < np.inf and size > 1:
        texts.append(
            f"eps is {fmt(ratio)} of the input's variance: the part along the output is only "
            "partly taken away, and the sum with the output need not be 0."
        )
    return "".join(paragraph(text, "lesson") for text in texts)


_ADVICE = (
    "So do not test a backward pass with such a gradient: a wrong formula that gives 0 would pass. "
    "Use a random one."
)


def _pair(norm: str, ratio: float, shape: str, eps: float) -> str:
    group = "batch of 2" if norm == "batch" else "layer of 2 features"
    if ratio > SMALL_EPS:
        return (
            f"In a {group} the outputs lie between −1 and 1: eps keeps them apart from the ends, "
            "and a part of the gradient passes."
        )
    text = (
        f"In a {group} one output is near +1 and one near −1, whatever comes in. A gradient has "
        "two entries, and two parts are taken away: no gradient passes, but for a little that eps "
        "lets through."
    )
    if shape == "rectified":
        text += " Where both values are equal, as in one pair of four, " + (
            "the outputs are 0 instead, and the gradient passes without its mean."
            if eps
            else "there is no output: 0/0."
        )
    return text


def _share(share: float) -> str:
    return "nothing" if share < 5e-4 else percent(share, 3)


def _first(part: Array, axis: int) -> Array:
    return part[0] if axis == -1 else part[:, 0]


def _sum(values: Array) -> str:
    """A sum, 0 where it is nothing but rounding."""
    with np.errstate(invalid="ignore"):
        total, size = float(values.sum()), float(np.abs(values).sum())
    return "0" if abs(total) <= 1e-12 * size else fmt(total)
