"""What the page says about the array and the present batch."""

import math

import numpy as np

from ui.text.html import paragraph, table
from ui.text.numbers import fmt, percent
from ui.views.your_activations.beside import after_batch_norm, after_layer_norm
from ui.views.your_activations.here import KINDS, Here
from ui.views.your_activations.layer import EXAMPLES, FOLLOWED
from ui.views.your_activations.noise import LARGEST
from ui.views.your_activations.words import things


def answer(here: Here) -> str:
    """What a batch of this size does to this layer, in one paragraph."""
    gap, layer = here.typical("output"), here.layer
    gaussian = float(here.noise["output"].gaussian[here.at])
    if here.values == 1:
        return paragraph(
            "A batch of one has no spread: every training output is beta. Take a larger batch."
        )
    batch = things(here.batch, "example")
    if layer.positions > 1:
        batch += f" ({here.values:,} values of a feature)"
    told = (
        f"With batches of {batch} a training output of this layer is typically "
        f"{percent(gap, 3)} of a std away from the inference output; as many independent Gaussian "
        f"values would give {percent(gaussian, 3)}."
    )
    return paragraph(told + _few(here))


def _few(here: Here) -> str:
    """A warning where the file has too few examples to tell."""
    examples = here.layer.examples
    if examples >= 100:
        return ""
    return (
        f" The file has only {examples} examples: what others would do, these cannot tell. Save "
        "some hundred."
    )


def alive(here: Here) -> str:
    """Dead and nearly dead features."""
    moments, eps = here.layer.moments, here.eps
    var, total = moments.var, moments.var.size
    dead = int(np.sum(var == 0))
    small = int(np.sum((var > 0) & (var < eps)))
    touched = int(np.sum((var >= eps) & (var > 0) & (var < 100 * eps)))
    told = (
        f"{_of(dead, total)} dead: the same value in every example, so that the norm gives beta. "
        if dead
        else f"Each of the {total:,} features has a spread: no feature is dead. "
        if total > 1
        else "The feature is not dead. "
    )
    if eps == 0:
        told += "With eps 0 nothing holds small features back."
    else:
        told += (
            f"{_have(small)} a variance above 0 and under eps = {fmt(eps)}: the output std is "
            f"below 0.71. {_have(touched)} one from eps to 100 eps: there eps takes about 0.5 % "
            "or more of the output."
        )
    zeros = float(np.median(moments.zeros))
    if zeros > 0.05:
        told += (
            f" In the median feature {percent(zeros)} of the values are exactly 0: as after a ReLU."
        )
    return paragraph(told)


def shape(here: Here) -> str:
    """Skewness and kurtosis, and what the kurtosis does to the variance of a batch."""
    moments = here.layer.moments
    known = np.isfinite(moments.kurtosis)
    k = float(np.median(moments.kurtosis[known]))
    skewness = float(np.median(np.abs(moments.skewness[known])))
    told = f"Median kurtosis {fmt(k + 3)} (a Gaussian has 3), median |skewness| {fmt(skewness)}."
    if here.layer.positions > 1:
        return paragraph(
            f"{told} How noisy a batch's variance is depends on the kurtosis and on how alike the "
            "positions of an example are."
        )
    factor = fmt(math.sqrt(max((k + 2) / 2, 0.0)), 2)
    times = "about" if factor == "1" else f"{factor} times"
    return paragraph(
        f"{told} For large batches such a kurtosis makes the batch variance {times} as noisy as a "
        "Gaussian's: √((kurtosis − 1)/2)."
    )


def smallest(here: Here, found: dict[str, tuple[float, float, float]]) -> str:
    """The smallest batch for the wanted error, by kind of error."""
    names = {
        "output": "output: RMS gap",
        "variance": "variance: sd over average",
        "mean": "mean: sd, in stds",
    }
    rows = [(names[kind], *(_size(size, kind) for size in found[kind])) for kind in KINDS]
    head = (f"error at most {here.wanted:g}", "half of the features", "9 of 10", "if Gaussian")
    return table(head, rows) + paragraph(
        "The smallest batch size, in examples. Of the output it is one of the sizes that were "
        "drawn, beyond 512 by the closed form for large batches. If Gaussian: as if all values, "
        "positions too, were independent.",
        "small",
    )


