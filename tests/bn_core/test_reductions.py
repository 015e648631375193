"""Means and sums of products, held against numpy over any axis."""

import numpy as np
import pytest

from bn_core.reductions import mean_over, mean_product, sum_product
from bn_core.types import Axis

A, B = np.random.default_rng(0).normal(1, 2, (2, 3, 5, 4, 7))
AXES = (0, 1, -1, -2, 3, (1, 3), (-2, -1), (0, 1, 2, 3))


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_reductions_are_numpys_and_keep_axis_and_dtype(axis: Axis, dtype: type) -> None:
    a, b = A.astype(dtype), B.astype(dtype)
    rtol = 1e-4 if dtype is np.float32 else 1e-12
    for found, expected in (
        (mean_over(a, axis), A.mean(axis=axis, keepdims=True)),
        (sum_product(a, b, axis), (A * B).sum(axis=axis, keepdims=True)),
        (mean_product(a, b, axis), (A * B).mean(axis=axis, keepdims=True)),
    ):
        assert found.dtype == dtype
        assert found.shape == expected.shape
        np.testing.assert_allclose(found, expected, rtol=rtol, atol=rtol)


def test_arguments_stay_what_they_were() -> None:
    a, b = A.copy(), B.copy()
    mean_over(a, (1, 2))
    mean_product(a, b, 0)
    np.testing.assert_array_equal(a, A)
    np.testing.assert_array_equal(b, B)
