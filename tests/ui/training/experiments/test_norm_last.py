"""A place of the norm is called better only where its worst network is above the other's best."""

from itertools import combinations

import numpy as np
import pytest

from tests.ui.training.made_up import SEEDS, accuracies, clean, drawn, over_time
from tests.ui.truth.reading import holds, number
from ui.training.experiments.norm_last import verdict
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings


@SEEDS
def test_a_place_wins_only_where_the_ranges_do_not_overlap(seed: int) -> None:
    rng, seeds = drawn(seed)
    before, after = accuracies(rng, seeds), accuracies(rng, seeds)
    if rng.random() < 0.3:
        before, after = (0.5 + share / 2 * side for side, share in ((1, before), (-1, after)))
    m = Measured({"before": over_time(before), "after": over_time(after)}, {"diverged": 0})
    text = clean(verdict(TrainingSettings(seeds=seeds), m))
    first = seeds > 1 and before.min() > after.max()
    last = seeds > 1 and after.min() > before.max()
    assert holds(text, "the norm before the activation is better") == first
    assert holds(text, "the norm after the activation is better") == last
    assert holds(text, "no clear winner") == (seeds > 1 and not first and not last)
    assert holds(text, "cannot tell") == (seeds == 1)
    if first or last:
        # All 2n places in the order of 2n equal networks are as likely: one kind above the other.
        orders = list(combinations(range(2 * seeds), seeds))
        apart = sum(
            max(one) - min(one) == seeds - 1 and 0 in (min(one), min(one) - seeds) for one in orders
        )
        assert number(text, "in about 1 of # such") == len(orders) / apart
    for share, place in ((before, "before the"), (after, "after it")):
        told = f"{100 * np.median(share):.3g} %"
        assert holds(text, told), place


@pytest.mark.parametrize("diverged", [0, 2])
def test_lost_networks_are_counted(diverged: int) -> None:
    lines = {name: over_time(np.array([0.2, 0.4, 0.3])) for name in ("before", "after")}
    text = clean(verdict(TrainingSettings(), Measured(lines, {"diverged": diverged})))
    assert holds(text, "2 of 6 networks diverged") == (diverged > 0)
