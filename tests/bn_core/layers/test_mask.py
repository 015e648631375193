"""A forward with a mask: what is left out counts for nothing, and the gradient is exact."""

from typing import Any

import numpy as np
import pytest

from bn_core import BatchNorm1D
from bn_core.layers.state import state_dict
from bn_core.types import Array
from tests.bn_core.layers.test_gradients import slope

FEATURES, BATCH = 4, 7


def given(seed: int = 0) -> tuple[Array, Array, Any]:
    """Values, an upstream gradient and a mask that differs from feature to feature."""
    rng = np.random.default_rng(seed)
    Z, dY = 3 + 2 * rng.standard_normal((2, FEATURES, BATCH))
    kept = rng.random((FEATURES, BATCH)) < 0.6
    kept[:, :2] = True
    return Z, dY, kept


def layer(**flags: Any) -> BatchNorm1D:
    made = BatchNorm1D(FEATURES, momentum=1.0, **flags)
    made.gamma, made.beta = np.random.default_rng(9).standard_normal((2, FEATURES))
    return made


def test_the_kept_examples_come_out_as_if_they_were_the_batch() -> None:
    Z, dY, kept = given()
    columns = kept[0]
    masked, alone = layer(), layer()
    Y = masked.forward(Z, mask=columns)
    np.testing.assert_allclose(Y[:, columns], alone.forward(Z[:, columns]), rtol=1e-12)
    for name, value in state_dict(alone).items():
        np.testing.assert_allclose(state_dict(masked)[name], value, rtol=1e-12)
    # No loss depends on padding, so that its upstream gradient is 0.
    found = masked.backward(np.where(columns, dY, 0))
    expected = alone.backward(dY[:, columns])
    np.testing.assert_allclose(found[0][:, columns], expected[0], atol=1e-12)
    np.testing.assert_array_equal(found[0][:, ~columns], 0)
    for mine, its in zip(found[1:], expected[1:], strict=True):
        np.testing.assert_allclose(mine, its, rtol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_all_three_gradients(seed: int) -> None:
    """Finite differences, where the outputs of entries left out count for the loss as well."""
    Z, dY, kept = given(seed)
    norm = layer()
    gamma, beta = norm.gamma, norm.beta

    def loss(Z: Array, gamma: Array, beta: Array) -> float:
        norm.gamma, norm.beta = gamma, beta
        return float(np.vdot(norm.forward(Z, mask=kept), dY))

    numeric = (
        slope(lambda moved: loss(moved, gamma, beta), Z),
        slope(lambda moved: loss(Z, moved, beta), gamma),
        slope(lambda moved: loss(Z, gamma, moved), beta),
    )
    loss(Z, gamma, beta)
    for analytic, by_difference in zip(norm.backward(dY), numeric, strict=True):
        np.testing.assert_allclose(analytic, by_difference, rtol=1e-6, atol=1e-7)


def test_a_mask_that_keeps_everything_is_none() -> None:
    Z, dY, _ = given()
    masked, plain = layer(), layer()
    np.testing.assert_allclose(masked.forward(Z, mask=[True] * BATCH), plain.forward(Z), atol=1e-13)
    for mine, its in zip(masked.backward(dY), plain.backward(dY), strict=True):
        np.testing.assert_allclose(mine, its, atol=1e-12)


@pytest.mark.parametrize("filler", [np.nan, np.inf, 1e300])
def test_padding_may_hold_anything(filler: float) -> None:
    Z, dY, kept = given()
    dY = np.where(kept, dY, 0)
    norm = layer()
    expected = norm.forward(Z, mask=kept)
    gradients = norm.backward(dY)
    padded = np.where(kept, Z, filler)
    np.testing.assert_array_equal(norm.forward(padded, mask=kept)[kept], expected[kept])
    for found, wanted in zip(norm.backward(dY), gradients, strict=True):
        np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("upstream", [0.0, 1e5])
def test_far_from_zero(dtype: type[np.floating], upstream: float) -> None:
    """A mean of a million spreads costs no digit, forward or backward."""
    Z, dY, kept = given()
    far: Array = (Z + 2.0**21).astype(dtype)
    near = (far - dtype(2.0**21)).astype(np.float64)
    dY = (np.where(kept, dY + upstream, 0)).astype(dtype)
    norm, exact = layer(eps=0.0), layer(eps=0.0)
    Y, expected = norm.forward(far, mask=kept), exact.forward(near, mask=kept)
    assert Y.dtype == dtype
    tolerance = 40 * float(np.finfo(dtype).eps)
    np.testing.assert_allclose(Y, expected, atol=tolerance)
    assert np.abs(exact.backward(dY)[0]).max() > 0.1, "the check below has teeth"
    found, wanted = norm.backward(dY)[0], exact.backward(dY)[0]
    np.testing.assert_allclose(found, wanted, atol=tolerance)


def test_a_mask_changes_nothing_in_inference() -> None:
    Z, _, kept = given()
    norm = layer()
    norm.forward(Z)
    plain = norm.forward(Z, training=False)
    np.testing.assert_array_equal(norm.forward(Z, training=False, mask=kept), plain)


def test_unbiased_variance_of_what_each_feature_keeps() -> None:
    Z, _, kept = given()
    norm = layer(unbiased_running_var=True)
    norm.forward(Z, mask=kept)
    expected = [row[keep].var(ddof=1) for row, keep in zip(Z, kept, strict=True)]
    np.testing.assert_allclose(norm.running_var, expected, rtol=1e-12)


def one_kept() -> Any:
    kept = np.ones((FEATURES, BATCH), bool)
    kept[2, 1:] = False
    return kept


@pytest.mark.parametrize(
    ("mask", "flags", "message"),
    [
        (np.ones(BATCH), {}, r"mask must hold True .* got dtype float64: .* mask == 1"),
        (np.ones(FEATURES, bool), {}, r"broadcasts to that of Z, \(4, 7\), got \(4,\)"),
        (np.zeros(BATCH, bool), {}, "mask must keep at least one entry of each feature, got none"),
        (one_kept() & (np.arange(BATCH) > 0), {}, "got none of feature 2: nothing has no mean"),
        (one_kept(), {"refuse_single": True}, r"refuse_single=True, got a mask .* of feature 2"),
        (one_kept(), {"unbiased_running_var": True}, "unbiased_running_var=True, got a mask"),
    ],
)
def test_a_refused_mask_changes_nothing(mask: Any, flags: dict[str, bool], message: str) -> None:
    Z, dY, _ = given()
    norm = layer(**flags)
    norm.forward(Z)
    before, expected = state_dict(norm), norm.backward(dY)
    with pytest.raises(ValueError, match=message):
        norm.forward(2 * Z, mask=mask)
    for name, value in state_dict(norm).items():
        np.testing.assert_array_equal(value, before[name])
    for found, wanted in zip(norm.backward(dY), expected, strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_one_kept_value_comes_out_as_beta() -> None:
    Z, _, _ = given()
    norm = layer()
    assert norm.forward(Z, mask=one_kept())[2, 0] == norm.beta[2]
