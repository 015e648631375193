"""The shared steps over any axis, and with leading axes carried through."""

import numpy as np
import pytest

from bn_core.normalize import normalize, standardize_backward, statistics
from bn_core.types import Axis

X = np.random.default_rng(0).normal(4, 3, (2, 3, 5, 7))


@pytest.mark.parametrize("axis", [-1, -2, 1, (-2, -1), (1, 3)])
def test_statistics(axis: Axis) -> None:
    mean, var = statistics(X, axis)
    np.testing.assert_allclose(mean, X.mean(axis=axis, keepdims=True), rtol=1e-13)
    np.testing.assert_allclose(var, X.var(axis=axis, keepdims=True), rtol=1e-13)


@pytest.mark.parametrize("axis", [-1, -2, (-2, -1), (1, 3)])
def test_far_from_zero(axis: Axis) -> None:
    """Only the groups far from zero are taken about one of their values; all come out right."""
    scale = np.where(np.arange(2) == 1, 1e-7, 1.0)[:, None, None, None]
    x = 4 + scale * (X - 4)
    mean, var = statistics(x, axis)
    np.testing.assert_allclose(mean, x.mean(axis=axis, keepdims=True), rtol=1e-13)
    exact = (scale**2) * X.var(axis=axis, keepdims=True)
    np.testing.assert_allclose(var, exact, rtol=1e-6)
    near, _ = normalize(x, mean, var, eps=0)
    plain, _ = normalize(X, *statistics(X, axis), eps=0)
    np.testing.assert_allclose(near, plain, atol=1e-6)


@pytest.mark.parametrize("axis", [-1, -2, (-2, -1)])
def test_backward_is_the_transpose_of_the_slope(axis: Axis) -> None:
    """For a direction v, <g, dz/dx v> = <dx, v>; the slope by central differences."""
    rng = np.random.default_rng(1)
    g, direction = rng.standard_normal((2, *X.shape))
    eps, step = 0.3, 1e-6
    ahead, _ = normalize(X + step * direction, *statistics(X + step * direction, axis), eps)
    behind, _ = normalize(X - step * direction, *statistics(X - step * direction, axis), eps)
    z, inv_std = normalize(X, *statistics(X, axis), eps)
    dx = standardize_backward(g, z, inv_std, axis)
    np.testing.assert_allclose(
        np.vdot(dx, direction), np.vdot(g, (ahead - behind) / (2 * step)), rtol=1e-6
    )


def test_arguments_stay_what_they_were() -> None:
    x, g = X.copy(), X[::-1].copy()
    z, inv_std = normalize(x, *statistics(x, -1), 1e-5)
    kept = z.copy(), inv_std.copy()
    standardize_backward(g, z, inv_std, -1)
    for now, then in ((x, X), (g, X[::-1]), (z, kept[0]), (inv_std, kept[1])):
        np.testing.assert_array_equal(now, then)
