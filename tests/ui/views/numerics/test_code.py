"""The numerics page's script gives the page's numbers."""

import pytest

from tests.ui.truth.printed import figure, sentence
from tests.ui.views.scripts import ran, same, shown_whole
from tests.ui.walk import walk
from ui.text.numbers import fmt
from ui.views.numerics.view import RATIOS, NumericsSettings


@pytest.mark.parametrize("s", [NumericsSettings(), *walk(NumericsSettings, 8, 7)])
def test_the_numbers_of_the_page(s: NumericsSettings) -> None:
    found, shown = ran("numerics", s), shown_whole("numerics", s)
    points = [t for t in figure(shown, "fig_eps")["data"] if len(t.get("x", ())) == 1]
    dead, batch = points[-2], points[-1]
    if found["std of the batch"] > 0:
        assert batch["name"].startswith("this batch")
        same(found["its std after the norm"], batch["y"][0])
    same(found["its std after the norm, too"], dead["y"][0])
    answer = sentence(shown, "answer")
    if s.eps > 0 or found["std of the batch"] > 0:
        assert f"std {fmt(found['its std after the norm'], 6)}" in answer
    at = list(RATIOS).index(s.mean_over_std) if s.mean_over_std in RATIOS else None
    for trace in figure(shown, "fig_float32")["data"]:
        kind = "float32" if trace["xaxis"] == "x" else "float64"
        name = f"error of {trace['name']}, {kind}"
        if at is not None and name in found and trace["y"][at] is not None:
            drawn = trace["y"][at]
            assert found[name] == pytest.approx(drawn, 1e-9) or found[name] < 1e-16
