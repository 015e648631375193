"""Each check turns wrong by what it is about, and says so with the numbers."""

import numpy as np
import pytest

from tests.ui.your_norm.asked import asked, queries, states, told
from ui.your_norm.starting_points import STARTING_POINTS
from ui.your_norm.starting_points.starting_point import replaced

WHOLE, LAYER = STARTING_POINTS[0].code, STARTING_POINTS[-1].solution
QUERIES = queries(2, seed=7)

# By check: what is replaced by what, and which checks alone turn wrong.
WRONG = [
    (".astype(Z.dtype)", "", {"shape"}),
    (".astype(Z.dtype)", ".astype(np.float32)", {"shape", "gradient"}),
    (
        "self.gamma * self.z + self.beta",
        "self.gamma * self.z",
        {"affine", "inference", "gradient", "single"},
    ),
    ("self.gamma * self.z + self.beta", "self.z + self.beta", {"affine", "inference", "gradient"}),
    ("self.gamma * self.z", "self.gamma[0] * self.z", {"affine", "inference", "gradient"}),
    ("+ m * mean", "+ m * mean * 1.001", {"running"}),
    ("+ m * var", "+ m * np.sqrt(var)", {"running"}),
    ("+ m * var", "+ m * var + 1e-3", {"running"}),
    (
        "mean = self.running_mean\n",
        "mean = np.mean(Z, axis=1, keepdims=True)\n",
        {"inference"},
    ),
    (
        "var = self.running_var\n",
        "var = np.var(Z, axis=1, keepdims=True)\n",
        {"inference"},
    ),
    (
        "np.mean((Z - mean)**2, axis=1, keepdims=True)",
        "np.mean(Z**2, axis=1, keepdims=True) - mean**2",
        {"float32"},
    ),
    ("np.sum(dY * self.z, axis=1", "np.mean(dY * self.z, axis=1", {"gradient"}),
    ("d_beta = np.sum(dY", "d_beta = -np.sum(dY", {"gradient"}),
    ("dz = self.gamma * dY", "dz = dY", {"gradient"}),
    ("along_z * self.z) / self.std", "along_z * self.z)", {"gradient"}),
    ("- by_mean - along_z * self.z)", "- by_mean)", {"gradient", "sums"}),
    ("        dz = self.gamma * dY\n", "        dY *= self.gamma\n        dz = dY\n", {"input"}),
]


@pytest.mark.parametrize(("right", "wrong", "seen"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_line_is_seen_by_its_checks(right: str, wrong: str, seen: set[str]) -> None:
    code = replaced(WHOLE, (right, wrong))
    for query in QUERIES:
        found = asked(code, query)
        assert found["error"] is None
        state = states(found)
        assert {name for name in state if state[name] == "wrong"} - {"project"} == seen, query


def test_the_project_sees_a_wrong_eps_in_backward_alone() -> None:
    code = replaced(WHOLE, ("self.z) / self.std", "self.z) / np.sqrt(self.std**2 - self.eps)"))
    state = states(asked(code))
    assert {name for name in state if state[name] == "wrong"} == {"project"}


@pytest.mark.parametrize(
    ("right", "wrong", "seen"),
    [
        (
            "axis=AXIS, keepdims=True)\n        self.std",
            "axis=1, keepdims=True)\n        self.std",
            {"standard", "alone"},
        ),
        (
            "d_gamma = np.sum(dY * self.z, axis=1",
            "d_gamma = np.mean(dY * self.z, axis=1",
            {"gradient"},
        ),
        (
            "Z - mean) / self.std\n",
            "Z - mean * (0.9 if training else 1)) / self.std\n",
            {"standard", "same"},
        ),
    ],
)
def test_a_layer_norm_has_its_own(right: str, wrong: str, seen: set[str]) -> None:
    state = states(asked(replaced(LAYER, (right, wrong))))
    assert {name for name in state if state[name] == "wrong"} >= seen


def test_a_batch_of_one_must_not_divide_by_0() -> None:
    code = replaced(
        WHOLE,
        (
            "np.mean((Z - mean)**2, axis=1, keepdims=True)",
            "np.var(Z, axis=1, keepdims=True, ddof=1) * (1 - 1 / Z.shape[1])",
        ),
    )
    state = states(asked(code))
    assert {name for name in state if state[name] == "wrong"} == {"single"}
    assert "comes out as no number" in told(asked(code), "single")


def test_an_exception_in_one_check_alone_is_told_there() -> None:
    line = "        if training:\n"
    code = replaced(
        WHOLE,
        (line, f"        if Z.shape[1] == 1:\n            raise ValueError('too few')\n{line}"),
    )
    found = asked(code)
    assert found["error"] is None
    assert states(found)["single"] == "wrong"
    number = code.splitlines().index("            raise ValueError('too few')") + 1
    assert told(found, "single") == f"Line {number}: ValueError: Too few."
    assert states(found)["standard"] == "right"


def test_the_numbers_are_those_of_the_settings() -> None:
    assert "std 1." in told(asked(WHOLE), "standard")
    eps = told(asked(WHOLE, "eps=10&features=1&seed=3&std=2"), "standard")
    rows = np.random.default_rng((3, 0, 0)).standard_normal(32) * 2
    expected = np.sqrt(rows.var() / (rows.var() + 10))
    assert f"std {expected:.3g}, which is what eps = 10 leaves" in eps
    assert "every output is 0" in told(asked(WHOLE, "batch=1"), "standard")
    assert "every output is 0" in told(asked(WHOLE, "std=0"), "standard")
    assert "0/0" in told(asked(WHOLE, "std=0&eps=0"), "standard")
