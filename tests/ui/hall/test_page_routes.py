"""The addresses of the hall's pages and squares."""

import gzip
import json
import re

import pytest
import segno
from starlette.routing import Router

from tests.ui.app.server.asgi import get
from ui import views
from ui.hall.page_routes import page_routes

APP = Router(page_routes("/here"))
HOST = {"host": "hall.example:8501"}
SQUARE = "/here/hall/rooms/KRBWD/remote.svg"


@pytest.mark.parametrize("path", ["/join", "/join/KRBWD", "/join/<b>", "/remote/KRBWD"])
def test_a_page_comes_whatever_the_code(path: str) -> None:
    answer = get(APP, f"/here{path}", encoding="identity")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert b"<b>" not in answer.body


def test_a_page_is_compressed_where_that_is_taken() -> None:
    plain = get(APP, "/here/join", encoding="identity")
    packed = get(APP, "/here/join")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


@pytest.mark.parametrize(
    ("query", "scheme"), [("", "http"), ("scheme=https", "https"), ("scheme=<b>", "http")]
)
def test_the_square_leads_to_the_room_as_the_asker_reached_the_server(
    query: str, scheme: str
) -> None:
    answer = get(APP, "/here/hall/rooms/KRBWD/qr.svg", query, headers=HOST)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert len(answer.body) < 4000
    code = segno.make(f"{scheme}://hall.example:8501/here/join/KRBWD", error="m", micro=False)
    assert drawn(answer.body.decode()) == {
        (x, y) for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark
    }


def drawn(svg: str) -> set[tuple[int, int]]:
    """The dark fields of a square, read out of its strokes; the border of two left out."""
    fields, x, y = set(), 0, 0.0
    [path] = re.findall(r'class="qrline"[^>]* d="([^"]+)"', svg)
    for kind, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(number) for number in numbers.split()]
        if kind == "h":
            fields |= {(int(x) + i - 2, int(y - 0.5) - 2) for i in range(int(values[0]))}
            x += int(values[0])
        else:
            x = int(values[0]) + (x if kind == "m" else 0)
            y = values[1] + (y if kind == "m" else 0)
    return fields


def test_the_remotes_square_needs_the_secret_and_is_kept_nowhere() -> None:
    assert get(APP, SQUARE, headers=HOST).status == 403
    first, other, long = (
        get(APP, SQUARE, headers=HOST | {"authorization": f"Bearer {secret}"})
        for secret in ("abcdef", "abcdeg", "a" * 999)
    )
    assert first.status == 200
    assert first.headers["cache-control"] == "no-store"
    assert drawn(first.body.decode()) != drawn(other.body.decode())
    assert long.status == 414


@pytest.mark.parametrize("page", [*views.NAMES, "training"])
def test_a_pages_sliders_and_defaults(page: str) -> None:
    told = json.loads(get(APP, f"/here/hall/pages/{page}").body)
    assert set(told) == {"defaults", "steps", "controls"}
    for name, one in told["controls"].items():
        assert one["label"]
        assert ("options" in one) != ("low" in one)
        if "options" in one:
            assert told["defaults"][name] in one["options"]


def test_no_such_page_is_told() -> None:
    assert get(APP, "/here/hall/pages/<b>").status == 404
