"""Rounding: float32 and float64 against long double, far from zero and at great magnitudes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from bn_core import BatchNorm1D, GroupNorm1D, LayerNorm1D, RMSNorm1D
from bn_core.comparison.groups import Norm, normalize_groups
from bn_core.layers.base import Norm1D
from bn_core.normalize import standardize, standardize_backward, statistics
from bn_core.types import Array
from tests.bn_core import exact

# Rounding grows by some root of the group's size; the outputs themselves are about 1.
TOLERANCE = 16
RATIOS = [0.0, 1.0, 99.0, 101.0, 1e3, 1e5, 1e7]
DTYPES = [np.float32, np.float64]
far_from_zero = pytest.mark.parametrize("ratio", RATIOS)
both_dtypes = pytest.mark.parametrize("dtype", DTYPES)

# name: the layer for so many features; the axis it normalises, of (groups, group, batch); is the
# mean subtracted?
NORMS: dict[str, tuple[Callable[[int, float], Norm1D], int, bool]] = {
    "batch": (lambda n, eps: BatchNorm1D(n, eps, 1.0), 2, True),
    "layer": (lambda n, eps: LayerNorm1D(n, eps), 1, True),
    "group": (lambda n, eps: GroupNorm1D(n, 2, eps), 1, True),
    "rms": (lambda n, eps: RMSNorm1D(n, eps), 1, False),
}
every_norm = pytest.mark.parametrize("name", NORMS)


def about(ratio: float, shape: tuple[int, int], seed: int, dtype: type[np.floating]) -> Array:
    """Values with std 1.7 in every row and column, and means up to ratio stds from zero."""
    rng = np.random.default_rng(seed)
    values: Array = 1.7 * (ratio * rng.choice([-1.0, 1.0]) + rng.standard_normal(shape))
    return values.astype(dtype)


def as_groups(x: Array, name: str) -> Array:
    return x.reshape(2 if name == "group" else 1, -1, x.shape[1])


def assert_exact(found: Array, expected: exact.Long, unit: Any = 1.0) -> None:
    """Within TOLERANCE roundings of `unit`, or of the largest value where that is more."""
    assert found.dtype in DTYPES
    allowed = TOLERANCE * np.finfo(found.dtype).eps * np.maximum(unit, np.abs(expected).max())
    difference = np.abs(found.astype(np.longdouble) - expected)
    assert np.all(difference <= allowed), float(np.max(difference / allowed))


@every_norm
@both_dtypes
@far_from_zero
@pytest.mark.parametrize("upstream", [0.0, 1e5, 1e7])
@pytest.mark.parametrize("shape", [(4, 2), (64, 32), (6, 400)])
@pytest.mark.parametrize("eps", [1e-5, 0.0])
def test_forward_and_backward(
    name: str,
    dtype: type[np.floating],
    ratio: float,
    upstream: float,
    shape: tuple[int, int],
    eps: float,
) -> None:
    make, axis, about_mean = NORMS[name]
    Z, dY = about(ratio, shape, 1, dtype), about(upstream, shape, 2, dtype)
    layer = make(shape[0], eps)
    Y = layer.forward(Z)
    dZ, d_gamma, d_beta = layer.backward(dY)
    groups = as_groups(Z, name)
    z, inv_std = exact.standardized(groups, axis, eps, about_mean)
    if not inv_std.max() < 1e3:  # rounding to the dtype left a group without a spread
        lost = np.broadcast_to(~np.isfinite(inv_std), groups.shape)
        assert lost.any()
        assert np.isnan(as_groups(Y, name)[lost]).all()
        return
    assert_exact(Y, z.reshape(shape))
    g = as_groups(dY, name)
    dx = exact.gradient(g, z, inv_std, axis, about_mean)
    left = exact.centred(g, axis) if about_mean else g
    assert_exact(dZ, dx.reshape(shape), np.abs(left).max() * inv_std.max())
    z = z.reshape(shape)
    left = exact.centred(dY, 1) if name == "batch" else dY.astype(np.longdouble)
    assert_exact(d_gamma, (left * z).sum(axis=1), np.abs(left * z).sum(axis=1).max())
    assert_exact(d_beta, dY.sum(axis=1, dtype=np.longdouble), np.abs(dY).sum(axis=1).max())


@both_dtypes
@far_from_zero
@pytest.mark.parametrize("batch", [2, 32, 4096])
def test_batch_norms_inference(dtype: type[np.floating], ratio: float, batch: int) -> None:
    """The batch's own statistics, read back from running_mean and running_var."""
    Z = about(ratio, (6, batch), 3, dtype)
    layer = BatchNorm1D(6, momentum=1.0)
    layer.forward(Z)
    z, _ = exact.standardized(Z, 1, 1e-5)
    # running_mean is a float64: that much of the spread it cannot hold.
    unit = 1.0 + ratio * np.finfo(np.float64).eps / np.finfo(dtype).eps
    assert_exact(layer.forward(Z, training=False), z, unit)


