import numpy as np
import pytest

from bn_core.comparison.padding import compare_padding, real_tokens, spread_lengths
from bn_core.theory.padding import padded_mean, padded_std

RNG = np.random.default_rng(0)
TOKENS = RNG.normal(5, 3, (6, 8, 20))
LENGTHS = spread_lengths(4, 20, 8)


def test_layer_norm_never_meets_the_padding() -> None:
    result = compare_padding(TOKENS, LENGTHS, 1e-5)
    np.testing.assert_allclose(result.layer_with, result.layer_without, atol=1e-13)


def test_the_padding_moves_batch_norms_statistics_by_the_law() -> None:
    result = compare_padding(TOKENS, LENGTHS, 1e-5)
    assert result.share == pytest.approx(1 - LENGTHS.sum() / 160)
    np.testing.assert_allclose(
        result.mean_with, padded_mean(result.mean_without, result.share), rtol=1e-12
    )
    np.testing.assert_allclose(
        result.std_with,
        padded_std(result.mean_without, result.std_without, result.share),
        rtol=1e-12,
    )
    assert np.all(np.abs(result.mean_with - result.mean_without) > 1.0)


def test_what_stands_in_the_padding_makes_no_difference() -> None:
    other = np.where(real_tokens(LENGTHS, 20), TOKENS, 1e9)
    before, after = (compare_padding(t, LENGTHS, 1e-5) for t in (TOKENS, other))
    np.testing.assert_array_equal(before.batch_with, after.batch_with)
    np.testing.assert_array_equal(before.batch_without, after.batch_without)


def test_equal_lengths_need_no_padding() -> None:
    result = compare_padding(TOKENS, spread_lengths(20, 20, 8), 1e-5)
    assert result.share == 0.0
    np.testing.assert_allclose(result.batch_with, result.batch_without, atol=1e-12)


def test_the_real_tokens_are_those_before_the_end() -> None:
    real = real_tokens(np.array([1, 3]), 3)
    np.testing.assert_array_equal(real, [[True, False, False], [True, True, True]])


@pytest.mark.parametrize("lengths", [[0, 3], [2, 4]])
def test_a_length_outside_the_tensor_is_refused(lengths: list[int]) -> None:
    with pytest.raises(ValueError, match="between 1 and max_length=3"):
        real_tokens(np.array(lengths), 3)


def test_lengths_are_spread_from_the_longest_down() -> None:
    np.testing.assert_array_equal(spread_lengths(2, 10, 5), [10, 8, 6, 4, 2])
    np.testing.assert_array_equal(spread_lengths(2, 10, 1), [10])
