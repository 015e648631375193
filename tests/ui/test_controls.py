"""Settings and their spelling in an address."""

import math
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.controls import Choice, Slider, Steps, Switch, Whole, read, setting, spell
from ui.settings import BATCH_SIZES, EPSILONS, Settings


@dataclass(frozen=True)
class Small:
    level: float = setting(0.5, Slider("Level", 0.0, 1.0, 0.05))
    count: int = setting(3, Slider("Count", 1, 9, 1))
    size: int = setting(4, Steps("Size", (1, 2, 4, 8)))
    word: str = setting("a", Choice("Word", ("a", "b")))
    seed: int = setting(0, Whole("Seed", 0, 99))
    on: bool = setting(False, Switch("On"))


@given(
    st.builds(
        Small,
        level=st.integers(0, 20).map(lambda n: round(n * 0.05, 10)),
        count=st.integers(1, 9),
        size=st.sampled_from((1, 2, 4, 8)),
        word=st.sampled_from("ab"),
        seed=st.integers(0, 99),
        on=st.booleans(),
    )
)
def test_what_is_spelt_is_read_back(settings: Small) -> None:
    assert read(Small, spell(settings)) == (settings, {})


@given(
    st.dictionaries(st.sampled_from(("level", "count", "size", "word", "seed", "on")), st.text())
)
def test_any_text_gives_settings_or_a_sentence(address: dict[str, str]) -> None:
    settings, problems = read(Small, address)
    for name, text in address.items():
        if name in problems:
            assert getattr(settings, name) == getattr(Small(), name)
            assert f"{name}={text}" in problems[name]
    assert not math.isnan(settings.level)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("batch", "7", "1, 2, 3"),
        ("mean", "nan", "a number"),
        ("mean", "inf", "a number"),
        ("mean", "10.5", "from -10 to 10"),
        ("norm", "Batch", "batch, layer"),
        ("seed", "1.5", "whole number"),
        ("features", "2.5", "whole number"),
    ],
)
def test_a_problem_says_what_came_and_what_was_expected(
    name: str, text: str, expected: str
) -> None:
    _, problems = read(Settings, {name: text})
    assert f"{name}={text}" in problems[name]
    assert expected in problems[name]


def test_other_spellings_of_a_number_are_understood() -> None:
    for text in ("0.001", "1e-3", "1e-03", " 0.001 "):
        assert read(Settings, {"eps": text})[0].eps == 1e-3


def test_names_and_defaults_of_the_contract() -> None:
    assert spell(Settings()) == {
        "batch": "32",
        "mean": "5",
        "std": "3",
        "momentum": "0.1",
        "eps": "1e-5",
        "norm": "batch",
        "features": "64",
        "gamma": "1",
        "beta": "0",
        "shape": "normal",
        "seed": "0",
    }
    assert BATCH_SIZES[:6] == (1, 2, 3, 4, 5, 6)
    assert BATCH_SIZES[-1] == 512
    assert (EPSILONS[0], EPSILONS[1], EPSILONS[-1]) == (0, 1e-8, 10)
