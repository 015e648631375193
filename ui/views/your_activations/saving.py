"""Code that saves what goes into the norms of a network, for three frameworks."""

from html import escape

from ui.text.html import paragraph

PYTORCH = """
from collections import defaultdict

import torch
from numpy import concatenate, savez_compressed
from torch import nn

norms = (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm, nn.GroupNorm)
found = defaultdict(list)


def keep(name):
    def hook(layer, inputs):
        found[name].append(inputs[0].detach().float().cpu().numpy())

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
arrays = dict(zip(found, map(concatenate, found.values())))
savez_compressed("activations.npz", **arrays)

# The norm layers of a checkpoint:
# safetensors.torch.save_file(model.state_dict(), "checkpoint.safetensors")
"""

KERAS = """
import keras
from numpy import asarray, savez_compressed

norms = (keras.layers.BatchNormalization, keras.layers.LayerNormalization)
layers = [layer for layer in model.layers if isinstance(layer, norms)]
before = keras.Model(model.inputs, [layer.input for layer in layers])
found = before.predict(x)  # some hundred examples
found = found if isinstance(found, list) else [found]
names = [layer.name for layer in layers]
arrays = dict(zip(names, map(asarray, found)))
savez_compressed("activations.npz", **arrays)
"""

FLAX = """
from collections import defaultdict

from flax import nnx
from numpy import asarray, concatenate, savez_compressed

found = defaultdict(list)


def keep_input(kind):
    call = kind.__call__

    def keep(layer, x, *args, **kwargs):
        found[id(layer)].append(asarray(x, "float32"))
        return call(layer, x, *args, **kwargs)

    kind.__call__ = keep


for kind in (nnx.BatchNorm, nnx.LayerNorm):
    keep_input(kind)
model.eval()
for x in batches:  # some hundred examples in all, not under nnx.jit
    model(x)
names = ["norm" + str(n) for n in range(1, len(found) + 1)]
arrays = dict(zip(names, map(concatenate, found.values())))
savez_compressed("activations.npz", **arrays)
"""


def saving() -> str:
    """The three pieces of code, each selected whole by a click on it."""
    told = paragraph(
        "Save what goes into each norm, for some hundred examples: the first axis counts the "
        "examples. float16 halves the file where no value is beyond 65,504. A click on a piece of "
        "code selects all of it."
    )
    for name, code in (("PyTorch", PYTORCH), ("Keras", KERAS), ("Flax (nnx)", FLAX)):
        told += f"{paragraph(f'<b>{name}</b>')}<pre>{escape(code.strip())}</pre>"
    return told