@both_dtypes
def test_running_statistics_far_from_zero(dtype: type[np.floating]) -> None:
    """After several batches, against the same average of exact statistics."""
    layer = BatchNorm1D(6, momentum=0.3)
    mean, var = np.zeros(6, np.longdouble), np.ones(6, np.longdouble)
    layer.running_mean = np.full(6, 1.6e7)
    mean += 1.6e7
    for seed in range(20):
        Z = (1.6e7 + np.random.default_rng(seed).normal(0, 30, (6, 40))).astype(dtype)
        layer.forward(Z)
        mean = 0.7 * mean + 0.3 * Z.mean(axis=1, dtype=np.longdouble)
        var = 0.7 * var + 0.3 * Z.var(axis=1, dtype=np.longdouble)
    eps = float(np.finfo(dtype).eps)
    np.testing.assert_allclose(layer.running_mean - mean, 0, atol=30 * eps + 1e-8)
    np.testing.assert_allclose(layer.running_var, var.astype(float), rtol=8 * eps)


@both_dtypes
@pytest.mark.parametrize("norm", ["batch", "layer", "group", "instance", "rms"])
def test_groups_of_entries(norm: Norm, dtype: type[np.floating]) -> None:
    x = about(1e6, (4, 5), 4, dtype)[:, :, None] + np.arange(6, dtype=dtype)
    grouped = normalize_groups(x, norm, 1e-3, n_groups=2)
    for label in np.unique(grouped.labels):
        mine = grouped.labels == label
        z, _ = exact.standardized(x[mine], 0, 1e-3, about_mean=norm != "rms")
        assert_exact(grouped.output[mine], z)


@pytest.mark.parametrize("value", [0.0, 5.0, -9.7, 0.1, 1e-3, 1e7, 1e18, 3e-20])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 32, 300])
@both_dtypes
def test_equal_values_have_no_variance_anywhere(
    value: float, size: int, dtype: type[np.floating]
) -> None:
    """Without eps 0/0, nan, from every way to the same statistics; with eps 0."""
    x = np.full((size, 1), value, dtype)
    tensor = x.reshape(1, size, 1)
    for eps, expected in ((0.0, np.nan), (1e-5, 0.0)):
        for output in (
            BatchNorm1D(1, eps).forward(x.T),
            LayerNorm1D(size, eps).forward(x),
            GroupNorm1D(size, 1, eps).forward(x),
            standardize(x, 0, eps)[0],
            normalize_groups(tensor, "batch", eps).output,
            normalize_groups(tensor.swapaxes(0, 1), "layer", eps).output,
            normalize_groups(tensor.swapaxes(1, 2), "instance", eps).output,
        ):
            np.testing.assert_array_equal(output, expected)
    mean, var = statistics(x, 0)
    assert var == 0
    np.testing.assert_allclose(mean, value, rtol=1e-6)


# The largest spread that is taken, and one that is refused, for some hundred values.
LARGE = {np.float32: (1e17, 1e20), np.float64: (1e152, 1e155)}


