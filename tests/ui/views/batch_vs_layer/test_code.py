"""The script of the page on batch or layer gives the page's numbers."""

import math

import pytest

from tests.ui.truth.printed import figure
from tests.ui.views.scripts import ran, same, shown_whole
from tests.ui.walk import walk
from ui.text.numbers import fmt
from ui.views.batch_vs_layer.view import CompareSettings

TITLES = (("BN", "After BN"), ("LN", "After LN"))


@pytest.mark.parametrize("s", [CompareSettings(), *walk(CompareSettings, 8, 9)])
def test_the_numbers_of_the_page(s: CompareSettings) -> None:
    found, shown = ran("batch_vs_layer", s), shown_whole("batch_vs_layer", s)
    table = str(shown["groups_table"])
    for norm in ("batch", "layer", "rms", "group", "instance"):
        taken = "none" if norm == "rms" else fmt(found[f"{norm}: mean"])
        cells = [f"{found[f'{norm}: entries that share']:.0f}", taken]
        cells += [fmt(found[f"{norm}: std"]), fmt(found[f"{norm}: after"])]
        assert "".join(f"<td>{cell}</td>" for cell in cells) in table
    alt = figure(shown, "fig_before_after")["alt"]
    for size in {s.batch, 1}:
        for name, title in TITLES:
            mean, std = (found[f"{name}, batch of {size}: {what}"] for what in ("mean", "std"))
            told = f"mean {mean + 0.0:z.2f}, std {std:.2f}" if mean == mean else "not a number"
            assert f"{title} at batch size {size}: {told}" in alt
    for name in ("mean", "std"):
        [drawn] = [
            t for t in figure(shown, "fig_padding")["data"] if t.get("name") == f"{name} measured"
        ]
        same(found["share of padding"], drawn["x"][0])
        same(found[f"feature 1 with padding: {name}"], drawn["y"][0])
    moved = found["the output changes by"]
    assert math.isnan(moved) or fmt(moved) in str(shown["pair_note"])
