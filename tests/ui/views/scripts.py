"""The script that can be copied from a page, and the page's own numbers without their rounding."""

import contextlib
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike

from tests.test_imports import imported
from ui import views
from ui.bounded import Kept
from ui.plot import log_axis, style
from ui.views.view import Shown


def ran(page: str, settings: Any) -> dict[str, float]:
    """What the script computes, by name; run in a namespace of its own, a warning is an error."""
    return run(views.code(page, settings))


def run(code: str) -> dict[str, float]:
    """The numbers of a script, which it also prints, one a line."""
    found: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, "script", "exec"), found)
    shown = {name: float(value) for name, value in found["shown"].items()}
    assert out.getvalue() == "".join(f"{name}: {value:.6g}\n" for name, value in shown.items())
    assert all(len(line) <= 100 for line in code.splitlines())
    assert {name.split(".")[0] for name in imported(code, "")} <= {"numpy", "bn_core"}
    return shown


def shown_whole(page: str, settings: Any) -> Shown:
    """What the page shows, the numbers of its figures with all their digits."""
    with _unrounded():
        return views.load(page).show(settings)


def same(found: float, wanted: float | None) -> None:
    """To a billionth; a gap in a figure, None, is a nan."""
    expected = np.nan if wanted is None else wanted
    assert found == pytest.approx(expected, 1e-9, 1e-12, nan_ok=True)


@contextmanager
def _unrounded() -> Iterator[None]:
    rounded = style.numbers, log_axis.log_numbers
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if not name.startswith(("ui.views", "ui.plot")):
                continue
            for key, value in list(vars(module).items()):
                if any(value is one for one in rounded):
                    patch.setattr(module, key, _all_digits)
                elif isinstance(value, Kept):  # what is kept has been rounded
                    patch.setattr(module, key, value.__wrapped__)  # type: ignore[attr-defined]
        yield


def _all_digits(values: ArrayLike, digits: int = 4) -> list[float | None]:
    array = np.asarray(values, dtype=float)
    return [value if np.isfinite(value) else None for value in array.tolist()]
