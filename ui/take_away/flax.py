"""The layer in Flax's nnx. Checked against Flax; see make_framework_reference.py in tests."""

from typing import Any

from ui.take_away.layer import NAMES, Layer, comments, layer_of

_BATCH = [
    "momentum is the weight of the old estimate, 1 minus that of this app and of PyTorch. The",
    "running variance takes in the biased variance (over B), as this app's does and PyTorch's",
    "does not.",
]
_AVERAGE = [
    "Flax has no plain average over all batches: set layer.momentum = 1 - 1 / t before the",
    "batch t, counted from 1.",
]
_FAST = [
    "The fast variance, E[x^2] - E[x]^2, loses digits where the mean is large beside the std.",
]


def flax(s: Any) -> str:
    """Code that makes the layer and sends a batch through it, as it would stand in a model."""
    layer = layer_of(s)
    said = (_BATCH if layer.norm == "batch" else []) + layer.remarks
    if layer.norm == "batch" and layer.kept is None:
        said += _AVERAGE
    if layer.norm != "rms":
        said += _FAST
    return (
        f'"""{NAMES[layer.norm].capitalize()} in Flax (nnx), at the settings of the page."""\n\n'
        "import jax\nfrom flax import nnx\n\n"
        "# One row for each example; this app's matrices are the transpose.\n"
        f"noise = jax.random.normal(jax.random.key(0), {layer.rows})  # {layer.axes}\n"
        f"x = {layer.mean} + {layer.std} * noise\n\n"
        f"{comments(said)}layer = {_made(layer)}\n\n{_used(layer)}"
        'print("mean of the output", y.mean())\n'
        'print("std of the output", y.std())\n'
    )


def _made(layer: Layer) -> str:
    given = [str(layer.features), f"epsilon={layer.eps}"]
    affine = [
        f"scale_init=nnx.initializers.constant({layer.gamma})",
        f"bias_init=nnx.initializers.constant({layer.beta})",
    ]
    match layer.norm:
        case "batch":
            name = "BatchNorm"
            given.insert(1, f"momentum={0.0 if layer.kept is None else layer.kept}")
        case "layer":
            name = "LayerNorm"
        case "rms":
            name, affine = "RMSNorm", affine[:1]
        case "group":
            name = "GroupNorm"
            given.insert(1, f"num_groups={layer.groups}")
        case _:
            name = "InstanceNorm"
    fast = [] if layer.norm == "rms" else ["use_fast_variance=False"]
    inside = "".join(f"    {one},\n" for one in [*given, *affine, *fast, "rngs=nnx.Rngs(0)"])
    return f"nnx.{name}(\n{inside})"


def _used(layer: Layer) -> str:
    if layer.norm == "batch":
        return (
            "# Normalised by this batch, which moves the running statistics; then by those.\n"
            "y = layer(x, use_running_average=False)\n"
            "y_inference = layer(x, use_running_average=True)\n"
        )
    shift = f" + {layer.beta}  # RMSNorm has no shift of its own" if layer.norm == "rms" else ""
    return f"y = layer(x){shift}\n"
