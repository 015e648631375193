"""Numerics: every number against plain numpy, every sentence at settings all over the place.

Of the page's own only the samples of the first feature are taken; errors of rounding are measured
anew on draws of these tests' own, with each method written here again.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bn_core.sampling import draw, standard_draw
from tests.ui.truth.moves import assert_followed
from tests.ui.truth.oracle import Estimate, agrees, draws
from tests.ui.truth.printed import Printed, figure, find, sentence
from tests.ui.truth.reading import rows, value
from tests.ui.walk import assert_clean, show, walk
from ui.views.numerics.view import NumericsSettings

Numbers = NDArray[np.floating[Any]]
CASES = [
    *walk(NumericsSettings, 40, seed=21),
    *walk(NumericsSettings, 8, seed=22, batch=1),
    *walk(NumericsSettings, 8, seed=23, batch=2, shape="rectified"),
    *walk(NumericsSettings, 8, seed=24, std=0.0),
    *walk(NumericsSettings, 8, seed=25, eps=0.0),
    *walk(NumericsSettings, 8, seed=26, eps=10.0),
    *walk(NumericsSettings, 8, seed=27, mean_over_std=1e6),
]
EVERY = pytest.mark.parametrize("s", [pytest.param(s, id=str(i)) for i, s in enumerate(CASES)])
RUNS = 400


def std_of(s: NumericsSettings) -> float:
    x = draw(s.shape, (1, s.batch), s.mean, s.std, s.seed)[0]
    return 0.0 if np.ptp(x) == 0 else float(np.sqrt(np.mean((x - x.mean()) ** 2)))


def after(std: float, eps: float) -> float:
    return std / math.sqrt(std**2 + eps) if std or eps else math.nan


def exactly(told: Printed, expected: float) -> bool:
    return agrees(told, Estimate(expected, 0.0))


def welford(x: Numbers) -> Numbers:
    mean, squares = np.zeros_like(x[:, 0]), np.zeros_like(x[:, 0])
    for count, column in enumerate(x.T, start=1):
        away = column - mean
        mean = mean + away / x.dtype.type(count)
        squares = squares + away * (column - mean)
    return np.asarray(squares / x.dtype.type(x.shape[1]))


def one_pass(x: Numbers) -> Numbers:
    return np.asarray((x * x).mean(axis=1) - x.mean(axis=1) ** 2)


def two_passes(x: Numbers) -> Numbers:
    return np.asarray(((x - x.mean(axis=1, keepdims=True)) ** 2).mean(axis=1))


METHODS = {
    "one pass": one_pass,
    "Flax's default": lambda x: np.where(one_pass(x) > 0, one_pass(x), 0),
    "Welford": welford,
    "shifted one pass": lambda x: one_pass(x - x[:, :1]),
    "two passes": two_passes,
}


@lru_cache(maxsize=256)
def errors(shape: str, batch: int, ratio: float, dtype: str) -> dict[str, tuple[float, float]]:
    """RMS error over the input's variance, and the share below 0, by method."""
    u = draws(shape, (RUNS, max(batch, 2)), np.random.default_rng(batch))
    x = (ratio + u).astype(dtype)
    longer = x.astype(np.longdouble)
    truth = ((longer - longer.mean(axis=1, keepdims=True)) ** 2).mean(axis=1)
    found = {name: method(x) for name, method in METHODS.items()}
    return {
        name: (float(np.sqrt(np.mean((v - truth) ** 2))), float(np.mean(v < 0)))
        for name, v in found.items()
    }


@EVERY
def test_no_text_holds_what_is_no_word(s: NumericsSettings) -> None:
    assert_clean(show("numerics", s))


