"""Which images and labels a run sees, and in which order."""

from dataclasses import replace

import numpy as np

from bn_core.training.examples import batches
from bn_core.training.history import Record
from bn_core.training.runs import Run
from bn_core.training.sgd import Training

SHORT = Run("batch", depth=3, width=16, batch=32, steps=30)


def test_label_noise_alters_the_share_that_is_asked_for() -> None:
    clean = replace(SHORT, examples=200)
    labels = [
        Training([replace(clean, label_noise=noise)], Record(1)).examples.labels
        for noise in (0.0, 0.2)
    ]
    assert np.count_nonzero(labels[0] != labels[1]) == 40


def test_an_epoch_shows_every_example_once() -> None:
    run = replace(SHORT, examples=64)
    training = Training([run], Record(1), np.float64)
    data = batches([run], training.examples)
    seen = np.concatenate([next(data)[0][0] for _ in range(2)], axis=1).T
    chosen = training.examples.images[training.examples.chosen[0]]
    assert np.array_equal(np.sort(seen.sum(axis=1)), np.sort(chosen.sum(axis=1)))


def test_a_mirror_reverses_each_row_of_the_image() -> None:
    plain, mirrored = (
        Training([replace(SHORT, mirrored=flag)], Record(1), np.float64).examples.images
        for flag in (False, True)
    )
    assert np.array_equal(plain.reshape(-1, 8, 8)[:, :, ::-1], mirrored.reshape(-1, 8, 8))
