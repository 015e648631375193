"""Tasks that train batch norms, then test them with statistics taken anew, without training."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from bn_core.training.evaluation import accuracy
from bn_core.training.running import retaken
from bn_core.training.runs import Run
from bn_core.training.sgd import Training
from bn_core.training.tasks import then, weight
from bn_core.types import Array


@dataclass(frozen=True)
class RetakenReport:
    """Test accuracy of trained batch norms: (runs,) or (changes, runs) each."""

    running: Array
    """With the running statistics of the training."""
    retaken: Array
    """With statistics taken anew."""


@dataclass(frozen=True)
class Retaken:
    """Train runs that agree in shape, then take their statistics anew over the training images.

    The result is a RetakenReport with (runs,); batch: images in a batch of that pass.
    """

    runs: tuple[Run, ...]
    batch: int

    @property
    def weight(self) -> float:
        """Work of the task, as weight() has it."""
        return weight(self.runs)

    def reports(self) -> Iterator[tuple[int, int, Callable[[], RetakenReport]]]:
        """Work done, work in all, and the result so far, after each step."""
        return then(self.runs, self._tested)

    def _tested(self, training: Training) -> RetakenReport:
        examples = training.examples
        seen = examples.images[examples.chosen].swapaxes(1, 2)
        return _compared(training, seen, self.batch, examples.test_images)


@dataclass(frozen=True)
class ShiftedImages:
    """Train runs that agree in shape, then test them on images that are brighter and paler.

    changes: (contrast, brightness) each, an image x becoming contrast x + brightness. batch: images
    in a batch of the pass over the changed test images that takes the statistics anew, without
    their labels. The result is a RetakenReport with (changes, runs).
    """

    runs: tuple[Run, ...]
    changes: tuple[tuple[float, float], ...]
    batch: int

    @property
    def weight(self) -> float:
        """Work of the task, as weight() has it."""
        return weight(self.runs)

    def reports(self) -> Iterator[tuple[int, int, Callable[[], RetakenReport]]]:
        """Work done, work in all, and the result so far, after each step."""
        return then(self.runs, self._tested)

    def _tested(self, training: Training) -> RetakenReport:
        images = training.examples.test_images
        found = []
        for contrast, brightness in self.changes:
            changed = (contrast * images + brightness).astype(images.dtype)
            found.append(_compared(training, changed[None], self.batch, changed))
        return RetakenReport(
            np.stack([one.running for one in found]), np.stack([one.retaken for one in found])
        )


def _compared(training: Training, seen: Array, batch: int, images: Array) -> RetakenReport:
    """Accuracy on test images as the networks are, and with statistics of the images seen."""
    network, labels = training.network, training.examples.test_labels
    anew = retaken(network, seen, batch)
    return RetakenReport(accuracy(network, images, labels), accuracy(anew, images, labels))