@EVERY
def test_the_batch_comes_out_as_the_answer_and_the_picture_say(s: NumericsSettings) -> None:
    shown = show("numerics", s)
    said, std = sentence(shown, "answer"), std_of(s)
    alt = figure(shown, "fig_eps")["alt"].replace("undefined", "∞")
    pair = find(alt, "goes from std # to #")
    small = find(alt, "dead feature from std 0.003 to #")
    assert small
    assert exactly(small[0], after(0.003, s.eps))
    assert pair
    assert exactly(pair[0], std)
    found = find(said, "This batch has std # ?and comes out with std #")
    if std == 0 and s.eps == 0:
        assert found is None
        assert "not a number" in said
        assert math.isinf(pair[1].value)
        return
    assert found
    for told in (found, pair):
        assert exactly(told[0], std)
        assert exactly(told[1], after(std, s.eps))
    root = find(
        said, r"the input's std is √eps = # ?\. Below .* under 0.71; from # ?on it is above 0.99"
    )
    assert (root is not None) == (s.eps > 0)
    if root:
        assert exactly(root[0], math.sqrt(s.eps))
        assert exactly(root[1], 10 * math.sqrt(s.eps))
        rng = np.random.default_rng(1)
        for at, holds in ((root[0].value, "<"), (root[1].value, ">")):
            x = rng.standard_normal(50)
            x = at * (x - x.mean()) / x.std()
            out = float((x / np.sqrt(x.var() + s.eps)).std())
            assert out < 0.71 if holds == "<" else out > 0.99


@EVERY
def test_the_curves_are_what_a_batch_does(s: NumericsSettings) -> None:
    fig = figure(show("numerics", s), "fig_eps")
    for trace in fig["data"]:
        name = str(trace["name"])
        eps = (
            s.eps
            if name.startswith("measured")
            else float(name[4:])
            if name[:4] == "eps "
            else None
        )
        if eps is None:
            continue
        for x, y in zip(trace["x"], trace["y"], strict=True):
            if y is not None:
                assert y == pytest.approx(after(x, eps), rel=2e-3)
    measured = next(t for t in fig["data"] if t["name"].startswith("measured"))
    assert all(y is None for y in measured["y"]) == (s.batch == 1 or std_of(s) == 0)


@EVERY
def test_the_defaults_table(s: NumericsSettings) -> None:
    std = std_of(s)
    shown = show("numerics", s)
    for _, eps, out, dead in rows(str(shown["defaults_table"]))[1:]:
        if out != "—":
            assert value(out) == pytest.approx(after(std, value(eps)), rel=2e-6, abs=1e-9)
            assert value(dead) == pytest.approx(after(0.003, value(eps)), rel=6e-3)


