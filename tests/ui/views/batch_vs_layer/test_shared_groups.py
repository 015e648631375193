"""The maps before and after a norm: one above the other, with numbers where there is room."""

from typing import Any

import numpy as np
import pytest

from bn_core.comparison.groups import normalize_groups
from ui.plot.style import Figure
from ui.views.batch_vs_layer.shared_groups import shared_groups


def drawn(features: int, batch: int, positions: int) -> tuple[np.ndarray[Any, Any], Figure]:
    x = np.random.default_rng(features).normal(5.0, 3.0, (features, batch, positions))
    grouped = normalize_groups(x, "batch", 1e-5, 1)
    return x, shared_groups(x, grouped, (0, 0), 3.0, "After")


@pytest.mark.parametrize(("batch", "positions"), [(1, 1), (6, 2), (4, 3), (5, 3), (6, 4)])
def test_numbers_are_written_where_a_phone_has_room_for_them(batch: int, positions: int) -> None:
    _, figure = drawn(8, batch, positions)
    for trace in figure["data"]:
        assert trace["textfont"]["size"] >= 11
        assert bool(trace["texttemplate"]) == (batch * positions <= 12)
        assert "%{z" in trace["hovertemplate"], "a hover tells them in any case"


def test_an_entry_stands_under_itself() -> None:
    x, figure = drawn(8, 6, 2)
    before, after = figure["data"]
    assert before["z"] == [pytest.approx(row, abs=0.01) for row in x.reshape(8, 12).tolist()]
    upper, lower = figure["layout"]["yaxis"]["domain"], figure["layout"]["yaxis2"]["domain"]
    assert upper[0] > lower[1], "the map before above the map after"
    assert figure["layout"]["xaxis"]["range"] == figure["layout"]["xaxis2"]["range"]
    assert before["x"] == after["x"]
