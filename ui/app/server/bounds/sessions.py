"""What Streamlit's sessions hold, given back: at once what rests, within a minute what is closed.

Streamlit keeps an event loop of three file descriptors for each session, between its runs too, and
each closed session for two minutes, or until the next one is closed. A new loop takes a tenth of a
millisecond, when a run begins.
"""

import logging
from typing import Any

from streamlit import runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage

CLOSED_SECONDS = 40
"""A lost connection that comes back within this time finds its session as it was."""
MOST_CLOSED = 300
SESSION_LOG = "streamlit.runtime.app_session"


def keep_closed_sessions_briefly() -> None:
    """For CLOSED_SECONDS, in the place of Streamlit's two minutes; before the first session."""
    manager = _manager()
    manager._session_storage = MemorySessionStorage(MOST_CLOSED, CLOSED_SECONDS)
    logging.getLogger(SESSION_LOG).addFilter(not_of_the_loop)


def give_back() -> None:
    """What sessions do not need now. Called on the event loop, as their own changes are."""
    manager = _manager()
    closed: dict[str, Any] = manager._session_storage._cache._data
    for name, info in list(closed.items()):
        if name not in manager._session_storage._cache:  # its time is over
            info.session.shutdown()
    manager._session_storage._cache.expire()
    for info in [*manager.list_active_sessions(), *closed.values()]:
        _rest(info.session)


def not_of_the_loop(record: logging.LogRecord) -> bool:
    """Streamlit warns of the loop that a resting session has given back."""
    return "event loop is closed" not in str(record.msg)


def _rest(session: Any) -> None:
    loop = session._script_event_loop
    if session._scriptrunner is None and not loop.is_closed() and not loop.is_running():
        loop.close()


def _manager() -> Any:
    return runtime.get_instance()._session_mgr
