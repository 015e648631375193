"""Activation functions, and the loss on top: values and gradients."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bn_core.types import Array

Activation = Literal["relu", "tanh", "sigmoid"]


def activate(y: Array, activation: Activation) -> Array:
    """The activation of every element of y; overwrites y and returns it."""
    if activation == "relu":
        return np.maximum(y, 0, out=y)
    if activation == "tanh":
        return np.tanh(y, out=y)
    # The sigmoid as a tanh: no exponential that could overflow.
    y *= 0.5
    np.tanh(y, out=y)
    y += 1
    y *= 0.5
    return y


def activate_backward(g: Array, h: Array, activation: Activation) -> Array:
    """Gradient before the activation from g, the one after it, and h, its output; overwrites g."""
    if activation == "relu":
        g *= h > 0
    elif activation == "tanh":
        g *= 1 - h * h
    else:
        g *= h * (1 - h)
    return g


def softmax_cross_entropy(logits: Array, labels: NDArray[np.intp]) -> tuple[Array, Array]:
    """Mean cross-entropy (runs,) of logits (runs, classes, batch), and its gradient at them.

    labels: (runs, batch), the index of the true class of each column.
    """
    runs, _, batch = logits.shape
    log_p = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(log_p)
    total = p.sum(axis=1, keepdims=True)
    log_p -= np.log(total)
    p /= total
    true = (np.arange(runs)[:, None], labels, np.arange(batch))
    loss = -log_p[true].mean(axis=1)
    p[true] -= 1
    p /= batch
    return loss, p
