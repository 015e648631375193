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
    a: Array
    """The output of the activation."""
    h: Array
    """The output of the layer: a, or where the norm comes last what it makes of a."""


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
    parameters, architecture = network.parameters, network.architecture
    y: Array = parameters.weights[layer] @ x
    if architecture.norm_last:
        kept = y.copy() if keep_y else None
        a = activate(y, architecture.activation)
        z, inv_std, mean, var = _norm_forward(network, layer, a, mode)
        h = _scaled(network, layer, z, a.copy(), mode)
        return Hidden(x, z, inv_std, mean, var, kept, a, h)
    z, inv_std, mean, var = _norm_forward(network, layer, y, mode)
    y = _scaled(network, layer, z, y, mode)
    kept = y.copy() if keep_y else None
    h = activate(y, architecture.activation)
    return Hidden(x, z, inv_std, mean, var, kept, h, h)


def _norm_forward(
    network: Network, layer: int, y: Array, mode: Mode
) -> tuple[Array | None, Array | None, Array | None, Array | None]:
    """z, 1/std, and the mean and variance of the batch, each as Hidden keeps it; y stays."""
    norm = network.architecture.norm
    if norm in BATCH_NORMS:
        if mode.group is None:
            running = network.running_mean[layer], network.running_var[layer]
            return *normalize(y, *running, EPS), None, None
        grouped = y.reshape(*y.shape[:2], -1, mode.group)
        with np.errstate(all="ignore"):
            z, mean, var = center(grouped, axis=-1)
            inv_std = inverse_std(var, EPS)
            z *= inv_std
        return z, inv_std, mean, var
    if norm == "layer":
        return *standardize(y, -2, EPS), None, None
    return None, None, None, None


def _scaled(network: Network, layer: int, z: Array | None, y: Array, mode: Mode) -> Array:
    """z (or y without a norm) times the scale, plus the shift and the noise; overwrites y."""
    if z is not None:
        y = np.multiply(z.reshape(y.shape), network.parameters.scales[layer], out=y)
    y += network.parameters.shifts[layer]
    if mode.noise is not None:
        y *= mode.noise[0, layer]
        y += mode.noise[1, layer]
    return y


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
        if not architecture.norm_last:
            g = activate_backward(g, kept.a, architecture.activation)
        if mode.noise is not None:
            g *= mode.noise[0, layer]
        # Over the short last axis einsum sums three times as fast as np.sum.
        np.einsum("rub->ru", g, out=gradient.shifts[layer][..., 0])
        if kept.z is not None and kept.inv_std is not None:
            z = kept.z.reshape(g.shape)
            np.einsum("rub,rub->ru", g, z, out=gradient.scales[layer][..., 0])
            g *= parameters.scales[layer]
            g = _norm_backward(network, g, kept.z, kept.inv_std, mode)
        if architecture.norm_last:
            g = activate_backward(g, kept.a, architecture.activation)
        np.matmul(g, kept.x.swapaxes(-1, -2), out=gradient.weights[layer])


def _norm_backward(network: Network, g: Array, z: Array, inv_std: Array, mode: Mode) -> Array:
    if network.architecture.norm == "layer":
        return standardize_backward(g, z, inv_std, axis=-2)
    if mode.group is None:  # the running statistics are constants
        return g * inv_std
    return standardize_backward(g.reshape(z.shape), z, inv_std, axis=-1).reshape(g.shape)
