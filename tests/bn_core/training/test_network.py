"""How networks start."""

import numpy as np
import pytest

from bn_core.training.activations import Activation
from bn_core.training.network import Architecture, initialise


@pytest.mark.parametrize(("activation", "gain"), [("relu", 2.0), ("tanh", 1.0)])
def test_initial_weights_have_the_variance_that_is_asked_for(
    activation: Activation, gain: float
) -> None:
    network = initialise(Architecture(3, 100, activation, "batch"), [0, 1], [1.0, 3.0])
    for w in network.parameters.weights:
        per_run = w[0].size
        expected = np.array([1, 9]) * gain / w.shape[-1]
        measured = w.var(axis=(1, 2))
        assert np.all(np.abs(measured / expected - 1) < 5 * np.sqrt(2 / per_run))
