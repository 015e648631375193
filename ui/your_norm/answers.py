"""What a host asks about a visitor's norm, as JSON: texts in, texts out."""

from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, replace
from urllib.parse import parse_qs

from ui.settings.address import read
from ui.settings.shared import Settings
from ui.text.as_json import encoded
from ui.views.view import Shown
from ui.your_norm.calling import guarded
from ui.your_norm.checks import Checked, all_open, checked
from ui.your_norm.failures import Failure, Unwritten
from ui.your_norm.loading import loaded
from ui.your_norm.passing import passed
from ui.your_norm.pictures import pictures
from ui.your_norm.printed import Printed
from ui.your_norm.starting_points import STARTING_POINTS

_STOPPED = "The code stops before this can be checked."
_CHANGED = "The code has changed something that its checks need, so that they could not be run."


def listed() -> str:
    """The starting points, a JSON list of objects with their fields."""
    return encoded([asdict(point) for point in STARTING_POINTS])


def ran(code: str, query: str) -> str:
    """What the visitor's code does at the settings of a query: a JSON object.

    error: null, or line (null where there is none) and text. printed: text, bounded. shown: parts
    by name as a view has them; empty where there is nothing to draw. checks: a list of name, title,
    state ("right", "wrong", "open"), text, and heat (a figure or null).
    All texts but those in `shown` are plain, with what came from the code in them: never markup.
    Code that does not end is ended by whoever asks.
    """
    settings, _ = read(Settings, parse_qs(query))
    printed = Printed()
    try:
        with guarded(), redirect_stdout(printed), redirect_stderr(printed):
            failures, shown, checks = _run(code, settings, printed)
    except Exception:  # of ours, in a numpy that is no longer itself
        failures, shown, checks = [Failure(_CHANGED)], {}, all_open(settings.norm, _CHANGED)
    error = {"line": failures[0].line, "text": failures[0].text} if failures else None
    return encoded(
        {
            "error": error,
            "printed": printed.text,
            "shown": shown,
            "checks": [asdict(one) for one in checks],
        }
    )


def _run(code: str, s: Settings, printed: Printed) -> tuple[list[Failure], Shown, list[Checked]]:
    try:
        of = loaded(code, "layer" if s.norm == "layer" else "batch")
    except Failure as failure:
        return [failure], {}, all_open(s.norm, _STOPPED)
    except Unwritten as gap:
        return [], {}, all_open(s.norm, gap.text)
    s = replace(s, norm=of.kind)
    result, failures = passed(of, s, printed)
    printed.wanted = False
    checks, others = checked(of, s)
    return failures + others, pictures(s, result), checks
