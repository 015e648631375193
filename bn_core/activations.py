"""Activation functions, and the loss on top: values and gradients."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bn_core.normalize import Array

Activation = Literal["relu", "tanh", "sigmoid"]


def activate(y: Array, activation: Activation) -> Array:
    """The activation of every element of y; writes over y and gives it back."""
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
    """Mean cross-entropy over the batch (...) and its gradient at the logits (..., classes, batch).

    labels: (..., batch), the index of the true class of each column.
    """
    log_p = logits - logits.max(axis=-2, keepdims=True)
    p = np.exp(log_p)
    total = p.sum(axis=-2, keepdims=True)
    log_p -= np.log(total)
    p /= total
    true = labels[..., None, :]
    loss = -np.take_along_axis(log_p, true, axis=-2).mean(axis=(-2, -1))
    np.put_along_axis(p, true, np.take_along_axis(p, true, axis=-2) - 1, axis=-2)
    p /= logits.shape[-1]
    return loss, p
