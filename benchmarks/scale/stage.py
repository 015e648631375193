"""Everything that takes part: the store, two replicas, nginx, tabs and rooms."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.scale.halls import Room, open_room
from benchmarks.scale.processes import Process, ended_with, low_ports, redis, replica
from benchmarks.scale.proxy import nginx
from benchmarks.scale.tabs import Tab
from benchmarks.scale.until import held, until
from benchmarks.server import ROOT, Server

TABS = 200
ROOMS = 20
PHONES_IN_A_ROOM = 15
TABS_AT_ONCE = 8
PHONES_AT_ONCE = 50
HERE_SECONDS = 120.0
NAME = "lectures.test"


@dataclass
class Stage:
    """What is on it. `server` is the one that visitors know: nginx."""

    server: Server
    store: Process
    replicas: tuple[Process, Process]
    ports: tuple[int, int]
    tabs: list[Tab] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)

    async def everybody_is_back(self) -> None:
        """Until every tab has its page and every phone its room. Failed where a page is wrong."""
        await until(
            lambda: self.everybody_here() or bool(self.wrong()), HERE_SECONDS, self._missing
        )
        self.nothing_is_wrong()

    def nothing_is_wrong(self) -> None:
        """Failed where a tab has seen what it should not have."""
        wrong = self.wrong()
        held(not wrong, f"{len(wrong)} things were wrong in tabs: {wrong[:3]}")

    def absences(self) -> tuple[list[float], list[float]]:
        """How long tabs and phones have been away since this was last asked, in s."""
        tabs = [seconds for tab in self.tabs for seconds in tab.away]
        phones = [seconds for room in self.rooms for one in room.phones for seconds in one.away]
        for tab in self.tabs:
            tab.away.clear()
        for room in self.rooms:
            for phone in room.phones:
                phone.away.clear()
        return tabs, phones

    def wrong(self) -> list[str]:
        """All that tabs have seen and should not have."""
        return [word for tab in self.tabs for word in tab.wrong]

    def everybody_here(self) -> bool:
        """Whether every tab has its page and every phone its room now."""
        phones = (phone for room in self.rooms for phone in room.phones)
        return all(tab.here for tab in self.tabs) and all(phone.version for phone in phones)

    def _missing(self) -> str:
        tabs = sum(not tab.here for tab in self.tabs)
        phones = sum(not phone.version for room in self.rooms for phone in room.phones)
        return f"{tabs} tabs and {phones} phones are not there"


@asynccontextmanager
async def set_up(folder: Path) -> AsyncIterator[Stage]:
    """Start the servers, and end them."""
    store_port, one_port, two_port, port = low_ports(4)
    store = redis(ROOT / "deploy" / "redis.conf", store_port, folder)
    one = replica("one", ROOT, one_port, store_port, folder)
    two = replica("two", ROOT, two_port, store_port, folder)
    proxy = nginx(ROOT / "deploy" / "nginx.conf", port, (one_port, two_port), folder)
    with ended_with(store, one, two, proxy):
        for process in (store, one, two, proxy):
            process.start()
        for process in (store, one, two, proxy):
            await asyncio.to_thread(process.wait)
        assert proxy.running is not None
        server = Server(proxy.running.pid, port, plot="", live="/live/lab", name=NAME)
        yield Stage(server, store, (one, two), (one_port, two_port))


@asynccontextmanager
async def filled(stage: Stage) -> AsyncIterator[None]:
    """Let everybody come in, and stay for as long as this lasts."""
    for number in range(ROOMS):
        room = await open_room(stage.server.port, f"room-{number}", PHONES_IN_A_ROOM)
        await room.lecture.step("open")
        stage.rooms.append(room)
    stage.tabs.extend(Tab(stage.server, number) for number in range(TABS))
    tab_door, phone_door = asyncio.Semaphore(TABS_AT_ONCE), asyncio.Semaphore(PHONES_AT_ONCE)
    staying = [asyncio.create_task(tab.stay(tab_door)) for tab in stage.tabs]
    staying += [
        asyncio.create_task(phone.stay(phone_door)) for room in stage.rooms for phone in room.phones
    ]
    try:
        await stage.everybody_is_back()
        yield
    finally:
        for one in staying:
            one.cancel()
        await asyncio.gather(*staying, return_exceptions=True)
