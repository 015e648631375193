import numpy as np
import pytest

from bn_core import BatchNorm1D, GroupNorm1D, LayerNorm1D, RMSNorm1D
from bn_core.comparison.groups import (
    Norm,
    divisors,
    group_labels,
    groups_that_fit,
    normalize_groups,
)

EPS = 1e-3
# Entries (0, 1, 2) and (3, 0, 1) of PyTorch's batch_norm, layer_norm and rms_norm over channels
# and positions, group_norm with 2 groups and instance_norm on the tensor below, float64.
PYTORCH: dict[Norm, list[float]] = {
    "batch": [-0.28542484651706657, 0.15331372894306416],
    "layer": [-0.188676640570682, 0.6329434510537597],
    "rms": [0.2659121079470253, 0.8372456325195988],
    "group": [-0.19116730783120464, 0.7652712994990101],
    "instance": [-0.4316858359862624, 1.300401446032047],
}


@pytest.mark.parametrize("norm", PYTORCH)
def test_output_is_pytorchs_with_a_spatial_axis(norm: Norm) -> None:
    i = np.arange(24.0).reshape(4, 2, 3)
    output = normalize_groups(np.sin(i * i) * 3 + 1, norm, EPS, n_groups=2).output
    np.testing.assert_allclose(output[[0, 3], [1, 0], [2, 1]], PYTORCH[norm], rtol=1e-12)


def test_a_matrix_comes_out_as_from_the_layers() -> None:
    x = np.random.default_rng(1).normal(5, 3, (6, 8))
    layers = {
        "batch": BatchNorm1D(6, eps=EPS),
        "layer": LayerNorm1D(6, eps=EPS),
        "rms": RMSNorm1D(6, eps=EPS),
        "group": GroupNorm1D(6, n_groups=3, eps=EPS),
    }
    for norm, layer in layers.items():
        output = normalize_groups(x[:, :, None], norm, EPS, n_groups=3).output[:, :, 0]  # type: ignore[arg-type]
        np.testing.assert_allclose(output, layer.forward(x), rtol=1e-12, err_msg=norm)


@pytest.mark.parametrize(
    ("norm", "n_labels", "size"),
    [("batch", 4, 15), ("layer", 5, 12), ("rms", 5, 12), ("group", 10, 6), ("instance", 20, 3)],
)
def test_groups_partition_the_entries(norm: Norm, n_labels: int, size: int) -> None:
    counts = np.bincount(group_labels(norm, (4, 5, 3), n_groups=2).ravel())
    np.testing.assert_array_equal(counts, np.full(n_labels, size))


def test_one_group_is_layer_norm_and_one_feature_a_group_is_instance_norm() -> None:
    shape = (4, 5, 3)
    np.testing.assert_array_equal(group_labels("group", shape, 1), group_labels("layer", shape))
    np.testing.assert_array_equal(group_labels("group", shape, 4), group_labels("instance", shape))


def test_each_entry_is_told_the_statistics_of_its_own_group() -> None:
    x = np.random.default_rng(2).normal(5, 3, (4, 5, 3))
    grouped = normalize_groups(x, "group", EPS, n_groups=2)
    own = x[grouped.labels == grouped.labels[2, 4, 1]]
    np.testing.assert_array_equal(np.sort(own), np.sort(x[2:, 4, :].ravel()))
    np.testing.assert_allclose(grouped.mean[2, 4, 1], own.mean())
    np.testing.assert_allclose(grouped.std[2, 4, 1], own.std())


def test_rms_norm_divides_by_the_root_mean_square_and_keeps_the_mean() -> None:
    x = np.random.default_rng(3).normal(5, 3, (4, 5, 1))
    grouped = normalize_groups(x, "rms", 0.0)
    np.testing.assert_array_equal(grouped.mean, 0.0)
    np.testing.assert_allclose(grouped.std[:, 2, 0], np.sqrt(np.mean(x[:, 2, 0] ** 2)))


def test_not_a_number_stays_in_its_group() -> None:
    x = np.random.default_rng(4).normal(5, 3, (4, 5, 1))
    x[1, 2, 0] = np.nan
    output = normalize_groups(x, "layer", EPS).output
    np.testing.assert_array_equal(np.isnan(output).any(axis=(0, 2)), np.arange(5) == 2)


def test_unequal_groups_are_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match=r"n_groups=3 for 4 features.*\[1, 2, 4\]"):
        group_labels("group", (4, 5, 1), n_groups=3)


def test_a_matrix_is_asked_for_its_last_axis() -> None:
    with pytest.raises(ValueError, match=r"got \(4, 5\)"):
        normalize_groups(np.ones((4, 5)), "batch", EPS)


@pytest.mark.parametrize(("n", "expected"), [(1, [1]), (7, [1, 7]), (12, [1, 2, 3, 4, 6, 12])])
def test_divisors(n: int, expected: list[int]) -> None:
    assert divisors(n) == expected


@pytest.mark.parametrize(("n", "wanted", "expected"), [(8, 2, 2), (7, 5, 1), (6, 5, 3), (1, 4, 1)])
def test_groups_that_fit(n: int, wanted: int, expected: int) -> None:
    assert groups_that_fit(n, wanted) == expected
