"""What is sent to us: at most so many bytes, and JSON."""

from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

LET_PASS = 16_000_000
"""Bytes of a body that is too large are read and thrown away up to here, so that its sender, who
listens only afterwards, hears why it was refused."""


class BadBody(Exception):
    """A body that is not taken: the status of the answer, and a word."""

    def __init__(self, status: int, word: str) -> None:
        super().__init__(word)
        self.status, self.word = status, word


async def body_of(request: Request, most: int) -> dict[str, Any]:
    """The JSON object in a request's body of at most so many bytes; BadBody otherwise."""
    kept, size = bytearray(), 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size <= most:
                kept += chunk
            elif size > LET_PASS:
                break
    except ClientDisconnect as error:
        raise BadBody(400, "The request broke off.") from error
    if size > most:
        raise BadBody(413, f"The body is too large: at most {most:,} bytes.")
    try:
        told = orjson.loads(kept)
    except orjson.JSONDecodeError as error:
        raise BadBody(422, "The body is not JSON.") from error
    if not isinstance(told, dict):
        raise BadBody(422, "The body is not a JSON object.")
    return told
