"""What the server knows of Streamlit's inside: where its files are, and at which addresses it is.

None of it is a promise of Streamlit's: tests/ui/test_insides.py says so when an upgrade moves it.
"""

import base64
import re
import signal
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit
import uvicorn
from streamlit import net_util, runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

STATIC = "/static/"  # its JavaScript and style sheets
STREAM = "/_stcore/stream"  # the WebSocket of a session
UPLOADS = "/_stcore/upload_file/"
MEASURES = "/_stcore/metrics"  # of Streamlit itself, for anybody who asks
FOLDERS = ("static", "_stcore", "media", "component")  # what it serves below its addresses
WEBSOCKET_LOG = "streamlit.web.server.starlette.starlette_websocket"

TYPES = {".js": "text/javascript", ".css": "text/css"}

_FOLDER = Path(streamlit.__file__).parent / "static" / "static"
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def static_files() -> dict[str, Path]:
    """Every JavaScript file and style sheet that is there now, by its name below STATIC."""
    return {
        path.relative_to(_FOLDER).as_posix(): path
        for path in sorted(_FOLDER.rglob("*"))
        if path.suffix in TYPES and path.is_file()
    }


def session() -> str:
    """The id of the session that runs this script: its page knows it, and nobody else."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def session_is_open(name: str) -> bool:
    """Whether a page is connected to the session of that id now."""
    return runtime.exists() and runtime.get_instance().is_active_session(name)


def scripts_in_its_page() -> tuple[str, ...]:
    """The scripts that stand in its page itself, as a Content-Security-Policy names them."""
    found = _INLINE.findall((_FOLDER.parent / "index.html").read_bytes())
    digests = (base64.b64encode(sha256(script).digest()).decode() for script in found)
    return tuple(f"'sha256-{digest}'" for digest in digests)


def end_within(seconds: int) -> None:
    """Let the server end in this time though somebody does not take what it still has for them.

    Streamlit leaves uvicorn without a limit, and one phone that sleeps with a picture half taken
    would keep the process for ever. To be called when the server has started.
    """
    if server := _uvicorn():
        server.config.timeout_graceful_shutdown = seconds


def connections() -> list[Any]:
    """The connections that are open now, as uvicorn's protocols; see connections.py."""
    server = _uvicorn()
    return list(server.server_state.connections) if server else []


def _uvicorn() -> uvicorn.Server | None:
    """The running server, which has put itself in charge of the signal that ends it."""
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return server if isinstance(server, uvicorn.Server) else None


def ask_no_other_host() -> None:
    """Keep the server from asking a host on the internet for its own address.

    Streamlit does so whenever a page of another site opens a WebSocket here, and all answers wait
    up to two seconds for it. Such a page is refused either way, unless its address is in
    server.corsAllowedOrigins or browser.serverAddress.
    """
    net_util.get_external_ip = lambda: None
