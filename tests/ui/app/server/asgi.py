"""Asks an ASGI application without a server."""

import asyncio
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from starlette.types import ASGIApp, Message

T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


async def ask(
    app: ASGIApp,
    path: str,
    query: str = "",
    encoding: str = "gzip",
    accept: str = "*/*",
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    """GET path as it stands, already decoded, as the server hands it on."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [
            (name.encode(), value.encode())
            for name, value in {"accept-encoding": encoding, "accept": accept, **headers}.items()
        ],
    }
    await app(scope, receive, send)
    told = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], told, b"".join(m.get("body", b"") for m in sent[1:]))


def get(
    app: ASGIApp,
    path: str,
    query: str = "",
    encoding: str = "gzip",
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    """The same from code that is not asynchronous."""
    return run(ask(app, path, query, encoding, headers=headers))


def run(body: Coroutine[Any, Any, T]) -> T:
    """asyncio.run on a thread of its own: a browser driven in this process has a loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, body).result()
