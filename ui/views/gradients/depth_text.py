"""How the gradient changes from layer to layer, in words, and why networks train all the same."""

from collections.abc import Mapping

import numpy as np

from bn_core.types import Array
from ui.text.html import paragraph
from ui.text.numbers import counted, fmt, percent
from ui.views.gradients.text import SMALL_EPS

LARGE_BATCH, SMALL_BATCH = 128, 48
"""From the one on the law of depth holds to some 10 %; below the other growth is faster."""


def depth_law_holds(batch: int, eps: float) -> bool:
    """Whether batch norm's gradient grows by 1.211 a layer, within some 10 %."""
    return batch >= LARGE_BATCH and eps <= SMALL_EPS


def depth_note(
    sizes: Mapping[str, Array], law: Array, batch: int, runs: int, eps: float, longer: float
) -> str:
    """How much larger the first layer's gradient is than the last one's. sizes: by norm,
    (n_layers,), the last layer's being 1; longer: the factor of "longer", the weights without norm.
    """
    layers = len(law)
    told = ", ".join(
        f"{_times(float(sizes[norm][0]))} {name}"
        for norm, name in (("batch", "with batch norm"), ("layer", "with layer norm"))
    )
    text = (
        f"Before training, from layer {layers} back to layer 1, the gradient becomes {told} and "
        f"{_times(float(sizes['none'][0]))} without a norm; mean of {counted(runs, 'network')}."
    )
    if batch == 1 and eps > 0:
        text += " With a batch of one batch norm passes no gradient."
    elif batch == 2 and eps <= SMALL_EPS:
        left = float(sizes["batch"][-2])
        if left < 0.2:
            text += (
                f" At a batch of 2 batch norm lets {percent(left, 2)} of the last layer's gradient "
                "through to the layer before."
            )
    elif depth_law_holds(batch, eps):
        text += (
            f" The law for batch norm, 1.211 a layer in wide layers and large batches, says "
            f"{fmt(float(law[0]))}, and holds here to some 10 %."
        )
    elif 2 < batch < SMALL_BATCH and eps <= SMALL_EPS:
        text += (
            " With batch norm it grows faster in a small batch than the 1.211 a layer of wide "
            "layers and large batches."
        )
    told = paragraph(text, "lesson")
    if batch > 2 and eps <= SMALL_EPS:
        told += _why_it_trains(float(sizes["longer"][0]), longer)
    return told


def _why_it_trains(without: float, longer: float) -> str:
    """Why the growth does not keep batch norm from training at high rates, as far as is known."""
    return (
        paragraph(
            "So does batch norm harm a deep network? A very deep one without skip connections, "
            "yes: its gradients explode, and it does not train (Yang et al. 2019, arXiv "
            "1902.08129). But one of some ten layers trains, and at higher learning rates than "
            "without a norm, as the page on training shows. Two reasons are known:"
        )
        + paragraph(
            "<b>The growth does not depend on the weights' size.</b> Without a norm it does: "
            f"weights {fmt(longer)} times as large make the gradient {_times(without)} (dotted "
            "line).",
            "lesson",
        )
        + paragraph(
            "<b>A large gradient makes itself smaller.</b> A step makes the weights before a norm "
            "longer, and longer weights get a smaller gradient. After one step of training the "
            "layers' gradients are much closer in size (Yang et al. 2019); in this way "
            "each layer finds its own learning rate (Arora et al. 2019, arXiv 1812.03981).",
            "lesson",
        )
    )


def _times(factor: float) -> str:
    if np.isnan(factor):
        return "0/0"
    text = fmt(factor)
    return f"{text} {'time' if text == '1' else 'times'} as large"
