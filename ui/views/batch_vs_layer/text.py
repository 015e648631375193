"""What the page says about the entries that share their statistics, and about extreme settings."""

from dataclasses import dataclass

import numpy as np

from bn_core.comparison.groups import Grouped, Norm
from ui.text.html import paragraph, table
from ui.text.numbers import counted, fmt

NAMES: dict[Norm, str] = {
    "batch": "Batch norm",
    "layer": "Layer norm",
    "rms": "RMSNorm",
    "group": "Group norm",
    "instance": "Instance norm",
}


@dataclass(frozen=True)
class Sizes:
    """How much there is of everything, and whether a layer norm takes each position by itself."""

    features: int
    batch: int
    positions: int
    each_position: bool


def answer(sizes: Sizes) -> str:
    """The page's answer, with the present sizes."""
    features, examples = counted(sizes.features, "feature"), counted(sizes.batch, "example")
    positions = counted(sizes.positions, "position")
    if sizes.positions == 1:
        batch, layer = f"over the {examples}", f"example, over its {features}"
    elif sizes.each_position:
        batch = f"over {sizes.batch * sizes.positions} entries ({examples} × {positions})"
        layer = f"position of an example, over its {features}"
    else:
        batch = f"over {sizes.batch * sizes.positions} entries ({examples} × {positions})"
        layer = (
            f"example, over {sizes.features * sizes.positions} entries ({features} × {positions})"
        )
    return paragraph(
        f"Batch norm has one mean and one variance for each <b>feature, {batch}</b>; layer norm "
        f"for each <b>{layer}</b>. The rest of the calculation is the same."
    )


def groups_table(
    groups: dict[Norm, Grouped], entry: tuple[int, int], n_groups: int, eps: float
) -> str:
    """The chosen entry under every norm: how many share its statistics, and its value after."""
    rows, alone = [], False
    for norm, grouped in groups.items():
        labels, mean, std, output = (
            part.reshape(len(part), -1)
            for part in (grouped.labels, grouped.mean, grouped.std, grouped.output)
        )
        name = NAMES[norm] + (f" ({n_groups})" if norm == "group" else "")
        shared = int(np.sum(labels == labels[entry]))
        alone |= shared == 1
        taken = "none" if norm == "rms" else fmt(float(mean[entry]))
        rows.append((name, str(shared), taken, fmt(float(std[entry])), fmt(float(output[entry]))))
    text = table(
        (f"feature {entry[0] + 1}, column {entry[1] + 1}", "entries", "mean", "std", "after"),
        rows,
    )
    features, examples, positions = groups["batch"].output.shape
    lonely = "0" if eps else "0/0, since eps is 0"
    return text + paragraph(
        "The dotted entry under five norms. The picture shows a part of the batch as a batch of "
        f"its own: {counted(features, 'feature')} of {counted(examples, 'example')} with "
        f"{counted(positions, 'position')}. RMSNorm subtracts no mean: its std is the root mean "
        "square (RMS)."
        + (f" An entry alone in its group becomes {lonely}; not so in RMSNorm." if alone else ""),
        "small",
    )


def special(features: int, std: float, gamma: float, beta: float, *, undefined: bool) -> str:
    """What an extreme setting teaches; empty for an ordinary one. undefined: 0/0 came up."""
    texts = []
    if undefined:
        texts.append(
            "Somewhere the variance is 0 and so is eps: 0/0 is not a number, and nothing is drawn "
            "there. This is what eps is for."
        )
    elif std == 0:
        texts.append(
            "Every value is the same: there is no spread to normalise, and both norms give beta, "
            f"{fmt(beta)}."
        )
    elif gamma == 0:
        texts.append(f"Scale gamma is 0: every output is beta, {fmt(beta)}, for every input.")
    if features == 1:
        texts.append(
            "With a single feature the mean of an example is that feature: layer norm loses it, "
            "too."
        )
    return "".join(paragraph(text, "lesson") for text in texts)
