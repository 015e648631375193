"""The place for a visitor's file, which ui/site/browser/upload.js fills."""

import json
from html import escape

from ui.activations.contents import MOST_BYTES
from ui.layout import Upload

WHERE = (
    "It stays in this browser: it is read here, sent nowhere, kept nowhere, and forgotten when you "
    "leave this page."
)


def upload_place(upload: Upload) -> str:
    """An empty element, with what its script is told."""
    told = {"ask": upload.ask, "accept": upload.accept, "most": MOST_BYTES, "where": WHERE}
    return f'<div data-upload="{escape(json.dumps(told))}"></div>'
