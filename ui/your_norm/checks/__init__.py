"""The checks of a visitor's norm, each a line that is right, wrong or open."""

from ui.settings.shared import Settings
from ui.your_norm.checks.backward import GRADIENT, SUMS
from ui.your_norm.checks.check import Check, Checked, State
from ui.your_norm.checks.edges import ALONE, FAR, KEPT, SINGLE
from ui.your_norm.checks.forward import AFFINE, EPS, SHAPE, STANDARD
from ui.your_norm.checks.inference import FROZEN, RUNNING, SAME, USES_RUNNING
from ui.your_norm.checks.probing import probed
from ui.your_norm.checks.project import PROJECT
from ui.your_norm.failures import Failure, Unusable, Unwritten
from ui.your_norm.loading import Loaded

CHECKS: tuple[Check, ...] = (
    SHAPE,
    STANDARD,
    EPS,
    AFFINE,
    USES_RUNNING,
    RUNNING,
    FROZEN,
    SAME,
    GRADIENT,
    SUMS,
    FAR,
    SINGLE,
    ALONE,
    KEPT,
    PROJECT,
)

_STATES: dict[bool | None, State] = {True: "right", False: "wrong", None: "open"}

__all__ = ["CHECKS", "Checked", "all_open", "checked"]


def all_open(norm: str, text: str) -> list[Checked]:
    """The checks of a norm, "batch" or "layer", where none can be made, with the reason."""
    return [Checked(one.name, one.title, "open", text) for one in CHECKS if norm in one.of]


def checked(of: Loaded, s: Settings) -> tuple[list[Checked], list[Failure]]:
    """What each check finds, and what keeps some of them from being made at all.

    s: the page's settings, with the norm that the class is.
    """
    first = probed(of)
    reasons = first.missing
    found = [
        _checked(one, of, s, next((reasons[part] for part in one.needs if part in reasons), ""))
        for one in CHECKS
        if of.kind in one.of
    ]
    return found, first.failures


def _checked(one: Check, of: Loaded, s: Settings, missing: str) -> Checked:
    if missing:
        return Checked(one.name, one.title, "open", missing)
    try:
        found = one.judge(of, s)
    except Unwritten as gap:
        return Checked(one.name, one.title, "open", gap.text)
    except Unusable as unusable:
        return Checked(one.name, one.title, "wrong", unusable.text)
    except Failure as failure:
        at = "" if failure.line is None else f"Line {failure.line}: "
        return Checked(one.name, one.title, "wrong", at + failure.text)
    state = _STATES[found.right]
    return Checked(one.name, one.title, state, found.text, found.heat)
