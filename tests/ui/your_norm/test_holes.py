"""A `...` is a gap where code is missing, and itself where numpy means it."""

import ast
from typing import Any

import numpy as np
import pytest

from ui.your_norm.holes import MADE_BY, STOPPED_BY, Gap, Hole, marked, stop

MATRIX = np.arange(6.0).reshape(2, 3)


def result(body: str) -> Any:
    """What f(x) gives for a matrix; the first line of the body is line 2."""
    names: dict[str, Any] = {MADE_BY: Hole, STOPPED_BY: stop, "np": np}
    source = "def f(x, default=...):\n" + "".join(f"    {line}\n" for line in body.splitlines())
    exec(compile(marked(ast.parse(source)), "code", "exec"), names)
    return names["f"](MATRIX)


USES = [
    *("m - x", "x - m", "m + 1", "1 / m", "m ** 2", "-m", "m @ x", "x @ m", "abs(m)", "m < 1"),
    *("m == 1", "not m", "len(m)", "list(m)", "m[0]", "m(1)", "m.shape", "1 in m", "float(m)"),
    *("np.sqrt(m)", "np.mean(m)", "np.asarray(m)", "np.where(m, 1, 2)", "x[m]", "range(m)"),
    *("np.array([m, 1.0])", "np.einsum('ij->i', m)", "x.dot(m)", "x.sum(axis=m)", "f'{m.a}'"),
]


@pytest.mark.parametrize("use", USES)
def test_any_use_of_a_gap_ends_at_its_line(use: str) -> None:
    with pytest.raises(Gap) as caught:
        result(f"m = ...\nn = m\nreturn {use}")
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "body", ["...", "if True:\n    ...", "x = x\n...", "return g()\ndef g(): return 1", "x -= ..."]
)
def test_a_lone_gap_ends_what_comes_to_it(body: str) -> None:
    if "g()" in body:
        body = "def g():\n    ...\nreturn g()"
    with pytest.raises(Gap) as caught:
        result(body)
    assert caught.value.line == 2 + [line.split()[-1] for line in body.splitlines()].index("...")


def test_a_gap_that_is_only_passed_on_ends_nothing() -> None:
    assert type(result("m = ...\nreturn m")) is Hole
    assert result("m = ...\nreturn repr(m)") == "..."
    with pytest.raises(Gap):
        result("try:\n    return x + ...\nexcept Exception:\n    return 1")


@pytest.mark.parametrize(
    "body",
    [
        "return x[..., 0]",
        "return x[...]",
        "at = (..., 0)\nreturn x[at]",
        "def g(y: tuple[int, ...], z=...): return y\nreturn g(x)",
        "return np.einsum('...i->...', x)",
        "return default",
        "y: tuple[float, ...] = (1.0,)\nreturn y",
    ],
)
def test_what_numpy_and_types_mean_by_it_stays(body: str) -> None:
    names: dict[str, Any] = {"np": np}
    source = "def f(x, default=...):\n" + "".join(f"    {line}\n" for line in body.splitlines())
    exec(source, names)
    np.testing.assert_array_equal(result(body), names["f"](MATRIX))
