"""The script of the page on running statistics gives the page's numbers."""

import pytest

from tests.ui.truth.printed import figure
from tests.ui.views.scripts import ran, same, shown_whole
from tests.ui.walk import walk
from ui.text.numbers import spoken
from ui.views.running_statistics.view import RunningSettings

CASES = [RunningSettings(), *walk(RunningSettings, 8, 5)]
CASES += [RunningSettings(average="cumulative", batch=2), RunningSettings(stored="unbiased")]


@pytest.mark.parametrize("s", CASES)
def test_the_numbers_of_the_page(s: RunningSettings) -> None:
    found, shown = ran("running_statistics", s), shown_whole("running_statistics", s)
    for name, part in (("mean", "fig_running_mean"), ("variance", "fig_running_var")):
        drawn = {t["name"]: t["y"] for t in figure(shown, part)["data"] if "name" in t}
        same(found[f"running {name} of one run"], drawn["one run"][-1])
        same(found[f"running {name}, expected"], drawn["expected"][-1])
        low = drawn["expected ± 2 sd"][-1]
        if low is not None:
            sd = (drawn["expected"][-1] - low) / 2
            assert found[f"running {name}, expected sd"] == pytest.approx(sd, 1e-9, 1e-12)
            average = found[f"running {name}, average of 200 runs"]
            scatter = found[f"running {name}, sd over the runs"]
            told = f"{spoken(average)} ± {spoken(scatter, 2)}"
            assert told in figure(shown, part)["alt"]
