"""The random numbers of a training run: one stream a purpose, all of them set by the run's seed.

Runs that share a seed share initial weights, examples and their order, whatever else sets them
apart: a difference between them then comes from the setting, not from chance.
"""

from typing import Literal

import numpy as np

Purpose = Literal["weights", "order", "examples", "labels", "noise"]
_NUMBERS: dict[Purpose, int] = {"weights": 0, "order": 1, "examples": 2, "labels": 3, "noise": 4}


def stream(seed: int, purpose: Purpose) -> np.random.Generator:
    """The generator of one purpose; streams of one seed are independent of each other."""
    return np.random.default_rng((seed, _NUMBERS[purpose]))
