"""The log has lines, no tracebacks of what visitors send, and nothing of who they are."""

import logging
from collections.abc import Callable, Iterator

import pytest

from ui.app.server.streamlit_inside import WEBSOCKET_LOG
from ui.app.server.watch.logs import set_up, without_details, without_garbage

LOGGERS = ("ui", "uvicorn.access", "uvicorn.error", WEBSOCKET_LOG)
Rid = Callable[[logging.LogRecord], bool]


@pytest.fixture
def loggers() -> Iterator[None]:
    """As they were, after the test."""
    found = [logging.getLogger(name) for name in LOGGERS]
    before = [(one.level, list(one.handlers), list(one.filters)) for one in found]
    yield
    for one, (level, handlers, filters) in zip(found, before, strict=True):
        one.setLevel(level)
        one.handlers, one.filters = handlers, filters


@pytest.mark.usefixtures("loggers")
def test_neither_requests_nor_connections_are_logged_and_our_own_lines_are() -> None:
    set_up()
    for name in ("uvicorn.access", "uvicorn.error"):  # at this level they have the address
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
    assert logging.getLogger("uvicorn.error").isEnabledFor(logging.WARNING)
    assert logging.getLogger("ui.app.server.watch.once").isEnabledFor(logging.INFO)
    set_up()
    assert len(logging.getLogger("ui").handlers) == 1


def logged(
    message: str, *args: object, error: Exception | None = None, rid_of: Rid = without_details
) -> str:
    """The line as a handler writes it, traceback included."""
    told = (type(error), error, None) if error else None
    record = logging.LogRecord(WEBSOCKET_LOG, logging.WARNING, "", 0, message, args, told)
    assert rid_of(record)
    return logging.Formatter().format(record)


def test_a_frame_that_is_no_message_is_one_line() -> None:
    line = logged("Error deserializing back message", error=ValueError("as sent: b'\\x00'"))
    assert line == "Error deserializing back message"


def test_where_a_visitor_comes_from_is_not_told() -> None:
    line = logged(
        "Rejecting WebSocket connection with disallowed Origin or Host header: origin=%s, host=%s",
        "https://10.1.2.3",
        "norms.example",
    )
    assert "10.1.2.3" not in line
    assert "refused" in line


def test_what_is_no_text_is_one_line_and_a_fault_of_ours_keeps_its_traceback() -> None:
    no_text = "Invalid UTF-8 sequence received from client."
    assert logged(no_text, error=ValueError("0xff"), rid_of=without_garbage) == no_text
    ours = logged("Exception in ASGI application", error=ValueError("ours"), rid_of=without_garbage)
    assert "ValueError: ours" in ours
