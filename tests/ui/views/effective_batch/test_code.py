"""The script of the page on effective batches gives the page's numbers."""

from dataclasses import replace

import pytest

from tests.ui.truth.printed import figure
from tests.ui.views.scripts import ran, same, shown_whole
from tests.ui.walk import walk
from ui.settings.shared import BATCH_SIZES
from ui.views.effective_batch.view import EffectiveBatchSettings as Set

ERRORS = ("mean: sd", "variance: sd", "output: RMS gap")


@pytest.mark.parametrize(
    "s", [Set(), Set(batch=512, devices=8, synchronised="yes"), *walk(Set, 8, 4)]
)
def test_the_numbers_of_the_page(s: Set) -> None:
    found, shown = ran("effective_batch", s), shown_whole("effective_batch", s)
    at = BATCH_SIZES.index(s.batch)
    lines = {t["name"]: t["y"] for t in figure(shown, "fig_noise_by_batch")["data"]}
    for name in ERRORS:
        closed = f"{name}, closed form"
        assert (closed in lines) == (closed in found)
        for drawn in (name, closed):
            # What has no place on a logarithmic axis, 0, is left out of the picture.
            if drawn in lines and found.get(drawn, 0.0) > 1e-9:
                same(found[drawn], lines[drawn][at])
    counted = [t["x"][1] for t in figure(shown, "fig_counts")["data"]]
    names = ["examples in one update", "examples for one mean and variance"]
    names += ["values of a feature in these", "independent samples"]
    for name, size in zip(names, counted, strict=True):
        same(found[name], size)


def test_what_is_not_drawn_is_not_in_the_script() -> None:
    most = Set(batch=512, devices=64, synchronised="yes", shape="skewed")
    assert "mean: sd" not in ran("effective_batch", most)
    assert "mean: sd" in ran("effective_batch", replace(most, synchronised="no"))
