"""The server: Streamlit's, around pages/_shell.py, with what a lecture hall needs.

Run it with `streamlit run app.py`. Streamlit takes a folder `pages` beside the main script for
its old automatic pages; with the script inside that folder, a first visit to any page's address
goes through the shell.
"""

import asyncio
import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from ui import views
from ui.activations.files import read
from ui.activations.held import files
from ui.app.base_path import base_path
from ui.app.server.answers.answer import answer
from ui.app.server.answers.assets import assets
from ui.app.server.answers.not_found import NotFound
from ui.app.server.answers.precompressed import CompressedStatic
from ui.app.server.answers.routes import routes
from ui.app.server.answers.turns import Turns
from ui.app.server.answers.uploads import Uploads, let_go_of_closed, upload_route
from ui.app.server.bounds.descriptors import allow_open_files, few_left
from ui.app.server.bounds.housekeeping import housekeeping
from ui.app.server.bounds.limits import Limits
from ui.app.server.bounds.places import Places
from ui.app.server.headers import EMBED_FROM, Guarded, framers
from ui.app.server.no_delay import send_at_once
from ui.app.server.streamlit_inside import ask_no_other_host, end_within, session_is_open
from ui.app.server.watch import logs
from ui.app.server.watch.health import health
from ui.app.server.watch.measured import gauges
from ui.app.server.watch.metrics import METRICS_FROM, metrics, networks
from ui.app.server.watch.times import Times
from ui.app.shared_results import share_training
from ui.hall.page_routes import page_routes
from ui.hall.pages import document
from ui.hall.server.hall import Hall
from ui.hall.server.routes import routes as hall_routes
from ui.hall.store.choice import store_at

turns, times, places = Turns(), Times(), Places(is_crowded=few_left)
store = os.environ.get("HALL_STORE", "")
try:
    hall = Hall(store_at(store), turns)
    may_frame = framers(os.environ.get(EMBED_FROM, ""))
    may_read = networks(os.environ.get(METRICS_FROM, ""))
except ValueError as error:
    sys.exit(str(error))


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Compute what the first visitor would wait for; keep what start-up made from the collector."""
    logs.set_up()
    send_at_once()
    end_within(2)
    allow_open_files()
    share_training(store)
    assets()
    document("phone", base_path())
    for name in views.NAMES:
        answer(name, views.load(name).settings())
    gc.collect()
    gc.freeze()
    # A full collection walks the objects of every session, a tenth of a second for a lecture
    # hall of them: rarer here than Python's default.
    gc.set_threshold(10_000, 20, 50)
    async with hall.running(), housekeeping():
        closing = asyncio.create_task(let_go_of_closed(files, session_is_open))
        yield
        closing.cancel()


ask_no_other_host()
base = base_path()
app = st.App(
    "pages/_shell.py",
    lifespan=warm,
    routes=[
        Route(f"{base}/health", health(places)),
        Route(f"{base}/metrics", metrics(gauges(places, times, hall), times, may_read)),
        *hall_routes(base, hall),
        *page_routes(base),
        *routes(base, turns, times),
        upload_route(base, Uploads(files, read, session_is_open)),
    ],
    middleware=[
        Middleware(Guarded, framers=may_frame),
        Middleware(Limits, places=places, base=base),
        Middleware(CompressedStatic, base=base),
        Middleware(NotFound, base=base),
    ],
)
