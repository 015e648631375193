"""The lab's script gives the lab's numbers."""

import re
from itertools import product

import pytest

from tests.ui.truth.printed import figure, sentence
from tests.ui.views.scripts import ran, same, shown_whole
from tests.ui.walk import walk
from ui.text.numbers import fixed, fmt
from ui.views.lab.view import SIZES, LabSettings

CASES = [
    LabSettings(),
    *walk(LabSettings, 6, 1, view="one batch", norm="batch"),
    *walk(LabSettings, 4, 2, view="one batch", norm="layer"),
]


@pytest.mark.parametrize("s", CASES)
def test_one_batch(s: LabSettings) -> None:
    found, shown = ran("lab", s), shown_whole("lab", s)
    after = "after, training" if s.norm == "batch" else "after"
    traces = figure(shown, "fig_before_after")["data"]
    for panel, name in (("x", "before"), ("x2", after)):
        drawn = [t["x"] for t in traces if t["name"] == "mean ± std" and t["xaxis"] == panel]
        for low, high, *_ in drawn:  # none where no output is a number
            same(found[f"mean {name}"], (low + high) / 2)
            same(found[f"std {name}"], (high - low) / 2)
    told = sentence(shown, "numbers")
    for name in ("before", after):
        assert f"{fixed(found[f'mean {name}'])} {fixed(found[f'std {name}'])}" in told
    cells = re.findall(r"<b>([^<]*(?:<sup>[^<]*</sup>)?)</b>", str(shown["four_lines"]))[-4:]
    if s.norm == "layer":
        four = found["mean of example 1"], found["variance of example 1"]
        output = found["its output in the feature"]
    else:
        four = found["mean of the feature"], found["variance of the feature"]
        output = found["its first output"]
        number = min(s.feature, s.features)
        path = figure(shown, "fig_running_mean")["data"]
        [line] = [t["y"] for t in path if t["name"] == f"feature {number}"]
        same(found["running mean of the feature"], line[-1])
        assert f"variance {fixed(found['running variance, step 200'])}" in told
        gap = found["gap of training and inference, RMS"]
        assert gap != gap or f"differ by {fmt(gap)} (RMS".replace("<sup>", " ").replace(
            "</sup>", " "
        ) in told.replace("  ", " ")
    assert [cells[0], cells[1], cells[3]] == [fmt(four[0]), fmt(four[1]), fmt(output)]


@pytest.mark.parametrize(
    "s", [LabSettings(view="four batch sizes"), *walk(LabSettings, 4, 3, view="four batch sizes")]
)
def test_four_batch_sizes(s: LabSettings) -> None:
    found, shown = ran("lab", s), shown_whole("lab", s)
    notes = [one["text"] for one in figure(shown, "fig_batch_sizes")["layout"]["annotations"]]
    for note, (when, size) in zip(notes, product(("before", "after"), SIZES), strict=True):
        mean, std = (found[f"{what} {when}, B = {size}"] for what in ("mean", "std"))
        assert note.endswith(f"{fixed(mean)} ± {fixed(std)}")
