"""The layer in PyTorch. Checked against PyTorch 2.13; see make_framework_reference.py in tests."""

from typing import Any

from ui.take_away.layer import NAMES, Layer, comments, layer_of

_BATCH = [
    "momentum is the weight of the new batch, as in this app. The output is divided by the root of",
    "the biased variance (over B), but running_var takes in the unbiased one (over B - 1), where",
    "this app's takes in the biased one: bn_core.BatchNorm1D(..., unbiased_running_var=True)",
    "does as PyTorch.",
]
_ALONE = [
    "PyTorch refuses to train on a batch of one: it is its own mean, and the unbiased variance is",
    "0/0. So the layer stands in inference mode here.",
]
_NO_EPS = [
    "PyTorch refuses eps=0 in training: the smallest number above 0 stands in its place, so that",
    "values without any spread come out as beta and not as 0/0.",
]


def pytorch(s: Any) -> str:
    """Code that makes the layer and sends a batch through it, as it would stand in a network."""
    layer = layer_of(s)
    alone = layer.norm == "batch" and layer.alone
    said = (_BATCH if layer.norm == "batch" else []) + (_ALONE if alone else [])
    said += _NO_EPS if _stands_in(layer) else layer.remarks
    return (
        f'"""{NAMES[layer.norm].capitalize()} in PyTorch, at the settings of the page."""\n\n'
        "import torch\nfrom torch import nn\n\n"
        "torch.manual_seed(0)\n"
        "# One row for each example; this app's matrices are the transpose.\n"
        f"{_input(layer)}\n"
        f"{comments(said)}layer = {_made(layer)}\n"
        f"{_affine(layer)}\n{_used(layer, alone)}"
        'print("mean of the output", y.mean().item())\n'
        'print("std of the output", y.std(correction=0).item())\n'
    )


def _input(layer: Layer) -> str:
    rows = layer.batch, layer.features, *layer.between
    words = "(batch, features)"
    if layer.norm == "instance":
        words = "(batch, features, positions)"
    elif layer.maps:
        words = "(batch, features, height, width)"
    elif layer.norm == "group" and layer.batch * layer.features == layer.groups:
        rows = 2, layer.features
        words += "; PyTorch refuses a single value in each group of a single example"
    return f"x = {layer.mean} + {layer.std} * torch.randn{rows}  # {words}\n"


def _made(layer: Layer) -> str:
    eps = f"eps={layer.eps}"
    if _stands_in(layer):
        eps = "eps=torch.finfo(torch.float32).tiny"
    match layer.norm:
        case "batch":
            kind = "BatchNorm2d" if layer.maps else "BatchNorm1d"
            return f"nn.{kind}({layer.features}, {eps}, momentum={layer.momentum})"
        case "layer":
            return f"nn.LayerNorm({layer.features}, {eps})"
        case "rms":
            return f"nn.RMSNorm({layer.features}, {eps})"
        case "group":
            return f"nn.GroupNorm({layer.groups}, {layer.features}, {eps})"
        case _:
            return f"nn.InstanceNorm1d({layer.features}, {eps}, affine=True)"


def _stands_in(layer: Layer) -> bool:
    """Whether the layer cannot have its eps."""
    return layer.norm == "batch" and not layer.alone and layer.eps == 0


def _affine(layer: Layer) -> str:
    beta = "" if layer.norm == "rms" else f"    layer.bias.fill_({layer.beta})\n"
    return f"\nwith torch.no_grad():\n    layer.weight.fill_({layer.gamma})\n{beta}"


def _used(layer: Layer, alone: bool) -> str:
    shift = f" + {layer.beta}  # RMSNorm has no shift of its own" if layer.norm == "rms" else ""
    if layer.norm != "batch":
        return f"y = layer(x){shift}\n"
    inference = "layer.eval()\ny{} = layer(x)  # normalised by the running statistics\n"
    if alone:
        return inference.format("")
    return (
        "layer.train()\n"
        "y = layer(x)  # normalised by this batch, which moves the running statistics\n"
        f"{inference.format('_inference')}"
    )
