"""What ran answers, as a test reads it; and settings to ask at."""

import json
from typing import Any
from urllib.parse import urlencode

from tests.ui.walk import walk
from ui.settings.address import spell
from ui.settings.shared import Settings
from ui.your_norm.answers import ran


def asked(code: str, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ran(code, query))
    assert found.keys() == {"error", "printed", "shown", "checks"}
    for check in found["checks"]:
        assert check.keys() == {"name", "title", "state", "text", "heat"}
        assert check["state"] in {"right", "wrong", "open"}
        assert check["text"].endswith(".")
    return found


def states(found: dict[str, Any]) -> dict[str, str]:
    return {check["name"]: check["state"] for check in found["checks"]}


def told(found: dict[str, Any], name: str) -> str:
    [text] = [check["text"] for check in found["checks"] if check["name"] == name]
    return str(text)


def queries(count: int, seed: int) -> list[str]:
    """Of the defaults, then of random settings."""
    return ["", *(urlencode(spell(settings)) for settings in walk(Settings, count, seed))]
