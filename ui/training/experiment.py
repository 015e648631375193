"""What an experiment of the training page is: each has a file of its own in `experiments`."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.jobs import Task
from ui.plot.style import Figure
from ui.text.html import paragraph
from ui.training.lines import Results
from ui.training.measured import Measured
from ui.training.networks import NetworkSettings

Figures = dict[str, Figure]
Shown = dict[str, Figure | str]


@dataclass(frozen=True)
class Experiment:
    """A claim about training, and how it is tested.

    name: as it stands in the menu and in the address. settings: those that it takes from the page;
    no other changes it. before: the claim, and what to predict. setup: how it is tested. tasks:
    what is computed. measure: numbers, from one result a task; None stands for a result still to
    come. picture: the figures, by name. verdict: what the numbers say, once all tasks are done.
    preset: whether the page has a button for it.
    """

    name: str
    settings: tuple[str, ...]
    before: Callable[[NetworkSettings], str]
    setup: Callable[[NetworkSettings], str]
    tasks: Callable[[NetworkSettings], tuple[Task, ...]]
    measure: Callable[[Results], Measured]
    picture: Callable[[NetworkSettings, Measured], Figures]
    verdict: Callable[[NetworkSettings, Measured], str]
    preset: bool = False

    def shown(self, s: NetworkSettings, measured: Measured, finished: bool) -> Shown:
        """The figures, and under "after" the verdict, which is given only once it is finished."""
        verdict = self.verdict(s, measured) if finished else ""
        return {**self.picture(s, measured), "after": verdict + self.lessons(s)}

    def lessons(self, s: NetworkSettings) -> str:
        """What special settings teach; batch norm is part of every experiment."""
        return lessons_of(s.batch, s.momentum) if "batch" in self.settings else ""


def lessons_of(batch: int, momentum: float) -> str:
    """What special settings teach about batch norm in training; empty for ordinary ones."""
    texts = []
    if batch == 1:
        texts.append(
            "With one example in the batch, the mean is the example itself: batch norm puts out "
            "the same for every digit, and the network cannot tell them apart. PyTorch refuses "
            "such a batch."
        )
    if batch == 2:
        texts.append(
            "With two examples in the batch, batch norm keeps only which of the two is larger, and "
            "almost no gradient passes through it: the layers below it hardly learn."
        )
    if momentum == 0:
        texts.append(
            "With momentum 0 no batch enters the running statistics: in testing, batch norm still "
            "uses their start values, mean 0 and variance 1."
        )
    return "".join(paragraph(text, "lesson") for text in texts)