@EVERY
def test_the_errors_are_those_of_draws_of_our_own(s: NumericsSettings) -> None:
    shown = show("numerics", s)
    head, *body = rows(str(shown["error_table"]))
    assert value(head[0].removeprefix("mean/std = ")) == s.mean_over_std
    note = find(sentence(shown, "error_note"), "the error of one pass is #")
    assert note
    runs = max(32, min(100, 8192 // max(s.batch, 2)))
    for name, single, double, below in body:
        if name not in METHODS:
            continue
        for dtype, cell in (("float32", single), ("float64", double)):
            own, negative = errors(s.shape, s.batch, s.mean_over_std, dtype)[name]
            # Few of so many batches may have an error at all; their squares have heavy tails.
            floor = 4 * float(np.finfo(dtype).eps)
            assert own / 3 - floor <= value(cell) <= 3 * own + floor, (name, dtype, own)
            if dtype == "float32":
                told = float(below.removesuffix(" %").strip()) / 100
                error = math.sqrt(max(negative * (1 - negative), 0.01) * (1 / runs + 1 / RUNS))
                assert abs(told - negative) <= 5 * error + 0.006
        if name == "one pass":
            assert note[0].value == pytest.approx(value(single), rel=1e-6)
    layers = next(row for row in body if row[0] == "the layers' own")
    assert value(layers[1]) < 4e-7
    assert value(layers[2]) < 2e-15
    assert layers[3] == "0 %"


@EVERY
def test_what_flaxs_default_makes_of_the_output(s: NumericsSettings) -> None:
    """The page's samples, put through a norm with each variance, one batch after the other."""
    said = sentence(show("numerics", s), "flax_note")
    n = max(s.batch, 2)
    u = standard_draw(s.shape, (max(32, min(100, 8192 // n)), n), s.seed, stream=9)
    x = (s.mean_over_std + u).astype(np.float32)
    ends: dict[str, list[float]] = {"fast": [], "slow": []}
    zero = 0
    for batch, fast in zip(x, METHODS["Flax's default"](x).tolist(), strict=True):
        spread = float(batch.astype(np.float64).std())
        if spread == 0 and s.eps == 0:
            continue
        zero += fast == 0
        slow = float(((batch - batch.mean()) ** 2).mean())
        ends["fast"].append(spread / math.sqrt(fast + s.eps) if fast + s.eps else math.inf)
        ends["slow"].append(spread / math.sqrt(slow + s.eps))
    for name, start in (
        ("fast", "its batch norm puts these batches out with a std"),
        ("slow", "two passes"),
    ):
        low, high = min(ends[name]), max(ends[name])
        pair = find(said, f"{start} from # to #") or find(said, f"{start} of #")
        assert pair, said
        for told, expected in ((pair[0], low), (pair[-1], high)):
            if math.isinf(expected):
                assert math.isinf(told.value)
            else:
                assert told.value == pytest.approx(expected, rel=6e-3, abs=1e-9)
    share = zero / len(ends["fast"])
    assert (" is 0 " in said) == (zero > 0)
    if zero:
        assert f"{100 * share:.0f} %" in said or share < 0.01
        assert ("multiplies by 1/√eps" in said) == (s.eps > 0)


@EVERY
def test_the_law_of_one_pass_is_the_size_of_its_error(s: NumericsSettings) -> None:
    shown = show("numerics", s)
    law = rows(str(shown["error_table"]))[-1]
    for dtype, cell in (("float32", law[1]), ("float64", law[2])):
        own = errors(s.shape, s.batch, s.mean_over_std, dtype)["one pass"][0]
        assert 0.4 < own / value(cell) < 6
    lines = [t for t in figure(shown, "fig_float32")["data"] if t["name"] == "formula for one pass"]
    rng = np.random.default_rng(s.seed)
    for dtype, drawn in zip(("float32", "float64"), lines, strict=True):
        at = int(rng.integers(len(drawn["x"])))
        own = errors(s.shape, s.batch, drawn["x"][at], dtype)["one pass"][0]
        assert 0.4 < own / drawn["y"][at] < 6


@EVERY
def test_the_sidebars_own_input(s: NumericsSettings) -> None:
    said = sentence(show("numerics", s), "present_note")
    found = find(said, r"std = # ?\. There the error of one pass in float32 is of the order of #")
    assert (found is None) == (s.std == 0)
    if found is None:
        return
    ratio = abs(s.mean) / s.std
    assert exactly(found[0], ratio)
    own = errors(s.shape, s.batch, ratio, "float32")["one pass"][0]
    assert 0.2 < own / found[1].value < 6


@EVERY
def test_lessons_stand_under_their_conditions(s: NumericsSettings) -> None:
    shown = show("numerics", s)
    lesson, std = sentence(shown, "lesson"), std_of(s)
    assert ("The input has no spread" in lesson) == (s.std == 0)
    assert ("batch of one" in lesson) == (s.std > 0 and s.batch == 1)
    assert ("are equal" in lesson) == (s.std > 0 and s.batch > 1 and std == 0)
    assert ("scaled up to 1" in lesson) == (s.eps == 0 and std > 0)
    assert ("without eps it would" in lesson) == ("batch of one" in lesson and s.eps > 0)
    assert ("two are drawn" in sentence(shown, "error_note")) == (s.batch == 1)


def test_every_control_is_followed() -> None:
    assert_followed("numerics")


def test_equal_values_stand_in_the_walk() -> None:
    """The branch above is reached."""
    assert any(s.std > 0 and s.batch > 1 and std_of(s) == 0 for s in CASES)
