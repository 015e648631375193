"""A pass over images that moves or replaces the running estimates, against a loop over batches."""

from collections.abc import Iterator

import numpy as np
import pytest

from bn_core import BatchNorm1D
from bn_core.layers.running_statistics import retake_running
from bn_core.training.network import Architecture, Network, initialise
from bn_core.training.propagate import EPS, Mode, forward
from bn_core.training.running import passed, retaken
from bn_core.types import Array

RUNS, DEPTH, WIDTH, N = 2, 3, 6, 23
RNG = np.random.default_rng(11)
IMAGES = RNG.standard_normal((RUNS, 64, N))


def make(depth: int = DEPTH) -> Network:
    network = initialise(Architecture(depth, WIDTH, "relu", "batch"), range(RUNS), [1.0] * RUNS)
    for array in (*network.parameters.shifts, *network.parameters.scales):
        array += 0.3 * RNG.standard_normal(array.shape)
    network.running_mean[:] = RNG.standard_normal(network.running_mean.shape)
    network.running_var[:] = RNG.uniform(0.5, 2, network.running_var.shape)
    return network


def seen(network: Network, run: int, batch: int) -> Iterator[list[Array]]:
    """What the norm of each layer takes in, (WIDTH, batch), one batch after the other."""
    for start in range(0, N, batch):
        h, taken = IMAGES[run, :, start : start + batch], []
        for layer in range(network.architecture.depth):
            y = network.parameters.weights[layer][run] @ h
            taken.append(y)
            z = (y - y.mean(axis=1, keepdims=True)) / np.sqrt(y.var(axis=1, keepdims=True) + EPS)
            y = network.parameters.scales[layer][run] * z + network.parameters.shifts[layer][run]
            h = np.maximum(y, 0)
        yield taken


@pytest.mark.parametrize("batch", [1, 5, 8, 23, 40])
def test_a_pass_in_training_mode_moves_the_estimates_batch_by_batch(batch: int) -> None:
    network, momentum = make(), np.array([0.1, 0.4])
    after = passed(network, IMAGES, batch, momentum)
    for run, m in enumerate(momentum):
        mean, var = network.running_mean[:, run, :, 0], network.running_var[:, run, :, 0]
        for taken in seen(network, run, batch):
            mean = (1 - m) * mean + m * np.stack([y.mean(axis=1) for y in taken])
            var = (1 - m) * var + m * np.stack([y.var(axis=1) for y in taken])
        np.testing.assert_allclose(after.running_mean[:, run, :, 0], mean, atol=1e-11)
        np.testing.assert_allclose(after.running_var[:, run, :, 0], var, atol=1e-11)


@pytest.mark.parametrize("batch", [2, 5, 8, 23, 40])
def test_statistics_taken_anew_are_those_of_all_that_the_norms_saw(batch: int) -> None:
    network = make()
    after = retaken(network, IMAGES, batch)
    for run in range(RUNS):
        batches = list(seen(network, run, batch))
        for layer in range(DEPTH):
            y = np.concatenate([taken[layer] for taken in batches], axis=1)
            mean, var = after.running_mean[layer, run, :, 0], after.running_var[layer, run, :, 0]
            np.testing.assert_allclose(mean, y.mean(axis=1), atol=1e-12)
            np.testing.assert_allclose(var, y.var(axis=1), atol=1e-12)


def test_one_layer_takes_them_anew_as_the_layers_own_function_does() -> None:
    network = make(depth=1)
    after = retaken(network, IMAGES, 8)
    for run in range(RUNS):
        layer = BatchNorm1D(WIDTH)
        retake_running(layer, [taken[0] for taken in seen(network, run, 8)])
        np.testing.assert_allclose(after.running_mean[0, run, :, 0], layer.running_mean)
        np.testing.assert_allclose(after.running_var[0, run, :, 0], layer.running_var)


def test_with_the_statistics_of_one_batch_inference_is_training() -> None:
    network = make()
    ours = forward(retaken(network, IMAGES, N), IMAGES, Mode(None))[0]
    np.testing.assert_allclose(ours, forward(network, IMAGES, Mode(N))[0], atol=1e-10)


def test_nothing_else_changes() -> None:
    network = make()
    before = network.copy()
    for after in (retaken(network, IMAGES, 8), passed(network, IMAGES, 8, np.full(RUNS, 0.1))):
        assert np.array_equal(after.parameters.flat, before.parameters.flat)
        assert np.array_equal(network.running_mean, before.running_mean)
        assert np.array_equal(network.running_var, before.running_var)
