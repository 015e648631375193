"""New statistics are said to bring back what a change of the images cost where they do."""

import numpy as np
import pytest

from bn_core.training.experiments import CHANGES
from bn_core.training.retaking import RetakenReport
from tests.ui.training.made_up import SEEDS, accuracies, clean, clearly, drawn, ranges
from tests.ui.truth.reading import holds
from ui.training.experiments.shifted_images import measure, verdict
from ui.training.settings import TrainingSettings

CONTRASTS = [contrast for contrast, _ in CHANGES]


@SEEDS
def test_what_is_lost_and_brought_back_is_told_as_it_was(seed: int) -> None:
    rng, seeds = drawn(seed)
    running, anew = (accuracies(rng, len(CHANGES), seeds) for _ in range(2))
    kind = rng.integers(4)
    if kind == 0:
        running[:] = running[-1]
    elif kind == 1:
        anew[:] = running[-1]
    elif kind == 2:
        anew = running.copy()
    text = clean(verdict(TrainingSettings(), measure([RetakenReport(running, anew)])))
    old, new = np.median(running, axis=1), np.median(anew, axis=1)
    lost = [i for i in range(len(CHANGES) - 1) if clearly(old[-1], old[i])]
    back = [i for i in lost if not clearly(old[-1], new[i])]
    assert holds(text, "costs less than 10 points") == (not lost)
    assert holds(text, "less than 10 points at each of these") == bool(lost and back == lost)
    assert holds(text, "do not bring it back") == bool(lost and not back)
    partly = bool(back) and back != lost
    assert holds(text, "within 10 points at") == partly
    for told, places in ((True, lost), (partly, back)):
        listed = ", ".join(f"{CONTRASTS[i]:g}" for i in places)
        assert not (told and places) or holds(text, f"at {listed} only") or holds(text, listed)
    at = CONTRASTS.index(0.4)
    assert holds(text, f"unchanged images the network recognises {ranges(running[-1])} of")
    assert holds(text, f"At contrast 0.4 it recognises {ranges(running[at])} with the running")
    assert holds(text, f"and {ranges(anew[at])} with statistics of the new images")


def test_no_change_is_last_and_costs_nothing() -> None:
    assert CHANGES[-1] == (1.0, 0.0)
    assert all(b == pytest.approx(10 / 3 * (1 - c)) for c, b in CHANGES)
