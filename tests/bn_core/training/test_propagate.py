"""Forward and backward through a stack of networks: the gradient through the whole depth."""

import numpy as np
import pytest

from bn_core import BatchNorm1D
from bn_core.training.activations import Activation, softmax_cross_entropy
from bn_core.training.network import Architecture, Network, Norm, allocate, initialise
from bn_core.training.propagate import EPS, Mode, backward, forward
from bn_core.types import Array

RUNS, BATCH = 2, 12


def make(
    norm: Norm, activation: Activation = "tanh", depth: int = 4, norm_last: bool = False
) -> Network:
    """Networks with scales, shifts and running statistics that are nothing special."""
    rng = np.random.default_rng(1)
    architecture = Architecture(depth, 7, activation, norm, norm_last)
    network = initialise(architecture, range(RUNS), [1.0] * RUNS)
    for array in (*network.parameters.shifts, *network.parameters.scales):
        array += 0.3 * rng.standard_normal(array.shape)
    network.running_mean[:] = rng.standard_normal(network.running_mean.shape)
    network.running_var[:] = rng.uniform(0.5, 2, network.running_var.shape)
    return network


def data(seed: int = 2) -> tuple[Array, np.ndarray[tuple[int, ...], np.dtype[np.intp]]]:
    rng = np.random.default_rng(seed)
    return rng.standard_normal((RUNS, 64, BATCH)), rng.integers(0, 10, (RUNS, BATCH))


def gradient_of(network: Network, mode: Mode) -> Array:
    images, labels = data()
    gradient = allocate(network.architecture, RUNS, np.float64)
    logits, layers = forward(network, images, mode)
    backward(network, layers, softmax_cross_entropy(logits, labels)[1], mode, gradient)
    return gradient.flat


def loss_of(network: Network, mode: Mode) -> Array:
    images, labels = data()
    return softmax_cross_entropy(forward(network, images, mode)[0], labels)[0]


NOISE = np.random.default_rng(3).uniform(0.5, 1.5, (2, 4, RUNS, 7, 1))
CASES: dict[str, tuple[Norm, Mode, bool]] = {
    "none": ("none", Mode(BATCH), False),
    "batch": ("batch", Mode(BATCH), False),
    "ghost": ("batch", Mode(4), False),
    "frozen": ("batch", Mode(None), False),
    "layer": ("layer", Mode(BATCH), False),
    "noisy": ("noisy", Mode(BATCH, NOISE), False),
    "batch last": ("batch", Mode(BATCH), True),
    "ghost last": ("batch", Mode(4), True),
    "layer last": ("layer", Mode(BATCH), True),
    "noisy last": ("noisy", Mode(BATCH, NOISE), True),
}


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("case", CASES)
def test_the_gradient_agrees_with_differences_through_the_whole_depth(
    case: str, activation: Activation
) -> None:
    norm, mode, norm_last = CASES[case]
    network = make(norm, activation, norm_last=norm_last)
    flat = network.parameters.flat
    gradient = gradient_of(network, mode)
    rng = np.random.default_rng(4)
    for _ in range(5):
        direction = rng.standard_normal(flat.shape)
        h = 1e-6 / np.sqrt(flat.shape[1])
        flat += h * direction
        above = loss_of(network, mode)
        flat -= 2 * h * direction
        below = loss_of(network, mode)
        flat += h * direction
        along = np.sum(gradient * direction, axis=1)
        size = np.linalg.norm(gradient, axis=1)
        assert np.all(np.abs((above - below) / (2 * h) - along) < 1e-5 * size + 1e-7)


