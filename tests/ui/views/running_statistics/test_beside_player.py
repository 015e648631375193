"""Numbers beside a player follow it: at every step they are those of that step."""

from typing import Any

import numpy as np
import pytest

from bn_core.simulation import running_paths
from tests.ui.truth.reading import numbers
from tests.ui.walk import show, walk
from ui.views.running_statistics.view import PATHS, STEPS, RunningSettings

WALK = [RunningSettings(), *walk(RunningSettings, 12, seed=3, average="exponential")]


def series(settings: Any) -> dict[str, list[str]]:
    figure: Any = show("running_statistics", settings)["fig_running_mean"]
    found: dict[str, list[str]] = figure["player"]["beside"]
    return found


@pytest.mark.parametrize("s", WALK)
def test_the_series_are_the_paths_at_each_step(s: RunningSettings) -> None:
    found = series(s)
    trail = running_paths.draw_batches(
        s.shape,
        s.batch,
        s.seed,
        paths=PATHS,
        steps=STEPS,
        mean=s.mean,
        std=s.std,
        drift=s.drift,
        unbiased=s.stored == "unbiased",
    )
    path = np.full(PATHS, s.start_mean)
    for step in range(STEPS + 1):
        if step:
            path = (1 - s.momentum) * path + s.momentum * trail.mean[:, step - 1]
        texts = found["mean simulated"]
        mean, sd = numbers(texts[min(step, len(texts) - 1)], "# ± #")
        assert abs(mean - path.mean()) < 0.0051
        assert abs(sd - path.std()) < 0.051 * path.std() + 1e-9
        truth = found["mean truth"][min(step, len(found["mean truth"]) - 1)]
        assert abs(numbers(truth, "#")[0] - (s.mean + s.drift * step)) < 0.0051
    assert found["step"] == [str(step) for step in range(STEPS + 1)]
