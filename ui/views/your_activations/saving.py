"""Code that saves what goes into the norms of a network, for three frameworks."""

PYTORCH = """
import numpy as np
import torch
from torch import nn

norms = (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm, nn.GroupNorm)
found = {}


def keep(name):
    def hook(layer, inputs):
        found.setdefault(name, []).append(inputs[0].detach().float().cpu().numpy())

    return hook


hooks = [
    layer.register_forward_pre_hook(keep(name))
    for name, layer in model.named_modules()
    if isinstance(layer, norms)
]
model.eval()
with torch.no_grad():
    for x in batches:  # some hundred examples in all
        model(x)
for hook in hooks:
    hook.remove()
arrays = {name: np.concatenate(parts) for name, parts in found.items()}
np.savez_compressed("activations.npz", **arrays)

# The norm layers of a checkpoint:
# safetensors.torch.save_file(model.state_dict(), "checkpoint.safetensors")
"""

KERAS = """
import keras
import numpy as np

norms = (keras.layers.BatchNormalization, keras.layers.LayerNormalization)
layers = [layer for layer in model.layers if isinstance(layer, norms)]
before = keras.Model(model.inputs, [layer.input for layer in layers])
found = before.predict(x)  # some hundred examples
found = found if isinstance(found, list) else [found]
arrays = {layer.name: np.asarray(part) for layer, part in zip(layers, found)}
np.savez_compressed("activations.npz", **arrays)
"""

FLAX = """
import numpy as np
from flax import nnx

found = {}


def keep_input(kind):
    call = kind.__call__

    def keep(layer, x, *args, **kwargs):
        found.setdefault(id(layer), []).append(np.asarray(x, np.float32))
        return call(layer, x, *args, **kwargs)

    kind.__call__ = keep


for kind in (nnx.BatchNorm, nnx.LayerNorm):
    keep_input(kind)
model.eval()
for x in batches:  # some hundred examples in all, not under nnx.jit
    model(x)
arrays = {f"norm{n}": np.concatenate(parts) for n, parts in enumerate(found.values(), 1)}
np.savez_compressed("activations.npz", **arrays)
"""


def _block(code: str) -> str:
    return f"```python\n{code.strip()}\n```"


TEXT = "\n\n".join(
    (
        "Save what goes into each norm, for some hundred examples: the first axis counts the "
        "examples. float16 halves the file where no value is beyond 65,504.",
        f"**PyTorch**\n\n{_block(PYTORCH)}",
        f"**Keras**\n\n{_block(KERAS)}",
        f"**Flax (nnx)**\n\n{_block(FLAX)}",
    )
)
