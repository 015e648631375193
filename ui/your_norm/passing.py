"""The page's batch, and the batches of a training, through layers of the visitor's class."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from bn_core.sampling import draw, standard_draw
from bn_core.simulation.feature_paths import STEPS, FeaturePaths
from bn_core.types import Array
from ui.settings.shared import Settings
from ui.your_norm.failures import Failure, Unusable, Unwritten
from ui.your_norm.layer import Layer
from ui.your_norm.loading import Loaded
from ui.your_norm.printed import Printed

T = TypeVar("T")

_VALUES = 100_000  # through their layer in all steps: loops over single values are still endured
_FOLLOWED = 8


@dataclass(frozen=True)
class Passed:
    """What came of it, as far as it came.

    before, training: (n_features, batch_size). inference: the output after the steps, of the
    features that are followed, the first ones; with layer norm of all.
    """

    before: Array
    training: Array | None
    inference: Array | None
    paths: FeaturePaths | None


def passed(of: Loaded, s: Settings, printed: Printed) -> tuple[Passed, list[Failure]]:
    """A forward and backward of the page's batch, STEPS forwards of others, one in inference.

    What they print is kept, apart from the steps. Also returns the exceptions of their code.
    """
    failures: list[Failure] = []
    before = draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)
    upstream = np.random.default_rng(s.seed).standard_normal(before.shape)
    training = inference = paths = None
    layer = _tried(lambda: _layer(of, s, s.features), failures, needed=True)
    if layer:
        training = _tried(lambda: layer.forward(before), failures, needed=True)
    if layer and training is not None:
        _tried(lambda: layer.backward(upstream), failures)
        if of.kind == "layer":
            inference = _tried(lambda: layer.forward(before, training=False), failures)
        else:
            count = min(s.features, _FOLLOWED, max(1, _VALUES // (s.batch * STEPS)))
            printed.wanted = False
            trained = _layer(of, s, count)
            paths = _tried(lambda: _paths(trained, s, count), failures)
            printed.wanted = True
            if paths:
                kept = before[:count]
                inference = _tried(lambda: trained.forward(kept, training=False), failures)
    return Passed(before, training, inference, paths), failures


def _layer(of: Loaded, s: Settings, features: int) -> Layer:
    layer = Layer(of, features, s.eps, s.momentum)
    layer.set_affine(np.full(features, s.gamma), np.full(features, s.beta))
    return layer


def _tried(make: Callable[[], T], failures: list[Failure], needed: bool = False) -> T | None:
    """What is made, or None; needed: without it nothing can be drawn, so that they are told why."""
    try:
        return make()
    except Failure as failure:
        failures.append(failure)
    except Unusable as unusable:
        if needed:
            failures.append(Failure(unusable.text))
    except Unwritten:
        pass
    return None


def _paths(layer: Layer, s: Settings, count: int) -> FeaturePaths:
    """Their running statistics over the batches that the lab draws for its own."""
    draws = standard_draw(s.shape, (count, s.batch * STEPS), s.seed, stream=1)
    batches = s.mean + s.std * draws.reshape(count, STEPS, s.batch)
    mean, var = np.empty((2, count, STEPS + 1))
    mean[:, 0], var[:, 0] = 0, 1
    with suppress(Unusable):  # single numbers, say, that the first batch turns into arrays
        mean[:, 0], var[:, 0] = layer.running()
    for step in range(STEPS):
        layer.forward(np.ascontiguousarray(batches[:, step]))
        mean[:, step + 1], var[:, step + 1] = layer.running()
    low, high = np.quantile(mean, [0.05, 0.95], axis=0)
    return FeaturePaths(np.arange(count), mean, var, low, high)
