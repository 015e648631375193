"""Statistics taken anew are said to repair, to harm or to change little where they did."""

import numpy as np

from bn_core.training.experiments import MOMENTA
from bn_core.training.retaking import RetakenReport
from tests.ui.training.made_up import SEEDS, accuracies, clean, clearly, drawn, ranges
from tests.ui.truth.reading import holds, rows
from ui.training.experiments.retaken_statistics import measure, verdict
from ui.training.settings import TrainingSettings


@SEEDS
def test_a_pass_repairs_or_harms_where_it_did(seed: int) -> None:
    rng, seeds = drawn(seed)
    reports = [RetakenReport(accuracies(rng, seeds), accuracies(rng, seeds)) for _ in MOMENTA]
    if rng.random() < 0.3:
        reports = [RetakenReport(one.running, one.running) for one in reports]
    text = clean(verdict(TrainingSettings(), measure(reports)))
    pairs = [
        (f"{m:g}", float(np.median(one.running)), float(np.median(one.retaken)))
        for m, one in zip(MOMENTA, reports, strict=True)
    ]
    helped = [m for m, old, new in pairs if clearly(new, old)]
    harmed = [m for m, old, new in pairs if clearly(old, new)]
    assert holds(text, "repaired") == bool(helped)
    assert not helped or holds(text, f"At momentum {', '.join(helped)} one pass")
    assert holds(text, "points or more worse") == bool(harmed)
    assert not harmed or holds(text, f"At momentum {', '.join(harmed)} the pass made")
    assert holds(text, "less than 10 points apart") == (len(helped) + len(harmed) < 3)
    assert holds(text, "At each momentum") == (not helped and not harmed)
    told = [
        [f"{m:g}", ranges(one.running), ranges(one.retaken)]
        for m, one in zip(MOMENTA, reports, strict=True)
    ]
    assert rows(text)[1:] == told
    assert holds(text, "In brackets: the worst and the best") == ("(" in str(told))