def noise(here: Here) -> str:
    """How the numbers were found, and from how much of the file."""
    layer = here.layer
    used = len(layer.means)
    told = (
        f"Drawn: {here.drawn.mean.shape[1]:,} batches of each size, examples taken at random from "
        f"{'the ' if used == layer.examples else ''}{used:,}"
        f"{'' if used == layer.examples else f' of the {layer.examples:,}'} in the file, as often "
        "as it comes."
    )
    if layer.followed.size < layer.features:
        told += (
            f" {things(layer.followed.size, 'feature')} of {layer.features:,} "
            f"{'is' if layer.followed.size == 1 else 'are'} followed, evenly spread over those "
            "that vary."
        )
    if used < layer.examples:
        told += f" Of larger files {EXAMPLES:,} examples and {FOLLOWED} features are enough here."
    return paragraph(told, "small")


def batches(here: Here) -> str:
    """What the lines of training outputs show."""
    layer = here.layer
    if here.values == 1:
        return paragraph(
            "A batch of one gives beta, whatever comes in: all lines lie flat.", "small"
        )
    return paragraph(
        f"Within a batch the norm shifts (its mean scatters by {fmt(_at(here, 'mean'))} stds) and "
        f"stretches (its variance scatters by {percent(_at(here, 'variance'))}). The RMS distance "
        f"of feature {here.feature} from the dashed line is "
        f"{fmt(_at(here, 'output'))} stds. Inference has the "
        f"mean and variance of all {len(layer.means):,} examples."
    )


def beside(here: Here) -> str:
    """Batch norm beside layer norm."""
    mean, std = after_layer_norm(here)
    if here.layer.features == 1:
        return paragraph(
            "Layer norm over a single feature gives 0 everywhere: there is nothing to compare it "
            "with inside an example."
        )
    reach = float(np.max(np.abs(mean)))
    place = " at each position" if here.layer.positions > 1 else ""
    return paragraph(
        f"Batch norm (inference) gives each feature mean 0 and a std of "
        f"{fmt(float(np.median(after_batch_norm(here))))} in the median. Layer norm "
        f"gives each example{place} a mean of 0, over its {here.layer.features:,} features: the "
        f"features keep means of up to {fmt(reach)} in size and stds from "
        f"{fmt(float(std.min()))} to {fmt(float(std.max()))}. It is tried on "
        f"{len(here.layer.rows):,} examples"
        f"{', each at one position' if here.layer.positions > 1 else ''}."
    )


def positions(here: Here, worth: float) -> str:
    """What the positions of an example are worth."""
    layer = here.layer
    if layer.positions == 1:
        return paragraph(
            "Each example has one value of a feature, so a batch has as many values as examples."
        )
    told = (
        f"For the mean the {layer.positions:,} positions of an example count as {_counted(worth)} "
        "independent values in the median feature."
    )
    if worth < 0.9 * layer.positions:
        told += (
            f" In part they repeat one another: a batch of {here.batch} counts as "
            f"{_counted(here.batch * worth)} values, not {here.values:,}."
        )
    elif worth > 1.1 * layer.positions:
        told += (
            " That is more than there are: some positions are high where others are low, so that "
            "the examples' means scatter little."
        )
    else:
        told += " Their likeness hardly matters for the mean."
    return paragraph(told)


def _counted(worth: float) -> str:
    """How many values that is: whole with commas where it is large."""
    if worth > 1e6:
        return "over a million"
    return f"{worth:,.0f}" if worth >= 100 else fmt(worth)


def _at(here: Here, kind: str) -> float:
    return float(here.noise[kind].measured[here.at, here.followed])


def _size(size: float, kind: str) -> str:
    if math.isinf(size):
        return f"over {LARGEST:,}"
    exact = size <= (512 if kind == "output" else 3000)
    return f"{'' if exact else 'about '}{size:,.0f}"


def _of(number: int, total: int) -> str:
    return f"{number:,} of {things(total, 'feature')} {'is' if number == 1 else 'are'}"


def _have(number: int) -> str:
    if number == 0:
        return "No feature has"
    return f"{things(number, 'feature')} {'has' if number == 1 else 'have'}"
