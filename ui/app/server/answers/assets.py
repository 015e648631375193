"""The files the browser needs, each under an address that changes with its content."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from ui import plotly

ROOMS = ("browser", "app", "hall/phone", "hall/projector")
"""Folders of ui whose modules the browser gets; they stand to one another there as they do here."""


@dataclass(frozen=True)
class Asset:
    """A JavaScript file as it goes over the wire, compressed once."""

    content: bytes
    compressed: bytes


@cache
def assets() -> dict[str, Asset]:
    """Every file by its path below /live/assets/."""
    own = {f"{room}/{name}": content for room in ROOMS for name, content in _modules(room)}
    drawing = plotly.script()
    # Our modules import one another by relative names, so one folder is named by them all.
    folder = _digest(b"".join(own[name] for name in sorted(own)))
    named = {f"{folder}/{name}": content for name, content in own.items()}
    named[f"plotly-{_digest(drawing)}.js"] = drawing
    return {name: Asset(content, gzip.compress(content, 9)) for name, content in named.items()}


def path_of(name: str) -> str:
    """The address of the asset that ends in this name, below /live/assets/."""
    [path] = [path for path in assets() if path.endswith(f"/{name}") or path.startswith(name)]
    return path


def _modules(room: str) -> Iterator[tuple[str, bytes]]:
    folder = Path(__file__).parents[3] / room
    for path in folder.rglob("*.js"):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:12]
