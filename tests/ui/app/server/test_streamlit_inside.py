"""What an upgrade of Streamlit, Plotly or Python may break, and where it is to be mended.

Streamlit's page is held by tests/browser/test_streamlit_dom.py.
"""

import socket
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import net_util
from streamlit.config import get_config_options, get_option
from streamlit.web.server.server_util import is_url_from_allowed_origins
from streamlit.web.server.starlette import starlette_routes, starlette_server, starlette_websocket

from tests.test_imports import ROOT
from ui.app.server.no_delay import MOST_UNSENT, send_at_once
from ui.app.server.streamlit_inside import (
    FOLDERS,
    MEASURES,
    STATIC,
    STREAM,
    UPLOADS,
    WEBSOCKET_LOG,
    ask_no_other_host,
    scripts_in_its_page,
    static_files,
)


def test_streamlits_files_are_where_they_are_looked_for() -> None:
    files = static_files()
    message = "Streamlit's browser files have moved: mend ui/app/server/streamlit_inside.py"
    assert len(files) > 50, message
    assert any(name.startswith("js/index.") for name in files), message
    # What the first page names is what a visitor waits for.
    import streamlit

    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    named = [name for name in files if f"./static/{name}" in index]
    assert any(name.endswith(".js") for name in named), message


def test_streamlits_addresses_are_those_that_are_watched() -> None:
    own = (
        f"/{starlette_routes.BASE_ROUTE_STATIC}/",
        f"/{starlette_websocket._ROUTE_WEBSOCKET_STREAM}",
        f"/{starlette_routes.BASE_ROUTE_UPLOAD_FILE}/",
    )
    message = "Streamlit's addresses have moved: mend ui/app/server/streamlit_inside.py"
    assert own == (STATIC, STREAM, UPLOADS), message
    runtime: Any = SimpleNamespace(stats_mgr=None)
    assert starlette_routes.create_metrics_routes(runtime, None)[0].path == MEASURES, message  # type: ignore[attr-defined]
    folders = {
        starlette_routes.BASE_ROUTE_STATIC,
        starlette_routes.BASE_ROUTE_CORE,
        starlette_routes.BASE_ROUTE_MEDIA,
        starlette_routes.BASE_ROUTE_COMPONENT,
    }
    assert folders == set(FOLDERS), message


def test_the_script_in_streamlits_page_is_known_by_its_digest() -> None:
    assert len(scripts_in_its_page()) == 1, "its page has other scripts: look at headers.py"


def test_streamlit_logs_what_it_is_sent_under_the_name_that_is_filtered() -> None:
    assert starlette_websocket._LOGGER.name == WEBSOCKET_LOG, "mend ui/app/server/watch/logs.py"


def test_no_visitor_makes_the_server_ask_another_host(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)  # put back after
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda url, **_: asked.append(url))
    foreign = "http://another.example"
    assert not is_url_from_allowed_origins(foreign)
    assert asked, "Streamlit no longer asks: strike ask_no_other_host"
    asked.clear()
    ask_no_other_host()
    assert not is_url_from_allowed_origins(foreign)
    assert not asked, (
        "a page of another site makes the server ask another host: mend ask_no_other_host in "
        "ui/app/server/streamlit_inside.py"
    )


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("server.enableXsrfProtection", True),
        ("server.enableCORS", True),
        ("server.enableAgentApi", False),
        ("server.maxUploadSize", 1),
        ("server.maxMessageSize", 1),
        ("server.maxWidgetStateSize", 1),
        ("client.showErrorDetails", "none"),
        ("browser.gatherUsageStats", False),
        ("server.showEmailPrompt", False),
    ],
)
def test_the_server_is_set_as_the_readme_says(option: str, value: object) -> None:
    assert get_option(option) == value


def test_no_address_of_a_visitor_is_logged() -> None:
    assert starlette_server._get_uvicorn_config_kwargs()["access_log"] is False, (
        "Streamlit has uvicorn log every request: set its log level in app.py"
    )


def test_streamlit_knows_every_option_that_is_set() -> None:
    set_here = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    known = get_config_options()

    def names(table: dict[str, object], before: str = "") -> list[str]:
        found: list[str] = []
        for key, value in table.items():
            name = f"{before}{key}"
            found += names(value, f"{name}.") if isinstance(value, dict) else [name]
        return found

    unknown = [name for name in names(set_here) if name not in known]
    assert not unknown, f"Streamlit no longer knows {unknown}: mend .streamlit/config.toml"
    assert "runner.postScriptGC" in names(set_here), "each run would collect garbage, some 40 ms"


def test_what_a_listening_socket_accepts_sends_at_once() -> None:
    with socket.socket() as listening, socket.socket() as client, socket.socket() as idle:
        assert listening.proto == 0, "as Streamlit opens it"
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        send_at_once()
        client.connect(listening.getsockname())
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1, (
                "answers wait some 40 ms again: mend ui/app/server/no_delay.py"
            )
            for name, value in (("TCP_NOTSENT_LOWAT", MOST_UNSENT), ("TCP_USER_TIMEOUT", 60_000)):
                if option := getattr(socket, name, None):
                    assert accepted.getsockopt(socket.IPPROTO_TCP, option) == value
        # Others are left alone.
        assert idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
        assert client.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0


def test_looking_for_sockets_opens_none() -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    send_at_once()
    assert len(list(Path("/dev/fd").iterdir())) == before
