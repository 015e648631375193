"""The layers against PyTorch, number for number in float64, from values made once."""

from pathlib import Path

import numpy as np
import pytest

from bn_core import BatchNorm1D, GroupNorm1D, LayerNorm1D, RMSNorm1D
from bn_core.layers.base import Norm1D
from bn_core.types import Array

with np.load(Path(__file__).with_name("torch_reference.npz"), allow_pickle=False) as archive:
    REFERENCE: dict[str, Array] = dict(archive)

FEATURES = REFERENCE["Z"].shape[1]


def layers() -> dict[str, Norm1D]:
    return {
        "batch": BatchNorm1D(FEATURES, unbiased_running_var=True),
        "batch_cumulative": BatchNorm1D(FEATURES, 1e-3, None, unbiased_running_var=True),
        "layer": LayerNorm1D(FEATURES),
        "rms": RMSNorm1D(FEATURES),
        "group": GroupNorm1D(FEATURES, 2),
    }


def assert_same(ours: Array, name: str, step: int | None = None) -> None:
    theirs = REFERENCE[name] if step is None else REFERENCE[name][step]
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", layers())
def test_training_steps_and_inference(name: str) -> None:
    layer = layers()[name]
    layer.gamma = REFERENCE["gamma"].copy()
    if name != "rms":  # PyTorch's has no beta
        layer.beta = REFERENCE["beta"].copy()
    for step, (Z, dY) in enumerate(zip(REFERENCE["Z"], REFERENCE["dY"], strict=True)):
        assert_same(layer.forward(Z), f"{name}/Y", step)
        dZ, d_gamma, d_beta = layer.backward(dY)
        assert_same(dZ, f"{name}/dZ", step)
        assert_same(d_gamma, f"{name}/d_gamma", step)
        if name != "rms":
            assert_same(d_beta, f"{name}/d_beta", step)
        if isinstance(layer, BatchNorm1D):
            assert_same(layer.running_mean, f"{name}/running_mean", step)
            assert_same(layer.running_var, f"{name}/running_var", step)
    assert_same(layer.forward(REFERENCE["Z"][0], training=False), f"{name}/inference")
