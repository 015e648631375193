"""The server: Streamlit's, around pages/_shell.py, with what a lecture hall needs.

Run it with `streamlit run app.py`. Streamlit takes a folder `pages` beside the main script for
its old automatic pages; with the script inside that folder, a first visit to any page's address
goes through the shell.
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ui import views
from ui.live.answer import answer
from ui.live.assets import assets
from ui.live.component import base_path
from ui.live.routes import routes
from ui.server.compressed import CompressedStatic
from ui.server.nodelay import send_at_once


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Compute what the first visitor would wait for; keep what start-up made from the collector."""
    send_at_once()
    assets()
    for name in views.NAMES:
        answer(name, views.load(name).settings())
    gc.collect()
    gc.freeze()
    # A full collection walks the objects of every session, a tenth of a second for a lecture
    # hall of them: rarer here than Python's default.
    gc.set_threshold(10_000, 20, 50)
    yield


async def health(_: Request) -> PlainTextResponse:
    """For whoever watches the server: it answers once it is warm."""
    return PlainTextResponse("ok")


app = st.App(
    "pages/_shell.py",
    lifespan=warm,
    routes=[Route(f"{base_path()}/health", health), *routes(base_path())],
    middleware=[Middleware(CompressedStatic, base=base_path())],
)
