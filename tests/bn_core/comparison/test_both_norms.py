import numpy as np

from bn_core.comparison.both_norms import compare_norms

X = np.random.default_rng(0).normal(5, 3, (6, 9))


def test_bn_gives_every_row_and_ln_every_column_the_chosen_mean_and_std() -> None:
    both = compare_norms(X, eps=0.0, momentum=0.1, gamma=2.0, beta=-1.0)
    for output, axis in ((both.batch_norm, 1), (both.layer_norm, 0)):
        np.testing.assert_allclose(output.mean(axis=axis), -1.0, atol=1e-12)
        np.testing.assert_allclose(output.std(axis=axis), 2.0, atol=1e-12)


def test_an_example_alone_is_nothing_to_bn_and_the_same_to_ln() -> None:
    whole, alone = (
        compare_norms(x, eps=1e-5, momentum=0.1, gamma=1.0, beta=0.5) for x in (X, X[:, :1])
    )
    np.testing.assert_array_equal(alone.batch_norm, 0.5)
    np.testing.assert_allclose(alone.layer_norm, whole.layer_norm[:, :1], rtol=1e-12)
    assert np.abs(whole.batch_norm[:, 0] - 0.5).max() > 0.1


def test_only_bn_remembers_the_batch() -> None:
    both = compare_norms(X, eps=1e-5, momentum=0.1, gamma=1.0, beta=0.0)
    np.testing.assert_allclose(both.running_mean, 0.1 * X.mean(axis=1))
