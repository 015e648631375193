"""Colours by what they stand for, for light and for dark, after Okabe & Ito.

Figures name colours as "@before" or, see-through, "@before/0.25"; the browser resolves the names
in the theme that is on, so that a switch of theme needs no new figure from the server.

Text and curves reach 4.5 to 1 on the paper (the light theme's sky, a mark only, 3 to 1), and no two
of the curves' colours look alike with any colour vision: their lightness differs where hues cannot.
Cold, cool and warm are the cells of heat maps, on all of which ink is read.
"""

import re
from typing import Any

LIGHT = {
    "ink": "#1B2530",
    "muted": "#5B6772",
    "grid": "#E3E8EC",
    "paper": "#FFFFFF",
    "before": "#BF5300",
    "after": "#0072B2",
    "running": "#00684A",
    "accent": "#952A7C",
    "second": "#5A4B00",
    "sky": "#2A97CE",
    "theory": "#1B2530",
    "cold": "#6FB1DC",
    "cool": "#C9E1F1",
    "warm": "#EE9A62",
}
DARK = {
    "ink": "#E8EEF3",
    "muted": "#A2AFBA",
    "grid": "#2A343E",
    "paper": "#10161C",
    "before": "#E5802F",
    "after": "#56B4E9",
    "running": "#1AA377",
    "accent": "#CB77AE",
    "second": "#F0E442",
    "sky": "#BFE6FA",
    "theory": "#E8EEF3",
    "cold": "#1C6796",
    "cool": "#163A52",
    "warm": "#95500F",
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


def parse(colour: str) -> tuple[str, float]:
    """Name and opacity out of "@name/0.25"; ValueError for anything else."""
    found = _NAME.match(colour)
    if not found:
        raise ValueError(f"{colour!r} is no colour's name like '@before' or '@before/0.25'")
    return found[1], float(found[2] or 1)
