"""Makes torch_reference.npz: what PyTorch's layers return on a few small batches, in float64.

Run by hand where PyTorch is installed, from the project's root:
    python -m tests.bn_core.layers.make_torch_reference
The tests read only the file. Arrays are in this project's layout, one column per example.
"""

from pathlib import Path

import numpy as np
import torch

from bn_core.types import Array

FEATURES, BATCH, STEPS = 6, 7, 3


def main() -> None:
    given = draw_input()
    double = torch.float64
    norms = {
        "batch": torch.nn.BatchNorm1d(FEATURES, eps=1e-5, momentum=0.1, dtype=double),
        "batch_cumulative": torch.nn.BatchNorm1d(FEATURES, eps=1e-3, momentum=None, dtype=double),
        "layer": torch.nn.LayerNorm(FEATURES, eps=1e-5, dtype=double),
        "rms": torch.nn.RMSNorm(FEATURES, eps=1e-5, dtype=double),
        "group": torch.nn.GroupNorm(2, FEATURES, eps=1e-5, dtype=double),
    }
    kept = dict(given)
    for name, norm in norms.items():
        for key, value in record(norm, given).items():
            kept[f"{name}/{key}"] = value
    np.savez_compressed(Path(__file__).with_name("torch_reference.npz"), **kept)  # type: ignore[arg-type]


def draw_input() -> dict[str, Array]:
    """Batches and upstream gradients of a few steps, with means and scales far from 0 and 1."""
    rng = np.random.default_rng(0)
    scale = rng.uniform(0.1, 20, (FEATURES, 1))
    mean = rng.uniform(-30, 30, (FEATURES, 1))
    return {
        "Z": mean + scale * rng.standard_normal((STEPS, FEATURES, BATCH)),
        "dY": rng.standard_normal((STEPS, FEATURES, BATCH)),
        "gamma": rng.standard_normal(FEATURES),
        "beta": rng.standard_normal(FEATURES),
    }


def record(norm: torch.nn.Module, given: dict[str, Array]) -> dict[str, Array]:
    """Output, gradients and running statistics of each step, and inference afterwards."""
    with torch.no_grad():
        norm.weight.copy_(torch.tensor(given["gamma"]))
        if getattr(norm, "bias", None) is not None:
            norm.bias.copy_(torch.tensor(given["beta"]))
    steps = [one_step(norm, Z, dY) for Z, dY in zip(given["Z"], given["dY"], strict=True)]
    kept = {key: np.stack([step[key] for step in steps]) for key in steps[0]}
    kept["inference"] = columns(norm.eval()(torch.tensor(given["Z"][0].T)))
    return kept


def one_step(norm: torch.nn.Module, Z: Array, dY: Array) -> dict[str, Array]:
    x = torch.tensor(Z.T, requires_grad=True)
    y = norm(x)
    norm.zero_grad()
    y.backward(torch.tensor(dY.T))
    step = {"Y": columns(y), "dZ": columns(x.grad), "d_gamma": norm.weight.grad.numpy().copy()}
    if getattr(norm, "bias", None) is not None:
        step["d_beta"] = norm.bias.grad.numpy().copy()
    if isinstance(norm, torch.nn.BatchNorm1d):
        step["running_mean"] = norm.running_mean.numpy().copy()
        step["running_var"] = norm.running_var.numpy().copy()
    return step


def columns(tensor: torch.Tensor) -> Array:
    """PyTorch's (batch, features) as (features, batch)."""
    array: Array = tensor.detach().numpy().T.copy()
    return array


if __name__ == "__main__":
    main()
