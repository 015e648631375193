"""How the page tests run a page through its shell, and read what its figures were given."""

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

PAGES = Path(__file__).resolve().parents[2] / "pages"


def run(page: str, **settings: object) -> AppTest:
    """The page after a first visit with these settings in its address."""
    app = AppTest.from_file(str(PAGES / "_shell.py"), default_timeout=30)
    if page != "lab":
        app.switch_page(f"{page}.py")
    for name, value in settings.items():
        app.query_params[name] = str(value)
    return app.run()


def shown(app: AppTest) -> dict[str, Any]:
    """Every live part of the page by its name, as the browser is given it."""
    parts = {}
    for element in app.get("bidi_component"):
        given = json.loads(element.proto.bytes)
        if "shown" in given:
            parts[given["name"]] = given["shown"]
    return parts


def said(app: AppTest) -> str:
    """All text of the page: warnings, markdown and live sentences."""
    live = [part for part in shown(app).values() if isinstance(part, str)]
    return " ".join([*(w.value for w in app.warning), *(m.value for m in app.markdown), *live])
