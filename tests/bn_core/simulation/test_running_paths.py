"""Many running estimates at once, and their spread."""

import math

import numpy as np
import pytest

from bn_core.simulation import running_paths
from bn_core.theory import running
from tests.bn_core.standard_error import SIGMAS, mean_agrees


def test_the_spread_of_paths_step_by_step() -> None:
    paths = np.random.default_rng(1).gamma(2.0, 1.0, (400, 7)).cumsum(axis=1)
    found = running_paths.summarize_paths(paths, few=4)
    np.testing.assert_array_equal(found.first, paths[0])
    np.testing.assert_array_equal(found.others, paths[1:5])
    assert found.paths == 400
    assert found.mean == pytest.approx(paths.sum(axis=0) / 400)
    assert found.sd == pytest.approx(np.sqrt(((paths - found.mean) ** 2).sum(axis=0) / 400))
    assert np.mean(paths < found.low, axis=0) == pytest.approx(0.05, abs=1 / 400)
    assert np.mean(paths > found.high, axis=0) == pytest.approx(0.05, abs=1 / 400)


@pytest.mark.parametrize("batch", [2, 8, 512])
def test_trail_feeds_the_paths(batch: int) -> None:
    batches = running_paths.draw_batches(
        "normal", batch, 5, paths=50, steps=100, mean=5.0, std=3.0, drift=0.5, unbiased=True
    )
    assert batches.mean.shape == batches.var.shape == (50, 100)
    assert batches.first.shape == (100, batch)
    np.testing.assert_allclose(batches.first.mean(axis=1), batches.mean[0])
    np.testing.assert_allclose(batches.first.var(axis=1, ddof=1), batches.var[0])
    still = (batches.mean - 0.5 * np.arange(1, 101)).ravel()
    # Batches that come twice make the mean less certain than their number says.
    seen = still[: batches.n_batches]
    assert abs(still.mean() - 5) < 2 * SIGMAS * seen.std() / math.sqrt(seen.size)
    assert batches.n_batches == (2048 if batch == 512 else batches.n_batches)


def test_paths_of_the_estimate() -> None:
    batches = running_paths.draw_batches("normal", 4, 6, paths=2000, steps=20, mean=5.0, std=3.0)
    path = running_paths.estimate_paths(batches.mean, 0.1, 1.0)
    assert path.shape == (2000, 21)
    assert (path[:, 0] == 1).all()
    remembered = running.memory(20, 0.1)
    assert mean_agrees(path[:, -1], float(running.expected_estimate(remembered, 20, 5.0, 1.0)))
    corrected = running_paths.estimate_paths(batches.mean, 0.1, 1.0, corrected=True)
    assert mean_agrees(corrected[:, -1], 5.0)
