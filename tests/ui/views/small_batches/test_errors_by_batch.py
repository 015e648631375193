"""The bands behind the errors say of each batch size what the sentence beside them says."""

from typing import Any

import numpy as np
import pytest

from tests.ui.truth.printed import figure, sentence
from tests.ui.walk import show
from ui.settings.shared import BATCH_SIZES, Settings

PAGE = "small_batches"


def bands(picture: dict[str, Any]) -> list[tuple[float, str]]:
    """The upper end of each band and its name, from the largest errors down."""
    notes = picture["layout"]["annotations"]
    return [(10 ** note["y"], note["text"]) for note in notes if "yref" not in note]


@pytest.mark.parametrize("batch", BATCH_SIZES[1:])
def test_the_band_of_a_size_is_its_verdict(batch: int) -> None:
    shown = show(PAGE, Settings(batch=batch))
    picture = figure(shown, "fig_errors_by_batch")
    [line] = [t for t in picture["data"] if t["name"] == "output, closed form"]
    error = line["y"][line["x"].index(batch)]
    name = [name for top, name in bands(picture) if error < top][-1]
    assert name.capitalize() in sentence(shown, "numbers")


def test_every_second_band_is_tinted_between_its_neighbours_names() -> None:
    picture = figure(show(PAGE, Settings()), "fig_errors_by_batch")
    tops = [top for top, _ in bands(picture)]
    tints = [(s["y0"], s["y1"]) for s in picture["layout"]["shapes"] if s["type"] == "rect"]
    assert np.ravel(tints) == pytest.approx([tops[1], tops[0], tops[3], tops[2]])


@pytest.mark.parametrize("chosen", [{"eps": 10.0}, {"eps": 1.0, "std": 3.0}, {"std": 0.0}])
def test_no_verdict_where_eps_changes_the_outputs_or_nothing_spreads(
    chosen: dict[str, Any],
) -> None:
    shown = show(PAGE, Settings(**chosen))
    assert not bands(figure(shown, "fig_errors_by_batch"))
    assert "networks train well" not in sentence(shown, "numbers")
