"""The script of the page on small batches gives the page's numbers."""

import pytest

from tests.ui.truth.printed import figure
from tests.ui.views.scripts import ran, same, shown_whole
from tests.ui.walk import walk
from ui.settings.shared import BATCH_SIZES, Settings
from ui.text.numbers import spoken


@pytest.mark.parametrize("s", [Settings(), Settings(std=0.0), *walk(Settings, 8, 4)])
def test_the_numbers_of_the_page(s: Settings) -> None:
    found, shown = ran("small_batches", s), shown_whole("small_batches", s)
    at = BATCH_SIZES.index(s.batch)
    errors = {t["name"]: t["y"] for t in figure(shown, "fig_errors_by_batch")["data"]}
    for name in ("mean", "variance", "output"):
        script = f"error of {'an' if name == 'output' else 'the'} {name}"
        assert (name in errors) == (script in found)
        if name in errors:
            same(found[script], errors[name][at])
        if f"{name}, closed form" in errors:
            same(found[f"{script}, closed form"], errors[f"{name}, closed form"][at])
    alt = figure(shown, "fig_sampling")["alt"]
    for name in ("mean", "variance"):
        average, sd = found[f"mean of the batch {name}s"], found[f"sd of the batch {name}s"]
        assert f"is {spoken(average)} ± {spoken(sd, 2)}" in alt
