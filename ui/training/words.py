"""What several verdicts say in the same words, and when one accuracy counts as above another."""

from collections.abc import Sequence

from bn_core.training.summaries import Line
from bn_core.types import Array
from ui.jobs import Status
from ui.text.html import paragraph, table
from ui.text.numbers import counted, percent

CLEAR = 0.1
"""Ten points of accuracy: more than seeds differ by where networks learn."""

DONE = "Done. At these settings the results now come back at once."
NAMES = ("no norm", "batch norm", "layer norm")


def beats(one: float, other: float) -> bool:
    """Whether an accuracy is clearly above another."""
    return round(one - other, 6) >= CLEAR


def gains_and_losses(old: Line, new: Line) -> tuple[list[str], list[str]]:
    """The places, as text, where the new line clearly beats the old, and where the old beats it."""
    rows = list(zip(old.x, old.median, new.median, strict=True))
    gains = [f"{at:g}" for at, before, after in rows if beats(after, before)]
    losses = [f"{at:g}" for at, before, after in rows if beats(before, after)]
    return gains, losses


def between(medians: Array) -> str:
    """One percentage, or from the least to the largest."""
    low, high = percent(float(medians.min())), percent(float(medians.max()))
    return low if low == high else f"{low} to {high}"


def ranged(line: Line, place: int, digits: int | None = None) -> str:
    """The median at that place of a line and, in brackets, the worst and the best seed."""
    found = (float(row[place]) for row in (line.median, line.low, line.high))
    median, low, high = (percent(share, digits) for share in found)
    return median if low == high else f"{median} ({low.removesuffix(' %')} to {high})"


def ranges_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of what `ranged` gives, and what its brackets are."""
    note = brackets("".join(cell for row in rows for cell in row)).strip(" ()")
    return table(head, rows) + paragraph(note and f"{note[0].upper()}{note[1:]}.", "small")


def brackets(told: str) -> str:
    """What stands in the brackets of `ranged`, where there are any."""
    return " (in brackets: the worst and the best network)" if "(" in told else ""


def diverged(number: float, networks: int) -> str:
    """How many networks ended in numbers that are not finite; empty if none."""
    if not number:
        return ""
    return (
        f" {number:.0f} of {counted(networks, 'network')} diverged: at some step the loss or the "
        "gradient was no longer a finite number, and the weights stay as they were then."
    )


def progress_text(status: Status, waiting: bool) -> str:
    """What stands on the progress bar."""
    share = percent(status.fraction)
    if status.finished:
        return DONE
    if not waiting:
        return f"Stopped at {share}"
    if status.position:
        return f"{counted(status.position, 'other')} before you"
    if status.seconds_left is None:
        return "Starting"
    return f"{share}, about {max(1, round(status.seconds_left))} s left"
