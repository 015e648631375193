"""Lines out of results, as several experiments draw them, and their numbers in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from bn_core.training.history import History
from bn_core.training.network import Norm
from bn_core.training.runs import Run
from bn_core.training.summaries import Line, over_seeds
from bn_core.training.summaries import sweep as swept
from ui.training.curves import STYLES, Style
from ui.training.measured import Measured

Results = Sequence[Any]

UNSEEN = "Accuracy on 500 unseen digits"
TESTED = "Test accuracy"
TESTED_ON = "Test accuracy is the share of 500 unseen digits that a network recognises."


def available(results: Results) -> list[History]:
    """The results that there are."""
    return [result for result in results if result is not None]


def complete(results: Results) -> bool:
    """Whether every stack of runs has reached its last step."""
    return all(h is not None and h.at.size and h.at[-1] == h.runs[0].steps for h in results)


def with_norms(norms: Sequence[Norm], results: Results) -> list[tuple[Norm, History]]:
    """Each norm with its history, where that has come."""
    return [(norm, h) for norm, h in zip(norms, results, strict=True) if h is not None]


def accuracy(history: History) -> Line:
    """Accuracy with running statistics over the steps."""
    return over_seeds(history.at, history.accuracy_running)


def sweep(
    histories: Iterable[History], norm: Norm, field: str, batch_statistics: bool = False
) -> Line:
    """Final accuracy of one norm against a setting of the runs."""

    def value(run: Run) -> float:
        return float(getattr(run, field))

    return swept(histories, value, norm, batch_statistics)


def styled(measured: Measured, what: str, norms: Sequence[Norm]) -> list[tuple[Style, Line]]:
    """The lines "what norm" that there are, each in the style of its norm."""
    names = [(STYLES[norm], f"{what} {norm}") for norm in norms]
    return [(style, measured.lines[name]) for style, name in names if name in measured.lines]


def last_values(drawn: Sequence[tuple[Style, Line]]) -> str:
    """The last value of each line, in words."""
    return ", ".join(
        f"{style.name} {100 * line.median[-1]:.0f} %" for style, line in drawn if line.x.size
    )


def end_values(drawn: Sequence[tuple[Style, Line]]) -> str:
    """Where each line begins and ends, for those who cannot see it."""
    return " ".join(
        f"{style.name}: {100 * line.median[0]:.0f} % at {line.x[0]:g}, "
        f"{100 * line.median[-1]:.0f} % at {line.x[-1]:g}."
        for style, line in drawn
        if line.x.size
    )
