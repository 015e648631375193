"""Settings and their spelling in an address."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.walk import values
from ui import views
from ui.settings.address import read, spell, take
from ui.settings.controls import Choice, Slider, Steps, Whole, controls, setting
from ui.settings.shared import BATCH_SIZES, EPSILONS, MOMENTA, Settings
from ui.training.settings import TrainingSettings


@dataclass(frozen=True)
class Small:
    level: float = setting(0.5, Slider("Level", 0.0, 1.0, 0.05))
    count: int = setting(3, Slider("Count", 1, 9, 1))
    size: int = setting(4, Steps("Size", (1, 2, 4, 8)))
    word: str = setting("a", Choice("Word", ("a", "b")))
    seed: int = setting(0, Whole("Seed", 0, 99))


@given(
    st.builds(
        Small,
        level=st.integers(0, 20).map(lambda n: round(n * 0.05, 10)),
        count=st.integers(1, 9),
        size=st.sampled_from((1, 2, 4, 8)),
        word=st.sampled_from("ab"),
        seed=st.integers(0, 99),
    )
)
def test_what_is_spelt_is_read_back(settings: Small) -> None:
    assert read(Small, spell(settings)) == (settings, {})


numbers_and_words = st.one_of(
    st.text(),
    st.integers(-3, 110).map(str),
    st.integers(-10, 110).map(lambda hundredths: f"{hundredths / 100:g}"),
    st.sampled_from(("a", "b", "8.0", "1e0", "inf", "nan")),
)


@given(
    st.dictionaries(st.sampled_from(("level", "count", "size", "word", "seed")), numbers_and_words)
)
def test_any_text_gives_settings_that_can_be_had_or_a_sentence(address: dict[str, str]) -> None:
    settings, problems = read(Small, address)
    for name, text in address.items():
        if name in problems:
            assert getattr(settings, name) == getattr(Small(), name)
            assert f"{name}={text}"[:120] in problems[name]
        elif name != "word":
            assert getattr(settings, name) == float(text)
    assert read(Small, spell(settings)) == (settings, {})
    assert round(settings.level / 0.05, 9) in range(21)
    assert settings.count in range(1, 10)
    assert settings.size in (1, 2, 4, 8)
    assert settings.word in ("a", "b")
    assert settings.seed in range(100)


@pytest.mark.parametrize(("step", "decimals"), [(1, 0), (0.5, 1), (0.05, 2), (0.001, 3), (0.1, 1)])
def test_a_slider_shows_the_decimals_that_tell_its_steps_apart(step: float, decimals: int) -> None:
    slider = Slider("Level", 0, 10, step)
    assert slider.decimals == decimals
    assert len({f"{i * step:.{slider.decimals}f}" for i in range(10)}) == 10


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("batch", "7", "one of 1, 2, 3"),
        ("batch", "", "one of 1, 2, 3"),
        ("mean", "nan", "a number from -10 to 10"),
        ("mean", "inf", "a number from -10 to 10"),
        ("mean", "1e999", "a number from -10 to 10"),
        ("mean", "10.5", "a number from -10 to 10"),
        ("mean", "0.05", "in multiples of 0.1"),
        ("std", "0.05", "a number from 0 to 10 in multiples of 0.1"),
        ("std", "3.1000001", "in multiples of 0.1"),
        ("std", "-0.1", "from 0 to 10"),
        (
            "momentum",
            "0.0005",
            "from 0 to 0.01 in multiples of 0.001, to 0.99 in multiples of 0.01, to 1",
        ),
        ("momentum", "0.015", "in multiples of 0.01"),
        ("eps", "2e-5", "one of 0, 1e-8"),
        ("norm", "Batch", "one of batch, layer"),
        ("norm", "", "one of batch, layer"),
        ("seed", "1.5", "a whole number from 0 to 9999"),
        ("seed", "10000", "a whole number from 0 to 9999"),
        ("features", "2.5", "a whole number from 1 to 256"),
    ],
)
def test_a_problem_says_what_came_what_was_expected_and_what_is_used(
    name: str, text: str, expected: str
) -> None:
    settings, problems = read(Settings, {name: text})
    assert settings == Settings()
    assert problems[name].startswith(f"{name}={text} in the address: expected ")
    assert expected in problems[name]
    assert problems[name].endswith(f"; {spell(settings)[name]} is used instead.")


NUMBERS = ("batch", "mean", "momentum", "eps", "seed", "features")


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize(
    "text",
    ["1_0", " 1", "1 ", "1\n", "+1", "١", "１", "1,0", "0x1", "1e", "e1", ".", "-", "1.0.0", "--1"],
)
def test_a_number_has_one_spelling(name: str, text: str) -> None:
    """float() would take most of these."""
    _, problems = read(Settings, {name: text})
    assert f"{name}={text}" in problems[name]


@pytest.mark.parametrize(
    ("name", "texts", "value"),
    [
        ("eps", ("0.001", "1e-3", "1e-03", "1E-3", ".001"), 1e-3),
        ("batch", ("128", "128.0", "1.28e2"), 128),
        ("mean", ("-0.5", "-.5", "-5e-1"), -0.5),
        ("features", ("100", "1e2", "1e+2"), 100),
        ("seed", ("0", "-0", "0e9"), 0),
        ("mean", ("0", "-0", "-0.0"), 0.0),
        ("momentum", ("0.13",), 0.13),
        ("momentum", ("0.001", "1e-3"), 0.001),
        ("momentum", ("0.005", "5e-3"), 0.005),
    ],
)
def test_decimals_and_exponents_are_taken_exactly(
    name: str, texts: tuple[str, ...], value: float
) -> None:
    for text in texts:
        settings, problems = read(Settings, {name: text})
        assert not problems
        taken = getattr(settings, name)
        assert taken == value
        assert type(taken) is type(getattr(Settings(), name))
        assert str(taken) == str(value), "no -0"


@given(
    st.decimals(-20, 20, places=3, allow_nan=False), st.sampled_from(("mean", "std", "momentum"))
)
def test_a_number_is_taken_as_it_is_or_told(number: Decimal, name: str) -> None:
    settings, problems = read(Settings, {name: f"{number:f}"})
    if name not in problems:
        assert getattr(settings, name) == float(number)


@pytest.mark.parametrize("texts", [["4", "8"], ["4", "4"], ["", "4"]])
def test_a_setting_that_stands_there_twice_is_told(texts: list[str]) -> None:
    settings, problems = read(Settings, {"batch": texts})
    assert settings.batch == 32
    assert f"batch={texts[0]}&batch={texts[1]} " in problems["batch"]
    assert "expected one value" in problems["batch"]
    assert read(Settings, {"batch": ["4"]})[0].batch == 4


def test_a_long_text_is_cut_with_a_word() -> None:
    _, problems = read(Settings, {"batch": "x" * 5000})
    assert len(problems["batch"]) < 300
    assert "(5,006 characters)" in problems["batch"]


def every_setting() -> list[Any]:
    classes = [*(views.load(name).settings for name in views.NAMES), TrainingSettings]
    return [
        pytest.param(name, control, getattr(made, name), id=f"{made.__name__}-{name}")
        for made in classes
        for name, control in controls(made).items()
    ]


@pytest.mark.parametrize(("name", "control", "default"), every_setting())
def test_every_control_reads_all_that_it_writes(name: str, control: Any, default: Any) -> None:
    for value in {default, *values(control)}:
        text = control.text(value)
        assert "+" not in text, "which an address has for a space"
        taken = take(name, control, default, [text])
        assert taken == value
        assert type(taken) is type(value)


def test_a_name_means_the_same_on_every_page() -> None:
    """A value holds from page to page by its name alone."""
    known: dict[str, tuple[Any, Any]] = {}
    for param in every_setting():
        name, control, default = param.values
        assert known.setdefault(name, (control, default)) == (control, default), name


def test_momentum_reaches_a_thousandth_and_its_counterpart() -> None:
    for thousandths in (*range(11), *range(20, 1000, 10), *range(990, 1001)):
        assert thousandths / 1000 in MOMENTA
    assert all(round(1 - momentum, 10) in MOMENTA for momentum in MOMENTA)


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


@dataclass(frozen=True)
class WithData(Small):
    data: str = ""


def test_a_field_without_a_control_is_in_no_address() -> None:
    assert "data" not in controls(WithData)
    assert "data" not in spell(WithData(data="a secret"))
    assert read(WithData, {"data": "another", "count": "5"}) == (WithData(count=5), {})
