"""The digits: 1797 images of 8 x 8, in a fixed, stratified split of 1297 and 500."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from bn_core.types import Array, Indices

DIGITS_FILE = Path(__file__).with_name("digits.npz")
N_PIXELS = 64
N_CLASSES = 10
N_TRAIN = 1297


@dataclass(frozen=True)
class Digits:
    """Images (n, 64) with one row per image, so that a batch is one gather, and labels (n,)."""

    train_images: Array
    train_labels: Indices
    test_images: Array
    test_labels: Indices


@cache
def load_digits() -> Digits:
    """The digits in float64, the grey values of the training images at mean 0 and std 1.

    One mean and one std for all pixels together: a pixel that is always blank stays a constant.
    The arrays are shared between callers and therefore read-only.
    """
    with np.load(DIGITS_FILE, allow_pickle=False) as file:
        pixels = file["images"].astype(np.float64)
        labels = file["labels"].astype(np.intp)
        test = file["test"]
    train = np.setdiff1d(np.arange(labels.size), test)
    pixels = (pixels - pixels[train].mean()) / pixels[train].std()
    digits = Digits(pixels[train], labels[train], pixels[test], labels[test])
    for array in vars(digits).values():
        array.flags.writeable = False
    return digits
