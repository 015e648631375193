"""The view at every file and setting: clean texts, parts that stay, words for what is wrong."""

import html
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from bn_core.types import Numbers
from tests.ui.truth.printed import find, sentence
from tests.ui.views.parts import figure, names, text, trace
from tests.ui.views.your_activations.given import held, norm
from tests.ui.walk import assert_clean, walk
from ui.activations.contents import NormLayer
from ui.settings.address import spell
from ui.settings.shared import BATCH_SIZES
from ui.views.your_activations.view import YourActivationsSettings as Set
from ui.views.your_activations.view import show

RNG = np.random.default_rng(6)
SPIKES = np.zeros((300, 4))
SPIKES[::100] = 1e4
FILES: dict[str, dict[str, Numbers]] = {
    "two examples": {"x": RNG.standard_normal((2, 3))},
    "one feature": {"x": RNG.standard_normal((200, 1)).astype(np.float32)},
    "two values": {"x": np.array([[0.0], [1.0]])},
    "dead and nearly dead": {"x": RNG.standard_normal((90, 4)) * [0, 1e-9, 1e-2, 1]},
    "rectified": {"x": np.maximum(RNG.standard_normal((100, 8)), 0).astype(np.float16)},
    "spikes": {"x": SPIKES},
    "whole numbers": {"x": RNG.integers(-5, 5, (60, 7))},
    "far from zero": {"x": 1e8 + RNG.standard_normal((60, 3))},
    "huge and tiny": {"x": RNG.standard_normal((60, 2)) * [1e50, 1e-50]},
    "a text": {"x": RNG.standard_normal((20, 6, 10))},
    "maps": {"x": RNG.standard_normal((12, 5, 3, 4))},
    "maps of one row": {"x": RNG.standard_normal((12, 5, 1, 4))},
    "positions alike": {"x": np.repeat(RNG.standard_normal((30, 2, 1)), 5, axis=2)},
    "positions that cancel": {"x": np.array([[[1.0], [-1.0]]] * 4)},
    "many features": {"x": RNG.standard_normal((40, 700))},
    "several": {"a": RNG.standard_normal((9, 3)), "b": RNG.standard_normal((8, 2, 4))},
}


