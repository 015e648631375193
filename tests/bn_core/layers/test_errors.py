"""Wrong input gets an error that names the argument, what came and what was expected."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from bn_core import BatchNorm1D, GroupNorm1D, LayerNorm1D, RMSNorm1D
from bn_core.layers.base import Norm1D

Make = Callable[[], Norm1D]
LAYERS: dict[str, Make] = {
    "batch": lambda: BatchNorm1D(4),
    "layer": lambda: LayerNorm1D(4),
    "rms": lambda: RMSNorm1D(4),
    "group": lambda: GroupNorm1D(4, 2),
}
# What is no real number, though some of it counts as one, or reads like one.
WRONG_NUMBERS = [
    None,
    True,
    np.False_,
    "0.1",
    b"0.1",
    1j,
    [0.1],
    np.array([0.1]),
    np.ma.masked,
    object(),
    10**400,
]
WRONG_COUNTS = [*WRONG_NUMBERS[:-1], 3.0, 3.5, np.float64(4), np.array([4])]
every_layer = pytest.mark.parametrize("make", LAYERS.values(), ids=LAYERS)


@every_layer
@pytest.mark.parametrize(
    ("Z", "message"),
    [
        (np.zeros(4), r"Z must have 2 dimensions \(n_features, batch_size\), got 1 .*\(4,\)"),
        (np.zeros((2, 4, 3)), r"Z must have 2 dimensions .* got 3 with shape \(2, 4, 3\)"),
        (np.zeros((3, 5)), r"Z must have 4 features \(rows\).* got 3 with shape \(3, 5\)"),
        (np.zeros((3, 4)), r"Z must have 4 features .* transpose it, one column per example"),
        (np.zeros((4, 0)), r"Z must hold at least one example .* got shape \(4, 0\)"),
        (np.zeros((4, 2), complex), r"Z must hold real numbers, got dtype complex128"),
        ([["a"]], r"Z must hold real numbers, got dtype <U1"),
        (None, "Z must hold real numbers, got dtype object made of a NoneType"),
        (object(), "Z must hold real numbers, got dtype object made of a object"),
        ([[1.0, 2.0], [3.0]], "Z must be an array of real numbers: .*inhomogeneous"),
        (np.ma.masked_array(np.ones((4, 2)), np.eye(4, 2) > 0), r"Z must not be masked.*\.filled"),
        ([np.ma.masked_equal([1.0, 2.0], 2.0)] * 4, "Z must not be masked"),
        ([[np.ma.masked, 1.0]] * 4, "Z must not be masked"),
        (np.ones((4, 2), "M8[s]"), "Z must hold real numbers, got dtype datetime64"),
    ],
)
def test_input(make: Make, Z: Any, message: str) -> None:
    for training in (True, False):
        with pytest.raises(ValueError, match=message):
            make().forward(Z, training=training)


@every_layer
def test_order_of_calls(make: Make) -> None:
    layer = make()
    with pytest.raises(RuntimeError, match=r"before any forward: call forward\(Z\) first"):
        layer.backward(np.ones((4, 2)))


@every_layer
def test_upstream(make: Make) -> None:
    layer = make()
    layer.forward(np.ones((4, 2)))
    with pytest.raises(ValueError, match=r"dY must have the shape .* \(4, 2\), got \(2, 4\)"):
        layer.backward(np.ones((2, 4)))
    with pytest.raises(ValueError, match="dY must hold real numbers, got dtype complex128"):
        layer.backward(np.ones((4, 2), complex))


@every_layer
@pytest.mark.parametrize("name", ["gamma", "beta"])
def test_parameters(make: Make, name: str) -> None:
    layer = make()
    setattr(layer, name, np.ones((4, 1)))
    message = rf"{name} must have shape \(4,\).* got \(4, 1\).* layer.{name}\[:\] = value"
    with pytest.raises(ValueError, match=message):
        layer.forward(np.ones((4, 2)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0,), "n_features must be a whole number of at least 1, got 0"),
        ((-3,), "n_features must be a whole number of at least 1, got -3"),
        ((2.5,), "n_features must be a whole number of at least 1, got 2.5"),
        ((4, -1e-5), "eps must be finite and at least 0, got -1e-05"),
        ((4, np.nan), "eps must be finite and at least 0, got nan"),
        ((4, np.inf), "eps must be finite and at least 0, got inf"),
        ((4, 1e-5, -0.1), r"momentum must lie in 0\.\.1 or be None, got -0.1"),
        ((4, 1e-5, 1.1), r"momentum must lie in 0\.\.1 or be None, got 1.1"),
        ((4, 1e-5, np.nan), r"momentum must lie in 0\.\.1 or be None, got nan"),
        *(
            ((wrong,), "n_features must be a whole number of at least 1, got ")
            for wrong in WRONG_COUNTS
        ),
        *(((4, wrong), "eps must be finite and at least 0, got ") for wrong in WRONG_NUMBERS),
        *(
            ((4, 1e-5, wrong), "momentum must lie in 0")
            for wrong in WRONG_NUMBERS
            if wrong is not None
        ),
    ],
)
def test_construction(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        BatchNorm1D(*arguments)
    if len(arguments) < 3:
        with pytest.raises(ValueError, match=message):
            LayerNorm1D(*arguments)


@pytest.mark.parametrize("groups", [3, 8])
def test_groups_of_unequal_size(groups: int) -> None:
    with pytest.raises(ValueError, match=f"n_groups must divide n_features, 4, .* got {groups}"):
        GroupNorm1D(4, groups)


def test_no_groups() -> None:
    with pytest.raises(ValueError, match="n_groups must be a whole number of at least 1, got 0"):
        GroupNorm1D(4, 0)


@pytest.mark.parametrize("wrong", [None, "no", "False", 0, 1.0, [], np.array([True])])
@every_layer
def test_flags(make: Make, wrong: Any) -> None:
    """Text and numbers count as true or false in Python; here they are a mistake."""
    with pytest.raises(ValueError, match="training must be True or False, got "):
        make().forward(np.ones((4, 2)), training=wrong)
    with pytest.raises(ValueError, match="affine must be True or False, got "):
        LayerNorm1D(4, affine=wrong)
    with pytest.raises(ValueError, match="unbiased_running_var must be True or False, got "):
        BatchNorm1D(4, unbiased_running_var=wrong)
    make().forward(np.ones((4, 2)), training=np.True_)  # type: ignore[arg-type]


def test_numbers_of_other_kinds_are_taken() -> None:
    for kind in (np.float32, np.float64, np.array, np.longdouble):
        layer = BatchNorm1D(np.int64(4), kind(0.5), kind(0.25))  # type: ignore[arg-type]
        assert (layer.n_features, layer.eps, layer.momentum) == (4, 0.5, 0.25)
        assert type(layer.eps) is type(layer.momentum) is float
    assert BatchNorm1D(4, 0, 1).forward(np.arange(8).reshape(4, 2)).dtype == np.float64
    foreign = np.arange(8.0).reshape(4, 2).astype(">f4")
    assert LayerNorm1D(4).forward(foreign).dtype == np.float32


def test_further_choices_are_by_keyword() -> None:
    with pytest.raises(TypeError, match="positional"):
        BatchNorm1D(4, 1e-5, 0.1, True)  # type: ignore[call-arg]
