"""The script of the page gives the page's numbers, from the examples and from a file beside it."""

from pathlib import Path

import numpy as np
import pytest

from tests.ui.truth.printed import find, sentence
from tests.ui.views.parts import trace
from tests.ui.views.scripts import ran, same, shown_whole
from tests.ui.views.your_activations.given import held
from tests.ui.walk import walk
from ui import views
from ui.settings.shared import BATCH_SIZES
from ui.views.your_activations.view import YourActivationsSettings as Set

KINDS = {"mean": "mean: sd", "variance": "variance: sd", "output": "output: RMS gap"}


def check(s: Set, found: dict[str, float]) -> None:
    at = BATCH_SIZES.index(s.batch)
    shown = shown_whole("your_activations", s)
    dots = trace(shown, "fig_noise_by_batch", "drawn, median feature")["y"][at]
    same(found[KINDS[s.error_of]], dots)
    if s.error_of != "output":
        line = trace(shown, "fig_noise_by_batch", "closed form, these data")["y"][at]
        same(found[f"{KINDS[s.error_of]}, closed form"], line)
    kurtosis = find(sentence(shown, "shape"), "Median kurtosis #")
    assert kurtosis is not None
    assert abs(found["median kurtosis"] - kurtosis[0].value) <= kurtosis[0].rounding


@pytest.mark.parametrize("s", [Set(), Set(array=4, feature_axis="4"), *walk(Set, 6, 2)])
def test_the_numbers_of_the_page(s: Set) -> None:
    check(s, ran("your_activations", s))


def test_the_numbers_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    array = np.random.default_rng().gamma(1.0, 1.0, (50, 6, 4))
    np.save(tmp_path / "activations.npy", array)
    monkeypatch.chdir(tmp_path)
    with held(**{'a"]; import os #': array}) as token:
        for axis in ("guess", "2", "1"):
            s = Set(data=token, feature_axis=axis, batch=8, error_of="variance")
            text = views.code("your_activations", s)
            assert token not in text
            assert "import os" not in text
            check(s, ran("your_activations", s))
