"""What is written down while it trains, against the same worked out from the networks."""

import numpy as np
import pytest

from bn_core.training.evaluation import accuracy
from bn_core.training.history import N_PROBE, Record
from bn_core.training.network import Network
from bn_core.training.runs import Run
from bn_core.training.sgd import Training
from bn_core.types import Array


def test_percentiles_and_shift_of_what_a_layer_sees() -> None:
    """Without a norm a first layer sees W x + b."""
    runs = [Run("none", depth=1, width=5, lr=0.3, batch=8, steps=4, seed=seed) for seed in (0, 1)]
    training = Training(runs, Record(1, inputs=True), np.float64)
    networks: list[Network] = [training.network.copy()]
    for _ in training.steps():
        networks.append(training.network.copy())
    history = training.history()
    images = training.examples.test_images[:, :N_PROBE]
    seen = np.array([n.parameters.weights[0] @ images + n.parameters.shifts[0] for n in networks])
    percentiles = np.moveaxis(np.percentile(seen, [15, 50, 85], axis=-1), 0, -1)
    assert history.unit_percentiles[:, :, 0] == pytest.approx(percentiles)
    pooled = np.percentile(seen.reshape(5, 2, -1), [15, 50, 85], axis=-1)
    assert history.layer_percentiles[:, :, 0] == pytest.approx(np.moveaxis(pooled, 0, -1))
    means: Array = seen.mean(axis=-1)
    moved = np.abs(means[1:] - means[:-1]) / seen[1:].std(axis=-1)
    assert history.shift[1:, :, 0] == pytest.approx(moved.mean(axis=-1))
    assert history.shift[0].tolist() == [[0], [0]]


def test_a_shift_is_that_of_one_step_also_where_records_are_rare() -> None:
    run = Run("none", depth=1, width=5, lr=0.3, batch=8, steps=7)
    histories = []
    for every in (1, 3):
        training = Training([run], Record(every, inputs=True), np.float64)
        for _ in training.steps():
            pass
        histories.append(training.history())
    often, rare = histories
    assert rare.at.tolist() == [0, 3, 6, 7]
    np.testing.assert_allclose(rare.shift, often.shift[rare.at])


def test_accuracies_are_those_of_the_networks() -> None:
    run = Run("batch", depth=2, width=8, batch=32, ghost=8, steps=6)
    training = Training([run], Record(6, batch=True), np.float64)
    for _ in training.steps():
        pass
    history, examples = training.history(), training.examples
    test = (training.network, examples.test_images, examples.test_labels)
    np.testing.assert_array_equal(history.accuracy_running[-1], accuracy(*test))
    np.testing.assert_array_equal(history.accuracy_batch[-1], accuracy(*test, group=8))
    assert not np.array_equal(accuracy(*test, group=8), accuracy(*test, group=32))
