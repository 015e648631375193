"""Which parts of the visitor's class there are at all."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ui.your_norm.checks.check import Part
from ui.your_norm.checks.samples import FEATURES, sample
from ui.your_norm.failures import Failure, Unusable, Unwritten
from ui.your_norm.layer import Layer
from ui.your_norm.loading import Loaded

_FORWARD: tuple[Part, ...] = ("forward called", "forward")
_BACKWARD: tuple[Part, ...] = ("backward called", "backward")


@dataclass(frozen=True)
class Probed:
    """What came of a first use of each part, on the checks' own small matrix.

    missing: of each part that cannot be used, the reason. failures: the exceptions of their code.
    """

    missing: dict[Part, str]
    failures: list[Failure]


def probed(of: Loaded) -> Probed:
    """Make a layer of theirs and use each part once."""
    given = sample()
    found = Probed({}, [])
    made: list[Layer] = []
    _probe(found, _FORWARD, lambda: made.append(Layer(of, FEATURES)))
    for layer in made:
        _probe(found, _FORWARD, partial(layer.forward, given.Z))
    if "forward" in found.missing:
        others: tuple[Part, ...] = ("inference", "running", *_BACKWARD)
        found.missing.update(dict.fromkeys(others, found.missing["forward"]))
        return found
    [layer] = made
    _probe(found, _BACKWARD, lambda: layer.backward(given.dY))
    if of.kind == "batch":
        _probe(found, ("running",), layer.running)
    _probe(found, ("inference",), lambda: layer.forward(given.Z, training=False))
    return found


def _probe(found: Probed, parts: tuple[Part, ...], use: Callable[[], object]) -> None:
    """Note why the parts are missing. What ends with something unusable was called, at least."""
    try:
        use()
    except Unwritten as gap:
        found.missing.update(dict.fromkeys(parts, gap.text))
    except Failure as failure:
        found.failures.append(failure)
        at = "" if failure.line is None else f" at line {failure.line}"
        text = f"The code stops{at} before this can be checked."
        found.missing.update(dict.fromkeys(parts, text))
    except Unusable as unusable:
        found.missing[parts[-1]] = unusable.text
