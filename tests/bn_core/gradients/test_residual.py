"""The last block's gradient, against networks built block by block from the norms' own classes."""

import numpy as np
import pytest

from bn_core import BatchNorm1D, LayerNorm1D
from bn_core.gradients.depth import draw_network
from bn_core.gradients.residual import ResidualNorm, last_block_gradient
from bn_core.theory.gradients import last_block_growth
from bn_core.types import Array

EPS = 1e-3
MAKE = {"batch": BatchNorm1D, "layer": LayerNorm1D}


def loss(weights: list[Array], x: Array, g: Array, norm: ResidualNorm, norm_last: bool) -> float:
    """Sum of g times the output: the loss whose gradient at the output is g."""
    h = x
    for w in weights:
        layer = MAKE[norm](len(x), eps=EPS)
        if norm_last:
            h = layer.forward(h + np.maximum(w @ h, 0))
        else:
            h = h + np.maximum(w @ layer.forward(h), 0)
    if not norm_last:
        h = MAKE[norm](len(x), eps=EPS).forward(h)
    return float(np.sum(g * h))


@pytest.mark.parametrize("norm_last", [False, True])
@pytest.mark.parametrize("norm", ["batch", "layer"])
def test_it_is_the_slope_of_the_loss_at_every_depth(norm: ResidualNorm, norm_last: bool) -> None:
    weights, x, g = draw_network(4, 2, 5, 6, np.random.default_rng(1))
    found = last_block_gradient(weights, x, g, norm, norm_last=norm_last, eps=EPS)
    assert found.shape == (4, 2)
    for run in range(2):
        for depth in range(1, 5):
            own = [w.copy() for w in weights[:depth, run]]
            slope = np.empty((5, 5))
            for place in np.ndindex(5, 5):
                ends = []
                for step in (1e-6, -1e-6):
                    own[-1][place] = weights[depth - 1, run][place] + step
                    ends.append(loss(own, x[run], g[run], norm, norm_last))
                own[-1][place] = weights[depth - 1, run][place]
                slope[place] = (ends[0] - ends[1]) / 2e-6
            assert found[depth - 1, run] == pytest.approx(np.linalg.norm(slope), rel=1e-5)


@pytest.mark.parametrize("norm", ["batch", "layer"])
def test_before_the_block_it_falls_with_depth_and_after_the_block_it_does_not(
    norm: ResidualNorm,
) -> None:
    """At large width and batch; 16 networks, whose scatter gives the error of the mean."""
    network = draw_network(16, 16, 64, 64, np.random.default_rng(0))
    for norm_last in (False, True):
        sizes = last_block_gradient(*network, norm, norm_last=norm_last)
        relative = sizes / sizes[0].mean()
        error = relative.std(axis=1, ddof=1) / 4
        law = np.ones(16) if norm_last else last_block_growth(16)
        assert np.all(np.abs(relative.mean(axis=1) - law) <= 5 * error + 0.03)


def test_the_law() -> None:
    share = 1 - 1 / np.pi
    expected = [np.sqrt((1 + share) / (1 + share * n)) for n in (1, 2, 24)]
    assert last_block_growth(24)[[0, 1, 23]] == pytest.approx(expected)
    assert last_block_growth(1000)[-1] == pytest.approx(last_block_growth(250)[-1] / 2, rel=0.01)
