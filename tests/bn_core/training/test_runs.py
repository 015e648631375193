"""The settings of a run, and which runs make a stack."""

from dataclasses import replace

import pytest

from bn_core.training.history import Record
from bn_core.training.runs import Run, stacks
from bn_core.training.sgd import Training

SHORT = Run("batch", depth=3, width=16, batch=32, steps=30)


def test_runs_are_stacked_by_shape() -> None:
    runs = [replace(SHORT, batch=batch, lr=lr) for batch in (8, 16) for lr in (0.1, 0.2)]
    assert [len(stack) for stack in stacks(runs)] == [2, 2]
    with pytest.raises(ValueError, match="stacks"):
        Training(runs, Record(1))


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"batch": 0}, "batch"),
        ({"batch": 2000}, "batch"),
        ({"batch": 32, "ghost": 5}, "ghost"),
        ({"label_noise": 1.5}, "label_noise"),
        ({"examples": 5000}, "examples"),
        ({"depth": 0}, "depth"),
    ],
)
def test_settings_that_make_no_sense_say_so(settings: dict[str, float], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        replace(SHORT, **settings)  # type: ignore[arg-type]
