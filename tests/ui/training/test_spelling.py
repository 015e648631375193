"""Results of training as bytes: back without loss, and nothing else comes back."""

import pickle
import random
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from bn_core.training.history import Record
from bn_core.training.runs import Run
from bn_core.training.tasks import TrainStack
from tests.ui.jobs.tasks import Count
from ui.jobs import Task
from ui.training.experiments import EXPERIMENTS
from ui.training.settings import TrainingSettings
from ui.training.spelling import read_result, spell_result

SMALL = TrainStack(
    tuple(Run("batch", depth=1, width=4, batch=4, steps=3, seed=s) for s in (0, 1)), Record(2)
)


def trained(task: Task) -> Any:
    *_, (_, _, result) = task.reports()
    return result()


def same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if is_dataclass(one) and type(one) is type(other) and not isinstance(one, Run):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    return bool(one == other)


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda one: one.name)
def test_what_every_experiment_computes_comes_back_as_it_was(experiment: Any) -> None:
    settings = TrainingSettings(
        experiment=experiment.name, train_steps=25, layers=2, seeds=2, rate=6.4, batch=256
    )
    lightest, *_, heaviest = sorted({*experiment.tasks(settings)}, key=lambda one: one.weight) * 2
    for task in {lightest, heaviest} if heaviest.weight < 1e6 else {lightest}:
        result = trained(task)
        text = spell_result(task, result)
        assert text is not None
        assert same(read_result(task, text), result)


def test_what_nobody_knows_or_is_too_large_is_not_spelt(monkeypatch: pytest.MonkeyPatch) -> None:
    assert spell_result(Count(5), (5, 0, 0)) is None
    assert read_result(Count(5), b"[]\n") is None
    monkeypatch.setattr("ui.training.spelling.MOST_BYTES", 100)
    assert spell_result(SMALL, trained(SMALL)) is None


def test_what_is_read_cannot_be_another_tasks_result_nor_anything_that_runs() -> None:
    other = TrainStack(
        tuple(Run("batch", depth=1, width=4, batch=4, steps=4, seed=s) for s in (0, 1)), Record(2)
    )
    text = spell_result(other, trained(other))
    assert text is not None
    assert read_result(SMALL, text) is None
    for foreign in (
        b"",
        b"\n",
        b"null\n",
        b"[1]\n",
        b"{}\n",
        b"[" * 100_000,
        b'[["O",[1]]]\n01234567',
    ):
        assert read_result(SMALL, foreign) is None
    assert read_result(SMALL, pickle.dumps(trained(SMALL))) is None


def test_bytes_that_were_changed_give_a_result_of_the_same_form_or_none() -> None:
    rng = random.Random(7)
    whole = trained(SMALL)
    text = spell_result(SMALL, whole)
    assert text is not None
    taken = 0
    for _ in range(2000):
        changed = bytearray(text[: rng.choice([len(text), len(text), rng.randrange(len(text))])])
        for _ in range(rng.randint(1, 3)):
            if changed:
                changed[rng.randrange(len(changed))] = rng.randrange(256)
        found = read_result(SMALL, bytes(changed))
        if found is not None:
            taken += 1
            assert found.runs == SMALL.runs
            assert [v.shape for v in arrays(found)] == [v.shape for v in arrays(whole)]
            assert not any(v.dtype.hasobject for v in arrays(found))
    assert taken > 100, "changed numbers, which nobody can tell from others"


def arrays(history: Any) -> list[Any]:
    return [v for f in fields(history) if isinstance(v := getattr(history, f.name), np.ndarray)]
