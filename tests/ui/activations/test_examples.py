"""The examples that come with the project: small, and what they are said to be."""

from importlib.resources import files

import numpy as np

from ui.activations.examples import FILE, examples


def test_they_are_small_and_nothing_is_left_out() -> None:
    assert len(files("ui.activations").joinpath(FILE).read_bytes()) < 150_000
    found = examples()
    assert found.left_out == ()
    assert [array.ndim for array in found.arrays.values()] == [2, 2, 2, 4]


def test_each_norm_kept_the_statistics_of_what_comes_into_it() -> None:
    """Running statistics are of training batches, the arrays of test images: about the same."""
    found = examples()
    assert len(found.norms) == 3
    for norm, array in zip(found.norms, found.arrays.values(), strict=False):
        assert norm.running_mean is not None
        assert norm.running_var is not None
        std = np.sqrt(norm.running_var)
        apart = (array.mean(axis=0, dtype=np.float64) - norm.running_mean) / std
        assert np.abs(apart).max() < 1
        ratio = array.std(axis=0, dtype=np.float64) / std
        assert 0.6 < ratio.min() < ratio.max() < 1.6
