"""Code that goes wrong in every way, by accident or on purpose: an answer comes all the same."""

import json
import math
import sys

import numpy as np
import pytest

from tests.ui.your_norm.asked import asked, states
from ui.your_norm.answers import ran
from ui.your_norm.starting_points import STARTING_POINTS

WHOLE = STARTING_POINTS[0].code
RETURN = "        return Y.astype(Z.dtype)  # float32 stays\n"
GRADIENTS = "        return dZ, d_gamma, d_beta\n"

# What forward gives in the place of Y.
OUTPUTS = {
    "nothing": "None",
    "a number": "1.0",
    "a list": "Y.tolist()",
    "transposed": "Y.T",
    "whole numbers": "Y.astype(int)",
    "booleans": "Y > 0",
    "complex": "Y + 0j",
    "text": "Y.astype(str)",
    "objects": "Y.astype(object)",
    "no number": "Y * np.nan",
    "infinite": "Y * np.inf",
    "very large": "Y * 1e300",
    "half": "Y.astype(np.float16)",
    "a single value": "Y.sum()",
    "empty": "Y[:0]",
    "a view without end": "np.broadcast_to(np.float64(0), (10**9, 10**9))",
    "a matrix of numpy's": "np.asmatrix(Y)",
    "masked": "np.ma.masked_array(Y)",
    "a record": "np.zeros(Y.shape, [('a', float)])",
    "itself": "self",
    "the module": "np",
    "a generator": "(y for y in Y)",
    "an array of holes": "[...]",
}

HATES_ALL = """
class Hostile:
    def __getattribute__(self, name): raise RuntimeError(name)
    def __repr__(self): raise RuntimeError
    __str__ = __eq__ = __bool__ = __len__ = __array__ = __iter__ = __float__ = __repr__
    __hash__ = None
class Sub(np.ndarray):
    def __array_finalize__(self, other): raise RuntimeError
    def __array_ufunc__(self, *a, **k): raise RuntimeError
    def __array_function__(self, *a, **k): raise RuntimeError
class Meta(type):
    __name__ = property(lambda cls: 1 / 0)
    def __instancecheck__(cls, other): raise RuntimeError
    def __getattribute__(cls, name): raise RuntimeError
class Nameless(metaclass=Meta): pass
class Cruel(Exception):
    def __str__(self): raise self
class Far(BaseException): pass
"""


def with_output(value: str) -> str:
    return WHOLE.replace(RETURN, f"        return {value}\n")


@pytest.mark.parametrize("value", OUTPUTS.values(), ids=OUTPUTS)
def test_an_output_of_another_kind_is_told_and_not_believed(value: str) -> None:
    found = asked(with_output(value))
    assert states(found)["standard"] != "right"
    assert states(found)["project"] != "right"
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize("value", OUTPUTS.values(), ids=OUTPUTS)
def test_a_gradient_of_another_kind_is_told_and_not_believed(value: str) -> None:
    for end in (f"({value}, d_gamma, d_beta)", value, f"(dZ, {value}, d_beta)"):
        code = WHOLE.replace(GRADIENTS, f"        Y = Z = dY\n        return {end}\n")
        found = asked(code)
        assert found["error"] is None or found["error"]["line"], end
        assert states(found)["gradient"] != "right", end
        assert states(found)["standard"] == "right"


@pytest.mark.parametrize(
    "value", ["Hostile.__new__(Hostile)", "Nameless", "np.zeros((64, 32)).view(Sub)", "Meta"]
)
@pytest.mark.parametrize("place", ["output", "gradient", "running", "gamma"])
def test_objects_that_hate_to_be_looked_at(value: str, place: str) -> None:
    old, new = {
        "output": (RETURN, f"        return {value}\n"),
        "gradient": (GRADIENTS, f"        return {value}, d_gamma, {value}\n"),
        "running": ("m * mean\n", f"m * mean\n            self.running_mean = {value}\n"),
        "gamma": ("np.ones((n_features, 1))\n        self.beta", f"{value}\n        self.beta"),
    }[place]
    assert WHOLE.count(old) == 1
    found = asked(
        HATES_ALL.replace("\nclass", "\nimport numpy as np\nclass", 1) + WHOLE.replace(old, new)
    )
    assert "right" not in {
        states(found)["project"],
        *([states(found)["shape"]] * (place == "output")),
    }
    assert found["error"] is None or "changed something" not in found["error"]["text"]


