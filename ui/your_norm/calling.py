"""Calls into the visitor's code: whatever it raises comes out as one of our failures."""

import builtins
import math
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from ui.your_norm.failures import Unwritten
from ui.your_norm.holes import Gap
from ui.your_norm.words import failure, line_in_code


def call(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """What the function returns, which may be anything.

    Raises Unwritten for a gap, Failure for every other exception, SystemExit among them.
    """
    try:
        return function(*arguments, **named)
    except Gap as gap:
        raise _unwritten(gap.line) from None
    except NotImplementedError as error:
        raise _unwritten(line_in_code(error)) from None
    except BaseException as error:
        raise failure(error) from None


def _unwritten(line: int | None) -> Unwritten:
    at = "A part that this needs" if line is None else f"Line {line}"
    return Unwritten(f"{at} is still to be written.")


@contextmanager
def guarded() -> Iterator[None]:
    """What their code sets in numpy, math and Python's own names is set back at the end.

    Inside, numpy and Python warn of nothing: 0/0 is shown as what it is.
    """
    modules = (np, np.linalg, np.random, math, builtins)
    before = [dict(vars(module)) for module in modules]
    limit, out, err = sys.getrecursionlimit(), sys.stdout, sys.stderr
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            yield
    finally:
        sys.stdout, sys.stderr = out, err
        sys.setrecursionlimit(limit)
        for module, names in zip(modules, before, strict=True):
            now = vars(module)
            now.update((name, value) for name, value in names.items() if now.get(name) is not value)
