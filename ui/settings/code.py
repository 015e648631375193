"""A script in Python that computes what a page shows: its settings stand in it as constants."""

import json
from typing import Any

from ui.settings.controls import controls

_NEEDS = 'Needs numpy and bn_core alone: run "pip install ." in a copy of this project.'


def script(title: str, settings: Any, names: tuple[str, ...], imports: str, body: str) -> str:
    """The whole script. names: the settings that it states; body: ends with `shown`, a dict.

    The lines of `imports` and `body` are Python; the script prints what is in `shown`.
    """
    return (
        f'"""{title}\n\n{_NEEDS}\n"""\n\n{imports.strip()}\n\n'
        f"{constants(settings, names)}\n{_separated(body.strip())}\n\n"
        'for name, value in shown.items():\n    print(f"{name}: {value:.6g}")\n'
    )


def constants(settings: Any, names: tuple[str, ...]) -> str:
    """A line for each of these settings, with its label."""
    known = controls(type(settings))
    lines = [(name, f"{name} = {_literal(getattr(settings, name))}") for name in names]
    width = max(len(line) for _, line in lines)
    return "".join(f"{line:{width}}  # {known[name].label}\n" for name, line in lines)


def _separated(body: str) -> str:
    """A function stands two lines below what comes before it."""
    return f"\n{body}" if body.startswith("def ") else body


def _literal(value: Any) -> str:
    return json.dumps(value) if isinstance(value, str) else repr(value)
