"""The picture of a gradient's parts: rows that add up, each column with a scale of its own."""

import re

import numpy as np
import pytest

from bn_core.gradients.parts import GradientParts, split_gradient
from ui.plot.style import Figure
from ui.views.gradients.parts import FEW, gradient_parts

EPS = 1e-5


def drawn(size: int, axis: int = -1, seed: int = 0) -> Figure:
    rng = np.random.default_rng(seed)
    x, g = rng.standard_normal((2, 3, size))
    few: GradientParts | None = split_gradient(x[:, :FEW], g[:, :FEW], -1, EPS)
    if axis == -2:
        return gradient_parts(split_gradient(x.T, g.T, -2, EPS), None, -2, "feature")
    if size <= FEW:
        few = None
    return gradient_parts(split_gradient(x, g, -1, EPS), few, -1, "example")


def titles(figure: Figure) -> list[str]:
    return [re.sub(r"</?b>", "", str(note["text"])) for note in figure["layout"]["annotations"]]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("size", [5, 16, 48])
def test_what_comes_in_less_two_parts_is_what_is_left(size: int, seed: int) -> None:
    data = drawn(size, seed=seed)["data"]
    for start, count in ((0, size), (5, FEW)):
        came, mean, along, left = (np.array(data[start + row]["y"]) for row in range(4))
        assert len(came) == count
        assert left == pytest.approx(came - mean - along, abs=2e-3)
        assert data[start + 4]["y"] == data[start]["y"], "outlined: what came in"


@pytest.mark.parametrize("seed", range(4))
def test_the_titles_tell_each_parts_share_of_the_squared_length(seed: int) -> None:
    figure = drawn(16, seed=seed)
    told = titles(figure)
    assert [text.partition(":")[0] for text in told[:4]] == [
        "What comes in",
        "− mean",
        "− part along output",
        "= what is left",
    ]
    for column in (0, 1):
        squares = [np.sum(np.square(t["y"])) for t in figure["data"][5 * column : 5 * column + 4]]
        for text, square in zip(told[4 * column + 1 : 4 * column + 4], squares[1:], strict=True):
            share = float(text.removesuffix(" %").rpartition(" ")[2])
            assert share == pytest.approx(100 * square / squares[0], abs=0.2)


@pytest.mark.parametrize("size", [2, FEW, 5, 60])
def test_a_group_of_no_more_than_the_example_stands_alone(size: int) -> None:
    figure = drawn(size)
    assert len(figure["data"]) == (10 if size > FEW else 5)
    assert ("First 4 alone" in titles(figure)) == (size > FEW)
    assert len(figure["data"][0]["x"]) == min(size, 48), "no more than can be told apart"
    assert figure["layout"]["xaxis4"]["title"]["text"] == f"example, of {size}"


def test_a_column_of_a_layer_norm_is_taken_as_a_group() -> None:
    by_row, by_column = drawn(FEW), drawn(FEW, axis=-2)
    assert [t["y"] for t in by_row["data"]] == [t["y"] for t in by_column["data"]]


def test_each_bar_lies_inside_its_panel() -> None:
    figure = drawn(32, seed=1)
    for trace in figure["data"]:
        low, high = figure["layout"][trace["yaxis"].replace("y", "yaxis")]["range"]
        inside = [low <= y <= high for y in trace["y"]]
        assert np.mean(inside) > 0.95


def test_no_gradient_has_no_shares() -> None:
    x = np.random.default_rng(0).standard_normal((2, 8))
    parts = split_gradient(x, np.zeros_like(x), -1, EPS)
    figure = gradient_parts(parts, None, -1, "example")
    assert titles(figure) == ["What comes in", "− mean", "− part along output", "= what is left"]
