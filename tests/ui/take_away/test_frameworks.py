"""The code of other frameworks makes the page's layer: held against what it did when it was run.

make_framework_reference.py ran each code and kept its input and output: PyTorch 2.13, Keras 3.15 on
JAX 0.10, Flax 0.12. Where torch is at hand its code is run here, too.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bn_core import BatchNorm1D, GroupNorm1D, LayerNorm1D, RMSNorm1D
from bn_core.comparison.groups import groups_that_fit
from bn_core.types import Array
from tests.ui.take_away.cases import CASES
from ui.take_away.copies import LAYERS

STORED: dict[str, dict[str, dict[str, Any]]] = json.loads(
    Path(__file__).with_name("framework_reference.json").read_text("utf-8")
)
# float32, where 1 over the root of eps makes much of what rounding leaves of x - mean.
RTOL, ATOL = 2e-5, 2e-4


def expected(kind: str, name: str, x: Array) -> dict[str, Array]:
    """What this project's layer gives for that input, in the framework's shapes."""
    s = CASES[name]
    norm = getattr(s, "over", s.norm)
    if norm == "instance":
        axis = -1 if kind == "pytorch" else 1
        spread = np.sqrt(x.var(axis, keepdims=True) + s.eps)
        return {"y": s.gamma * (x - x.mean(axis, keepdims=True)) / spread + s.beta}
    layer: Any
    match norm:
        case "batch":
            momentum = None if getattr(s, "average", "") == "cumulative" else s.momentum
            unbiased = kind == "pytorch" and x.size > s.features
            layer = BatchNorm1D(s.features, s.eps, momentum, unbiased_running_var=unbiased)
        case "layer":
            layer = LayerNorm1D(s.features, s.eps)
        case "rms":
            layer = RMSNorm1D(s.features, s.eps)
        case _:
            groups = groups_that_fit(s.features, s.groups)
            layer = GroupNorm1D(s.features, groups, s.eps)
    layer.gamma[:] = s.gamma
    if norm == "rms":
        return {"y": layer.forward(x.T).T + s.beta}
    layer.beta[:] = s.beta
    last = kind != "pytorch"  # where the features stand: last, or behind the examples
    columns = np.moveaxis(x, -1 if last else 1, 0).reshape(s.features, -1)

    def out(training: bool) -> Array:
        y = layer.forward(columns, training=training)
        y = y.reshape(s.features, *(x.shape[:-1] if last else (x.shape[0], *x.shape[2:])))
        return np.moveaxis(y, 0, -1 if last else 1)

    if kind == "pytorch" and norm == "batch" and x.size == s.features:
        return {"y": out(training=False)}
    found = {"y": out(training=True)}
    if norm == "batch":
        found |= {"y_inference": out(training=False)}
        found |= {"mean": layer.running_mean, "var": layer.running_var}
    return found


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", LAYERS)
def test_the_code_made_the_layer_of_the_page(kind: str, name: str) -> None:
    stored = STORED[kind][name]
    assert LAYERS[kind](CASES[name]) == stored["code"], "run make_framework_reference.py again"
    held_against(stored, kind, name)


@pytest.mark.parametrize("name", CASES)
def test_the_code_of_pytorch_runs_here(name: str) -> None:
    torch = pytest.importorskip("torch", reason="torch is not at hand")
    found: dict[str, Any] = {}
    exec(compile(LAYERS["pytorch"](CASES[name]), "pytorch", "exec"), found)
    layer = found["layer"]
    tensors: dict[str, Any] = {key: found[key] for key in ("x", "y", "y_inference") if key in found}
    if getattr(layer, "running_mean", None) is not None:
        tensors |= {"mean": layer.running_mean, "var": layer.running_var}
    with torch.no_grad():
        held_against({k: v.detach().numpy() for k, v in tensors.items()}, "pytorch", name)


def held_against(stored: dict[str, Any], kind: str, name: str) -> None:
    """Every array of the framework's against this project's."""
    x = np.asarray(stored["x"], dtype=np.float64)
    for key, value in expected(kind, name, x).items():
        np.testing.assert_allclose(stored[key], value, RTOL, ATOL, err_msg=key)
