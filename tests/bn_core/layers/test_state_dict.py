"""A layer's state saved, loaded and reset; test_maps_torch loads PyTorch's own."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bn_core import BatchNorm1D, LayerNorm1D, RMSNorm1D
from bn_core.layers.state import load_state_dict, reset_parameters, state_dict


def trained(**flags: Any) -> BatchNorm1D:
    layer = BatchNorm1D(3, **flags)
    rng = np.random.default_rng(0)
    if layer.affine:
        layer.gamma, layer.beta = rng.standard_normal((2, 3))
    for _ in range(4):
        layer.forward(rng.normal(2, 3, (3, 5)))
    return layer


def assert_state(layer: Any, expected: dict[str, Any]) -> None:
    found = state_dict(layer)
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        np.testing.assert_array_equal(found[name], value)


@pytest.mark.parametrize("affine", [True, False])
def test_through_a_file_into_a_new_layer(affine: bool, tmp_path: Path) -> None:
    layer, new = trained(affine=affine), BatchNorm1D(3, affine=affine)
    state = state_dict(layer)
    np.savez(tmp_path / "norm.npz", **state)  # type: ignore[arg-type]
    with np.load(tmp_path / "norm.npz", allow_pickle=False) as archive:
        load_state_dict(new, dict(archive))
    assert_state(new, state)
    assert new.batches_seen == 4
    Z = np.random.default_rng(1).normal(2, 3, (3, 5))
    np.testing.assert_array_equal(new.forward(Z, training=False), layer.forward(Z, training=False))
    np.testing.assert_array_equal(new.forward(Z), layer.forward(Z))


def test_the_arrays_are_copies() -> None:
    layer = trained()
    state = state_dict(layer)
    given = {name: value.copy() for name, value in state.items()}
    load_state_dict(layer, given)
    for values in (given, state_dict(layer)):
        for name in ("weight", "bias", "running_mean", "running_var"):
            values[name][:] = 7
    assert_state(layer, state)


@pytest.mark.parametrize("norm", [LayerNorm1D, RMSNorm1D])
def test_norms_without_running_statistics(norm: type[LayerNorm1D | RMSNorm1D]) -> None:
    layer = norm(3)
    layer.gamma[:] = 2
    assert_state(layer, {"weight": [2.0] * 3, "bias": [0.0] * 3})
    reset_parameters(layer)
    assert_state(layer, {"weight": [1.0] * 3, "bias": [0.0] * 3})
    assert state_dict(norm(3, affine=False)) == {}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"weight": np.ones(4)}, r"weight must have shape \(3,\).* got \(4,\)"),
        ({"running_var": np.ones((3, 1))}, r"running_var must have shape \(3,\)"),
        ({"running_mean": ["a"] * 3}, "running_mean must hold real numbers"),
        ({"running_var": [1.0, -0.5, 1.0]}, "running_var must be at least 0, got -0.5"),
        ({"num_batches_tracked": -1}, "num_batches_tracked must be one whole number"),
        ({"num_batches_tracked": 1.5}, "num_batches_tracked must be one whole number"),
        ({"num_batches_tracked": np.nan}, "num_batches_tracked must be one whole number"),
        ({"num_batches_tracked": [1, 2]}, "num_batches_tracked must be one whole number"),
        ({"gamma": np.ones(3)}, "state must hold weight, bias.* missing: none; not .*: gamma"),
        ({"bias": None}, "missing: bias; not known here: none"),
    ],
)
def test_a_refused_state_changes_nothing(changed: dict[str, Any], message: str) -> None:
    layer = trained()
    before = state_dict(layer)
    state: dict[str, Any] = state_dict(trained()) | {"weight": np.full(3, 9.0)} | changed
    with pytest.raises(ValueError, match=message):
        load_state_dict(layer, {k: v for k, v in state.items() if v is not None})
    assert_state(layer, before)
