"""How good a stack of trained networks is: with running statistics, and with those of batches."""

import numpy as np
from numpy.typing import NDArray

from bn_core.training.network import Network
from bn_core.training.propagate import Mode, forward
from bn_core.types import Array


def accuracy(
    network: Network, images: Array, labels: NDArray[np.intp], group: int | None = None
) -> Array:
    """Share of images (pixels, n) put in the right class, for each run: (runs,).

    group: None for the running statistics, as after eval(); else batch norms take the statistics of
    each group of so many images in a row, as where eval() was forgotten. What is left over of the
    last group is not counted; a group larger than n is n.
    """
    n = labels.size
    if group is not None:
        group = min(group, n)
        n -= n % group
    with np.errstate(over="ignore", invalid="ignore"):
        logits, _ = forward(network, images[None, :, :n], Mode(group))
    right: Array = np.mean(logits.argmax(axis=1) == labels[:n], axis=-1)
    return right