@every_norm
@both_dtypes
def test_great_magnitudes_are_right_or_refused(name: str, dtype: type[np.floating]) -> None:
    make, axis, about_mean = NORMS[name]
    right, refused = LARGE[dtype]
    unit = np.random.default_rng(5).standard_normal((8, 100))
    dY = about(0, unit.shape, 6, dtype)
    layer = make(8, 1e-5)
    Z = (right * unit).astype(dtype)
    z, inv_std = exact.standardized(as_groups(Z, name), axis, 1e-5, about_mean)
    assert_exact(layer.forward(Z), z.reshape(unit.shape))
    for size in (1.0, 1e-10, 1e10):
        g = (size * dY).astype(dtype)
        expected = exact.gradient(as_groups(g, name), z, inv_std, axis, about_mean) / inv_std.max()
        found = layer.backward(g)[0] / inv_std.max().astype(dtype)
        assert_exact(found.astype(dtype), expected.reshape(unit.shape), 4 * size)
    advice = "float64" if dtype is np.float32 else "divide them"
    one_infinite = refused * unit
    one_infinite[3, 3] = np.inf  # whose own group is lost, and passed on
    for Z in (refused * unit, one_infinite):
        with pytest.raises(ValueError, match=rf"too large to be squared in float.*{advice}"):
            layer.forward(Z.astype(dtype))


@pytest.mark.parametrize("size", [1e19, 1e30, 1e37])
def test_batch_norms_inference_needs_no_squares(size: float) -> None:
    layer = BatchNorm1D(6)
    layer.running_mean[:], layer.running_var[:] = size, size**2
    Z = (size * np.random.default_rng(7).normal(1, 1, (6, 9))).astype(np.float32)
    assert_exact(layer.forward(Z, training=False), (Z.astype(np.longdouble) - size) / size)


@every_norm
@both_dtypes
def test_an_upstream_too_large_to_be_summed_is_refused(name: str, dtype: type[np.floating]) -> None:
    layer = NORMS[name][0](8, 1e-5)
    layer.forward(about(0, (8, 100), 8, dtype))
    dY: Array = np.full((8, 100), np.finfo(dtype).max, dtype)
    dY[:, ::2] *= -1
    dY[::2] *= -1
    with pytest.raises(ValueError, match=r"dY holds values up to .* too large to be summed"):
        layer.backward(dY)
    dY[3, 3] = np.nan  # which is passed on, not refused
    layer.backward(np.where(np.isfinite(dY), 1.0, np.nan))


@every_norm
@both_dtypes
def test_small_magnitudes(name: str, dtype: type[np.floating]) -> None:
    """Down to the root of the smallest normal number without eps; below it with any usual eps."""
    make, axis, about_mean = NORMS[name]
    unit = np.random.default_rng(9).standard_normal((8, 100))
    tiny = float(np.finfo(dtype).tiny)
    Z = (100 * np.sqrt(tiny) * unit).astype(dtype)
    z, _ = exact.standardized(as_groups(Z, name), axis, 0.0, about_mean)
    assert_exact(make(8, 0.0).forward(Z), z.reshape(unit.shape))
    for size in (np.sqrt(tiny), 1e-3 * np.sqrt(tiny), tiny, 1e-3 * tiny):
        Z = (size * unit).astype(dtype)
        z, _ = exact.standardized(as_groups(Z, name), axis, 1e-8, about_mean)
        layer = make(8, 1e-8)
        assert_exact(layer.forward(Z), z.reshape(unit.shape), 1e-3)
        assert np.isfinite(layer.backward(unit.astype(dtype))[0]).all()
    assert not np.isfinite(make(8, 0.0).forward(Z)).any()


@both_dtypes
@pytest.mark.parametrize("axis", [0, 1, 2, (0, 2), (1, 2)])
def test_the_shared_way_back_far_from_zero(
    axis: int | tuple[int, ...], dtype: type[np.floating]
) -> None:
    rng = np.random.default_rng(10)
    x: Array = rng.normal(1e7, 3, (5, 6, 7)).astype(dtype)
    g: Array = rng.normal(-3e6, 1, x.shape).astype(dtype)
    z, inv_std = standardize(x, axis, 1e-3)
    found = standardize_backward(g, z, inv_std, axis)
    exact_z, inv = exact.standardized(x, axis, 1e-3)
    left = exact.centred(g, axis)
    expected = exact.gradient(g, exact_z, inv, axis)
    assert_exact(z, exact_z)
    assert_exact(found, expected, float(np.abs(left).max() * inv.max()))
