"""The gradient of the last residual block by depth and the place of the norm, in words."""

from collections.abc import Mapping

from bn_core.types import Array
from ui.text.html import paragraph
from ui.text.numbers import counted, fmt
from ui.views.gradients.text import SMALL_EPS

LEAST_BATCH = 6
"""In smaller batches of batch norm the gradient differs much from network to network."""


def residual_note(
    sizes: Mapping[str, Array], law: Array, batch: int, runs: tuple[int, int], eps: float
) -> str:
    """The last block's gradient in the deepest network, relative to a network of one block.

    sizes: as the figure has them; law: for layer norm before the block, (n_blocks,); runs: how many
    networks the means are of, with layer norm and with batch norm.
    """
    last = {name: float(size[-1]) for name, size in sizes.items() if len(size)}
    text = (
        "<b>Residual blocks.</b> A residual block adds something to its input h. The norm stands "
        "before, h + relu(W·norm(h)), or after, norm(h + relu(W·h)). In a network of "
        f"{len(law)} blocks the gradient at the last block's weights, before training and relative "
        f"to a network of one block, is {_pair(last, 'layer')} (layer norm; mean of "
        f"{counted(runs[0], 'network')})."
    )
    if "batch before" in last:
        text += (
            f" Batch norm, batches of {batch}: {_pair(last, 'batch')} "
            f"({'one network' if runs[1] == 1 else f'mean of {runs[1]}'})."
        )
    else:
        text += (
            f" Batch norm is drawn from batches of {LEAST_BATCH} on: in smaller ones the networks "
            "differ too much."
        )
    if eps > SMALL_EPS:
        return paragraph(text, "lesson")
    text += (
        f" The law for layer norm before the block says {fmt(float(law[-1]), 2)}; with many blocks "
        "it falls as 1/√blocks."
    )
    if last["layer before"] >= last["layer after"]:
        return paragraph(text, "lesson")
    return paragraph(text, "lesson") + paragraph(
        "Xiong et al. 2020 (arXiv 2002.04745) found this in transformers: with layer norm after "
        "the blocks the last gradients are large in a deep network too, and training has to begin "
        "with small steps (warm-up). With the norm before the blocks it could do without."
    )


def _pair(last: Mapping[str, float], norm: str) -> str:
    before, after = (fmt(last[f"{norm} {place}"], 2) for place in ("before", "after"))
    return f"{before} with the norm before and {after} with the norm after"