RAISED = {
    "raise Cruel": "cannot be shown",
    "raise Far('gone')": "Far: Gone.",
    "raise SystemExit": "ends the program",
    "exit()": "",
    "raise KeyboardInterrupt": "interrupted",
    "raise MemoryError": "more memory",
    "np.ones((10**7, 10**8))": "more memory",
    "np.ones((10**10, 10**10))": "more memory",
    "np.ones(10**30)": "more memory",
    "[0] * 10**30": "more memory",
    "raise GeneratorExit": "GeneratorExit",
    "self.forward(Z)": "calls itself without end",
    "1 / 0": "divided by 0",
    "Z + np.ones(7)": "The shapes (64,32) and (7,) do not fit. A number for each feature",
    "Z + Z.mean(axis=1)": "The shapes (64,32) and (64,) do not fit",
    "meen": "nothing called meen",
    "print(late); late = 1": "late is used before it is given a value",
    "self.gama": "'BatchNorm' object has no attribute 'gama'. Look at the spelling",
    "Z.mean(axis=2)": "A matrix has the axes 0 and 1",
    "len(None)": "Something is None",
    "int('<b>')": "<b>",
    "if Z > 0: pass": ".any() or .all()",
    "import torch_of_nowhere": "Only numpy",
    "input()": "nobody to ask",
    "raise ValueError('x' * 10**6)": "x…",
    "raise ValueError": "ValueError: without a message.",
    "raise ExceptionGroup('all', [ValueError(1)])": "ExceptionGroup",
    "Z.flags.writeable = False; Z[0] = 1": "read-only",
}


@pytest.mark.parametrize("line", RAISED)
def test_what_forward_raises_is_told_at_its_line_in_plain_words(line: str) -> None:
    at = "        if training:\n"
    code = (
        (HATES_ALL + WHOLE)
        .replace(at, f"        {line}\n{at}")
        .replace("\nclass", "\nimport numpy as np\nclass", 1)
    )
    found = asked(code)
    number = code.splitlines().index(f"        {line}") + 1
    assert RAISED[line] in found["error"]["text"]
    if "cannot be shown" not in RAISED[line]:
        assert found["error"]["line"] == number
    assert "Traceback" not in found["error"]["text"]
    assert len(found["error"]["text"]) < 1000
    assert found["shown"] == {}
    assert set(states(found).values()) == {"open"}


def test_what_fits_the_page_by_chance_alone_is_told() -> None:
    """As many features as examples: a mean without keepdims is taken off, the wrong way."""
    code = WHOLE.replace("np.mean(Z, axis=1, keepdims=True)", "np.mean(Z, axis=1)")
    line = 1 + next(n for n, one in enumerate(code.splitlines()) if "var = np.mean(" in one)
    found = asked(code, "features=8&batch=8")
    assert "The shapes (5,8) and (5,) do not fit" in found["error"]["text"]
    assert found["error"]["line"] == asked(code)["error"]["line"] == line


def test_a_method_that_takes_other_arguments_is_told_which_are_given() -> None:
    for old, new in (
        ("training=True", "train=True"),
        ("def backward(self, dY)", "def backward(dY)"),
        ("eps=1e-5, momentum=0.1", "epsilon=1e-5"),
    ):
        told = asked(WHOLE.replace(old, new))["error"]["text"]
        assert "argument" in told
        assert "forward(Z, training) and backward(dY)" in told


