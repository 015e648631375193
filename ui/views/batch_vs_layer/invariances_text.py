"""One cell of the table of invariances in words: what theory says, and what was measured."""

import math

from ui.text.html import paragraph
from ui.text.numbers import fmt


def pair_note(
    norm: str,
    change: str,
    difference: float,
    *,
    moves: bool,
    holds: bool,
    reason: str,
) -> str:
    """What theory says of one norm and one change, and what was measured.

    difference: the largest of any output, nan for 0/0; moves: whether it is more than rounding
    and eps; holds: whether theory has the output stay at eps = 0; reason: why the measured
    output differs.
    """
    law = "leaves the output as it is" if holds else "changes the output"
    text = f"<b>{norm}, {change}:</b> in theory this {law} at eps = 0. "
    if math.isnan(difference):
        return paragraph(f"{text}Here the variance is 0 as well: 0/0 is not a number.", "lesson")
    text += (
        f"Measured, {'it moves' if moves else 'it stays'}: the largest change is "
        f"{fmt(difference)}. {reason}"
    )
    return paragraph(text.rstrip(), "lesson")


def why(
    norm: str, change: str, *, moves: bool, holds: bool, batch: int, mean: float, std: float
) -> str:
    """Why the measured output differs from the theory for eps = 0; empty where it did not."""
    if moves != holds:
        return ""
    if moves:
        return "It is eps that moves it: eps is not small beside this variance."
    if std == 0 and mean == 0:
        return "Here every input is 0, and so is every output."
    if norm == "BN" and batch == 1:
        return "Here there is one example, and batch norm's output is 0 for every input."
    if std == 0 and change == "data set recentred":
        return "Here the data have std 0, and a shift of the size of one std is no shift."
    if std == 0 and norm == "BN":
        return "Here every sample is the same, and batch norm's output is 0 for every input."
    return "Here the change is too small to count, under 1 % of the output."
