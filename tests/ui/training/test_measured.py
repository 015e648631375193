"""What an experiment came to, as it is kept and stored."""

import json

import numpy as np

from bn_core.training.summaries import Line
from ui.training.measured import Measured, from_json, points, to_json


def test_infinity_and_digits_survive_being_stored() -> None:
    x, y = np.array([1.0, 2.0]), np.array([0.123456, np.inf])
    there = from_json(to_json(Measured({"loss": Line(x, y, y, y)}, {"start": 0.36})))
    assert there.lines["loss"].median.tolist() == [0.1235, np.inf]
    assert there.numbers == {"start": 0.36}


def test_it_can_be_written_as_json_that_every_reader_takes() -> None:
    line = points([0, 1], [np.inf, 1 / 3])
    json.dumps(to_json(Measured({"loss": line})), allow_nan=False)


def test_lines_without_a_point_are_nothing_to_draw() -> None:
    assert Measured({}, {"diverged": 0}).empty
    assert Measured({"accuracy": points([], [])}).empty
    assert not Measured({"accuracy": points([], []), "loss": points([0], [1])}).empty


def test_the_final_value_is_the_last_median() -> None:
    x = np.array([0.0, 1.0])
    line = Line(x, np.array([0.1, 0.9]), np.array([0.0, 0.8]), np.array([0.2, 1.0]))
    assert Measured({"accuracy": line}).final("accuracy") == 0.9
