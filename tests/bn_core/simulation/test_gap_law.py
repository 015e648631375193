"""The law of the gap for input of every shape: both of its sides, each from batches of its own."""

import numpy as np
import pytest

from bn_core.sampling import SHAPES
from bn_core.simulation.gap_law import gap_law
from bn_core.theory.batch_statistics import std_ratio
from tests.ui.truth.oracle import draws

SIZES = (1, 2, 3, 8, 32, 128)


@pytest.mark.parametrize("shape", SHAPES)
def test_both_sides_are_those_of_outputs_of_our_own(shape: str) -> None:
    rng = np.random.default_rng(11)
    for seed, batch in enumerate(SIZES):
        found, at = gap_law(shape, SIZES, seed), SIZES.index(batch)
        u = draws(shape, (20_000, batch), rng)
        spread = u.std(axis=1, keepdims=True)
        spread = np.where(spread < 1e-9, 0.0, spread)
        away = u - u.mean(axis=1, keepdims=True)
        z = np.divide(away, spread, out=np.zeros_like(away), where=spread > 0)
        gaps = np.mean((z - u) ** 2, axis=1)
        error = gaps.std() / np.sqrt(1024 if batch > 16 else 8192)
        for told in (found.law[at], found.simulated[at]):
            assert abs(told**2 - gaps.mean()) < 5 * error + 0.01 * gaps.mean(), (shape, batch)
        share = np.mean(spread > 0)
        assert abs(found.spread[at] - share) < 5 * np.sqrt(share * (1 - share) / 1024) + 1e-9
        if batch > 1:
            assert abs(found.std[at] - spread.mean()) < 5 * error + 0.01


def test_for_gaussian_input_it_is_the_closed_form() -> None:
    found = gap_law("normal", SIZES, 5)
    np.testing.assert_allclose(found.law[1:] ** 2, 2 * (1 - std_ratio(SIZES[1:])), rtol=0.12)
    assert np.all(found.spread[1:] == 1)
