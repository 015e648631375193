"""What an old link showed, in a form that survives another title, colour or place on the page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

OLD_LINKS = Path(__file__).with_name("old_links.json")

Print = list[float]


def fingerprints(shown: Mapping[str, Any]) -> dict[str, list[Print]]:
    """Of each figure, every different row of numbers in its traces."""
    return {
        name: _different([_print(row) for trace in part["data"] for row in _rows(trace)])
        for name, part in shown.items()
        if not isinstance(part, str)
    }


def _rows(trace: Mapping[str, Any]) -> list[Any]:
    return [trace[key] for key in ("x", "y", "z") if isinstance(trace.get(key), list)]


def _print(row: Any) -> Print:
    """How many numbers, their mean and their root mean square; nothing counts as no number."""
    flat = np.array([np.nan if v is None else v for v in _flat(row)], dtype=float)
    flat = flat[np.isfinite(flat)]
    if not flat.size:
        return [0, 0.0, 0.0]
    values = (flat.mean(), np.sqrt(np.mean(flat * flat)))
    return [flat.size, *(float(f"{value:.6g}") for value in values)]


def _flat(row: Any) -> list[Any]:
    if isinstance(row, list):
        return [value for part in row for value in _flat(part)]
    return [] if isinstance(row, str) else [row]


def _different(prints: list[Print]) -> list[Print]:
    return [found for found in map(list, dict.fromkeys(map(tuple, prints))) if found[0] > 1]
