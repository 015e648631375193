"""The hall's own pages, each in one file: the phone's and the lecturer's remote."""

import base64
import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from ui.app.server.answers.assets import path_of
from ui.app.server.http import NOSNIFF
from ui.hall.inline import one_script
from ui.plot.palette import DARK, LIGHT

HERE = Path(__file__).parent
SHEETS = {"phone": ("phone",), "remote": ("phone", "remote")}
"""The style sheets of each page, after one another."""

# Plotly writes its styles into the page, and pictures out of it into data: addresses.
_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "connect-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'sha256-{digest}'"
)


@dataclass(frozen=True)
class Document:
    """A page as it goes over the wire."""

    content: bytes
    compressed: bytes
    headers: dict[str, str]


@lru_cache(maxsize=4)
def document(name: str, base: str) -> Document:
    """The page of a folder beside this file: page.html with its style sheets and its script.

    base: what stands before every address of the server.
    """
    folder = HERE / name
    script = one_script(folder / f"{name}.js")
    page = (folder / "page.html").read_text("utf-8").replace("DATA", _data(base))
    sheets = (HERE / one / f"{one}.css" for one in SHEETS[name])
    page = page.replace("STYLE", "".join(sheet.read_text("utf-8") for sheet in sheets))
    content = page.replace("SCRIPT", script).encode()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    headers = NOSNIFF | {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": _POLICY.format(digest=digest),
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Encoding",
    }
    return Document(content, gzip.compress(content, 9), headers)


def picture_data() -> dict[str, Any]:
    """What a picture on a phone is drawn with: the address of plotly.js, and the colours."""
    return {
        "plotly": f"/live/assets/{path_of('plotly-')}",
        "palettes": {"light": LIGHT, "dark": DARK},
    }


def _data(base: str) -> str:
    """What the scripts are told, as attributes of the page's first element."""
    told = {"base": base, "picture": f"/live/assets/{path_of('hall/phone/picture.js')}"}
    return " ".join(f'data-{name}="{escape(text)}"' for name, text in told.items())
