"""What padding did to the statistics and outputs of both norms, in words."""

import numpy as np

from bn_core.comparison.padding import Padded
from ui.text.html import paragraph
from ui.text.numbers import counted, fmt, percent
from ui.views.batch_vs_layer.spread import NO_SPREAD, largest


def padding_note(result: Padded, sequences: int) -> str:
    """What the padding did to both norms."""
    if result.share == 0:
        why = (
            "One sequence alone needs no padding"
            if sequences == 1
            else "All sequences are as long as the longest, so nothing is padded"
        )
        return paragraph(f"{why}: nothing changes the outputs of either norm.", "lesson")
    means = [fmt(float(mean[0])) for mean in (result.mean_without, result.mean_with)]
    stds = [fmt(float(std[0])) for std in (result.std_without, result.std_with)]
    text = (
        f"In {counted(sequences, 'sequence')} {percent(result.share)} of the positions are "
        "padding. If they are counted, they change batch norm's mean of feature 1 from "
        f"{' to '.join(means)} and its std from {' to '.join(stds)}; the outputs of real tokens "
        f"change by up to {fmt(largest(result.batch_with - result.batch_without))}. "
    )
    layer = result.layer_without
    if not np.isfinite(layer).all():
        text += "Layer norm meets tokens without any spread, and eps is 0: 0/0, not a number."
    elif len(layer) == 1:
        text += "Layer norm has a single feature to average, so its outputs are 0 in any case."
    elif np.ptp(layer) <= NO_SPREAD:
        text += "All real tokens are the same: layer norm's outputs are 0 in any case."
    else:
        text += (
            "Layer norm looks at one token at a time: its outputs change by "
            f"{fmt(largest(result.layer_with - layer))}. That is one reason why transformers "
            "use it."
        )
    return paragraph(text, "lesson")
