"""The pool of draws: nested batches, and draws from its other end."""

import numpy as np
import pytest

from bn_core.sampling import SHAPES
from bn_core.simulation import batch_noise, pool


@pytest.mark.parametrize("shape", SHAPES)
def test_batches_are_nested(shape: str) -> None:
    large = pool.batches(shape, 8, 3, 2048)
    small = pool.batches(shape, 3, 3, 5000)
    assert large.shape == (1, 8, 2048)
    assert small.shape == (3, 3, 2048)
    np.testing.assert_array_equal(small[0], large[0, :3])
    mean, var = batch_noise.nested_statistics(shape, (3, 8), 3)
    np.testing.assert_allclose(mean[1], large[0].mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(var[0], small[0].var(axis=0), atol=1e-12)


def test_few_batches_and_too_large_ones() -> None:
    assert pool.batches("normal", 512, 0, 10).shape == (1, 512, 10)
    assert pool.batches("normal", 512, 0, 10**6).shape == (1, 512, 2048)
    with pytest.raises(ValueError, match=r"1\.\.512"):
        pool.batches("normal", 513, 0, 10)


def test_the_other_end_of_the_pool_holds_other_draws() -> None:
    first = pool.batches("normal", 8, 3, 2048)
    other = pool.batches("normal", 8, 3, 2048, others=True)
    assert first.shape == other.shape
    assert not np.isin(first, other).any()
