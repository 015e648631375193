"""Bodies in any pieces, up to their bound."""

import pytest
from starlette.requests import Request
from starlette.types import Message

from tests.ui.app.server.asgi import run
from ui.hall.server import bodies
from ui.hall.server.bodies import BadBody, body_of


def taken(content: bytes, most: int, piece: int) -> tuple[object, int]:
    """What becomes of a body, and how many bytes of it were asked for."""
    pieces = [content[i : i + piece] for i in range(0, len(content), piece)] or [b""]
    left = list(pieces)

    async def receive() -> Message:
        if not left:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def body() -> object:
        try:
            return await body_of(Request({"type": "http", "headers": []}, receive), most)
        except BadBody as bad:
            return bad.status

    return run(body()), sum(map(len, pieces)) - sum(map(len, left))


@pytest.mark.parametrize("piece", [1, 3, 1000])
def test_a_body_in_pieces(piece: int) -> None:
    content = b'{"a": [1, "\xc3\xbc"]}'
    assert taken(content, len(content), piece)[0] == {"a": [1, "ü"]}
    assert taken(content, len(content) - 1, piece)[0] == 413


def test_what_is_far_too_large_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "LET_PASS", 10_000)
    assert taken(b"7" * 9_000, 100, 1000) == (413, 9_000)
    assert taken(b"7" * 900_000, 100, 1000) == (413, 11_000)


def test_a_body_that_breaks_off() -> None:
    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def body() -> None:
        with pytest.raises(BadBody) as bad:
            await body_of(Request({"type": "http", "headers": []}, receive), 100)
        assert bad.value.status == 400

    run(body())
