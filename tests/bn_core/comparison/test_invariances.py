import numpy as np
import pytest

from bn_core import LayerNorm1D
from bn_core.comparison.invariances import CHANGES, FACTOR, HOLDS, NORMS, measure_invariances


def draw(seed: int, batch_size: int = 16) -> tuple[np.ndarray, np.ndarray, np.random.Generator]:
    rng = np.random.default_rng(seed)
    return rng.standard_normal((12, 10)), rng.normal(5, 3, (10, batch_size)), rng


@pytest.mark.parametrize("seed", range(5))
def test_the_measured_table_is_the_published_one(seed: int) -> None:
    difference = measure_invariances(*draw(seed)[:2], 0.0, draw(seed)[2]).difference
    np.testing.assert_array_equal(difference < 1e-11, HOLDS)
    assert np.all(difference[~HOLDS] > 0.01)


def test_the_table_reads_as_ba_et_al_print_it() -> None:
    assert dict(zip(NORMS, HOLDS.sum(axis=1), strict=True)) == {"BN": 4, "LN": 4, "RMSNorm": 3}
    np.testing.assert_array_equal(HOLDS[:, CHANGES.index("one sample rescaled")], [0, 1, 1])
    np.testing.assert_array_equal(HOLDS[:, CHANGES.index("one weight vector rescaled")], [1, 0, 0])
    np.testing.assert_array_equal(HOLDS[:, CHANGES.index("data set recentred")], [1, 0, 0])
    np.testing.assert_array_equal(
        HOLDS[:, CHANGES.index("whole weight matrix recentred")], [0, 1, 0]
    )


def test_a_large_eps_breaks_what_rescaling_leaves_but_not_what_recentring_leaves() -> None:
    w, x, rng = draw(0)
    difference = measure_invariances(w, x, 10.0, rng).difference
    recentred = np.array(["recentred" in change for change in CHANGES])
    assert np.all(difference[HOLDS & ~recentred] > 1e-3)
    assert np.all(difference[HOLDS & recentred] < 1e-11)


def test_the_pairs_of_outputs_are_the_layers_own() -> None:
    w, x, rng = draw(3)
    result = measure_invariances(w, x, 1e-5, rng)
    one_sample = x.copy()
    one_sample[:, 0] *= FACTOR
    row, column = NORMS.index("LN"), CHANGES.index("one sample rescaled")
    layer = LayerNorm1D(12)
    np.testing.assert_allclose(result.before[row], layer.forward(w @ x), atol=1e-12)
    np.testing.assert_allclose(result.after[row, column], layer.forward(w @ one_sample))
    assert result.difference[row, column] == np.max(
        np.abs(result.after[row, column] - result.before[row])
    )


def test_equal_samples_stay_equal_to_the_last_digit() -> None:
    w, _, rng = draw(1)
    x = np.full((w.shape[1], 7), -9.7)
    difference = measure_invariances(w, x, 0.0, rng).difference
    assert np.all(np.isnan(difference[NORMS.index("BN")])), "0/0, not rounding errors scaled up"
    assert np.all(np.isfinite(difference[NORMS.index("LN")]))


def test_batch_norm_of_one_example_is_zero_whatever_changes() -> None:
    w, x, rng = draw(0, batch_size=1)
    np.testing.assert_array_equal(measure_invariances(w, x, 1e-5, rng).difference[0], 0.0)


def test_what_moves_moves_by_one_std_of_the_weights_or_of_the_data() -> None:
    """So the whole table is the same for longer weights and for data in other units."""
    w, x, _ = draw(1)
    one, other = (
        measure_invariances(a * w, b * x, 0.0, draw(1)[2]).difference
        for a, b in ((1.0, 1.0), (4.0, 0.3))
    )
    np.testing.assert_allclose(other, one, rtol=1e-9, atol=1e-11)
