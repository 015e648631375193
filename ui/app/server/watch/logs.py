"""What the log says: what whoever runs the server can act on, and nothing of its visitors.

uvicorn writes a line with the visitor's address for each page that is opened, Streamlit a
traceback for each frame that is none of its own.
"""

import logging

from ui.app.server.streamlit_inside import WEBSOCKET_LOG

_FORMAT = "%(asctime)s %(message)s"


def set_up() -> None:
    """Let our own lines appear, and others without what they say of a visitor."""
    ours = logging.getLogger("ui")
    ours.setLevel(logging.INFO)
    if not ours.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter(_FORMAT))
        ours.addHandler(handler)
    # Streamlit has it off; `uvicorn app:app` would write every address and query.
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    uvicorn = logging.getLogger("uvicorn.error")
    uvicorn.setLevel(logging.WARNING)
    uvicorn.addFilter(without_garbage)
    logging.getLogger(WEBSOCKET_LOG).addFilter(without_details)


def without_details(record: logging.LogRecord) -> bool:
    """One line, and no word that came from outside: neither traceback nor origin nor host."""
    record.exc_info = record.exc_text = None
    if "origin" in str(record.msg):
        record.msg, record.args = "A page of another site was refused a WebSocket.", ()
    return True


def without_garbage(record: logging.LogRecord) -> bool:
    """One line for what is no HTTP or no text; other errors are ours, and keep their traceback."""
    if str(record.msg).startswith("Invalid"):
        record.exc_info = record.exc_text = None
    return True
