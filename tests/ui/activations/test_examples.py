"""The examples that come with the project: small, and what they are said to be."""

from importlib.resources import files

import numpy as np

from ui.activations.examples import FILE, examples
from ui.activations.make_examples import made


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


def test_they_are_what_the_script_makes() -> None:
    """Up to what the rounding of another machine adds up to over a training."""
    again, found = made(), examples()
    assert {name for name, array in again.items() if array.ndim > 1} == found.arrays.keys()
    for name, array in found.arrays.items():
        stored = array.astype(np.float64)
        assert np.abs(again[name] - stored).mean() < 0.05 * stored.std(), name
    for norm in found.norms:
        assert norm.running_var is not None
        np.testing.assert_allclose(norm.running_var, again[f"{norm.name}.running_var"], rtol=0.1)
