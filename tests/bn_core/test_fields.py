"""Maps of correlated positions: the correlation, the shape of each position, seeds."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from bn_core.fields import standard_fields
from bn_core.sampling import EXCESS_KURTOSIS, SHAPES, standard_draw
from tests.bn_core.standard_error import mean_agrees

every_shape = pytest.mark.parametrize("shape", SHAPES)


@every_shape
@pytest.mark.parametrize("rho", [0.0, 0.3, 0.9])
def test_correlation_by_distance(shape: str, rho: float) -> None:
    x = standard_fields(shape, (10_000, 4, 3), rho, seed=1)
    corner = x[:, 1, 0]
    for i in range(4):
        for j in range(3):
            expected = rho ** (abs(i - 1) + j)
            assert mean_agrees(corner * x[:, i, j], expected), (i, j)


@every_shape
@pytest.mark.parametrize("rho", [0.5, 0.95])
def test_each_position_keeps_the_shape(shape: str, rho: float) -> None:
    """The far corner, which has come the longest way, against independent draws."""
    x = standard_fields(shape, (10_000, 6, 5), rho, seed=2)[:, -1, -1]
    assert mean_agrees(x, 0)
    assert mean_agrees(x**2, 1)
    assert mean_agrees(x**4, 3 + EXCESS_KURTOSIS[shape])
    other = standard_draw(shape, (1, 10_000), seed=3)[0]
    assert stats.ks_2samp(x, other).pvalue > 1e-6


@every_shape
def test_ends_of_the_correlation(shape: str) -> None:
    apart = standard_fields(shape, (5, 4, 3), 0, seed=1)
    assert np.unique(apart).size > (30 if shape == "rectified" else 59)  # its lower end repeats
    together = standard_fields(shape, (500, 4, 3), 1, seed=1)
    np.testing.assert_array_equal(together, np.broadcast_to(together[:, :1, :1], (500, 4, 3)))


@every_shape
def test_more_maps_begin_with_the_fewer(shape: str) -> None:
    few, many = (standard_fields(shape, (n, 4, 3), 0.7, seed=5) for n in (3, 50))
    np.testing.assert_allclose(many[:3], few, atol=1e-12)


@every_shape
def test_maps_seeds_and_streams_are_independent(shape: str) -> None:
    first, further = (standard_fields(shape, (2000, 3, 3), 0.8, 4, stream) for stream in (0, 1))
    other = standard_fields(shape, (2000, 3, 3), 0.8, 5)
    for x in (further, other, np.roll(first, 1, axis=0)):
        assert mean_agrees((first * x)[:, 1, 1], 0)
        assert not np.array_equal(first, x)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"shape": "round"}, "shape must be one of"),
        ({"size": (0, 3, 3)}, r"size\[0\] \(n_maps\) must be .* at least 1, got 0"),
        ({"size": (2, 0, 3)}, r"size\[1\] \(height\) must be .* at least 1, got 0"),
        ({"size": (2, 3, 2.5)}, r"size\[2\] \(width\) must be .* at least 1, got 2.5"),
        ({"correlation": 1.1}, r"correlation must lie in 0\.\.1, got 1.1"),
        ({"correlation": -0.1}, r"correlation must lie in 0\.\.1, got -0.1"),
        ({"correlation": np.nan}, r"correlation must lie in 0\.\.1, got nan"),
        ({"seed": -1}, "seed must be a whole number of at least 0, got -1"),
    ],
)
def test_errors(changed: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {"shape": "normal", "size": (2, 3, 3), "correlation": 0.5, "seed": 0}
    with pytest.raises(ValueError, match=message):
        standard_fields(**(given | changed))
