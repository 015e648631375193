"""What a page shows for given settings, encoded once and kept for whoever asks next.

A lecture hall follows one link, and a slider's last answer is wanted again by the page's own
run: a small cache serves both.
"""

import json
from functools import lru_cache
from typing import Any

import orjson

from ui import views
from ui.figures.style import Figure


@lru_cache(maxsize=256)
def encoded(view: str, settings: Any) -> dict[str, str]:
    """The JSON of every figure and sentence of a view, by name."""
    shown = views.load(view).show(settings)
    return {name: spelt(part) for name, part in shown.items()}


def spelt(part: Figure | str) -> str:
    """A figure or sentence as JSON; numpy's numbers are numbers, what is not finite is null."""
    return orjson.dumps(part, option=orjson.OPT_SERIALIZE_NUMPY).decode()


def answer(view: str, settings: Any) -> bytes:
    """All of a view as one JSON object."""
    parts = (f"{json.dumps(name)}:{part}" for name, part in encoded(view, settings).items())
    return ("{" + ",".join(parts) + "}").encode()
