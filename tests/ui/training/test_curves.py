"""Runs as lines with their range, and the ghost of another run."""

import numpy as np

from bn_core.training.summaries import Line
from tests.ui.plot.contrast import assert_contrast
from ui.training.curves import ACCURACY, BATCH, LOSS, NONE, against, ghost, over_steps
from ui.training.experiments.batch_sizes import wu_and_he

X = np.array([0.0, 10.0, 20.0])
LEARNS = Line(X, np.array([0.1, 0.8, 0.9]), np.array([0.1, 0.7, 0.8]), np.array([0.2, 0.9, 1.0]))
LOST = Line(X, np.array([2.0, np.inf, np.inf]), np.array([1.0, 1.5, 2.0]), np.full(3, np.inf))


def test_the_range_stands_behind_the_median_and_one_seed_has_none() -> None:
    alone = Line(X, LEARNS.median, LEARNS.median, LEARNS.median)
    for line, fills in ((LEARNS, 1), (alone, 0)):
        figure = over_steps([(BATCH, line)], "Test accuracy", ACCURACY, 20, "alt")
        assert sum(trace.get("fill") == "toself" for trace in figure["data"]) == fills


def test_a_lost_run_ends_its_line_and_not_its_area() -> None:
    figure = over_steps([(NONE, LOST)], "Training loss", LOSS, 20, "alt")
    area, line = (t for t in figure["data"] if t["x"])
    assert line["y"] == [2.0, None, None]
    assert None not in area["y"]
    assert max(area["y"]) > 10 ** LOSS["range"][1], "it goes on above the picture"


def test_a_ghost_keeps_the_curves_and_tells_its_settings_under_the_title() -> None:
    figure = against([(BATCH, LEARNS)], "x", [1, 10, 20], "Accuracy.", "Test accuracy")
    pale = ghost(figure, "Prepared run: learning rate 0.4")
    assert_contrast("ghost", pale)
    assert pale["alt"] == "Prepared run: learning rate 0.4. Accuracy."
    title, label = pale["layout"]["annotations"]
    assert label["text"] == "Prepared run: learning rate 0.4"
    assert title["yshift"] > label["yshift"] == figure["layout"]["annotations"][0]["yshift"]
    assert pale["layout"]["margin"]["t"] > figure["layout"]["margin"]["t"]
    assert [t["y"] for t in pale["data"]] == [
        t["y"] for t in figure["data"] if t.get("fill") != "toself"
    ]


def test_a_long_label_is_broken_for_a_phone() -> None:
    figure = against([(BATCH, LEARNS)], "x", [1, 10, 20], "Accuracy.", "Test accuracy")
    label = "Prepared run: scale of the initial weights 1, hidden layers 8, momentum 0.1 and others"
    lines = ghost(figure, label)["layout"]["annotations"][-1]["text"].split("<br>")
    assert len(lines) == 2
    assert " ".join(lines) == label


def test_published_numbers_have_no_ghost() -> None:
    assert ghost(wu_and_he(), "Prepared run: seeds 3") == wu_and_he()
