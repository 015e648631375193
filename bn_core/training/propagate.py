"""Forward and backward through a stack of networks, built on the steps that every norm shares."""

from dataclasses import dataclass

import numpy as np

from bn_core.normalize import center, inverse_std, normalize, standardize, standardize_backward
from bn_core.training.activations import activate, activate_backward
from bn_core.training.network import BATCH_NORMS, Network, Parameters
from bn_core.types import Array

EPS = 1e-5


@dataclass(frozen=True)
class Mode:
    """What a batch norm normalises with: statistics of groups of columns, or the running ones.

    group: columns that share statistics (a divisor of the batch: a ghost batch where smaller than
    it; Hoffer et al. 2017, arXiv 1705.08741), or None for the running statistics.
    noise: after each norm multiply by noise[0] and add noise[1]; (2, depth, runs, width, 1).
    """

    group: int | None
    noise: Array | None = None


@dataclass(frozen=True)
class Hidden:
    """What one hidden layer keeps of its forward pass; arrays are (runs, width, batch)."""

    x: Array
    """The input, (runs, n_inputs, batch)."""
    z: Array | None
    """After the norm; (runs, width, groups, group) of a batch norm."""
    inv_std: Array | None
    mean: Array | None
    """Statistics of the batch (runs, width, groups, 1); None where not taken."""
    var: Array | None
    y: Array | None
    """The input of the activation; kept on request."""
    h: Array
    """The output of the activation."""


def forward(
    network: Network, x: Array, mode: Mode, keep_y: bool = False
) -> tuple[Array, list[Hidden]]:
    """Logits (runs, classes, batch) of x (runs or 1, pixels, batch), and what each layer kept."""
    layers: list[Hidden] = []
    for layer in range(network.architecture.depth):
        layers.append(_hidden_forward(network, layer, x, mode, keep_y))
        x = layers[-1].h
    logits = network.parameters.weights[-1] @ x
    logits += network.parameters.shifts[-1]
    return logits, layers


def _hidden_forward(network: Network, layer: int, x: Array, mode: Mode, keep_y: bool) -> Hidden:
    parameters, norm = network.parameters, network.architecture.norm
    z = inv_std = mean = var = None
    y = parameters.weights[layer] @ x
    if norm in BATCH_NORMS:
        if mode.group is None:
            z, inv_std = normalize(y, network.running_mean[layer], network.running_var[layer], EPS)
        else:
            grouped = y.reshape(*y.shape[:2], -1, mode.group)
            with np.errstate(all="ignore"):
                z, mean, var = center(grouped, axis=-1)
                inv_std = inverse_std(var, EPS)
                z *= inv_std
    elif norm == "layer":
        z, inv_std = standardize(y, -2, EPS)
    if z is not None:
        y = np.multiply(z.reshape(y.shape), parameters.scales[layer], out=y)
    y += parameters.shifts[layer]
    if mode.noise is not None:
        y *= mode.noise[0, layer]
        y += mode.noise[1, layer]
    kept = y.copy() if keep_y else None
    return Hidden(x, z, inv_std, mean, var, kept, activate(y, network.architecture.activation))


def backward(
    network: Network, layers: list[Hidden], g: Array, mode: Mode, gradient: Parameters
) -> None:
    """Write the gradient of every parameter into gradient; g is the gradient at the logits."""
    parameters, architecture = network.parameters, network.architecture
    np.matmul(g, layers[-1].h.swapaxes(-1, -2), out=gradient.weights[-1])
    np.sum(g, axis=-1, keepdims=True, out=gradient.shifts[-1])
    for layer in range(architecture.depth - 1, -1, -1):
        kept = layers[layer]
        g = parameters.weights[layer + 1].swapaxes(-1, -2) @ g
        g = activate_backward(g, kept.h, architecture.activation)
        if mode.noise is not None:
            g *= mode.noise[0, layer]
        # Over the short last axis einsum sums three times as fast as np.sum.
        np.einsum("rub->ru", g, out=gradient.shifts[layer][..., 0])
        if kept.z is not None and kept.inv_std is not None:
            z = kept.z.reshape(g.shape)
            np.einsum("rub,rub->ru", g, z, out=gradient.scales[layer][..., 0])
            g *= parameters.scales[layer]
            g = _norm_backward(network, g, kept.z, kept.inv_std, mode)
        np.matmul(g, kept.x.swapaxes(-1, -2), out=gradient.weights[layer])


def _norm_backward(network: Network, g: Array, z: Array, inv_std: Array, mode: Mode) -> Array:
    if network.architecture.norm == "layer":
        return standardize_backward(g, z, inv_std, axis=-2)
    if mode.group is None:  # the running statistics are constants
        return g * inv_std
    return standardize_backward(g.reshape(z.shape), z, inv_std, axis=-1).reshape(g.shape)
