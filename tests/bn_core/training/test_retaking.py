"""Networks tested with statistics taken anew: what is reported, and what it is of."""

from dataclasses import replace

import numpy as np

from bn_core.training.evaluation import accuracy
from bn_core.training.experiments import SHALLOW
from bn_core.training.history import Record
from bn_core.training.retaking import Retaken, RetakenReport, ShiftedImages
from bn_core.training.running import retaken
from bn_core.training.runs import Run
from bn_core.training.sgd import Training

RUNS = tuple(replace(SHALLOW, steps=12, momentum=0.02, seed=seed) for seed in range(2))
CHANGES = ((0.4, 2.0), (1.0, 0.0))


def result(task: Retaken | ShiftedImages) -> RetakenReport:
    *reports, (done, total, snapshot) = task.reports()
    assert (done, total, len(reports)) == (12, 12, 11)
    return snapshot()


def trained(runs: tuple[Run, ...]) -> Training:
    training = Training(runs, Record(every=12))
    for _ in training.steps():
        pass
    return training


def test_the_training_images_are_those_that_each_run_learned_from() -> None:
    runs = tuple(replace(run, examples=100) for run in RUNS)
    found, training = result(Retaken(runs, 30)), trained(runs)
    examples = training.examples
    for place in range(len(runs)):
        own = examples.images[examples.chosen[place]].T[None]
        anew = retaken(training.network, own, 30)
        share = accuracy(anew, examples.test_images, examples.test_labels)[place]
        assert found.retaken[place] == share
    assert np.any(found.retaken != found.running)


def test_each_change_is_tested_by_itself() -> None:
    found, training = result(ShiftedImages(RUNS, CHANGES, 32)), trained(RUNS)
    images, labels = training.examples.test_images, training.examples.test_labels
    assert found.running.shape == found.retaken.shape == (2, 2)
    for place, (contrast, brightness) in enumerate(CHANGES):
        changed = np.float32(contrast) * images + np.float32(brightness)
        assert np.array_equal(found.running[place], accuracy(training.network, changed, labels))
        anew = retaken(training.network, changed[None], 32)
        assert np.array_equal(found.retaken[place], accuracy(anew, changed, labels))
