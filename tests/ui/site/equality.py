"""Two answers, one from Python of the site, held against one another number for number."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.node import in_node
from ui.plot.style import numbers
from ui.site import build, pyodide

SCRIPT = Path(__file__).with_name("in_pyodide.mjs")

REL = 1e-9
# Figures are drawn with a few digits, and a number half way between two may go either way: they are
# compared as they were computed. Run in either Python.
ALL_DIGITS = """
from ui.plot.style import numbers

def as_computed(values, digits=4):
    array = np.asarray(values, dtype=float)
    if np.isfinite(array).all():
        return array.tolist()
    return [v if ok else None for v, ok in zip(array.tolist(), np.isfinite(array).tolist())]

numbers.__code__ = as_computed.__code__
"""
# Beside numbers so much larger a number is what rounding left of zero.
ZERO = 1e-12
# Where rounding error itself is drawn or told, and what SGD makes of it in hundreds of steps.
ROUNDING = {
    ("batch_vs_layer", "fig_invariances"),
    ("batch_vs_layer", "fig_padded_outputs"),
    ("batch_vs_layer", "fig_pair"),
    ("gradients", "check_note"),
    ("gradients", "fig_check"),
    ("gradients", "fig_scale"),
    ("gradients", "sgd_note"),
    ("numerics", "error_note"),
    ("numerics", "error_table"),
    ("numerics", "fig_float32"),
    ("numerics", "flax_note"),
    ("train_vs_inference", "fig_fold"),
    ("train_vs_inference", "fold"),
}

_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?(?:e[-+−]?\d+)?")


def put_pyodide(folder: Path) -> None:
    """What Node needs to run the site's Python, from the cache, into this folder."""
    for name, content in pyodide.files(None, pyodide.CACHE).items():
        (folder / name).write_bytes(content)
    (folder / "code.zip").write_bytes(build.code())


def in_pyodide(folder: Path, calls: list[list[str]]) -> list[Any]:
    """What a function of the site's Python answers to each call: its name, then its texts."""
    given = {"folder": str(folder), "calls": calls, "first": ALL_DIGITS}
    found: list[Any] = in_node(SCRIPT.read_text("utf-8"), given, seconds=600)
    return [json.loads(text) for text in found]


@contextmanager
def all_digits() -> Iterator[None]:
    """Here, too, figures hold their numbers as they were computed."""
    drawn = numbers.__code__
    exec(ALL_DIGITS, {})
    try:
        yield
    finally:
        numbers.__code__ = drawn


def differences(page: str, ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Each number and word that differs between what two editions show, but for ROUNDING."""
    if ours.keys() != theirs.keys():
        return [f"{page}: {sorted(ours.keys() ^ theirs.keys())} in one alone"]
    return [
        f"{page}: {name}{where}"
        for name in ours
        if (page, name) not in ROUNDING
        for where in _apart(ours[name], theirs[name])
    ]


def _apart(ours: Any, theirs: Any) -> Iterator[str]:
    a, b = list(_leaves(ours, "", "")), list(_leaves(theirs, "", ""))
    if [where for where, _, _ in a] != [where for where, _, _ in b]:
        yield ": not of the same shape"
        return
    # Numbers of one kind, all x or all y of a figure, are drawn on one scale.
    scale: dict[str, float] = {}
    for _, kind, value in a:
        if isinstance(value, float):
            scale[kind] = max(scale.get(kind, 0.0), abs(value))
    for (where, kind, one), (_, _, other) in zip(a, b, strict=True):
        if isinstance(one, float) and isinstance(other, float):
            apart = not _near(one, other, scale[kind])
        elif isinstance(one, str) and isinstance(other, str):
            apart = not _same_text(one, other)
        else:
            apart = one != other
        if apart:
            yield f"{where}: {one!r} and {other!r}"


def _leaves(value: Any, where: str, kind: str) -> Iterator[tuple[str, str, Any]]:
    """Every number, text and null with its place, and the last name on the way to it."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(part, f"{where}.{key}", key)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _leaves(part, f"{where}[{place}]", kind)
    else:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        yield where, kind, float(value) if number else value


def _near(a: float, b: float, scale: float) -> bool:
    return abs(a - b) <= max(REL * max(abs(a), abs(b)), ZERO * scale)


def _same_text(a: str, b: str) -> bool:
    if a == b:
        return True
    if _NUMBER.sub("#", a) != _NUMBER.sub("#", b):
        return False
    ours, theirs = ([_value(text) for text in _NUMBER.findall(one)] for one in (a, b))
    scale = max(map(abs, ours))
    return all(_near(x, y, scale) for x, y in zip(ours, theirs, strict=True))


def _value(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))
