"""Colours by what they stand for, for light and for dark, after Okabe & Ito.

Figures name colours as "@before" or, see-through, "@before/0.25"; the browser resolves the names
in the theme that is on, so that a switch of theme needs no new figure from the server.
"""

import re
from typing import Any

LIGHT = {
    "ink": "#1B2530",
    "muted": "#5F6B76",
    "grid": "#E3E8EC",
    "paper": "#FFFFFF",
    "before": "#D55E00",
    "after": "#0072B2",
    "running": "#00805F",
    "accent": "#B2478A",
    "second": "#8A6A00",
    "sky": "#2A8CC4",
    "theory": "#1B2530",
}
DARK = {
    "ink": "#E8EEF3",
    "muted": "#9AA7B3",
    "grid": "#2A343E",
    "paper": "#10161C",
    "before": "#F0903A",
    "after": "#56B4E9",
    "running": "#1FBF92",
    "accent": "#E08FC0",
    "second": "#F0E442",
    "sky": "#9AD4F5",
    "theory": "#E8EEF3",
}

_NAME = re.compile(r"^@([a-z]+)(?:/([0-9.]+))?$")


def resolve(part: Any, palette: dict[str, str]) -> Any:
    """The same figure with every colour name replaced by the palette's colour."""
    if isinstance(part, dict):
        return {key: resolve(value, palette) for key, value in part.items()}
    if isinstance(part, list):
        if not any(isinstance(value, str | dict | list) for value in part):
            return part
        return [resolve(value, palette) for value in part]
    if isinstance(part, str) and (found := _NAME.match(part)):
        red, green, blue = (int(palette[found[1]][i : i + 2], 16) for i in (1, 3, 5))
        return f"rgba({red},{green},{blue},{found[2] or 1})"
    return part
