import json
import math
from typing import Any

import numpy as np

from ui.text.as_json import encoded


def test_what_is_not_finite_is_null_wherever_it_stands() -> None:
    value: Any = {"a": [1.5, math.nan], "b": np.array([np.inf, 2.0]), "c": (np.float64(3), "NaN")}
    assert json.loads(encoded(value)) == {"a": [1.5, None], "b": [None, 2.0], "c": [3.0, "NaN"]}
