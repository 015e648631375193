"""Accuracy, against predictions made image by image and group by group."""

import numpy as np
import pytest

from bn_core.training.evaluation import accuracy
from bn_core.training.network import Architecture, Network, Norm, initialise
from bn_core.training.propagate import EPS
from bn_core.types import Array

RUNS, N = 2, 23
RNG = np.random.default_rng(3)
IMAGES = RNG.standard_normal((64, N))


def make(norm: Norm) -> Network:
    network = initialise(Architecture(2, 7, "tanh", norm), range(RUNS), [1.0] * RUNS)
    for array in (*network.parameters.shifts, *network.parameters.scales):
        array += 0.5 * RNG.standard_normal(array.shape)
    network.running_mean[:] = RNG.standard_normal(network.running_mean.shape)
    network.running_var[:] = RNG.uniform(0.2, 3, network.running_var.shape)
    return network


def predicted(network: Network, run: int, images: Array, group: int | None) -> list[int]:
    """The classes of the images in whole groups, one group after the other."""
    size = group or images.shape[1]
    found: list[int] = []
    for start in range(0, images.shape[1] - size + 1, size):
        h = images[:, start : start + size]
        for layer in range(2):
            y = network.parameters.weights[layer][run] @ h
            if network.architecture.norm == "batch":
                if group is None:
                    mean, var = network.running_mean[layer, run], network.running_var[layer, run]
                else:
                    mean, var = y.mean(axis=1, keepdims=True), y.var(axis=1, keepdims=True)
                y = network.parameters.scales[layer][run] * (y - mean) / np.sqrt(var + EPS)
            h = np.tanh(y + network.parameters.shifts[layer][run])
        logits = network.parameters.weights[2][run] @ h + network.parameters.shifts[2][run]
        found += logits.argmax(axis=0).tolist()
    return found


@pytest.mark.parametrize("norm", ["batch", "none"])
@pytest.mark.parametrize("group", [None, 1, 4, 23, 100])
def test_share_of_right_answers(norm: Norm, group: int | None) -> None:
    network = make(norm)
    size = min(group, N) if group else None
    # Half of the labels are what the first network says, so that shares differ.
    labels = np.array(predicted(network, 0, IMAGES, None))
    labels[::2] = RNG.integers(0, 10, labels[::2].size)
    expected = []
    for run in range(RUNS):
        found = predicted(network, run, IMAGES, size)
        expected.append(np.mean(np.array(found) == labels[: len(found)]))
    assert accuracy(network, IMAGES, labels, group) == pytest.approx(expected)
