"""The layers on feature maps, frozen, with a mask and folded: PyTorch's numbers in float64."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bn_core import BatchNorm1D, BatchNorm2D, GroupNorm2D, LayerNorm1D
from bn_core.layers.folding import fold
from bn_core.layers.maps import maps_of_rows, rows_of_maps
from bn_core.layers.state import load_state_dict, state_dict
from bn_core.types import Array

with np.load(Path(__file__).with_name("torch_maps.npz"), allow_pickle=False) as archive:
    REFERENCE: dict[str, Any] = dict(archive)

Z, DY, GAMMA, BETA = (REFERENCE[name] for name in ("Z", "dY", "gamma", "beta"))
FEATURES = Z.shape[2]
MapNorm = BatchNorm2D | GroupNorm2D
NORMS: dict[str, MapNorm] = {
    "batch": BatchNorm2D(FEATURES, unbiased_running_var=True),
    "group": GroupNorm2D(FEATURES, 2),
    "instance": GroupNorm2D(FEATURES, FEATURES),
    "layer": GroupNorm2D(FEATURES, 1),
}


def assert_same(ours: Array, name: str, step: Any = ...) -> None:
    np.testing.assert_allclose(ours, REFERENCE[name][step], rtol=1e-11, atol=1e-11, err_msg=name)


def assert_step(norm: BatchNorm1D | GroupNorm2D, name: str, Y: Array, dY: Array, step: Any) -> None:
    assert_same(Y, f"{name}/Y", step)
    for found, key in zip(norm.backward(dY), ("dZ", "d_gamma", "d_beta"), strict=True):
        assert_same(found, f"{name}/{key}", step)


def with_parameters(norm: Any) -> Any:
    norm.gamma, norm.beta = GAMMA.copy(), BETA.copy()
    return norm


@pytest.mark.parametrize("name", NORMS)
def test_training_steps(name: str) -> None:
    norm = with_parameters(NORMS[name])
    if isinstance(norm, BatchNorm2D):
        norm.set_running(np.zeros(FEATURES), np.ones(FEATURES), 0)
    for step in range(len(Z)):
        assert_step(norm, name, norm.forward(Z[step]), DY[step], step)
        if isinstance(norm, BatchNorm2D):
            assert_same(norm.running_mean, "batch/running_mean", step)
            assert_same(norm.running_var, "batch/running_var", step)


def test_layer_norm_of_each_position() -> None:
    norm = with_parameters(LayerNorm1D(FEATURES))
    for step in range(len(Z)):
        Y = maps_of_rows(norm.forward(rows_of_maps(Z[step])), Z[step].shape)
        assert_same(Y, "layer_by_position/Y", step)
        dZ, d_gamma, d_beta = norm.backward(rows_of_maps(DY[step]))
        assert_same(maps_of_rows(dZ, Z[step].shape), "layer_by_position/dZ", step)
        assert_same(d_gamma, "layer_by_position/d_gamma", step)
        assert_same(d_beta, "layer_by_position/d_beta", step)


def test_a_batch_of_one_example_after_a_state_was_loaded() -> None:
    """The state of PyTorch's module after its three steps, then a step with a single example."""
    norm = BatchNorm2D(FEATURES, unbiased_running_var=True, refuse_single=True)
    state = {
        key.removeprefix("state/"): v for key, v in REFERENCE.items() if key.startswith("state/")
    }
    load_state_dict(norm, state)
    kept = state_dict(norm)
    assert kept.keys() == state.keys()
    for name, value in state.items():
        np.testing.assert_array_equal(kept[name], value)
    assert_step(norm, "one", norm.forward(Z[0, :1]), DY[0, :1], ...)
    assert_same(norm.running_mean, "one/running_mean")
    assert_same(norm.running_var, "one/running_var")


def test_backward_after_an_inference_forward() -> None:
    norm = with_parameters(BatchNorm2D(FEATURES, unbiased_running_var=True))
    norm.forward(Z[0])
    assert_step(norm, "frozen", norm.forward(Z[1], training=False), DY[1], ...)
    # The matrix of all positions is the same layer's.
    matrix = with_parameters(BatchNorm1D(FEATURES, unbiased_running_var=True))
    matrix.forward(rows_of_maps(Z[0]))
    matrix.forward(rows_of_maps(Z[1]), training=False)
    assert_same(maps_of_rows(matrix.backward(rows_of_maps(DY[1]))[0], Z[1].shape), "frozen/dZ")


def test_mask() -> None:
    norm = with_parameters(BatchNorm2D(FEATURES))
    assert_step(norm, "mask", norm.forward(Z[0], mask=REFERENCE["keep"]), DY[0], ...)
    matrix = with_parameters(BatchNorm1D(FEATURES))
    Y = matrix.forward(rows_of_maps(Z[0]), mask=REFERENCE["keep"].ravel())
    assert_same(maps_of_rows(Y, Z[0].shape), "mask/Y")


def test_folding() -> None:
    norm = with_parameters(BatchNorm1D(FEATURES))
    mean, var = REFERENCE["fold/running_mean"], REFERENCE["fold/running_var"]
    norm.set_running(mean, var, 1)
    for weights, bias in (("W", "b"), ("kernel", "b_kernel")):
        found = fold(norm, REFERENCE[weights], REFERENCE["b"])
        assert_same(found[0], f"fold/{weights}")
        assert_same(found[1], f"fold/{bias}")