@pytest.mark.parametrize("case", FILES)
def test_no_file_breaks_the_page_at_the_ends_of_its_settings(case: str) -> None:
    with held(**FILES[case]) as token:
        parts = set()
        for number, (batch, eps) in enumerate(product((1, 2, 512), (0.0, 1e-5, 10.0))):
            kind = ("output", "variance", "mean")[(number + number // 3) % 3]
            wanted, followed = (0.01, 0.1, 1.0)[number % 3], (1, 64)[number % 2]
            s = Set(batch=batch, eps=eps, error_of=kind, error_wanted=wanted, followed=followed)
            shown = show(replace(s, data=token))
            assert_clean(shown)
            parts.add(frozenset(shown))
        assert len(parts) == 1, "no slider changes which parts there are"
        for axis in ("1", "2", "3", "4"):
            assert_clean(show(Set(feature_axis=axis, data=token)))


@pytest.mark.parametrize("array", [1, 2, 3, 4, 999])
def test_the_examples_at_every_kind_of_setting(array: int) -> None:
    for s in walk(Set, 12, array, array=array):
        assert_clean(show(s))


def test_the_token_stands_in_no_part_and_in_no_address() -> None:
    with held(x=RNG.standard_normal((9, 3))) as token:
        s = Set(data=token)
        assert token not in str(show(s))
        assert token not in str(spell(s))


@pytest.mark.parametrize("token", ["gone", "<script>", "x" * 500])
def test_a_file_that_is_no_longer_held_is_told_and_the_page_goes_on(token: str) -> None:
    parts = show(Set(data=token))
    assert "no longer held here. Drop it again" in text(parts, "held")
    assert token not in str(parts)
    assert parts["fig_means"] == show(Set())["fig_means"]
    assert "no longer" not in text(show(Set()), "held")


def test_names_from_the_file_are_text() -> None:
    bad = '<img src=x onerror="alert(1)">[a](http://b)'
    with held(norm(bad, running_mean=0.0, running_var=1.0), **{bad: np.eye(3)}) as token:
        parts = show(Set(data=token))
    for part in ("held", "file", "norms"):
        assert "<img" not in text(parts, part)
        assert html.escape(bad) in text(parts, part)
    assert bad not in str({name: part for name, part in parts.items() if name.startswith("fig_")})


def test_which_array_and_which_axis_are_shown() -> None:
    rng = np.random.default_rng()
    with held(a=rng.standard_normal((9, 3)), b=rng.standard_normal((8, 5, 4))) as token:
        told = sentence(show(Set(data=token)), "held")
        assert "Array 1 of 2, a : 9 examples, 3 features (axis 2). The axis is a guess" in told
        told = sentence(show(Set(data=token, array=7, feature_axis="2")), "held")
        assert "Array 2 of 2, b : 8 examples, 5 features (axis 2), 4 positions." in told
        told = sentence(show(Set(data=token, feature_axis="4")), "held")
        assert "The array has 2 axes, and no axis 4: axis 2 is taken instead" in told
    with held(a=np.array([[1.0, 2.0], [1.0, 2.0]])) as token:
        parts = show(Set(data=token))
        assert "In array 1 of given.npz no feature varies" in text(parts, "held")
        assert parts["fig_means"] == show(Set())["fig_means"]
        assert "varies" not in text(show(Set(data=token, feature_axis="1")), "held")


def test_a_checkpoint_alone_shows_its_norms_and_the_examples_above() -> None:
    with held(norm("stage.bn", gamma=2.0, running_mean=0.0, running_var=4.0)) as token:
        parts = show(Set(data=token))
    assert "has no activations, but 1 norm layer" in text(parts, "held")
    assert parts["fig_means"] == show(Set())["fig_means"]
    assert "1: stage.bn" in text(parts, "norms")
    assert trace(parts, "fig_scales", "median")["y"] == [1.0]


def test_the_mark_stands_at_the_present_size() -> None:
    for batch in BATCH_SIZES:
        layout = figure(show(Set(batch=batch)), "fig_noise_by_batch")["layout"]
        assert layout["shapes"][0]["x0"] == batch


def test_positions_have_their_picture_where_there_are_any() -> None:
    assert "fig_positions" not in show(Set(array=1))
    parts = show(Set(array=4))
    assert names(parts, "fig_positions") == ["along axis 3", "along axis 4"]
    with held(x=FILES["maps of one row"]["x"]) as token:
        assert names(show(Set(data=token)), "fig_positions") == ["along axis 4"]


@pytest.mark.parametrize(
    ("norms", "said"),
    [
        ((), "no norm layers"),
        ((norm("ln", gamma=1.0),), "no running statistics"),
        ((norm(running_mean=0.0, running_var=1e-4),), "6 have a running variance under 100 eps"),
        ((norm(size=1, running_mean=0.0, running_var=0.0),), "1 has a running variance under"),
        ((norm(running_mean=0.0, running_var=1.0), norm("ln", gamma=1.0)), "1 norm without"),
    ],
)
def test_what_a_checkpoint_is_told(norms: tuple[NormLayer, ...], said: str) -> None:
    with held(*norms, x=np.eye(4)) as token:
        for eps in (1e-5, 0.0, 10.0):
            assert_clean(show(Set(data=token, eps=eps)))
        parts = show(Set(data=token))
    assert said in sentence(parts, "norms") + sentence(parts, "norms_told")


def test_folded_scales_are_gamma_over_the_running_std() -> None:
    rng = np.random.default_rng()
    gamma, var = rng.standard_normal(20), rng.gamma(2.0, 1.0, 20)
    given = NormLayer("bn", gamma, None, np.zeros(20), var)
    with held(given) as token:
        parts = show(Set(data=token, eps=1e-3))
    scale = np.abs(gamma) / np.sqrt(var + 1e-3)
    assert trace(parts, "fig_scales", "median")["y"][0] == pytest.approx(np.median(scale), rel=1e-3)
    told = find(sentence(parts, "norms"), r"0 of 20 # # to # Behind a name")
    assert told is not None
    for number, exact in zip(told, (np.median(scale), scale.min(), scale.max()), strict=True):
        assert abs(number.value - exact) <= number.rounding
