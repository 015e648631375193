"""What the progress bar says, and when an accuracy counts as clearly above another."""

import numpy as np
import pytest

from ui.jobs import Status
from ui.training.words import DONE, beats, between, diverged, progress_text


@pytest.mark.parametrize(
    ("status", "waiting", "text"),
    [
        (Status((1,), 1.0), False, DONE),
        (Status((None,), 0.4), False, "Stopped at 40 %"),
        (Status((None,), 0.0, position=1), True, "1 other before you"),
        (Status((None,), 0.0, position=3), True, "3 others before you"),
        (Status((None,), 0.01), True, "Starting"),
        (Status((None,), 0.5, seconds_left=0.2), True, "50 %, about 1 s left"),
    ],
)
def test_the_progress_is_told_in_words(status: Status, waiting: bool, text: str) -> None:
    assert progress_text(status, waiting) == text


def test_ten_points_count_whatever_the_rounding() -> None:
    assert beats(0.3, 0.2)
    assert not beats(0.298, 0.2)


def test_one_share_or_a_range() -> None:
    assert between(np.array([0.95, 0.9501])) == "95 %"
    assert between(np.array([0.95, 0.92, 0.96])) == "92 % to 96 %"


def test_nothing_is_said_of_runs_that_did_not_diverge() -> None:
    assert diverged(0, 9) == ""
    assert diverged(1.0, 1).startswith(" 1 of 1 network diverged")
