"""What several scenes measure of the batch that their page shows."""

import math
from collections.abc import Sequence

import numpy as np

from bn_core.comparison.one_batch import normalize_batch
from bn_core.sampling import draw
from bn_core.types import Array
from ui.settings.shared import Settings
from ui.text.numbers import spoken
from ui.training.measured import Measured
from ui.training.prepared import prepared
from ui.training.settings import TrainingSettings, chosen


def inputs(s: Settings) -> Array:
    """The batch that the lab draws at these settings, (features, batch)."""
    return draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)


def outputs(s: Settings) -> Array:
    """The training output of the lab's norm on that batch, (features, batch)."""
    return normalize_batch(inputs(s), s.norm, eps=s.eps, gamma=s.gamma, beta=s.beta)


def excess_kurtosis(values: Array) -> float:
    """0 for a bell, -1.2 where all values in a range are as frequent, -2 for two points.

    Of all values together; nan where they do not differ.
    """
    away = values - values.mean()
    square = float(np.mean(away**2))
    return float(np.mean(away**4)) / square**2 - 3 if square else math.nan


def nearest(values: Sequence[float], truth: float) -> int:
    """Which of the values is nearest to the truth."""
    return int(np.argmin(np.abs(np.asarray(values) - truth)))


def nearest_factor(values: Sequence[float], truth: float) -> int:
    """Which of the values, all above 0, is nearest to the truth by the factor between them."""
    return nearest(np.log(values).tolist(), math.log(truth))


def only(*holds: bool) -> int:
    """The place of the one that holds. ValueError unless exactly one does."""
    [place] = [place for place, one in enumerate(holds) if one]
    return place


def told(value: float, digits: int = 3) -> str:
    """A number in plain text, with a true minus."""
    return spoken(value, digits).replace("-", "−")


def measured(s: TrainingSettings) -> Measured:
    """What the prepared run of this experiment came to: three seeds, at the default settings."""
    return prepared(chosen(s)).measured
