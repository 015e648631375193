"""Who shares statistics in a step, counted on labelled examples."""

from typing import Any

import numpy as np
import pytest

from bn_core.theory.training_step import TrainingStep


@pytest.mark.parametrize("batch", [1, 4, 12])
@pytest.mark.parametrize("devices", [1, 8])
@pytest.mark.parametrize("synchronised", [False, True])
@pytest.mark.parametrize("accumulated", [1, 3])
@pytest.mark.parametrize("ghost", [None, 2, 64])
def test_counted(
    batch: int, devices: int, synchronised: bool, accumulated: int, ghost: int | None
) -> None:
    """Every example gets the name of its group; the first one's group is counted."""
    forward, device, example = np.indices((accumulated, devices, batch))
    group = example // (ghost or batch)
    name = np.stack([forward, np.zeros_like(device) if synchronised else device, group])
    mine = (name == name[:, :1, :1, :1]).all(axis=0)
    step = TrainingStep(batch, devices, synchronised, accumulated, ghost)
    assert step.normalised_together == mine.sum()
    assert step.examples == mine.size


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"batch": 0}, "batch must be a whole number of at least 1, got 0"),
        ({"devices": 1.5}, "devices must be a whole number"),
        ({"accumulated": 0}, "accumulated must be a whole number"),
        ({"ghost": 0}, "ghost must be a whole number"),
        ({"synchronised": 1}, "synchronised must be True or False"),
    ],
)
def test_errors(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TrainingStep(**({"batch": 4} | changed))