UNREADABLE = {
    "class": 1,
    "x = (1,\n": 1,
    "def f():\nreturn 1": 2,
    "if True:\n        x = 1\n    y = 2": 3,
    "x = 'never ended": 1,
    "import numpy as np\n\nclass BatchNorm\n": 3,
    "a" * 60_000: None,
    "x = '\0'": None,
    "lambda: " * 5000 + "1": None,
    "(" * 5000: 1,
    "": None,
    "BatchNorm = 3": None,
    "class BatchNorm: pass": None,
    "class BatchNorm:\n    def __init__(self, n): pass": None,
    "class BatchNorm:\n    def forward(self, Z): return Z": None,
    "def BatchNorm(*a, **k): return 1": None,
    "x = 1 / 0": 1,
    "class BatchNorm(int): pass": None,
    "raise NotADirectoryError": 1,
    "from __future__ import braces": 1,
    "\ud800": None,
    "globals().clear()": None,
    "del __builtins__\nclass BatchNorm: pass": None,
    "class Evil:\n def __hash__(self): return hash('BatchNorm')\n def __eq__(self, o): return 1/0\n"
    "globals()[Evil()] = 1": 3,
}


@pytest.mark.parametrize("code", UNREADABLE, ids=range(len(UNREADABLE)))
def test_code_without_a_class_that_works_is_told_where_it_ends(code: str) -> None:
    found = asked(code)
    assert found["error"]["text"]
    if UNREADABLE[code]:
        assert found["error"]["line"] == UNREADABLE[code]
    assert found["shown"] == {}
    assert set(states(found).values()) == {"open"}
    assert "changed something" not in found["error"]["text"]


def test_the_input_is_a_copy_each_time() -> None:
    """A class that destroys what it is given is told so, and nothing else suffers."""
    code = WHOLE.replace(
        RETURN, "        dtype = Z.dtype\n        Z[:] = np.nan\n        return Y.astype(dtype)\n"
    )
    wrong = {name for name, state in states(asked(code)).items() if state == "wrong"}
    assert wrong == {"input"}
    for line in ("Z.resize((1, 1), refcheck=False)", "Z.shape = (Z.size,)"):
        code = WHOLE.replace(
            RETURN, f"        Y = Y.astype(Z.dtype)\n        {line}\n        return Y\n"
        )
        assert states(asked(code))["input"] == "wrong", line


def test_what_it_keeps_and_gives_again_is_not_seen_to_change() -> None:
    """The same array given each time: what came before is a copy."""
    code = WHOLE.replace(
        RETURN,
        "        if getattr(self, 'Y', Z).shape != Y.shape or self.Y.dtype != Z.dtype:\n"
        "            self.Y = np.empty(Z.shape, Z.dtype)\n"
        "        self.Y[:] = Y\n        return self.Y\n",
    ).replace("        self.eps = eps", "        self.Y = np.empty(0)\n        self.eps = eps")
    assert set(states(asked(code)).values()) == {"right"}


def test_numpy_and_the_rest_are_themselves_afterwards() -> None:
    before = ran(WHOLE, "")
    limit, out = sys.getrecursionlimit(), sys.stdout
    code = (
        "import builtins, math, sys, numpy\n"
        "numpy.mean = numpy.sqrt = builtins.len = math.sqrt = None\n"
        "np.linalg.norm = np.random.default_rng = 3\n"
        "sys.setrecursionlimit(900)\nsys.stdout = None\nnp.seterr(all='raise')\n"
    )
    asked(code)
    assert callable(np.mean)
    assert callable(np.random.default_rng)
    assert math.sqrt(4) == 2
    assert (sys.getrecursionlimit(), sys.stdout) == (limit, out)
    assert np.geterr()["divide"] != "raise"
    assert ran(WHOLE, "") == before


def test_code_knows_nothing_of_the_code_before_it() -> None:
    asked(WHOLE + "\nleft = 1\n__builtins__['len'] = None\n")
    assert "nothing called left" in asked("left")["error"]["text"]
    assert asked(WHOLE + "\nlen('')\n")["error"] is None
