import numpy as np
import pytest

from bn_core import BatchNorm1D, LayerNorm1D
from bn_core.gradients.parts import measure_shares, split_gradient
from bn_core.theory.gradients import passing_share

RNG = np.random.default_rng(0)
X = RNG.normal(5, 3, (7, 9))
G = RNG.standard_normal((7, 9))
AXES = pytest.mark.parametrize("axis", [-1, -2])


@AXES
def test_the_parts_add_up_and_without_eps_stand_square_to_one_another(axis: int) -> None:
    parts = split_gradient(X, G, axis, eps=0.0)
    pieces = [np.asarray(p) for p in (parts.mean_part, parts.output_part, parts.remaining)]
    np.testing.assert_allclose(sum(pieces), G, atol=1e-14)
    for i in range(3):
        np.testing.assert_allclose(np.sum(pieces[i] * pieces[i - 1], axis), 0.0, atol=1e-13)
    length = sum(np.sum(p**2, axis) for p in pieces)
    np.testing.assert_allclose(length, np.sum(G**2, axis), rtol=1e-13)


def test_what_is_left_is_what_the_layers_give_back() -> None:
    batch, layer = BatchNorm1D(7, eps=0.1), LayerNorm1D(7, eps=0.1)
    for norm, axis in ((batch, -1), (layer, -2)):
        norm.forward(X)
        np.testing.assert_allclose(
            split_gradient(X, G, axis, eps=0.1).gradient,
            norm.backward(G)[0],
            rtol=1e-11,
            atol=1e-15,
        )


@AXES
def test_the_two_sums_are_zero_without_eps(axis: int) -> None:
    parts = split_gradient(X, G, axis, eps=0.0)
    np.testing.assert_allclose(parts.gradient.sum(axis), 0.0, atol=1e-14)
    np.testing.assert_allclose((parts.gradient * parts.z).sum(axis), 0.0, atol=1e-14)


def test_with_eps_the_second_sum_is_what_the_formula_says() -> None:
    eps = 2.0
    parts = split_gradient(X, G, axis=-1, eps=eps)
    var = X.var(axis=1)
    second = (parts.gradient * parts.z).sum(axis=1)
    np.testing.assert_allclose(parts.gradient.sum(axis=1), 0.0, atol=1e-14)
    expected = eps / (var + eps) ** 1.5 * np.sum(G * parts.z, axis=1)
    np.testing.assert_allclose(second, expected, rtol=1e-11)
    assert np.all(np.abs(second) > 1e-4)


@AXES
def test_the_wrong_backward_keeps_both_parts(axis: int) -> None:
    parts = split_gradient(X, G, axis, eps=0.0)
    assert np.all(np.abs(parts.naive_gradient.sum(axis)) > 1e-3)
    np.testing.assert_allclose(
        parts.naive_gradient - parts.gradient,
        (parts.mean_part + parts.output_part) / X.std(axis=axis, keepdims=True),
        atol=1e-14,
    )


def test_the_share_that_passes_is_two_less_than_the_batch_over_the_batch() -> None:
    sizes = (2, 3, 4, 8, 32, 128)
    rng = np.random.default_rng(1)
    shares = measure_shares([rng.standard_normal((4000, size)) for size in sizes], rng)
    law = passing_share(shares.batch_sizes)
    assert np.all(np.abs(shares.mean - law) <= 5 * shares.standard_error + 1e-12)
    assert np.all(shares.standard_error < 0.006)  # sharp enough to tell (B - 2)/B from (B - 1)/B
    assert np.all(np.abs(shares.mean - (shares.batch_sizes - 1) / shares.batch_sizes)[:5] > 0.02)


def test_nothing_passes_at_a_batch_of_two() -> None:
    parts = split_gradient(X[:, :2], G[:, :2], axis=-1, eps=0.0)
    np.testing.assert_allclose(parts.gradient, 0.0, atol=1e-14)


@pytest.mark.parametrize("eps", [0.0, 1e-5])
def test_one_example_and_no_spread_raise_nothing(eps: float) -> None:
    for x in (X[:, :1], np.full((3, 4), 5.0)):
        parts = split_gradient(x, np.ones_like(x), axis=-1, eps=eps)
        assert np.isnan(parts.gradient).all() == (eps == 0.0)


def test_a_gradient_of_nothing_has_no_share() -> None:
    parts = split_gradient(X, np.zeros_like(X), axis=-1, eps=0.0)
    assert np.isnan(parts.share).all()
    assert np.isnan(parts.total_share)


def test_the_total_share_weighs_the_groups_by_their_squared_length() -> None:
    parts = split_gradient(X, G, axis=-1, eps=0.0)
    assert parts.total_share == pytest.approx(np.average(parts.share, weights=np.sum(G**2, axis=1)))


def test_groups_without_an_output_do_not_count() -> None:
    x = X.copy()
    x[2] = 4.0
    parts = split_gradient(x, G, axis=-1, eps=0.0)
    assert parts.defined.tolist() == [row != 2 for row in range(7)]
    kept = np.delete(np.arange(7), 2)
    expected = split_gradient(X[kept], G[kept], axis=-1, eps=0.0).total_share
    assert parts.total_share == pytest.approx(expected)
    shares = measure_shares([x], np.random.default_rng(2))
    assert np.isfinite(shares.mean).all()
    with_eps = split_gradient(x, G, axis=-1, eps=1e-5)
    assert with_eps.defined.all()
    # No output to project on: only the mean is subtracted.
    assert with_eps.share[2] == pytest.approx(G[2].var() / np.mean(G[2] ** 2))


@pytest.mark.parametrize("eps", [0.01, 1.0, 50.0])
def test_what_eps_lets_through_of_a_random_gradient(eps: float) -> None:
    rng = np.random.default_rng(3)
    x = np.tile(rng.standard_normal(5), (4000, 1))
    left = eps / (x[0].var() + eps)
    shares = measure_shares([x], rng, eps)
    assert abs(shares.mean[0] - (5 - 2 + left**2) / 5) <= 5 * shares.standard_error[0]
