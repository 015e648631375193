"""What a host is answered."""

import json

import pytest

from tests.ui.your_norm.asked import asked, queries, states
from ui.your_norm.answers import listed
from ui.your_norm.starting_points import STARTING_POINTS

WHOLE = STARTING_POINTS[0].code


def test_the_list_holds_every_field() -> None:
    points = json.loads(listed())
    assert [point["name"] for point in points] == [point.name for point in STARTING_POINTS]
    fields = {"name", "title", "group", "code", "solution", "hint", "explained"}
    assert all(point.keys() == fields and all(point.values()) for point in points)


@pytest.mark.parametrize("query", queries(6, seed=5))
def test_every_check_of_the_whole_class_is_right_at_any_settings(query: str) -> None:
    found = asked(WHOLE, query)
    assert found["error"] is None
    assert found["printed"] == ""
    assert {"fig_before_after", "fig_running_mean", "numbers"} == found["shown"].keys()
    assert set(states(found).values()) == {"right"}


def test_the_settings_are_those_of_the_query() -> None:
    few = asked(WHOLE, "batch=2&mean=-3&nothing=1")["shown"]["fig_before_after"]["alt"]
    assert "batch of 2," in few


def test_what_is_printed_comes_from_one_pass_and_is_bounded() -> None:
    line = "        self.std = np.sqrt(var + self.eps)\n"
    code = WHOLE.replace(line, f"        print(Z.shape)\n{line}") + "\nprint('made')\n"
    printed = asked(code, "features=5&batch=4")["printed"]
    assert printed == "made\n(5, 4)\n(5, 4)\n"  # in training, in inference
    printed = asked(WHOLE + "\nprint('x' * 10_000_000)\n")["printed"]
    assert len(printed) < 5_000
    assert "9,996,001 more characters" in printed


def test_a_syntax_error_is_told_at_its_line_and_nothing_is_lost() -> None:
    found = asked("import numpy as np\n\nclass BatchNorm\n    pass\n")
    assert found["error"]["line"] == 3
    assert "Python cannot read this line" in found["error"]["text"]
    assert found["shown"] == {}
    assert set(states(found).values()) == {"open"}
    assert states(found).keys() == states(asked(WHOLE)).keys()
