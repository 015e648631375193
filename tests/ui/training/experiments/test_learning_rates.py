"""The gain of a norm is the quotient of the largest rates that were measured."""

import re

import numpy as np
import pytest

from bn_core.training.experiments import NORMS, RATES
from bn_core.training.summaries import Line
from tests.ui.training.made_up import SEEDS, accuracies, clean, drawn
from tests.ui.truth.reading import holds, number, numbers
from ui.training.experiments.learning_rates import verdict
from ui.training.measured import Measured, points
from ui.training.settings import TrainingSettings


@SEEDS
def test_the_gain_of_a_norm_is_the_quotient_of_the_median_rates(seed: int) -> None:
    rng, seeds = drawn(seed)
    final = {norm: accuracies(rng, len(RATES), seeds) for norm in NORMS}
    if rng.random() < 0.3:
        final["batch"] = final["none"].copy()
    largest, by_seed = {}, {}
    for norm, share in final.items():
        at = [r for r, row in zip(RATES, share, strict=True) if np.median(row) >= 0.9]
        largest[norm] = max(at, default=np.nan)
        each = {
            i: [r for r, a in zip(RATES, share[:, i], strict=True) if a >= 0.9]
            for i in range(seeds)
        }
        by_seed[norm] = {i: max(rates) for i, rates in each.items() if rates}
    lines = {
        f"accuracy {norm}": Line(np.array(RATES), np.median(f, 1), f.min(1), f.max(1))
        for norm, f in final.items()
    }
    for norm, found in by_seed.items():
        lines[f"largest {norm}"] = points(list(found), list(found.values()))
    text = clean(verdict(TrainingSettings(), Measured(lines)))
    for name, norm in (("no norm", "none"), ("batch norm", "batch"), ("layer norm", "layer")):
        if np.isnan(largest[norm]):
            assert holds(text, f"{name} none of these")
        else:
            assert number(text, f"{name} #") == largest[norm]
    for name, norm in (("Batch norm", "batch"), ("Layer norm", "layer")):
        factor = largest[norm] / largest["none"]
        factors = [
            by_seed[norm][i] / by_seed["none"][i] for i in by_seed[norm] if i in by_seed["none"]
        ]
        assert holds(text, f"{name} raises it by a factor") == bool(factor > 1)
        assert holds(text, f"{name} does not raise it here") == bool(factor == 1)
        assert holds(text, f"{name} needs smaller rates") == bool(factor < 1)
        if factor > 1:
            assert number(text, f"{name} raises it by a factor of #") == pytest.approx(factor)
        if factor >= 1 and len(set(factors)) > 1:
            sentence = re.search(rf"{name} (?:raises|does not raise) it[^(]*\([^)]*\)", text)
            assert sentence
            told = numbers(sentence[0], "# to #, depending on the seed")
            assert told == pytest.approx((min(factors), max(factors)), rel=0.01)
