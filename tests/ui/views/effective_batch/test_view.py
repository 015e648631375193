"""The view of effective batches: corners, the sentences of each case, links, controls."""

import html
import re
from itertools import product
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest

from bn_core.sampling import SHAPES
from tests.ui.truth.moves import assert_followed
from tests.ui.truth.printed import find, sentence
from tests.ui.views.parts import figure, names, text, trace
from tests.ui.walk import assert_clean
from ui.settings.address import read, spell
from ui.settings.shared import BATCH_SIZES
from ui.views.effective_batch.view import EffectiveBatchSettings as Set
from ui.views.effective_batch.view import show

PAGE = "effective_batch"
ENDS = {
    "batch": (1, 512),
    "height": (1, 32),
    "width": (1, 32),
    "correlation": (0.0, 0.99),
    "devices": (1, 64),
    "synchronised": ("no", "yes"),
}


def test_no_corner_breaks_the_page() -> None:
    for number, ends in enumerate(product(*ENDS.values())):
        corner: dict[str, Any] = dict(zip(ENDS, ends, strict=True))
        ghost, accumulation = ((0, 1), (1, 16), (128, 2))[number % 3]
        assert_clean(show(Set(**corner, ghost=ghost, accumulation=accumulation)))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("batch", [1, 2, 32])
def test_no_shape_breaks_the_page(shape: str, batch: int) -> None:
    parts = show(Set(shape=shape, batch=batch))
    assert_clean(parts)
    drawn = names(parts, "fig_noise_by_batch")
    assert "mean: sd, closed form" in drawn
    for name in ("variance: sd", "output: RMS gap"):
        assert name in drawn
        assert (f"{name}, closed form" in drawn) == (shape == "normal")
    assert ("RMS gap" in text(parts, "ways")) == (shape == "normal")


def test_the_sentence_for_the_present_settings() -> None:
    told = sentence(show(Set(batch=2)), "answer")
    assert "128 positions here count as 5.47 independent samples: 2 examples" in told


@pytest.mark.parametrize(
    ("chosen", "part", "said"),
    [
        ({"batch": 1, "height": 1, "width": 1}, "answer", "a single value"),
        ({"batch": 1, "height": 1, "width": 1}, "special", "PyTorch refuses such a batch"),
        ({"batch": 1}, "special", "A batch of one works here"),
        ({"batch": 8, "ghost": 1}, "special", "A batch of one works here"),
        ({"height": 1, "width": 1}, "special", "this is a dense layer"),
        ({"correlation": 0.0}, "special", "tell nothing about each other"),
        ({"accumulation": 4}, "who", "Accumulation averages gradients, not statistics"),
        ({"ghost": 8}, "who", "normalises 8 examples at a time"),
        ({"ghost": 1}, "who", "each example is normalised by itself"),
        ({"ghost": 8, "batch": 12}, "who", "The last ghost batch has only 4"),
        ({"ghost": 64}, "who", "leaves a device's batch of 32 whole"),
        ({"synchronised": "yes"}, "who", "256 examples share them"),
        ({}, "who", "the other devices' examples do not count"),
        ({"batch": 512, "synchronised": "yes"}, "numbers", "not drawn"),
    ],
)
def test_what_each_case_is_told(chosen: dict[str, Any], part: str, said: str) -> None:
    assert said in sentence(show(Set(**chosen)), part)


def test_a_batch_of_one_in_a_convolution_is_not_what_it_is_in_a_dense_layer() -> None:
    assert "works" not in sentence(show(Set(batch=2)), "special")
    assert "refuses" not in sentence(show(Set(batch=1)), "special")


def test_the_mark_stands_at_the_present_size() -> None:
    for batch in BATCH_SIZES:
        layout = figure(show(Set(batch=batch)), "fig_noise_by_batch")["layout"]
        assert layout["shapes"][0]["x0"] == batch


def test_dots_lie_on_their_lines() -> None:
    """512 batches of some 2000 maps: 5 standard errors, three times as wide for the variance."""
    parts = show(Set(seed=3, correlation=0.6))
    for name, width in (("mean: sd", 1), ("output: RMS gap", 1), ("variance: sd", 3)):
        dots = np.array(trace(parts, "fig_noise_by_batch", name)["y"], dtype=float)
        line = np.array(trace(parts, "fig_noise_by_batch", f"{name}, closed form")["y"], float)
        assert np.isfinite(dots).all()
        assert np.abs(dots / line - 1).max() < width * 5 * np.sqrt(1 / 1024 + 1 / 4096)


def test_no_dots_for_more_examples_than_are_drawn() -> None:
    parts = show(Set(synchronised="yes"))
    dots = trace(parts, "fig_noise_by_batch", "mean: sd")["y"]
    assert [y is not None for y in dots] == [8 * size <= 512 for size in BATCH_SIZES]
    assert None not in trace(parts, "fig_noise_by_batch", "mean: sd, closed form")["y"]


def test_every_link_sets_what_its_words_say() -> None:
    links = re.findall(r'<a href="\?([^"]+)">([^<]+)</a>', text(show(Set()), "presets"))
    assert len(links) == 4
    for address, words in links:
        settings, problems = read(Set, parse_qs(html.unescape(address)))
        assert not problems
        if found := find(words, "# per device on # devices"):
            assert [n.value for n in found] == [settings.batch, settings.devices]
            assert settings.synchronised == "no"
        if found := find(words, "# × #"):
            assert [n.value for n in found] == [settings.height, settings.width]
        else:
            assert "dense" in words
            assert settings.height == settings.width == 1
    assert links[0][1] == "4 per device on 8 devices, 14 × 14 maps"


def test_settings_as_an_address_spells_them() -> None:
    s = Set(batch=4, height=14, correlation=0.55, synchronised="yes", ghost=2)
    spelt = spell(s)
    assert {k: spelt[k] for k in ("height", "width", "correlation", "devices")} == {
        "height": "14",
        "width": "8",
        "correlation": "0.55",
        "devices": "8",
    }
    again, problems = read(Set, {k: [v] for k, v in spelt.items()})
    assert again == s
    assert not problems
    wrong, problems = read(Set, {"height": ["33"], "synchronised": ["maybe"], "devices": ["3"]})
    assert wrong == Set()
    assert len(problems) == 3


@pytest.mark.parametrize(
    "chosen", [{}, {"devices": 1}, {"height": 1, "width": 1}, {"shape": "skewed"}]
)
def test_every_control_is_followed(chosen: dict[str, Any]) -> None:
    assert_followed(PAGE, **chosen)
