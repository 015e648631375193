"""The addresses of a running server, asked without a browser."""

import gzip
import http.client
import json
from dataclasses import dataclass
from email.message import Message

import pytest

from tests.browser.conftest import Server
from ui.live.assets import assets, path_of
from ui.server.compressed import _FOLDER

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


def get(server: Server, path: str, encoding: str = "gzip") -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    # As it stands: a path with .. in it must reach the server.
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


def test_a_view_answers_with_its_parts(server: Server) -> None:
    answer = get(server, "/live/lab?batch=8&eps=0.001")
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "no-store"
    parts = json.loads(gzip.decompress(answer.body))
    assert "batch of 8." in parts["fig_before_after"]["alt"]


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/live/lab?batch=7", 422, "batch=7"),
        ("/live/lab?mean=nan", 422, "expected a number"),
        ("/live/nothing", 404, "pages: "),
        ("/live/__init__", 404, "pages: "),
        ("/live/assets/none.js", 404, "reload"),
    ],
)
def test_what_cannot_be_had_is_told(server: Server, path: str, status: int, word: str) -> None:
    answer = get(server, path, "identity")
    assert answer.status == status
    assert word in answer.body.decode()


def test_assets_are_compressed_and_kept_for_ever(server: Server) -> None:
    path = path_of("plotly-")
    answer = get(server, f"/live/assets/{path}")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert gzip.decompress(answer.body) == assets()[path].content
    plain = get(server, f"/live/assets/{path}", "identity")
    assert plain.headers["Content-Encoding"] is None
    assert plain.body == assets()[path].content


def test_streamlits_own_files_are_compressed(server: Server) -> None:
    script = next(_FOLDER.glob("static/js/index.*.js"))
    answer = get(server, f"/static/js/{script.name}")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.body) == script.read_bytes()


@pytest.mark.parametrize("path", ["/static/../__init__.py", "/static/../../app.py"])
def test_nothing_else_is_given_away(server: Server, path: str) -> None:
    answer = get(server, path)
    assert answer.status in (400, 403, 404)
