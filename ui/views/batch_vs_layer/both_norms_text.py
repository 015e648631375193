"""What a batch of one does to both norms, and how they differ in use, in words."""

import numpy as np

from bn_core.comparison.both_norms import BothNorms
from bn_core.comparison.padding import Padded
from bn_core.types import Array
from ui.text.html import paragraph, table
from ui.text.numbers import fmt, percent
from ui.views.batch_vs_layer.spread import NO_SPREAD, largest


def batch_of_one(
    whole: BothNorms, alone: BothNorms, gamma: float, beta: float, positions: int
) -> str:
    """What a batch of one does to both norms in a dense layer, in the present numbers."""
    features, batch = whole.before.shape
    defined = bool(np.isfinite(alone.batch_norm).all())
    if gamma == 0:
        said = f"Scale gamma is 0: every output is beta, {fmt(beta)}"
        said += "." if defined else "; but with eps = 0 batch norm's of a batch of one is 0/0."
        return paragraph(said, "lesson")
    row = f"Lower row: the first example of the {batch}" if batch > 1 else "Both rows: one example"
    text = (
        f"{row} as a batch of one, in a dense layer. The mean over one example is the example "
        "itself: "
    )
    if not defined:
        text += "with eps = 0 the outputs of batch norm are 0/0, not a number"
    elif features == 1:
        text += f"the output of batch norm is {fmt(beta)}"
    else:
        text += f"the {features} outputs of batch norm are all {fmt(beta)}"
    spread, moved = (
        float(alone.layer_norm.std()),
        largest(alone.layer_norm - whole.layer_norm[:, :1]),
    )
    if not spread > NO_SPREAD:
        same = "has a single feature" if features == 1 else "has the same value in every feature"
        return paragraph(f"{text}. The example {same}, so layer norm does the same.", "lesson")
    if defined:
        text += ", so the example's information is lost"
    text += (
        f". Layer norm gives it the same output as in the batch, with std {fmt(spread)} over the "
        f"features (largest difference: {fmt(moved)})."
    )
    if positions > 1:
        text += (
            f" If an example has {positions} positions, as in the picture above, batch norm still "
            f"has {positions} entries of each feature to average."
        )
    return paragraph(text, "lesson")


def compare_table(whole: BothNorms, alone: BothNorms, momentum: float, padded: Padded) -> str:
    """Both norms in use, each entry with what was measured on this page."""
    batch = whole.before.shape[1]
    batch_mean = float(whole.before[0].mean())
    share = percent(padded.share)
    padding = "", ""
    if padded.share:
        padding = (
            f"; with {share} padding the outputs of tokens change by "
            f"{fmt(largest(padded.batch_with - padded.batch_without))}",
            f"; with {share} padding its output changes by "
            f"{fmt(largest(padded.layer_with - padded.layer_without))}",
        )
    rows = [
        (
            "Normalises over",
            f"the examples: {_spreads(whole.batch_norm)}",
            f"the features: {_spreads(whole.layer_norm)}",
        ),
        (
            "Works with batch size 1",
            f"no, in a dense layer: {_alone(alone.batch_norm)}",
            _works(alone),
        ),
        (
            "Standard use",
            f"convolutional networks: images of one size{padding[0]}",
            f"transformers: sequences of unequal length{padding[1]}",
        ),
        (
            "Running statistics",
            f"needed: after this batch, at momentum {fmt(momentum)}, feature 1's running "
            f"mean is {fmt(float(whole.running_mean[0]))} (batch mean {fmt(batch_mean)})",
            "none needed: the output is the same in training and in inference"
            + (f", with {batch} examples or with one" if batch > 1 else ""),
        ),
    ]
    return f'<div class="prose">{table(("", "Batch norm", "Layer norm"), rows)}</div>'


def _works(alone: BothNorms) -> str:
    works = float(alone.layer_norm.std()) > NO_SPREAD
    return f"{'yes' if works else 'not at these settings'}: {_alone(alone.layer_norm)}"


def _alone(output: Array) -> str:
    """The output of one example in words: (n_features, 1)."""
    if not np.isfinite(output).all():
        return "its output is 0/0, not a number"
    spread = float(output.std())
    return f"its output has std {fmt(spread if spread > NO_SPREAD else 0.0)}"


def _spreads(output: Array) -> str:
    """How far apart the means of the features, and of the examples, come out."""
    if not np.isfinite(output).all():
        return "some means are not a number (0/0)"
    told = [
        f"{things}' means lie within {fmt(float(np.ptp(output.mean(axis=axis))))} of each other"
        for things, axis in (("features", 1), ("examples", 0))
        if output.shape[1 - axis] > 1
    ]
    return ", ".join(told) or "one feature of one example"
