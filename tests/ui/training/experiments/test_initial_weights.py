"""The scales that are told are those at which the median network learned."""

import re

from bn_core.training.experiments import SCALES
from tests.ui.training.made_up import SEEDS, clean, drawn, line, near, shares
from ui.training.experiments.initial_weights import verdict
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings

NAMES = ("accuracy none", "accuracy batch", "accuracy layer")


@SEEDS
def test_the_scales_that_are_told_are_those_that_were_reached(seed: int) -> None:
    rng, seeds = drawn(seed)
    lines = [line(rng, SCALES, seeds) for _ in range(3)]
    text = clean(verdict(TrainingSettings(), Measured(dict(zip(NAMES, lines, strict=True)))))
    for name, one in zip(("no norm", "batch norm", "layer norm"), lines, strict=True):
        reached = [x for x, m in zip(SCALES, one.median, strict=True) if m >= 0.8]
        (told,) = re.findall(rf"{name} ([^;.%]*(?:\.\d[^;.%]*)*)[;.] ", text)[:1] or [""]
        if " to " in told:
            low, high = map(float, re.findall(r"[\d.]+", told))
            assert [x for x in SCALES if low <= x <= high] == reached
        else:
            assert [float(x) for x in re.findall(r"[\d.]+", told)] == reached
        at_one = float(one.median[list(SCALES).index(1.0)])
        ordinary = text[text.index("At factor 1") :]
        assert near(shares(ordinary, f"{name} # %")[0], at_one)
