"""The layer in Keras 3. Checked against Keras 3; see make_framework_reference.py in tests."""

from typing import Any

from ui.take_away.layer import NAMES, Layer, comments, layer_of

_BATCH = [
    "momentum is the weight of the old estimate, 1 minus that of this app and of PyTorch.",
    "moving_variance takes in the biased variance (over B), as this app's does and PyTorch's",
    "does not.",
]
_AVERAGE = [
    "Keras has no plain average over all batches: set layer.momentum = 1 - 1 / t before the",
    "batch t, counted from 1.",
]


def keras(s: Any) -> str:
    """Code that makes the layer and sends a batch through it, as it would stand in a model."""
    layer = layer_of(s)
    said = (_BATCH if layer.norm == "batch" else []) + layer.remarks
    if layer.norm == "batch" and layer.kept is None:
        said += _AVERAGE
    return (
        f'"""{NAMES[layer.norm].capitalize()} in Keras 3, at the settings of the page."""\n\n'
        "import keras\nimport numpy as np\n\n"
        "# One row for each example; this app's matrices are the transpose.\n"
        "rng = np.random.default_rng(0)\n"
        f"x = ({layer.mean} + {layer.std} * rng.standard_normal({layer.rows}))"
        f'.astype("float32")  # {layer.axes}\n\n'
        f"{comments(said)}layer = {_made(layer)}\n\n{_used(layer)}"
        "y = keras.ops.convert_to_numpy(y)\n"
        'print("mean of the output", y.mean())\n'
        'print("std of the output", y.std())\n'
    )


def _made(layer: Layer) -> str:
    gamma = f"gamma_initializer=keras.initializers.Constant({layer.gamma})"
    beta = f"beta_initializer=keras.initializers.Constant({layer.beta})"
    given = [f"epsilon={layer.eps}", gamma, beta]
    match layer.norm:
        case "batch":
            name = "BatchNormalization"
            given.insert(0, f"momentum={0.0 if layer.kept is None else layer.kept}")
        case "layer":
            name = "LayerNormalization"
        case "rms":
            name, given = "RMSNormalization", given[:1]
        case "group":
            name = "GroupNormalization"
            given.insert(0, f"groups={layer.groups}")
        case _:
            name = "GroupNormalization"
            given.insert(0, f"groups={layer.features}")
    inside = "".join(f"    {one},\n" for one in given)
    return f"keras.layers.{name}(\n{inside})"


def _used(layer: Layer) -> str:
    if layer.norm == "batch":
        return (
            "# Normalised by this batch, which moves the moving statistics; then by those.\n"
            "y = layer(x, training=True)\n"
            "y_inference = layer(x, training=False)\n"
        )
    if layer.norm == "rms":
        return (
            "layer.build(x.shape)\n"
            f"layer.scale.assign(np.full({layer.features}, {layer.gamma}))\n"
            f"y = layer(x) + {layer.beta}  # RMSNormalization has no shift of its own\n"
        )
    return "y = layer(x)\n"
