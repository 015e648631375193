"""The place for a visitor's file, which the browser sends to the server to hold for the visit."""

import json

import streamlit as st

from ui.activations.contents import MOST_BYTES
from ui.activations.held import files
from ui.activations.told import told
from ui.app.component import live_component, pictures_move
from ui.app.server.streamlit_inside import session
from ui.app.visit import visit
from ui.layout import Upload

_KEY = "live_upload"

WHERE = (
    "It is held in this server's memory for your visit, at most "
    f"{MOST_BYTES // 1_000_000} MB of it, never written to a disk, and let go within a minute "
    "after you close the page."
)
NO_LONGER = "the server no longer holds it. Put it in again, or forget it to see the examples."


def data_now() -> str:
    """The token of the visit's file, GONE once the server has let go of it; empty without one."""
    here = visit()
    return files.known(here.data) if here.data else ""


def show_upload(page: str, upload: Upload) -> None:
    """The place for a file of this page's view."""
    if not pictures_move():
        st.caption("A file can be put in here once this page's scripts run in your browser.")
        return
    sent = {
        "page": page,
        "session": session(),
        "ask": upload.ask,
        "accept": upload.accept,
        "most": MOST_BYTES,
        "where": WHERE,
        "stops": True,
        "held": _held(),
        "heard": visit().heard,
    }
    with st.container(key="upload"):
        live_component()(
            key=_KEY,
            data=json.dumps({"name": "upload", "upload": sent}).encode(),
            height="content",
            on_failed_change=lambda: None,
            on_file_change=_take,
        )


def _held() -> dict[str, str] | None:
    here = visit()
    if not here.data:
        return None
    contents = files.found(here.data)
    return {"name": here.file, "text": told(contents) if contents else NO_LONGER}


def _take() -> None:
    """The browser says that it has put a file in, or that it wants none any more.

    What it says is counted: it is told how far it was heard.
    """
    here = visit()
    said = st.session_state[_KEY].get("file")
    said = said if isinstance(said, dict) else {}
    number = said.get("number")
    here.heard = number if isinstance(number, int) else here.heard
    if said.get("word") == "forget":
        files.let_go(session())
    token = files.token_of(session())
    contents = files.found(token)
    if contents:
        here.data, here.file = token, contents.name
    else:
        here.data = here.file = ""
