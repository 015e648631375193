"""The norm layers of a checkpoint, found by the names that frameworks give their parameters."""

from collections.abc import Iterable, Mapping

import numpy as np

from bn_core.types import Array
from ui.activations.contents import NormLayer

MOST_LAYERS = 1000
_PARTS = {
    "gamma": ("weight", "gamma", "scale"),
    "beta": ("bias", "beta"),
    "running_mean": ("running_mean", "moving_mean", "mean"),
    "running_var": ("running_var", "moving_variance", "var"),
}
_PART_OF = {name: part for part, names in _PARTS.items() for name in names}


def norm_parts(shapes: Mapping[str, tuple[int, ...]]) -> dict[str, dict[str, str]]:
    """Which tensors make up each norm layer: by the layer's name, the tensor of each part.

    A norm has a running mean and variance, or it has a vector for its scale, where a dense layer
    has a matrix. shapes: of every tensor, by its name such as "layer1.0.bn2.running_var".
    """
    found: dict[str, dict[str, str]] = {}
    for name, shape in shapes.items():
        cut = max(name.rfind("."), name.rfind("/"))
        part = _PART_OF.get(name[cut + 1 :])
        if part and len(shape) == 1 and shape[0] > 0:
            found.setdefault(name[: max(cut, 0)], {})[part] = name
    layers = {name: parts for name, parts in found.items() if _is_norm(parts, shapes)}
    return dict(list(layers.items())[:MOST_LAYERS])


def norm_layer(name: str, parts: Mapping[str, Array]) -> NormLayer:
    """The layer of these parts."""
    return NormLayer(
        name,
        *(
            np.asarray(parts[part], np.float64) if part in parts else None
            for part in ("gamma", "beta", "running_mean", "running_var")
        ),
    )


def _is_norm(parts: Mapping[str, str], shapes: Mapping[str, tuple[int, ...]]) -> bool:
    if len({shapes[name] for name in parts.values()}) > 1:
        return False
    return {"running_mean", "running_var"} <= parts.keys() or "gamma" in parts


def all_finite(arrays: Iterable[Array]) -> bool:
    """Whether every value of every array is finite."""
    return all(bool(np.isfinite(array).all()) for array in arrays)
