"""The two histograms: their marks, their frames and their closed forms."""

from typing import Any

import numpy as np
import pytest

from ui.plot.style import Figure
from ui.views.lab.before_after import before_after

RNG = np.random.default_rng(5)


def draw(mean: float, std: float) -> tuple[np.ndarray, np.ndarray, Figure]:
    before = mean + std * RNG.standard_normal((8, 40))
    after = (before - before.mean()) / before.std()
    return before, after, before_after(before, after, what="a batch", title_after="After BN")


def called(figure: Figure, name: str) -> list[dict[str, Any]]:
    return [dict(trace) for trace in figure["data"] if trace.get("name") == name]


@pytest.mark.parametrize(("mean", "std"), [(5.0, 3.0), (-10.0, 0.01), (0.0, 10.0), (60.0, 1.0)])
def test_the_marks_stand_at_the_mean_and_one_std_on_either_side(mean: float, std: float) -> None:
    before, after, figure = draw(mean, std)
    for values, span, middle in zip(
        (before, after), called(figure, "mean ± std"), called(figure, "mean"), strict=True
    ):
        assert middle["x"] == pytest.approx([values.mean()] * 2, abs=2e-3)
        ends = (values.mean() - values.std(), values.mean() + values.std())
        assert (min(span["x"]), max(span["x"])) == pytest.approx(ends, abs=2e-3)


@pytest.mark.parametrize(("mean", "std"), [(5.0, 3.0), (-10.0, 0.01), (0.0, 10.0), (60.0, 1.0)])
def test_the_frames_hold_nearly_all_values(mean: float, std: float) -> None:
    before, after, figure = draw(mean, std)
    layout = figure["layout"]
    for number, values in (("", before), ("", after), ("2", after)):
        low, high = layout[f"xaxis{number}"]["range"]
        assert low == -high, "0 stays in the middle, so that a shift is seen"
        assert np.mean((values >= low) & (values <= high)) >= 0.99


def test_inputs_and_outputs_stand_on_one_scale() -> None:
    _, _, figure = draw(5.0, 3.0)
    (came,), (left,) = called(figure, "before"), called(figure, "after bn")
    assert came["xaxis"] == left["xaxis"] == "x"
    assert came["yaxis"] == left["yaxis"] == "y"
    (enlarged,) = called(figure, "After BN")
    assert enlarged["xaxis"] == "x2"
    assert (enlarged["x"], enlarged["y"]) == (left["x"], left["y"])


@pytest.mark.parametrize(("mean", "std"), [(5.0, 3.0), (-10.0, 0.01), (2.0, 0.1), (0.0, 10.0)])
def test_a_peak_that_leaves_its_frame_has_its_height_there(mean: float, std: float) -> None:
    _, _, figure = draw(mean, std)
    for bars, label, number in zip(
        (called(figure, "before")[0], called(figure, "After BN")[0]),
        called(figure, "mean and std"),
        ("", "2"),
        strict=True,
    ):
        highest = max(bars["y"])
        left = highest > figure["layout"][f"yaxis{number}"]["range"][1]
        said = label["text"][1]
        assert bool(said) == left
        if left:
            assert float(said.removeprefix("↑ ")) == pytest.approx(highest, rel=0.01)
            low, high = figure["layout"][f"xaxis{number}"]["range"]
            assert low + label["x"][1] * (high - low) == pytest.approx(mean, abs=4 * std + 0.02)


def test_the_scale_stays_while_a_slider_moves_and_only_grows_where_it_must() -> None:
    batch = RNG.standard_normal((8, 40))

    def scale(mean: float, std: float) -> float:
        figure = before_after(mean + std * batch, batch, what="a batch", title_after="After")
        return float(figure["layout"]["xaxis"]["range"][1])

    assert {scale(mean, 3.0) for mean in np.linspace(-10, 10, 21)} == {20.0}
    assert {scale(5.0, std) for std in np.linspace(0, 4, 21)} == {20.0}
    # Beyond, it grows by little for a step of the slider: no jump.
    wider = [scale(10.0, std) for std in np.arange(3.0, 10.05, 0.1)]
    assert np.all(np.diff(wider) >= 0)
    assert np.max(np.diff(wider)) < 0.5


def test_the_key_names_every_mark_once() -> None:
    before, after = RNG.standard_normal((2, 8, 40))
    x = np.linspace(-3, 3, 9)
    law = (x, np.exp(-x * x / 2))
    figure = before_after(
        before, after, what="a", title_after="After", law_before=law, law_after=law
    )
    key = [t["name"] for t in figure["data"] if t.get("showlegend", True)]
    assert sorted(key) == ["after", "before", "closed form", "mean", "mean ± std"]
