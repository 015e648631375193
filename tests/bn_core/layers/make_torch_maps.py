"""Makes torch_maps.npz: what PyTorch returns on feature maps, frozen, folded, with a mask.

Run by hand where PyTorch is installed, from the project's root:
    python -m tests.bn_core.layers.make_torch_maps
The tests read only the file. All in float64, in PyTorch's own shapes, (batch, features, height,
width).
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn.utils.fusion import fuse_conv_bn_weights, fuse_linear_bn_weights

from bn_core.types import Array

STEPS, BATCH, FEATURES, HEIGHT, WIDTH = 3, 4, 6, 3, 5
DOUBLE = torch.float64


def main() -> None:
    given = draw_input()
    kept: dict[str, Array] = dict(given)
    norms: dict[str, torch.nn.Module] = {
        "batch": torch.nn.BatchNorm2d(FEATURES, dtype=DOUBLE),
        "group": torch.nn.GroupNorm(2, FEATURES, dtype=DOUBLE),
        "instance": torch.nn.InstanceNorm2d(FEATURES, affine=True, dtype=DOUBLE),
        "layer": OfWholeExample(),
        "layer_by_position": ByPosition(),
    }
    for name, norm in norms.items():
        steps = [through(norm, given, Z, dY) for Z, dY in zip(given["Z"], given["dY"], strict=True)]
        for key in steps[0]:
            kept[f"{name}/{key}"] = np.stack([step[key] for step in steps])
    batch = norms["batch"]
    kept |= {f"state/{key}": value.numpy().copy() for key, value in batch.state_dict().items()}
    one = through(batch, given, given["Z"][0, :1], given["dY"][0, :1])
    kept |= {f"one/{key}": value for key, value in one.items()}
    kept |= {f"frozen/{key}": value for key, value in frozen(given).items()}
    kept |= {f"mask/{key}": value for key, value in masked(given).items()}
    kept |= {f"fold/{key}": value for key, value in folded(given).items()}
    np.savez_compressed(Path(__file__).with_name("torch_maps.npz"), **kept)  # type: ignore[arg-type]


class OfWholeExample(torch.nn.LayerNorm):  # type: ignore[misc]
    """LayerNorm over (features, height, width), each feature's weight at all its positions."""

    def __init__(self) -> None:
        super().__init__((FEATURES, HEIGHT, WIDTH), elementwise_affine=False)
        self.weight = torch.nn.Parameter(torch.ones(FEATURES, dtype=DOUBLE))
        self.bias = torch.nn.Parameter(torch.zeros(FEATURES, dtype=DOUBLE))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        weight, bias = (
            parameter[:, None, None].expand(FEATURES, HEIGHT, WIDTH)
            for parameter in (self.weight, self.bias)
        )
        y: torch.Tensor = torch.nn.functional.layer_norm(x, weight.shape, weight, bias, self.eps)
        return y


class ByPosition(torch.nn.LayerNorm):  # type: ignore[misc]
    """LayerNorm over the features at each position, as ConvNeXt has it."""

    def __init__(self) -> None:
        super().__init__(FEATURES, dtype=DOUBLE)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y: torch.Tensor = super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return y


def draw_input() -> dict[str, Any]:
    """Maps and upstream gradients of a few steps, with means and scales far from 0 and 1."""
    rng = np.random.default_rng(14)
    scale = rng.uniform(0.1, 20, (FEATURES, 1, 1))
    mean = rng.uniform(-30, 30, (FEATURES, 1, 1))
    shape = (STEPS, BATCH, FEATURES, HEIGHT, WIDTH)
    return {
        "Z": mean + scale * rng.standard_normal(shape),
        "dY": 1 + rng.standard_normal(shape),
        "gamma": rng.standard_normal(FEATURES),
        "beta": rng.standard_normal(FEATURES),
        "keep": rng.random((BATCH, 1, HEIGHT, WIDTH)) < 0.6,
        "W": rng.standard_normal((FEATURES, 7)),
        "kernel": rng.standard_normal((FEATURES, 2, 3, 3)),
        "b": rng.standard_normal(FEATURES),
    }


def with_weights(norm: torch.nn.Module, given: dict[str, Any]) -> torch.nn.Module:
    with torch.no_grad():
        norm.weight.copy_(torch.tensor(given["gamma"]))
        norm.bias.copy_(torch.tensor(given["beta"]))
    norm.zero_grad()
    return norm


def through(norm: torch.nn.Module, given: dict[str, Any], Z: Array, dY: Array) -> dict[str, Array]:
    """Forward, backward and the running statistics after it."""
    with_weights(norm, given)
    x = torch.tensor(Z, requires_grad=True)
    y = norm(x)
    y.backward(torch.tensor(dY))
    step = {
        "Y": y.detach().numpy(),
        "dZ": x.grad.numpy(),
        "d_gamma": norm.weight.grad.numpy().copy(),
        "d_beta": norm.bias.grad.numpy().copy(),
    }
    if isinstance(norm, torch.nn.BatchNorm2d):
        step["running_mean"] = norm.running_mean.numpy().copy()
        step["running_var"] = norm.running_var.numpy().copy()
    return step


def frozen(given: dict[str, Any]) -> dict[str, Array]:
    """A backward pass after an inference forward."""
    norm = torch.nn.BatchNorm2d(FEATURES, dtype=DOUBLE)
    norm(torch.tensor(given["Z"][0]))
    return through(norm.eval(), given, given["Z"][1], given["dY"][1])


def masked(given: dict[str, Any]) -> dict[str, Array]:
    """The statistics over the kept entries alone, written out; autograd does the rest."""
    x = torch.tensor(given["Z"][0], requires_grad=True)
    gamma, beta = (
        torch.tensor(given[name][:, None, None], requires_grad=True) for name in ("gamma", "beta")
    )
    keep = torch.tensor(given["keep"], dtype=DOUBLE).expand(x.shape)
    count = keep.sum((0, 2, 3), keepdim=True)
    mean = (x * keep).sum((0, 2, 3), keepdim=True) / count
    var = ((x - mean) ** 2 * keep).sum((0, 2, 3), keepdim=True) / count
    y = (x - mean) / torch.sqrt(var + 1e-5) * gamma + beta
    y.backward(torch.tensor(given["dY"][0]))
    return {
        "Y": y.detach().numpy(),
        "dZ": x.grad.numpy(),
        "d_gamma": gamma.grad.numpy().ravel(),
        "d_beta": beta.grad.numpy().ravel(),
    }


def folded(given: dict[str, Any]) -> dict[str, Array]:
    """PyTorch's own folding, with the statistics of the third step."""
    norm = torch.nn.BatchNorm2d(FEATURES, dtype=DOUBLE)
    norm(torch.tensor(given["Z"][2]))
    with_weights(norm, given)
    b = torch.tensor(given["b"])
    rest = (b, norm.running_mean, norm.running_var, norm.eps, norm.weight, norm.bias)
    W, b_of_W = fuse_linear_bn_weights(torch.tensor(given["W"]), *rest)
    kernel, b_of_kernel = fuse_conv_bn_weights(torch.tensor(given["kernel"]), *rest)
    return {
        name: tensor.detach().numpy()
        for name, tensor in (
            ("W", W),
            ("b", b_of_W),
            ("kernel", kernel),
            ("b_kernel", b_of_kernel),
            ("running_mean", norm.running_mean),
            ("running_var", norm.running_var),
        )
    }


if __name__ == "__main__":
    main()
