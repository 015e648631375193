"""The digits: what the file holds, where it came from, and the split."""

import hashlib

import numpy as np
import pytest

from bn_core.data import N_CLASSES, N_PIXELS, N_TRAIN, load_digits
from bn_core.data.digits import DIGITS_FILE
from bn_core.data.make_digits import stratified


def test_the_file_is_the_one_whose_checksum_stands_beside_it() -> None:
    digest, name = DIGITS_FILE.with_suffix(".npz.sha256").read_text().split()
    assert name == DIGITS_FILE.name
    assert hashlib.sha256(DIGITS_FILE.read_bytes()).hexdigest() == digest


def test_source_and_licence_stand_beside_the_file() -> None:
    text = DIGITS_FILE.with_name("README.md").read_text()
    for word in ("UCI", "CC BY 4.0", "10.24432/C50P49"):
        assert word in text


def test_sizes_and_scale() -> None:
    digits = load_digits()
    assert digits.train_images.shape == (N_TRAIN, N_PIXELS)
    assert digits.test_images.shape == (500, N_PIXELS)
    assert digits.train_images.mean() == pytest.approx(0, abs=1e-12)
    assert digits.train_images.std() == pytest.approx(1)
    assert not digits.train_images.flags.writeable


def test_every_class_has_its_share_of_the_test_set() -> None:
    digits = load_digits()
    test = np.bincount(digits.test_labels, minlength=N_CLASSES)
    total = test + np.bincount(digits.train_labels, minlength=N_CLASSES)
    assert np.all(np.abs(test - 500 * total / 1797) < 1)


def test_the_split_is_the_one_that_the_script_makes() -> None:
    with np.load(DIGITS_FILE, allow_pickle=False) as file:
        assert np.array_equal(file["test"], stratified(file["labels"], 500, 0))


def test_images_and_labels_belong_together() -> None:
    """The nearest class mean names most of the digits; shuffled labels would give a tenth."""
    digits = load_digits()
    means = np.stack(
        [digits.train_images[digits.train_labels == digit].mean(axis=0) for digit in range(10)]
    )
    distances = np.square(digits.test_images[:, None] - means).sum(axis=-1)
    assert np.mean(distances.argmin(axis=1) == digits.test_labels) > 0.85
