"""The training page in the visitor's browser: an experiment in small steps, a text after each."""

from collections.abc import Iterator
from functools import cache
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

from ui.bounded import Bounded
from ui.jobs import Task
from ui.settings.address import read
from ui.text.as_json import encoded
from ui.text.numbers import percent
from ui.training.earlier import Earlier, show_earlier
from ui.training.estimate import Trial, seconds, small, told
from ui.training.experiment import Shown
from ui.training.experiments import EXPERIMENTS
from ui.training.measured import Measured
from ui.training.prepared import prepared
from ui.training.settings import TrainingSettings, chosen
from ui.training.words import DONE

SECONDS_BETWEEN_PICTURES = 0.4

# Runs by their tasks, and the last of each experiment by its name, while the page is open.
_kept: Bounded[Any, Earlier] = Bounded(1_000_000)


def claim(query: str) -> str:
    """What stands there before a run: the run of these tasks, or an earlier one; see `run`."""
    settings, _ = read(TrainingSettings, parse_qs(query))
    experiment = chosen(settings)
    if (kept := _kept.get(experiment.tasks(settings))) is not None:
        return _text(settings, kept.measured, finished=True)
    earlier = _kept.get(experiment.name) or prepared(experiment)
    line, shown = show_earlier(experiment, settings, earlier)
    takes = _takes(experiment.tasks(settings))
    return _sent(settings, line, 0.0, shown, finished=False, takes=takes)


def _takes(tasks: tuple[Task, ...]) -> str:
    return "" if small(tasks) else told(seconds(tasks, 1, _speed()), "in this browser")


@cache
def _speed() -> float:
    *_, (_, _, speed) = Trial().reports()
    found: float = speed()
    return found


def presets() -> str:
    """The experiments that have a button of their own, as JSON."""
    return encoded([one.name for one in EXPERIMENTS if one.preset])


def run(query: str) -> Iterator[str]:
    """Trains, and gives a text after each small step: empty, or what is shown now as JSON.

    claim: what is tested; setup: how it is tested; takes: how long a run takes, where that is
    long; doing: how far it is, in words; fraction: of the work done; shown: the figures and the
    verdict by name; finished.
    """
    settings, _ = read(TrainingSettings, parse_qs(query))
    tasks = chosen(settings).tasks(settings)
    results: list[Any] = [None] * len(tasks)
    weights = [task.weight for task in tasks]
    drawn = monotonic()
    for number, task in enumerate(tasks):
        for done, total, snapshot in task.reports():
            if done == total:
                results[number] = snapshot()
            elif monotonic() - drawn > SECONDS_BETWEEN_PICTURES:
                so_far = [*results[:number], snapshot(), *results[number + 1 :]]
                share = (sum(weights[:number]) + weights[number] * done / total) / sum(weights)
                measured = chosen(settings).measure(so_far)
                yield _text(settings, measured, finished=False, share=share)
                drawn = monotonic()
            yield ""
    measured = chosen(settings).measure(results)
    for key in (tasks, settings.experiment):
        _kept.put(key, Earlier(settings, measured))
    yield _text(settings, measured, finished=True)


def _text(
    settings: TrainingSettings, measured: Measured, *, finished: bool, share: float = 0.0
) -> str:
    doing = DONE if finished else f"{percent(share)} done"
    shown = chosen(settings).shown(settings, measured, finished)
    return _sent(settings, doing, 1.0 if finished else share, shown, finished=finished)


def _sent(
    settings: TrainingSettings,
    doing: str,
    fraction: float,
    shown: Shown,
    *,
    finished: bool,
    takes: str = "",
) -> str:
    experiment = chosen(settings)
    return encoded(
        {
            "claim": experiment.before(settings),
            "setup": experiment.setup(settings),
            "takes": takes,
            "doing": doing,
            "fraction": fraction,
            "shown": shown,
            "finished": finished,
        }
    )
