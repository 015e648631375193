"""The gap over the batch sizes: bars that add up, and the column of the present size."""

from typing import Any

import numpy as np
import pytest

from bn_core.comparison.gap_by_batch_size import ExpectedGaps
from ui.plot.style import Figure
from ui.views.train_vs_inference.gap_by_batch import gap_by_batch

SIZES = (1, 2, 4, 8, 32)
PARTS = np.array([[2.0, 1.9, 0.5, 0.3, 0.1], [0.3, 0.2, -0.06, 0.02, 0.0]])
LAW = ExpectedGaps(
    sizes=SIZES,
    now=np.sqrt(PARTS.sum(axis=0)),
    correlation=np.zeros(5),
    settled=np.full(5, 0.4),
    causes=[("one cause", PARTS[0]), ("another", PARTS[1])],
)
SIMULATED = 1.02 * LAW.now


def draw(batch: int, law: ExpectedGaps | None = LAW) -> Figure:
    return gap_by_batch(SIZES, SIMULATED, law, "now", batch, 0.5, "none")


def called(figure: Figure, name: str) -> dict[str, Any]:
    (found,) = [dict(trace) for trace in figure["data"] if trace.get("name") == name]
    return found


def test_every_value_stands_at_its_batch_size() -> None:
    figure = draw(8)
    for name, values in (
        ("now", LAW.now),
        ("simulated", SIMULATED),
        ("one cause", PARTS[0]),
        ("another", PARTS[1]),
    ):
        trace = called(figure, name)
        assert trace["x"] == ["2", "4", "8", "32"]
        assert trace["y"] == pytest.approx(values[1:], abs=1e-3)


def test_the_bars_are_stacked_and_add_up_to_the_square_of_the_line() -> None:
    figure = draw(8)
    assert figure["layout"]["barmode"] == "relative", "below 0 downwards, the others on one another"
    bars = [trace["y"] for trace in figure["data"] if trace["type"] == "bar"]
    total = np.sum(np.array(bars, float), axis=0)
    assert total == pytest.approx(np.array(called(figure, "now")["y"], float) ** 2, abs=5e-3)


def test_the_frame_holds_every_bar_but_the_highest() -> None:
    low, high = draw(8)["layout"]["yaxis2"]["range"]
    assert low <= PARTS.min()
    assert np.sort(PARTS[:, 1:].sum(axis=0))[-2] <= high


@pytest.mark.parametrize("batch", SIZES[1:])
def test_the_column_is_about_the_present_size(batch: int) -> None:
    """A category axis counts its places from 0."""
    place = SIZES[1:].index(batch)
    columns = draw(batch)["layout"]["shapes"]
    assert len(columns) == 2
    for column in columns:
        assert (column["x0"] + column["x1"]) / 2 == place
        assert column["x1"] - column["x0"] == 1


def test_a_batch_of_one_has_no_column() -> None:
    assert draw(1)["layout"]["shapes"] == []


def test_without_a_law_the_simulation_stands_alone() -> None:
    figure = draw(8, law=None)
    assert [trace["name"] for trace in figure["data"]] == ["simulated"]
    assert any("none" in note["text"] for note in figure["layout"]["annotations"])
