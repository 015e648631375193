"""The loss on top of a network, and its gradient."""

import numpy as np
import pytest

from bn_core.training.activations import softmax_cross_entropy

RUNS, BATCH = 2, 12


def test_cross_entropy_of_an_even_guess_and_its_gradient() -> None:
    loss, g = softmax_cross_entropy(np.zeros((1, 10, 4)), np.arange(4)[None])
    assert loss[0] == pytest.approx(np.log(10))
    np.testing.assert_allclose(g.sum(axis=1), 0, atol=1e-15)
    assert g[0, 0, 0] == pytest.approx(-0.9 / 4)


def test_cross_entropy_of_huge_logits_is_finite() -> None:
    logits = np.full((1, 10, 1), -1e4)
    logits[0, 3] = 1e4
    loss, _ = softmax_cross_entropy(logits, np.array([[3]]))
    assert loss[0] == pytest.approx(0, abs=1e-12)
