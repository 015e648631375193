"""What has to be done every few seconds while the server runs."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ui.app.server.bounds.connections import Patience
from ui.app.server.bounds.descriptors import TurnAway
from ui.app.server.bounds.sessions import give_back, keep_closed_sessions_briefly
from ui.app.server.streamlit_inside import connections

EVERY_SECONDS = 5.0


@asynccontextmanager
async def housekeeping() -> AsyncIterator[None]:
    """Until the server ends."""
    keep_closed_sessions_briefly()
    turn_away = TurnAway()
    turn_away.watch(asyncio.get_running_loop())
    task = asyncio.create_task(_keep())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        turn_away.close()


async def _keep() -> None:
    patience = Patience()
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            give_back()
            patience.sweep(connections())
        except Exception:  # a fault here must not end it: descriptors would run out unseen
            logging.getLogger(__name__).exception("What is over could not be given back.")
