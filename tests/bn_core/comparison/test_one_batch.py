"""A batch in training and in inference, held against the layers and the closed form of the gap."""

import numpy as np
import pytest

from bn_core import BatchNorm1D, LayerNorm1D
from bn_core.comparison.one_batch import expected_gap, measured_gap, pass_batch
from bn_core.sampling import draw
from bn_core.simulation.feature_paths import simulate_running_statistics
from tests.bn_core.standard_error import mean_agrees


def test_a_batch_passes_as_through_the_layers() -> None:
    before = draw("skewed", (5, 12), 2.0, 3.0, seed=4)
    paths = simulate_running_statistics(
        "skewed", 12, 4, features=5, mean=2.0, std=3.0, momentum=0.1
    )
    result = pass_batch(before, "batch", paths, eps=1e-3, gamma=1.5, beta=-0.5)
    layer = BatchNorm1D(5, 1e-3)
    layer.gamma[:], layer.beta[:] = 1.5, -0.5
    np.testing.assert_array_equal(result.training, layer.forward(before, training=True))
    scale = 1.5 / np.sqrt(paths.var[:, -1:] + 1e-3)
    by_hand = (before - paths.mean[:, -1:]) * scale - 0.5
    np.testing.assert_allclose(result.inference, by_hand, rtol=1e-12)


def test_layer_normalisation_has_no_gap() -> None:
    before = draw("normal", (6, 3), 2.0, 3.0, seed=0)
    paths = simulate_running_statistics("normal", 3, 0, features=6, mean=2.0, std=3.0, momentum=0.1)
    result = pass_batch(before, "layer", paths, eps=0.0, gamma=1.0, beta=0.0)
    np.testing.assert_array_equal(result.training, LayerNorm1D(6, 0.0).forward(before))
    assert measured_gap(result) == 0


@pytest.mark.parametrize(
    ("batch", "momentum", "eps"),
    [(2, 0.1, 0.0), (4, 0.0, 0.0), (8, 0.5, 0.5), (16, 1.0, 0.0), (32, 0.01, 1e-5)],
)
def test_the_gap_is_the_closed_forms(batch: int, momentum: float, eps: float) -> None:
    features = 128
    before = draw("normal", (features, batch), 0.5, 2.0, seed=11)
    paths = simulate_running_statistics(
        "normal", batch, 11, features=features, mean=0.5, std=2.0, momentum=momentum
    )
    result = pass_batch(before, "batch", paths, eps=eps, gamma=1.5, beta=0.3)
    # The squared gap of each feature is one sample; its scatter gives the standard error.
    squares = ((result.training - result.inference) ** 2).mean(axis=1)
    expected = expected_gap(batch, mean=0.5, std=2.0, momentum=momentum, eps=eps, gamma=1.5)
    assert expected is not None
    assert mean_agrees(squares, expected**2)
    assert measured_gap(result) == pytest.approx(np.sqrt(squares.mean()))


def test_no_gap_is_expected_of_few_samples_behind_the_running_variance() -> None:
    assert expected_gap(2, mean=0.0, std=1.0, momentum=0.9, eps=0.0, gamma=1.0) is None
    assert expected_gap(1, mean=0.0, std=1.0, momentum=0.1, eps=0.0, gamma=1.0) is None
    assert expected_gap(32, mean=0.0, std=1.0, momentum=1.0, eps=0.0, gamma=2.0) == pytest.approx(
        2 * 0.323, abs=2e-3
    )
