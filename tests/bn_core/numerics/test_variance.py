import numpy as np
import pytest

from bn_core.normalize import statistics
from bn_core.numerics.variance import METHODS, VarianceErrors, output_std, variance_errors
from bn_core.sampling import standard_draw
from bn_core.theory.rounding import one_pass_error, unit_roundoff

U = np.random.default_rng(0).standard_normal((200, 64))
RATIOS = 10.0 ** np.arange(0, 6.5, 0.5)
ERRORS = {(e.method, e.dtype): e for e in variance_errors(U, RATIOS)}


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_a_variance(method: str) -> None:
    x = np.random.default_rng(1).normal(5, 3, (4, 3, 17))
    np.testing.assert_allclose(METHODS[method](x), x.var(axis=-1), rtol=1e-12)
    assert METHODS[method](x.astype(np.float32)).dtype == np.float32


def test_the_cores_own_statistics_hold_at_a_mean_of_ten_thousand_stds_in_float32() -> None:
    x = (1e4 + U).astype(np.float32)
    found = statistics(x, axis=1)[1][:, 0]
    truth = x.astype(np.float64).var(axis=1)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, truth, rtol=1e-6)
    # A one-pass variance has lost all its digits here.
    assert np.abs(METHODS["one pass"](x) / truth - 1).max() > 1.0


def test_the_layers_own_variance_is_the_most_accurate_of_all_at_every_mean() -> None:
    for dtype, floor in (("float32", 2e-7), ("float64", 5e-16)):
        assert ERRORS["the layers' own", dtype].error.max() < floor


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_one_pass_follows_the_law(dtype: str) -> None:
    inside = (RATIOS >= 10) & (RATIOS <= 1e5)
    quotient = ERRORS["one pass", dtype].error[inside] / one_pass_error(RATIOS[inside], dtype)
    # The law gives the size: the root mean square error stays within a factor of 2.5 of it.
    assert np.all((quotient > 0.4) & (quotient < 2.5))


def test_at_one_thousand_one_pass_is_five_per_cent_off_and_the_rest_is_not() -> None:
    at = int(np.flatnonzero(RATIOS == 1e3)[0])
    assert 0.02 < ERRORS["one pass", "float32"].error[at] < 0.15
    for method in ("two passes", "shifted one pass", "the layers' own"):
        assert ERRORS[method, "float32"].error[at] < 5e-7
    assert ERRORS["Welford", "float32"].error[at] < 1e-4


def test_at_ten_thousand_a_third_of_one_pass_variances_is_negative() -> None:
    at = int(np.flatnonzero(RATIOS == 1e4)[0])
    assert 0.15 < ERRORS["one pass", "float32"].negative[at] < 0.45
    assert ERRORS["Welford", "float32"].error[at] == pytest.approx(2e-4, rel=0.9)


@pytest.mark.parametrize("method", ["two passes", "Welford", "the layers' own", "Flax's default"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sums_of_squares_are_never_negative(method: str, dtype: str) -> None:
    assert not ERRORS[method, dtype].negative.any()


def test_samples_of_no_spread_raise_nothing() -> None:
    results: list[VarianceErrors] = variance_errors(np.zeros((3, 5)), RATIOS)
    assert len(results) == 2 * len(METHODS)


def test_the_law_takes_everything_at_4096() -> None:
    assert one_pass_error(np.array(4096.0)) == 1.0
    assert unit_roundoff("float32") == pytest.approx(6e-8, rel=0.01)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_errors_are_root_mean_squares_against_a_longer_arithmetic(dtype: str) -> None:
    ratios = np.array([1e2, 1e3])
    found = {(e.method, e.dtype): e for e in variance_errors(U, ratios)}
    for at, ratio in enumerate(ratios):
        x = (ratio + U).astype(dtype)
        truth = x.astype(np.longdouble).var(axis=-1)
        for method in ("one pass", "Welford"):
            expected = float(np.sqrt(np.mean((METHODS[method](x) - truth) ** 2)))
            assert found[method, dtype].error[at] == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("n", [2, 3, 5, 8])
@pytest.mark.parametrize("shape", ["normal", "rectified"])
def test_small_batches_and_equal_values_follow_the_law_too(shape: str, n: int) -> None:
    u = standard_draw(shape, (200, n), 0)
    found = next(e for e in variance_errors(u, RATIOS) if e.method == "one pass")
    quotient = found.error / one_pass_error(RATIOS, "float32")
    assert np.all((quotient > 0.4) & (quotient < 6))


@pytest.mark.parametrize("eps", [1e-5, 1e-3, 0.5])
def test_what_a_norm_with_each_variance_puts_out(eps: float) -> None:
    """Against the outputs themselves, normalised one by one."""
    rng = np.random.default_rng(3)
    x = (4096 + rng.standard_normal((300, 512))).astype(np.float32)
    for name in ("Flax's default", "two passes"):
        found = output_std(x, METHODS[name], eps)
        var = METHODS[name](x).astype(np.float64)
        out = (x.astype(np.float64) - 4096) / np.sqrt(var + eps)[:, None]
        np.testing.assert_allclose(found, out.std(axis=1), rtol=1e-5)


def test_flaxs_default_at_a_mean_of_4096_stds() -> None:
    """Reproduced with Flax: 0.42 to 322 over a few batches of 4096 samples, eps 1e-5."""
    u = np.random.default_rng(4).standard_normal((200, 4096))
    x = (4096 + u).astype(np.float32)
    fast = output_std(x, METHODS["Flax's default"], 1e-5)
    assert 0.2 < fast.min() < 0.6
    assert 310 < fast.max() < 335
    np.testing.assert_allclose(output_std(x, METHODS["two passes"], 1e-5), 1, atol=1e-4)


def test_the_output_without_eps_may_be_infinite_and_without_spread_is_none() -> None:
    x = (1e6 + np.random.default_rng(5).standard_normal((100, 2))).astype(np.float32)
    zero = METHODS["Flax's default"](x) == 0
    found = output_std(np.concatenate([x, np.full_like(x[:1], 7)]), METHODS["Flax's default"], 0.0)
    assert zero.any()
    assert not zero.all()
    apart = x[:, 0] != x[:, 1]
    assert np.array_equal(np.isinf(found[:-1]), zero & apart)
    assert np.isnan(found[-1])
