"""How long training will take, told before it begins."""

import time

import pytest

from tests.ui.jobs.tasks import Count
from ui.training.estimate import TOLD_FROM, Trial, seconds, small, told
from ui.training.experiments import while_it_trains
from ui.training.settings import TrainingSettings


@pytest.mark.parametrize(
    ("long", "about"),
    [(20, "20 s"), (44, "40 s"), (94, "90 s"), (96, "2 min"), (350, "6 min"), (9000, "2 hours")],
)
def test_it_is_told_as_exactly_as_it_is_known(long: float, about: str) -> None:
    assert told(long, "here") == f"A run at these settings takes about {about} here."


def test_what_is_short_is_not_told() -> None:
    assert told(TOLD_FROM - 0.1, "here") == ""


def test_workers_share_the_work_and_no_task_is_split() -> None:
    tasks = [Count(1, weight=10e6), Count(2, weight=20e6), Count(3, weight=30e6)]
    assert seconds(tasks, workers=1, speed=1e6) == 60
    assert seconds(tasks, workers=2, speed=1e6) == 30
    assert seconds(tasks, workers=9, speed=1e6) == 30


def test_little_work_need_not_be_known() -> None:
    assert small(while_it_trains.tasks(TrainingSettings(train_steps=25, layers=2, seeds=1)))
    assert not small(while_it_trains.tasks(TrainingSettings(train_steps=600)))


def test_a_trial_tells_how_long_a_run_takes() -> None:
    """Within a factor of four: the weights are a rough measure, and machines are shared."""
    *_, (_, _, speed) = Trial().reports()
    settings = TrainingSettings(batch=128, layers=6, train_steps=50, seeds=9)
    (task, *_) = while_it_trains.tasks(settings)
    start = time.thread_time()
    for _ in task.reports():
        pass
    took = time.thread_time() - start
    assert 1 / 4 < seconds([task], 1, speed()) / took < 4
