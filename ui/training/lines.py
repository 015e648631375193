"""Lines out of results, as several experiments draw them, and their numbers in words."""

from collections.abc import Sequence
from typing import Any

from bn_core.network import Norm
from bn_core.record import History
from bn_core.runs import Run
from bn_core.summaries import Line, over_seeds
from bn_core.summaries import sweep as swept
from ui.figures.runs import Style
from ui.figures.style import Figure

Shown = dict[str, Figure | str]
Results = Sequence[Any]

ACCURACY = "Accuracy on unseen digits"


def there(results: Results) -> list[History]:
    """The results that there are."""
    return [result for result in results if result is not None]


def paired(styles: Sequence[Style], results: Results) -> list[tuple[Style, History]]:
    """Each style with its history, where that has come."""
    return [(s, h) for s, h in zip(styles, results, strict=True) if h is not None]


def accuracy(history: History) -> Line:
    """Accuracy with running statistics over the steps."""
    return over_seeds(history.at, history.accuracy_running)


def sweep(results: Results, norm: Norm, field: str, batch_statistics: bool = False) -> Line:
    """Final accuracy of one norm against a setting of the runs."""

    def value(run: Run) -> float:
        return float(getattr(run, field))

    return swept(there(results), value, norm, batch_statistics)


def told(drawn: Sequence[tuple[Style, Line]]) -> str:
    """The last value of each line, in words."""
    return ", ".join(
        f"{style.name} {100 * line.median[-1]:.0f} %" for style, line in drawn if line.x.size
    )


def ends(drawn: Sequence[tuple[Style, Line]]) -> str:
    """Where each line begins and ends, for those who cannot see it."""
    return " ".join(
        f"{style.name}: {100 * line.median[0]:.0f} % at {line.x[0]:g}, "
        f"{100 * line.median[-1]:.0f} % at {line.x[-1]:g}."
        for style, line in drawn
        if line.x.size
    )
