"""Make the examples that come with the page: activations of this project's own digits network.

    python -m ui.activations.make_examples

A second. Three arrays before each batch norm of a trained network, one of feature maps, and the
network's norm layers under PyTorch's names, as a .npz that the page reads as any other.
"""

from pathlib import Path

import numpy as np

from bn_core.training.history import Record
from bn_core.training.propagate import Mode, forward
from bn_core.training.runs import Run
from bn_core.training.sgd import Training
from bn_core.types import Array
from ui.activations.examples import FILE

RUN = Run(norm="batch", depth=3, width=64, lr=0.1, batch=64, steps=250, seed=0)
EXAMPLES = 256
MAPS = 72  # examples whose feature maps are kept
FILTERS = 8


def main() -> None:
    np.savez_compressed(Path(__file__).with_name(FILE), **made())  # type: ignore[arg-type]


def made() -> dict[str, Array]:
    """Every array of the file by its name."""
    training = Training((RUN,), Record(every=RUN.steps))
    for _ in training.steps():
        pass
    network, images = training.network, training.examples.test_images[:, :EXAMPLES]
    _, layers = forward(network, images[None], Mode(None))
    found: dict[str, Array] = {}
    inputs = [layer.x[0] for layer in layers]
    for number, (x, weights) in enumerate(zip(inputs, network.parameters.weights, strict=False), 1):
        found[f"layer{number}.before_norm"] = (weights[0] @ x).T.astype(np.float16)
    found["conv.before_norm"] = maps(images.T[:MAPS].reshape(-1, 8, 8)).astype(np.float16)
    for at in range(RUN.depth):
        norm = f"layer{at + 1}.norm"
        found |= {
            f"{norm}.weight": network.parameters.scales[at][0, :, 0].astype(np.float32),
            f"{norm}.bias": network.parameters.shifts[at][0, :, 0].astype(np.float32),
            f"{norm}.running_mean": network.running_mean[at, 0, :, 0].astype(np.float32),
            f"{norm}.running_var": network.running_var[at, 0, :, 0].astype(np.float32),
        }
    return found


def maps(images: Array) -> Array:
    """Feature maps (n, FILTERS, 6, 6) of untrained 3 x 3 convolutions over (n, 8, 8) images."""
    filters = np.random.default_rng(0).standard_normal((FILTERS, 3, 3)) * np.sqrt(2 / 9)
    patches = np.lib.stride_tricks.sliding_window_view(images, (3, 3), axis=(1, 2))
    return np.asarray(np.einsum("nijkl,fkl->nfij", patches, filters))


if __name__ == "__main__":
    main()
