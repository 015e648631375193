import numpy as np
import pytest

from bn_core.gradients.parts import split_gradient
from bn_core.gradients.upstream import UPSTREAMS, Upstream, upstream_gradient

X = np.random.default_rng(0).normal(5, 3, (6, 9))
Z = split_gradient(X, X, axis=-1, eps=0.0).z


@pytest.mark.parametrize("kind", UPSTREAMS)
def test_every_gradient_has_the_outputs_shape_and_all_but_one_its_size(kind: Upstream) -> None:
    x = np.random.default_rng(2).standard_normal((40, 50))
    z = split_gradient(x, x, axis=-1, eps=0.0).z
    g = upstream_gradient(kind, z, np.random.default_rng(1))
    assert g.shape == z.shape
    expected = 1 / z.size if kind == "one entry" else 1.0
    # The mean of 2000 squares of a normal scatters by sqrt(2 / 2000).
    within = 5 * np.sqrt(2 / z.size) if kind == "random" else 1e-12
    assert np.mean(g**2) == pytest.approx(expected, abs=within)


@pytest.mark.parametrize("kind", ["ones", "output"])
def test_nothing_of_these_two_comes_back(kind: Upstream) -> None:
    g = upstream_gradient(kind, Z, np.random.default_rng(1))
    np.testing.assert_allclose(split_gradient(X, g, axis=-1, eps=0.0).remaining, 0.0, atol=1e-13)


@pytest.mark.parametrize("kind", ["random", "one entry", "alternating"])
def test_something_of_these_comes_back(kind: Upstream) -> None:
    g = upstream_gradient(kind, Z, np.random.default_rng(1))
    assert split_gradient(X, g, axis=-1, eps=0.0).share[0] > 0.1


def test_one_entry_asks_for_one_output_to_rise_and_alternating_for_neighbours_to_part() -> None:
    rng = np.random.default_rng(1)
    assert np.count_nonzero(upstream_gradient("one entry", Z, rng)) == 1
    assert upstream_gradient("one entry", Z, rng)[0, 0] < 0
    chess = upstream_gradient("alternating", Z, rng)
    np.testing.assert_array_equal(chess[1:] * chess[:-1], -1.0)
    np.testing.assert_array_equal(chess[:, 1:] * chess[:, :-1], -1.0)


def test_the_output_is_copied_not_shared() -> None:
    assert upstream_gradient("output", Z, np.random.default_rng(1)) is not Z