@pytest.mark.parametrize("case", CASES)
def test_every_parameter_has_its_own_gradient(case: str) -> None:
    """One parameter of every array moved alone, in the first run only."""
    norm, mode, norm_last = CASES[case]
    network = make(norm, norm_last=norm_last)
    gradient = allocate(network.architecture, RUNS, np.float64)
    gradient.flat[:] = gradient_of(network, mode)
    parameters = network.parameters
    rng = np.random.default_rng(5)
    for own, slope in zip(
        (*parameters.weights, *parameters.shifts, *parameters.scales),
        (*gradient.weights, *gradient.shifts, *gradient.scales),
        strict=True,
    ):
        place = (0, *(int(rng.integers(n)) for n in own.shape[1:]))
        before, h = own[place], 1e-5
        own[place] = before + h
        above = loss_of(network, mode)
        own[place] = before - h
        below = loss_of(network, mode)
        own[place] = before
        assert (above - below)[0] / (2 * h) == pytest.approx(slope[place], rel=1e-4, abs=1e-8)
        assert above[1] == below[1]


@pytest.mark.parametrize("norm_last", [False, True])
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_the_norm_stands_before_or_after_the_activation(
    activation: Activation, norm_last: bool
) -> None:
    """Against each network layer by layer, with the norm's own class."""
    network = make("batch", activation, norm_last=norm_last)
    images, _ = data()
    logits, layers = forward(network, images, Mode(BATCH))

    def act(y: Array) -> Array:
        return np.maximum(y, 0) if activation == "relu" else np.tanh(y)

    parameters = network.parameters
    for run in range(RUNS):
        h = images[run]
        for layer in range(4):
            norm = BatchNorm1D(7, eps=EPS)
            norm.gamma = parameters.scales[layer][run, :, 0]
            norm.beta = parameters.shifts[layer][run, :, 0]
            y = parameters.weights[layer][run] @ h
            h = norm.forward(act(y)) if norm_last else act(norm.forward(y))
            np.testing.assert_allclose(layers[layer].h[run], h, atol=1e-12)
        expected = parameters.weights[4][run] @ h + parameters.shifts[4][run]
        np.testing.assert_allclose(logits[run], expected, atol=1e-12)


def test_a_ghost_batch_is_the_gradient_accumulated_over_micro_batches() -> None:
    network = make("batch")
    images, labels = data()
    whole = gradient_of(network, Mode(4))
    summed = np.zeros_like(whole)
    for start in range(0, BATCH, 4):
        part = slice(start, start + 4)
        gradient = allocate(network.architecture, RUNS, np.float64)
        logits, layers = forward(network, images[:, :, part], Mode(4))
        g = softmax_cross_entropy(logits, labels[:, part])[1]
        backward(network, layers, g, Mode(4), gradient)
        summed += gradient.flat / 3
    np.testing.assert_allclose(summed, whole, rtol=1e-10, atol=1e-13)


def test_a_shift_of_what_a_batch_norm_reads_makes_no_difference() -> None:
    """Which is why a bias before it would be useless: here the images are shifted."""
    network = make("batch", depth=2)
    images, _ = data()
    moved = images + np.random.default_rng(6).standard_normal((RUNS, 64, 1))
    ours, theirs = (forward(network, x, Mode(BATCH))[0] for x in (images, moved))
    np.testing.assert_allclose(ours, theirs, atol=1e-10)


def test_batch_norm_forgets_the_scale_of_the_weights_and_layer_norm_of_the_example() -> None:
    images, _ = data()
    network = make("batch", depth=1)
    before = forward(network, images, Mode(BATCH))[0]
    network.parameters.weights[0][:] *= 1e3
    np.testing.assert_allclose(forward(network, images, Mode(BATCH))[0], before, atol=1e-4)
    network = make("layer", depth=1)
    before = forward(network, images * 1e3, Mode(BATCH))[0]
    scaled = 1e3 * np.arange(1, BATCH + 1)
    np.testing.assert_allclose(forward(network, images * scaled, Mode(None))[0], before, atol=1e-4)


def test_a_network_does_not_depend_on_those_beside_it() -> None:
    architecture = Architecture(3, 8, "relu", "batch")
    pair = initialise(architecture, [4, 9], [1.0, 0.3])
    alone = initialise(architecture, [9], [0.3])
    assert np.array_equal(pair.parameters.flat[1], alone.parameters.flat[0])
