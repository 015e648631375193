import numpy as np

from bn_core.side_by_side import through_both

X = np.random.default_rng(0).normal(5, 3, (6, 9))


def test_bn_gives_every_row_and_ln_every_column_the_chosen_mean_and_std() -> None:
    both = through_both(X, 0.0, 0.1, gamma=2.0, beta=-1.0)
    for output, axis in ((both.batch, 1), (both.layer, 0)):
        np.testing.assert_allclose(output.mean(axis=axis), -1.0, atol=1e-12)
        np.testing.assert_allclose(output.std(axis=axis), 2.0, atol=1e-12)


def test_an_example_alone_is_nothing_to_bn_and_the_same_to_ln() -> None:
    whole, alone = (through_both(x, 1e-5, 0.1, 1.0, 0.5) for x in (X, X[:, :1]))
    np.testing.assert_array_equal(alone.batch, 0.5)
    np.testing.assert_allclose(alone.layer, whole.layer[:, :1], rtol=1e-12)
    assert np.abs(whole.batch[:, 0] - 0.5).max() > 0.1


def test_only_bn_remembers_the_batch() -> None:
    both = through_both(X, 1e-5, 0.1, 1.0, 0.0)
    np.testing.assert_allclose(both.running_mean, 0.1 * X.mean(axis=1))
