"""The examples of a stack of runs: which images and labels each run sees, and in which order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from bn_core.data import N_CLASSES, load_digits
from bn_core.training.runs import Run
from bn_core.training.streams import stream
from bn_core.types import Array


@dataclass(frozen=True)
class Examples:
    """Images (n, pixels) that the runs share; which of them each run uses, and their labels there.

    chosen, labels: (runs, examples).
    """

    images: Array
    chosen: NDArray[np.intp]
    labels: NDArray[np.intp]
    test_images: Array
    """(pixels, 500)."""
    test_labels: NDArray[np.intp]


@lru_cache(maxsize=4)  # at most 4 MB
def _images(dtype: np.dtype[Any], mirrored: bool) -> tuple[Array, Array]:
    digits = load_digits()
    flip = slice(None, None, -1 if mirrored else 1)
    train, test = (
        images.reshape(-1, 8, 8)[:, :, flip].reshape(-1, 64).astype(dtype)
        for images in (digits.train_images, digits.test_images)
    )
    return train, np.ascontiguousarray(test.T)


def choose(runs: Sequence[Run], dtype: DTypeLike) -> Examples:
    """The examples of runs that agree in shape. A run's choice depends on its own seed alone."""
    digits = load_digits()
    train, test = _images(np.dtype(dtype), runs[0].mirrored)
    n = runs[0].examples or len(train)
    chosen = np.stack([stream(run.seed, "examples").permutation(len(train))[:n] for run in runs])
    labels = digits.train_labels[chosen]
    for run, own in zip(runs, labels, strict=True):
        rng = stream(run.seed, "labels")
        wrong = rng.permutation(n)[: round(run.label_noise * n)]
        own[wrong] = (own[wrong] + rng.integers(1, N_CLASSES, wrong.size)) % N_CLASSES
    return Examples(train, chosen, labels, test, digits.test_labels)


def batches(runs: Sequence[Run], examples: Examples) -> Iterator[tuple[Array, NDArray[np.intp]]]:
    """Endless: images (runs, pixels, batch) and labels (runs, batch).

    Each epoch is a new order of each run's examples; the few left over at its end are skipped.
    """
    n, batch = examples.chosen.shape[1], runs[0].batch
    rngs = [stream(run.seed, "order") for run in runs]
    while True:
        order = np.stack([rng.permutation(n) for rng in rngs])
        chosen = np.take_along_axis(examples.chosen, order, axis=1)
        labels = np.take_along_axis(examples.labels, order, axis=1)
        for start in range(0, n - batch + 1, batch):
            now = slice(start, start + batch)
            yield examples.images[chosen[:, now]].swapaxes(1, 2), labels[:, now]
