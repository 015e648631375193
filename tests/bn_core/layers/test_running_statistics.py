"""Running statistics left alone, reset, taken anew."""

import numpy as np
import pytest

from bn_core import BatchNorm1D, BatchNorm2D
from bn_core.layers.running_statistics import reset_running, retake_running
from bn_core.types import Array


def batches(sizes: tuple[int, ...] = (4, 9, 1), far: float = 0.0) -> list[Array]:
    rng = np.random.default_rng(0)
    return [far + rng.normal(i, 1 + i, (3, size)) for i, size in enumerate(sizes)]


def test_a_training_forward_may_leave_them_alone() -> None:
    layer, moved = BatchNorm1D(3), BatchNorm1D(3)
    Z, dY = batches((6, 6))
    Y = layer.forward(Z, update_running=False)
    np.testing.assert_array_equal(Y, moved.forward(Z))
    np.testing.assert_array_equal(layer.backward(dY)[0], moved.backward(dY)[0])
    mean, var, seen = layer.running()
    assert (mean.tolist(), var.tolist(), seen) == ([0] * 3, [1] * 3, 0)
    for wrong in (None, 0, "no"):
        with pytest.raises(ValueError, match="update_running must be True or False"):
            layer.forward(Z, update_running=wrong)  # type: ignore[arg-type]


def test_reset() -> None:
    layer = BatchNorm1D(3, momentum=None)
    for Z in batches():
        layer.forward(Z)
    reset_running(layer)
    new = BatchNorm1D(3)
    for found, expected in zip(layer.running(), new.running(), strict=True):
        np.testing.assert_array_equal(found, expected)
    [Z] = batches((5,))
    layer.forward(Z)  # and the average begins anew
    np.testing.assert_allclose(layer.running_mean, Z.mean(axis=1))


@pytest.mark.parametrize("unbiased", [False, True])
@pytest.mark.parametrize("far", [0.0, 1e8])
def test_taken_anew_they_are_those_of_all_examples(unbiased: bool, far: float) -> None:
    layer = BatchNorm1D(3, momentum=0.01, unbiased_running_var=unbiased)
    given = batches(far=far)
    layer.forward(given[0])
    expected = layer.backward(given[0])[0]
    retake_running(layer, iter(given))
    everything = np.hstack(given)
    np.testing.assert_allclose(layer.running_mean - far, (everything - far).mean(axis=1), atol=1e-7)
    var = (everything - far).var(axis=1, ddof=int(unbiased))
    np.testing.assert_allclose(layer.running_var, var, rtol=1e-7)
    assert layer.batches_seen == 3
    assert layer.momentum == 0.01
    np.testing.assert_array_equal(layer.backward(given[0])[0], expected)


def test_taken_anew_over_maps() -> None:
    layer = BatchNorm2D(3)
    given = [np.random.default_rng(i).normal(1, 2, (i + 1, 3, 4, 5)) for i in range(3)]
    retake_running(layer, given)
    everything = np.concatenate(given)
    np.testing.assert_allclose(layer.running_mean, everything.mean(axis=(0, 2, 3)))
    np.testing.assert_allclose(layer.running_var, everything.var(axis=(0, 2, 3)))


def test_what_cannot_be_taken_anew_changes_nothing() -> None:
    layer = BatchNorm1D(3, unbiased_running_var=True)
    layer.forward(batches()[0])
    before = layer.running()
    good, wrong = batches((5,))[0], np.zeros((2, 5))
    with pytest.raises(ValueError, match="at least one batch, got none"):
        retake_running(layer, [])
    with pytest.raises(ValueError, match="3 features"):
        retake_running(layer, [good, wrong])
    with pytest.raises(ValueError, match="at least two values of a feature"):
        retake_running(layer, batches((1,)))
    for found, expected in zip(layer.running(), before, strict=True):
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("flag", ["refuse_single", "unbiased_running_var"])
def test_a_training_batch_of_one_is_refused_where_asked(flag: str) -> None:
    layer = BatchNorm1D(3, **{flag: True})
    [one] = batches((1,))
    with pytest.raises(ValueError, match=rf"two examples .* {flag}=True, got shape \(3, 1\)"):
        layer.forward(one)
    assert layer.batches_seen == 0
    layer.forward(one, training=False)
    assert BatchNorm1D(3).forward(one).tolist() == [[0]] * 3
    with pytest.raises(ValueError, match="refuse_single must be True or False"):
        BatchNorm1D(3, refuse_single=1)  # type: ignore[arg-type]
