"""Which parts of the visitor's class there are at all."""

from collections.abc import Callable
from functools import partial

from ui.your_norm.checks.check import Part
from ui.your_norm.checks.samples import FEATURES, sample
from ui.your_norm.failures import Failure, Unusable, Unwritten
from ui.your_norm.layer import Layer
from ui.your_norm.loading import Loaded

_FORWARD: tuple[Part, ...] = ("forward called", "forward")
_BACKWARD: tuple[Part, ...] = ("backward called", "backward")


def missing(of: Loaded) -> dict[Part, str]:
    """Of each part that cannot be used, the reason; parts that are there are not named."""
    given = sample()
    reasons: dict[Part, str] = {}
    made: list[Layer] = []
    _probe(reasons, _FORWARD, lambda: made.append(Layer(of, FEATURES)))
    for layer in made:
        _probe(reasons, _FORWARD, partial(layer.forward, given.Z))
    if "forward" in reasons:
        others: tuple[Part, ...] = ("inference", "running", *_BACKWARD)
        return reasons | dict.fromkeys(others, reasons["forward"])
    [layer] = made
    _probe(reasons, _BACKWARD, lambda: layer.backward(given.dY))
    if of.kind == "batch":
        _probe(reasons, ("running",), layer.running)
    _probe(reasons, ("inference",), lambda: layer.forward(given.Z, training=False))
    return reasons


def _probe(reasons: dict[Part, str], parts: tuple[Part, ...], use: Callable[[], object]) -> None:
    """Note why the parts are missing. What ends with something unusable was called, at least."""
    try:
        use()
    except Unwritten as gap:
        reasons |= dict.fromkeys(parts, gap.text)
    except Failure as failure:
        at = "" if failure.line is None else f" at line {failure.line}"
        reasons |= dict.fromkeys(parts, f"The code stops{at} before this can be checked.")
    except Unusable as unusable:
        reasons[parts[-1]] = unusable.text
