"""Each starting point: not right before, right after the given solution, at any settings."""

import pytest

from tests.ui.views.parts import figure, numbers
from tests.ui.your_norm.asked import asked, queries, states
from ui.your_norm.starting_points import STARTING_POINTS, StartingPoint
from ui.your_norm.starting_points.starting_point import replaced

QUERIES = queries(3, seed=23)
GAPS, BUGS = ([one for one in STARTING_POINTS if one.group == group] for group in ("gaps", "bugs"))

# The checks that a bug turns wrong wherever the sliders stand. Others may be wrong with them.
SEEN_BY = {
    "bug_eps": {"eps", "project"},
    "bug_axis": {"standard", "running", "gradient", "sums", "single", "project"},
    "bug_variance": {"standard", "gradient", "sums", "single", "project"},
    "bug_momentum": {"running", "project"},
    "bug_backward": {"gradient", "sums", "project"},
    "bug_training": {"standard", "gradient", "project"},
    "bug_inference": {"inference", "frozen", "project"},
    "bug_input": {"input"},
}
OPEN_IN = {
    "gap_running": {"inference", "running", "frozen", "input", "project"},
    "gap_backward": {"gradient", "sums", "input", "project"},
}


def each(points: list[StartingPoint]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("point", points, ids=[point.name for point in points])


def test_names_are_all_unlike_and_every_kind_is_there() -> None:
    names = [one.name for one in STARTING_POINTS]
    assert len(set(names)) == len(names)
    assert len({one.title for one in STARTING_POINTS}) == len(names)
    assert [one.group for one in STARTING_POINTS] == [
        "whole",
        *["gaps"] * len(GAPS),
        *["bugs"] * len(BUGS),
        "layer",
    ]
    assert {one.name for one in BUGS} == SEEN_BY.keys()


@each(list(STARTING_POINTS))
def test_the_solution_has_every_check_right(point: StartingPoint) -> None:
    for query in QUERIES:
        found = asked(point.solution, query)
        wrong = [one for one in found["checks"] if one["state"] != "right"]
        assert (found["error"], wrong) == (None, []), query


@each(GAPS)
def test_a_gap_is_open_and_no_crash(point: StartingPoint) -> None:
    for query in QUERIES:
        found = asked(point.code, query)
        assert found["error"] is None
        state = states(found)
        assert "wrong" not in state.values()
        expected = OPEN_IN.get(point.name, state.keys())
        assert {name for name in state if state[name] == "open"} == expected
        assert bool(found["shown"]) == (point.name in OPEN_IN)


@each(BUGS)
def test_a_bug_is_seen_by_its_checks_at_any_settings(point: StartingPoint) -> None:
    for query in QUERIES:
        found = asked(point.code, query)
        assert found["error"] is None, query
        wrong = {name for name, state in states(found).items() if state == "wrong"}
        assert wrong >= SEEN_BY[point.name], query
        # No other check is turned wrong by it than those, and those that see a wrong output.
        if "standard" not in SEEN_BY[point.name]:
            assert wrong == SEEN_BY[point.name], query


def test_from_bn_to_ln_one_character_changes() -> None:
    point = STARTING_POINTS[-1]
    assert len(point.code) == len(point.solution)
    assert sum(a != b for a, b in zip(point.code, point.solution, strict=True)) == 1
    for query in QUERIES:
        state = states(asked(point.code, query))
        assert {name for name in state if state[name] == "wrong"} >= {"standard", "alone"}
        assert not {"running", "inference", "frozen", "single"} & state.keys()


def test_the_steps_from_gaps_to_the_whole_class_come_one_by_one() -> None:
    """Filled from the top, each part opens more checks, and none turns wrong on the way."""
    code = next(one.code for one in GAPS if one.name == "gap_all")
    solution = STARTING_POINTS[0].code
    missing = [line for line in code.splitlines() if "= ..." in line]
    assert len(missing) == 7
    terms = ("        by_mean", "        along_z")
    by = "\n".join(one for one in solution.splitlines() if one.startswith(terms))
    before = -1
    for line in missing:
        start = line.split("=")[0]  # with its spaces
        right = next(one for one in solution.splitlines() if one.startswith(f"{start}="))
        if start.strip() == "dZ":
            right = f"{by}\n{right}"
        code = code.replace(line, right)
        state = list(states(asked(code)).values())
        assert "wrong" not in state
        assert state.count("right") >= before
        before = state.count("right")
    assert before == len(state)


def test_a_heat_map_shows_where_the_gradient_differs_and_only_then() -> None:
    [bug] = [one for one in BUGS if one.name == "bug_backward"]
    heat = {one["name"]: one["heat"] for one in asked(bug.code)["checks"]}
    assert {name for name in heat if heat[name]} == {"gradient"}
    rows = heat["gradient"]["data"][0]["z"]
    # The mean of dz over std: each row is off by one number.
    for row in rows:
        assert max(row) - min(row) == pytest.approx(0, abs=1e-3)
    assert max(abs(row[0]) for row in rows) > 0.1


@pytest.mark.parametrize(
    ("name", "query", "mean", "std"),
    [
        # As the texts have it: divided by 4 and not by 3.16 where the std is 3.
        ("bug_eps", "eps=1&batch=512&features=256", 0, 3 / 4),
        ("whole", "eps=1&batch=512&features=256", 0, 3 / 3.16),
        ("bug_variance", "batch=32", 0, 0.984),
        ("bug_variance", "batch=2", 0, 0.707),
        ("bug_training", "batch=512&features=256&gamma=2&beta=-1", 2 * 3.4 - 1, None),
        ("bug_axis", "", 0, 1),
    ],
)
def test_the_numbers_that_the_texts_give(
    name: str, query: str, mean: float, std: float | None
) -> None:
    [point] = [one for one in STARTING_POINTS if one.name == name]
    alt = figure(asked(point.code, query)["shown"], "fig_before_after")["alt"]
    own_mean, own_std = numbers(alt.split("After your norm:")[1])
    assert own_mean == pytest.approx(mean, abs=0.1)
    assert std is None or own_std == pytest.approx(std, abs=0.006)


def test_what_is_to_be_replaced_must_be_there_once() -> None:
    with pytest.raises(ValueError, match="found 2 times: a"):
        replaced("aba", ("a", "c"))
