"""One event of each kind waits, the newest."""

import asyncio

from tests.ui.app.server.asgi import run
from ui.hall.server.mailbox import Mailbox, event


def test_the_newest_of_each_kind_and_no_more() -> None:
    async def body() -> None:
        box = Mailbox()
        events = box.events()
        for i in range(1000):
            box.put("message", b"m%d " % i)
            box.put("view", b"v%d " % i)
        assert await anext(events) == b"m999 v999 "
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        assert not waiting.done()
        box.put("view", b"v")
        assert await waiting == b"v"
        box.put("end", b"last")
        box.close()
        assert [one async for one in events] == [b"last"]

    run(body())


def test_an_event_is_spelt_as_browsers_read_it() -> None:
    assert event("view", b"{}") == b"event: view\r\ndata: {}\r\n\r\n"
