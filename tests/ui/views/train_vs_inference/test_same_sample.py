"""One sample's outputs: the marks of both means, and their labels where there is room."""

import numpy as np
import pytest

from bn_core.simulation.densities import Density
from ui.plot.style import Figure
from ui.views.train_vs_inference.same_sample import same_sample

EDGES = np.linspace(-5, 5, 11)
FLAT = Density(EDGES, np.full(10, 0.1), 10)


def drawn(mean: float, inference: float) -> Figure:
    return same_sample(FLAT, None, mean, 0.2, (inference, 0.1), 5.5)


@pytest.mark.parametrize("place", [-4.5, -2.0, 0.0, 0.4, 2.0, 4.5])
def test_a_label_is_written_to_the_side_that_has_room(place: float) -> None:
    figure = drawn(place, place)
    training, inference = figure["layout"]["annotations"][1:]
    assert training["x"] == inference["x"] == place
    # The longer label takes half of a phone's panel, the shorter one a quarter.
    for label, needs in ((training, 4.6), (inference, 2.5)):
        room = place + 5 if label["xanchor"] == "right" else 5 - place
        assert room >= needs
    assert training["y"] != inference["y"], "one over the other where they meet"


def test_what_is_no_number_or_off_the_picture_has_no_mark() -> None:
    assert len(drawn(np.nan, 7.0)["layout"]["shapes"]) == 0
    assert len(drawn(1.0, 7.0)["layout"]["shapes"]) == 1
