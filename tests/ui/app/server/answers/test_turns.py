"""Who asks much waits behind who asks little, and nobody asks without end."""

import asyncio
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from tests.ui.app.server.asgi import run
from ui.app.server.answers import turns as module
from ui.app.server.answers.turns import Client, TooMany, Turns

HERE = "10.0.0.1"
COST = 0.02  # seconds that an answer takes, of a clock that is moved by answers alone


class Log:
    """Who was answered, in order."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.now = 0.0

    def work(self, name: str) -> Callable[[], str]:
        def answer() -> str:
            self.now += COST
            self.names.append(name)
            return name

        return answer

    async def after(self, n: int) -> None:
        """Wait for so many answers."""
        come = len(self.names)
        while len(self.names) < come + n:
            await asyncio.sleep(0)


async def hammer(turns: Turns, log: Log, client: Client, name: str, end: asyncio.Event) -> None:
    """Ask again as soon as there is an answer."""
    while not end.is_set():
        await turns.take(client, log.work(name))


def with_hammers(
    clients: list[Client], body: Callable[[Turns, Log], Coroutine[Any, Any, None]]
) -> Log:
    async def all_of_it() -> Log:
        log, end = Log(), asyncio.Event()
        turns = Turns(clock=lambda: log.now)
        hammers = [
            asyncio.create_task(hammer(turns, log, client, f"hammer {place}", end))
            for place, client in enumerate(clients)
        ]
        await log.after(3 * len(clients))  # they are known by now
        await body(turns, log)
        end.set()
        await asyncio.gather(*hammers)
        return log

    return run(all_of_it())


def waits(log: Log, name: str, asked: list[int]) -> list[int]:
    """How many others were answered between each question and its answer."""
    places = [place for place, one in enumerate(log.names) if one == name]
    return [place - before for place, before in zip(places, asked, strict=True)]


@pytest.mark.parametrize("n", [4, 16])
def test_who_asks_now_and_then_waits_for_the_one_answer_in_hand(n: int) -> None:
    asked: list[int] = []

    async def now_and_then(turns: Turns, log: Log) -> None:
        for _ in range(6):
            asked.append(len(log.names))
            await turns.take(Client(HERE, "", "visitor"), log.work("visitor"))
            await log.after(3 * n)

    clients = [Client(HERE, "", f"connection {place}") for place in range(n)]
    log = with_hammers(clients, now_and_then)
    # The first time it is new; from then on known as one that asks little.
    assert max(waits(log, "visitor", asked)[1:]) <= 1


def test_connections_that_say_nothing_are_together_one_of_the_pages() -> None:
    async def drag(turns: Turns, log: Log) -> None:
        log.names.clear()
        for _ in range(20):
            await turns.take(Client(HERE, "a page", "7"), log.work("page"))

    clients = [Client(HERE, "", f"connection {place}") for place in range(16)]
    counts = Counter(with_hammers(clients, drag).names)
    # Half of the time each, give and take those that end after it.
    assert sum(counts.values()) - counts["page"] <= 20 + 16 + 5


def test_an_address_has_its_share_whatever_another_one_does() -> None:
    async def drag(turns: Turns, log: Log) -> None:
        log.names.clear()
        for _ in range(20):
            await turns.take(Client("10.0.0.2", "its page"), log.work("visitor"))

    clients = [Client(HERE, f"page {place}") for place in range(16)]
    counts = Counter(with_hammers(clients, drag).names)
    assert sum(counts.values()) - counts["visitor"] <= 20 + 16 + 5


def test_new_names_all_the_time_do_not_put_back_who_is_known() -> None:
    asked: list[int] = []

    async def body() -> Log:
        log, end = Log(), asyncio.Event()
        turns = Turns(clock=lambda: log.now)

        async def ever_new(place: int) -> None:
            number = 0
            while not end.is_set():
                number += 1
                one = Client(HERE, "", f"{place}.{number}")
                await turns.take(one, log.work("new"))

        floods = [asyncio.create_task(ever_new(place)) for place in range(16)]
        for _ in range(8):
            asked.append(len(log.names))
            await turns.take(Client(HERE, "", "visitor"), log.work("visitor"))
            await log.after(60)
        end.set()
        await asyncio.gather(*floods)
        return log

    log = run(body())
    assert max(waits(log, "visitor", asked)[2:]) <= 2


def test_a_page_has_so_many_under_way_and_others_go_on() -> None:
    async def body() -> None:
        turns, log = Turns(most_of_one=2), Log()
        page = Client(HERE, "page")
        held = [asyncio.create_task(turns.take(page, log.work("a"))) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(TooMany):
            await turns.take(page._replace(connection="another"), log.work("b"))
        # A neighbour behind the same address, and whoever says nothing, are others.
        assert await turns.take(Client(HERE, "neighbour"), log.work("c")) == "c"
        assert await turns.take(Client(HERE), log.work("d")) == "d"
        assert await asyncio.gather(*held) == ["a", "a"]
        assert await turns.take(page, log.work("e")) == "e"

    run(body())


def test_all_together_have_so_many_under_way() -> None:
    async def body() -> None:
        turns, log = Turns(most_waiting=10), Log()
        clients = [Client(HERE, f"page {place}") for place in range(10)]
        held = [asyncio.create_task(turns.take(one, log.work("a"))) for one in clients]
        await asyncio.sleep(0)
        with pytest.raises(TooMany):
            await turns.take(Client("10.0.0.9"), log.work("b"))
        await asyncio.gather(*held)
        assert turns.n_under_way == 0

    run(body())


def test_a_cheap_answer_is_made_on_the_event_loop_and_others_come_in_between() -> None:
    async def body() -> None:
        turns, log = Turns(), Log()
        asked = [
            asyncio.create_task(turns.take(Client(HERE, name), log.work(name), lambda: False))
            for name in "abc"
        ]
        while not all(one.done() for one in asked):
            log.names.append("other")
            await asyncio.sleep(0)
        told = "".join(log.names).replace("other", ".")
        assert re.fullmatch(r"\.*a\.+b\.+c\.*", told), told

    run(body())


def test_one_costly_answer_at_a_time_and_never_on_the_event_loop() -> None:
    threads: set[int] = set()
    at_once, most = 0, 0

    def work() -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        threads.add(threading.get_ident())
        time.sleep(0.001)
        at_once -= 1

    async def body() -> int:
        turns = Turns()
        await asyncio.gather(*(turns.take(Client(HERE, f"{i}"), work) for i in range(20)))
        return threading.get_ident()

    assert run(body()) not in threads
    assert (len(threads), most) == (1, 1)


def test_an_answer_that_fails_is_its_askers_alone() -> None:
    def fails() -> None:
        raise ZeroDivisionError

    async def body() -> None:
        turns, log = Turns(), Log()
        failing = asyncio.create_task(turns.take(Client(HERE, "1"), fails))
        assert await turns.take(Client(HERE, "2"), log.work("a")) == "a"
        with pytest.raises(ZeroDivisionError):
            await failing
        assert turns.n_under_way == 0

    run(body())


def test_who_leaves_while_waiting_leaves_nothing_behind() -> None:
    async def body() -> None:
        turns, log = Turns(), Log()
        waiting = [
            asyncio.create_task(turns.take(Client(HERE, f"{i}"), log.work("a"))) for i in range(8)
        ]
        await asyncio.sleep(0)
        for one in waiting[::2]:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert turns.n_under_way == 0
        assert await turns.take(Client(HERE), log.work("b")) == "b"

    run(body())


def test_what_is_known_of_clients_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KNOWN", 100)

    async def body() -> None:
        turns = Turns()
        for number in range(500):
            await turns.take(Client(f"10.0.0.{number}", f"{number}"), lambda: None)
            assert turns.n_known <= 100 + 3

    run(body())
