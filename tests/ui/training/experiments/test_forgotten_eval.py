"""A forgotten eval() is blamed only where it cost accuracy."""

import numpy as np
import pytest

from bn_core.training.tasks import EvalReport
from tests.ui.training.made_up import SEEDS, accuracies, clean, clearly, drawn, near, shares
from tests.ui.truth.reading import holds, numbers
from ui.training.experiments.forgotten_eval import measure, verdict
from ui.training.settings import TrainingSettings


@SEEDS
def test_a_forgotten_eval_is_explained_only_where_the_sorted_set_suffered(seed: int) -> None:
    rng, seeds = drawn(seed)
    report = EvalReport(
        (1, 32),
        accuracies(rng, seeds),
        accuracies(rng, 2, seeds),
        accuracies(rng, seeds),
        accuracies(rng, 2, seeds),
        accuracies(rng, seeds),
    )
    text = clean(verdict(TrainingSettings(), measure([report])))
    running, by_class = np.median(report.running), np.median(report.sorted_by_class)
    assert near(shares(text, "With eval() the network recognises # %")[0], float(running))
    assert holds(text, "the digits of one class") == clearly(float(running), float(by_class))
    afterwards = np.median(report.afterwards, axis=1)
    lasting = [
        f"{n}"
        for n, share in zip((1, 32), afterwards, strict=True)
        if clearly(float(running), float(share))
    ]
    assert holds(text, "10 points or more stay lost") == bool(lasting)
    assert not lasting or holds(text, f"After a pass in batches of {', '.join(lasting)}, 10")
    moved = float(np.median(report.sorted_afterwards) - running)
    assert holds(text, "less in the median") == (moved < -1e-9)
    assert holds(text, "more in the median") == (moved > 1e-9)
    if abs(moved) > 1e-9:
        assert numbers(text, "(# point")[0] == pytest.approx(100 * abs(moved), rel=0.05)
