"""Runs the code of each framework and keeps what its layer did, for test_frameworks.py.

    python -m tests.ui.take_away.make_framework_reference pytorch          # with PyTorch
    python -m tests.ui.take_away.make_framework_reference keras flax       # with Keras and Flax

For each of CASES: the text of the code, the input that it drew, and the outputs and running
statistics of its layer, all in float32.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.ui.take_away.cases import CASES
from ui.take_away.copies import LAYERS

FILE = Path(__file__).with_name("framework_reference.json")
DIGITS = 7


def run(kind: str, code: str) -> dict[str, Any]:
    """What the code leaves behind, as lists; features last."""
    found: dict[str, Any] = {}
    exec(compile(code, kind, "exec"), found)
    values: dict[str, Any] = {
        name: found[name] for name in ("x", "y", "y_inference") if name in found
    }
    layer = found["layer"]
    for name in ("running_mean", "running_var", "moving_mean", "moving_variance", "mean", "var"):
        if getattr(layer, name, None) is not None:
            values[name.replace("moving", "running").replace("variance", "var")] = getattr(
                layer, name
            )
    return {name.removeprefix("running_"): listed(value) for name, value in values.items()}


def listed(value: Any) -> Any:
    """Numbers of any framework as nested lists."""
    if hasattr(value, "detach"):
        value = value.detach().numpy()
    elif hasattr(value, "numpy"):
        value = value.numpy()
    import numpy as np

    array = np.asarray(value[...] if hasattr(value, "__getitem__") else value)
    return json.loads(json.dumps(np.vectorize(lambda v: float(f"{v:.{DIGITS}g}"))(array).tolist()))


def main() -> None:
    os.environ.setdefault("KERAS_BACKEND", "jax")
    stored = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    for kind in sys.argv[1:]:
        stored[kind] = {}
        for name, settings in CASES.items():
            code = LAYERS[kind](settings)
            stored[kind][name] = {"code": code} | run(kind, code)
    FILE.write_text(json.dumps(stored, sort_keys=True, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
