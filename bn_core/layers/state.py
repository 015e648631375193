"""A layer's state as a plain dict of arrays, by PyTorch's names.

From a PyTorch module: {name: tensor.numpy() for name, tensor in module.state_dict().items()}. To
keep one in a file: np.savez(path, **state_dict(layer)).
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from bn_core.array_checks import as_float, check_per_feature
from bn_core.layers.base import Norm1D
from bn_core.layers.batch_norm import BatchNorm1D
from bn_core.types import Array


def state_dict(layer: Norm1D) -> dict[str, Array]:
    """Copies of what the layer has learned and seen, by PyTorch's names.

    weight and bias (gamma and beta, where affine); for batch norm running_mean, running_var and
    num_batches_tracked; all float64, (n_features,), but the last, one whole number.
    Raises ValueError for an attribute that was set to another shape.
    """
    state = {}
    if layer.affine:
        state = {
            "weight": _copy("gamma", layer.gamma, layer),
            "bias": _copy("beta", layer.beta, layer),
        }
    if isinstance(layer, BatchNorm1D):
        mean, var, batches_seen = layer.running()
        state |= {
            "running_mean": mean.copy(),
            "running_var": var.copy(),
            "num_batches_tracked": np.asarray(batches_seen),
        }
    return state


def load_state_dict(layer: Norm1D, state: Mapping[str, ArrayLike]) -> None:
    """Set the layer to a state that state_dict, or PyTorch, has returned; the arrays are copied.

    eps and momentum are no part of it: give them to the constructor. A copy.copy that was made
    before keeps the gamma and beta that it has.
    Raises ValueError for a name too few or too many, a shape other than (n_features,), a negative
    variance or number of batches; then nothing changes.
    """
    expected = state_dict(layer)
    if state.keys() != expected.keys():
        missing, further = expected.keys() - state.keys(), state.keys() - expected.keys()
        raise ValueError(
            f"state must hold {', '.join(expected) or 'nothing'}; missing: "
            f"{', '.join(sorted(missing)) or 'none'}; not known here: "
            f"{', '.join(sorted(map(str, further))) or 'none'}."
        )
    batches_seen = _batches_seen(state["num_batches_tracked"]) if _tracks(expected) else 0
    arrays = {
        name: _copy(name, value, layer)
        for name, value in state.items()
        if name != "num_batches_tracked"
    }
    if _tracks(expected) and (arrays["running_var"] < 0).any():
        raise ValueError(
            "running_var must be at least 0, got "
            f"{arrays['running_var'].min():.3g}: it is a variance."
        )
    if layer.affine:
        layer.gamma, layer.beta = arrays["weight"], arrays["bias"]
    if isinstance(layer, BatchNorm1D):
        layer.set_running(arrays["running_mean"], arrays["running_var"], batches_seen)


def reset_parameters(layer: Norm1D) -> None:
    """gamma 1 and beta 0, as a new layer has them."""
    if layer.affine:
        layer.gamma, layer.beta = np.ones(layer.n_features), np.zeros(layer.n_features)


def _copy(name: str, value: ArrayLike, layer: Norm1D) -> Array:
    return check_per_feature(name, value, layer.n_features).astype(np.float64)


def _tracks(state: Mapping[str, Array]) -> bool:
    return "num_batches_tracked" in state


def _batches_seen(value: ArrayLike) -> int:
    count = as_float(value, "num_batches_tracked")
    if count.size != 1 or not (count.item() >= 0 and count.item().is_integer()):
        raise ValueError(
            f"num_batches_tracked must be one whole number of at least 0, got {value!r}."
        )
    return int(count.item())
