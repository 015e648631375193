"""A visitor's file in the browser's own Python: it is read and held here, and goes nowhere."""

from typing import Any

from ui.activations.contents import BadFile
from ui.activations.files import read
from ui.activations.held import NoRoomError, files
from ui.activations.told import told
from ui.text.as_json import encoded


def put(name: str, content: Any) -> str:
    """Read a file and hold it; JSON of its name and what was read, or of the error.

    content: JavaScript's Uint8Array.
    """
    try:
        contents = read(name, content.to_bytes())
        files.hold(contents)
    except (BadFile, NoRoomError) as error:
        return encoded({"error": str(error)})
    return encoded({"name": contents.name, "text": told(contents)})


def forget() -> str:
    """Let go of the file."""
    files.let_go()
    return encoded(None)
