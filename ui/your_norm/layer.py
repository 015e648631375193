"""A layer of the visitor's class, of whose answers nothing is believed before it was looked at.

Every array goes to it as a copy, and comes back as a copy: a plain numpy array of floats of the
shape that was asked for. Anything else is Unusable; objects of theirs are never compared, converted
or printed.
"""

from typing import Any

import numpy as np

from bn_core.types import Array, FloatArray
from ui.your_norm.calling import call
from ui.your_norm.failures import Failure, Unusable, Unwritten
from ui.your_norm.holes import Hole
from ui.your_norm.loading import NAMES, Loaded
from ui.your_norm.words import type_name

_MISSING = object()


class Layer:
    """One layer of their class. changed: whether it wrote into an array that it was given."""

    def __init__(
        self, of: Loaded, n_features: int, eps: float = 1e-5, momentum: float = 0.1
    ) -> None:
        """Make it. Raises Failure and Unwritten, as every method here, and Unusable."""
        named = {"momentum": momentum} if of.kind == "batch" else {}
        self._n = n_features
        self._name = NAMES[of.kind]
        self._own = call(of.made, n_features, eps=eps, **named)
        self.changed = False

    def forward(self, Z: Array, training: bool = True) -> Array:
        """Their output, of the shape of Z and in whichever float dtype it came."""
        given = Z.copy()
        method = self._attribute("forward", "a method forward(self, Z, training=True)")
        answer = call(method, given, training=training)
        self._look_at(given, Z)
        return plain(answer, "forward returned", Z.shape)

    def backward(self, dY: Array) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Their dZ, d_gamma and d_beta: of the shape of dY, then (n_features,) twice."""
        given = dY.copy()
        answer = call(self._attribute("backward", "a method backward(self, dY)"), given)
        self._look_at(given, dY)
        if answer is Ellipsis or type(answer) is Hole:
            raise Unwritten("backward is still to be written.")
        if type(answer) not in (tuple, list) or len(answer) != 3:
            what = type_name(answer)
            if type(answer) in (tuple, list):
                what = f"{len(answer)} values"
            raise Unusable(f"backward returned {_none(what)}, expected three: dZ, d_gamma, d_beta.")
        dZ, d_gamma, d_beta = answer
        return (
            plain(dZ, "dZ is", dY.shape).astype(np.float64, copy=False),
            self._of_features(d_gamma, "d_gamma is"),
            self._of_features(d_beta, "d_beta is"),
        )

    def set_affine(self, gamma: Array, beta: Array) -> None:
        """Set its gamma and beta, (n_features,) each, in the shape that it has them in."""
        self._set("gamma", gamma)
        self._set("beta", beta)

    def running(self) -> tuple[FloatArray, FloatArray]:
        """Its running mean and variance, (n_features,) each."""
        return self._own_of_features("running_mean"), self._own_of_features("running_var")

    def set_running(self, mean: Array, var: Array) -> None:
        """Set its running mean and variance, (n_features,) each."""
        self._set("running_mean", mean)
        self._set("running_var", var)

    def _attribute(self, name: str, what: str) -> Any:
        value = call(getattr, self._own, name, _MISSING)
        if value is _MISSING:
            raise Failure(f"The class {self._name} has no {name}, expected {what}.")
        return value

    def _own_of_features(self, name: str) -> FloatArray:
        value = self._attribute(name, f"self.{name}, a number for each feature")
        return self._of_features(value, f"self.{name} is")

    def _set(self, name: str, values: Array) -> None:
        value = self._attribute(name, f"self.{name}, a number for each feature")
        self._of_features(value, f"self.{name} is")
        call(setattr, self._own, name, values.reshape(value.shape).copy())

    def _of_features(self, value: object, what: str) -> FloatArray:
        array = plain(value, what, (self._n, 1), (self._n,))
        return array.astype(np.float64, copy=False).reshape(self._n)

    def _look_at(self, given: Array, before: Array) -> None:
        """before holds numbers alone, and nan is like none of them."""
        self.changed = self.changed or not np.array_equal(given, before)


def plain(value: object, what: str, *shapes: tuple[int, ...]) -> Array:
    """A copy of an array of theirs, if it is one of floats and of one of these shapes.

    what: how the sentence begins that tells why it is not. A view of an array that is huge, or
    repeats itself, is seen by its shape before it is copied.
    """
    if value is Ellipsis or type(value) is Hole:
        raise Unwritten(f"{what.rpartition(' ')[0]} is still to be written.")
    expected = " or ".join(map(str, shapes))
    if type(value) is not np.ndarray:
        raise Unusable(f"{what} {_none(type_name(value))}, expected an array of shape {expected}.")
    if value.dtype.kind != "f":
        raise Unusable(f"{what} an array of {value.dtype.name}, expected one of floats.")
    if value.shape not in shapes:
        raise Unusable(f"{what} of shape {value.shape}, expected {expected}.")
    return np.array(value)


def _none(what: str) -> str:
    return "None (is there a return at its end?)" if what == "NoneType" else what
