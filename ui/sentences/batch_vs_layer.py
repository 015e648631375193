"""What the comparison of BN and LN says about the present settings."""

from collections.abc import Sequence

import numpy as np

from bn_core.groups import Grouped, Norm
from bn_core.normalize import Array
from bn_core.padding import Padded
from bn_core.side_by_side import Outcome
from ui.sentences.html import fmt, paragraph, table

NAMES: dict[Norm, str] = {
    "batch": "Batch norm",
    "layer": "Layer norm",
    "rms": "RMSNorm",
    "group": "Group norm",
    "instance": "Instance norm",
}


def answer(features: int, batch: int) -> str:
    """The page's answer, with the present sizes."""
    return paragraph(
        "Batch norm takes one mean and one variance for each <b>feature, over the "
        f"{_count(batch, 'example')}</b>; layer norm for each <b>example, over its "
        f"{_count(features, 'feature')}</b>. The arithmetic after that is the same."
    )


def groups_table(groups: dict[Norm, Grouped], entry: tuple[int, int], n_groups: int) -> str:
    """The chosen entry under every norm: how many share its statistics, and its value after."""
    rows = []
    for norm, grouped in groups.items():
        labels, mean, std, output = (
            part.reshape(len(part), -1)
            for part in (grouped.labels, grouped.mean, grouped.std, grouped.output)
        )
        name = NAMES[norm] + (f" ({n_groups})" if norm == "group" else "")
        shared = int(np.sum(labels == labels[entry]))
        taken = "none" if norm == "rms" else fmt(float(mean[entry]))
        rows.append((name, str(shared), taken, fmt(float(std[entry])), fmt(float(output[entry]))))
    text = table(
        (f"feature {entry[0] + 1}, column {entry[1] + 1}", "entries", "mean", "std", "after"),
        rows,
    )
    features, examples, positions = next(iter(groups.values())).output.shape
    return text + paragraph(
        f"The first {_count(features, 'feature')} of {_count(examples, 'example')} with "
        f"{_count(positions, 'position')}, as a batch by themselves. RMSNorm takes no mean away: "
        "its std is the root mean square. An entry alone in its group becomes 0, but for RMSNorm.",
        "small",
    )


def batch_of_one(whole: Outcome, alone: Outcome) -> str:
    """What parts the two norms, in the present numbers."""
    features, batch = whole.before.shape
    std, moved = float(alone.batch.std()), float(np.abs(alone.layer - whole.layer[:, :1]).max())
    if not np.isfinite(std):
        return paragraph(
            "One example by itself has no spread over the batch, and eps is 0: batch norm's output "
            "is 0/0, not a number.",
            "lesson",
        )
    row = f"Lower row: the first example of the {batch}" if batch > 1 else "Both rows: one example"
    return paragraph(
        f"{row} by itself. To batch norm it is its own mean, so its {_count(features, 'output')} "
        f"have std {fmt(std)}: what the example said is gone. Layer norm gives it the same output "
        f"as before, difference {fmt(moved)}.",
        "lesson",
    )


def padding_note(result: Padded) -> str:
    """What the padding did to both norms."""
    batch, layer = (
        float(np.abs(with_ - without).max())
        for with_, without in (
            (result.batch_with, result.batch_without),
            (result.layer_with, result.layer_without),
        )
    )
    return paragraph(
        f"{100 * result.share:.0f} % of the positions are padding. It moves batch norm's mean of "
        f"feature 1 from {fmt(float(result.mean_without[0]))} to "
        f"{fmt(float(result.mean_with[0]))} and its std from "
        f"{fmt(float(result.std_without[0]))} to {fmt(float(result.std_with[0]))}; the outputs of "
        f"real tokens move by up to {fmt(batch)}. Layer norm looks at one token at a time: its "
        f"outputs move by {fmt(layer)}. That is one reason why transformers use it.",
        "lesson",
    )


def pair_note(
    norm: str, change: str, difference: float, holds: bool, eps: float, batch: int
) -> str:
    """The chosen cell of the table in words."""
    verdict = "leaves the output where it was" if holds else "moves the output"
    text = (
        f"<b>{norm}, {change}:</b> at eps = 0 this {verdict}; measured at eps = {fmt(eps)}, the "
        f"largest change is {fmt(difference)}."
    )
    if norm == "BN" and batch == 1:
        text += " With one example batch norm's output is 0 whatever comes in, so nothing moves."
    elif holds and difference > 1e-3:
        text += " It is eps that breaks it: beside a variance so small it is no longer nothing."
    return paragraph(text, "lesson")


def compare_table(whole: Outcome, alone: Outcome, momentum: float, padded: Padded) -> str:
    """The source text's table, with what was measured on this page beside each entry."""
    batch = whole.before.shape[1]
    batch_mean = float(whole.before[0].mean())
    rows: Sequence[Sequence[str]] = [
        (
            "Normalises over",
            "the examples: features' means lie within "
            f"{fmt(_spread_of_means(whole.batch, 1))} of each other, examples' within "
            f"{fmt(_spread_of_means(whole.batch, 0))}",
            "the features: features' means lie within "
            f"{fmt(_spread_of_means(whole.layer, 1))} of each other, examples' within "
            f"{fmt(_spread_of_means(whole.layer, 0))}",
        ),
        (
            "Works with batch size 1",
            f"no: its output has std {fmt(float(alone.batch.std()))}",
            f"yes: its output has std {fmt(float(alone.layer.std()))}",
        ),
        (
            "Standard use",
            "convolutional networks: batches of images, one size each",
            "transformers: with "
            f"{100 * padded.share:.0f} % padding its output changes by "
            f"{fmt(float(np.abs(padded.layer_with - padded.layer_without).max()))}, batch norm's "
            f"by {fmt(float(np.abs(padded.batch_with - padded.batch_without).max()))}",
        ),
        (
            "Running statistics",
            f"needed: after this batch, at momentum {fmt(momentum)}, feature 1's is "
            f"{fmt(float(whole.running_mean[0]))} (batch mean {fmt(batch_mean)})",
            f"none: {_count(batch, 'example')} or one, training or inference, the same output",
        ),
    ]
    return f'<div class="prose">{table(("", "Batch norm", "Layer norm"), rows)}</div>'


def special(features: int, batch: int, std: float, eps: float) -> str:
    """What an extreme setting teaches; empty for an ordinary one."""
    texts = []
    if eps == 0 and (std == 0 or batch == 1 or features == 1):
        texts.append(
            "Somewhere the variance is 0 and so is eps: 0/0 is not a number, and nothing is drawn "
            "there. That division is what eps is for."
        )
    elif std == 0:
        texts.append(
            "Every value is the same: there is no spread to normalise, and both give beta."
        )
    if features == 1:
        texts.append("With a single feature an example is its own mean: layer norm erases it, too.")
    return "".join(paragraph(text, "lesson") for text in texts)


def _spread_of_means(output: Array, axis: int) -> float:
    return float(np.ptp(output.mean(axis=axis)))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
