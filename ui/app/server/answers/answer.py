"""What a page shows for given settings, encoded once and kept for whoever asks next.

A lecture hall follows one link, and a slider's last answer is wanted again by the page's own
run: a small cache serves both.
"""

import json
from typing import Any

import orjson

from ui import views
from ui.activations.held import files
from ui.bounded import kept


@kept(16_000_000)
def encoded(view: str, settings: Any) -> dict[str, str]:
    """The JSON of every figure and sentence of a view, by name; some 10 to 60 KB."""
    shown = views.load(view).show(settings)
    return {name: spelt(part) for name, part in shown.items()}


files.takes_along(encoded.cache)


def known(view: str, settings: Any) -> bool:
    """Whether the answer is kept, so that it costs nothing."""
    return encoded.knows(view, settings)


def spelt(part: Any) -> str:
    """A figure or sentence as JSON; numpy's numbers are numbers, what is not finite is null."""
    return orjson.dumps(part, option=orjson.OPT_SERIALIZE_NUMPY).decode()


def answer(view: str, settings: Any) -> bytes:
    """All of a view as one JSON object."""
    parts = (f"{json.dumps(name)}:{part}" for name, part in encoded(view, settings).items())
    return ("{" + ",".join(parts) + "}").encode()
