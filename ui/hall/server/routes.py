"""The addresses below /hall; docs/hall.md says what each takes and answers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ui.app.server.http import NOSNIFF
from ui.hall.server.bodies import BadBody, body_of
from ui.hall.server.codes import digest, is_code, is_right, is_token, new_code, new_secret
from ui.hall.server.hall import Hall
from ui.hall.server.pictures import view_of
from ui.hall.state.lecturer import for_lecturer
from ui.hall.state.room import (
    MODES,
    STEPS,
    Refusal,
    Room,
    follow,
    lock,
    new_room,
    show,
    step,
    take_over,
    vote,
)
from ui.hall.state.script import Script, script_named, script_of_own
from ui.hall.state.snapshot import snapshot
from ui.hall.state.table import ballots, table
from ui.hall.store.store import Change, Entry, StoreAway
from ui.lessons.own import NotALecture, read_lecture

NO_STORE = NOSNIFF | {"Cache-Control": "no-store"}
MOST_BYTES = 4_096
"""Of every body but a lecture."""
MOST_LECTURE_BYTES = 1_100_000
PING_SECONDS = 15
WRONG_SECRET_SECONDS = 0.5
MOST_WRONG_AT_ONCE = 50
LONGEST_DEVICE = 64

Handler = Callable[[Request], Awaitable[Response]]

WORDS: dict[Entry, tuple[int, str]] = {
    "locked": (423, "This room is locked: it takes no new phones now. Ask the lecturer."),
    "full": (503, "This room is full: it has all the phones that it can take."),
    "gone": (404, "There is no such room now: it has ended, or the server was started anew."),
}


class Refused(Exception):
    """An answer instead of what was asked for."""

    def __init__(self, status: int, word: str, **more: Any) -> None:
        super().__init__(word)
        self.answer = _json({**more, "error": word}, status)


class Rooms:
    """The handlers of a hall's addresses."""

    def __init__(self, hall: Hall, base: str) -> None:
        self.hall, self.base = hall, base
        self.making = asyncio.Semaphore(2)
        self.wrong = 0

    async def open(self, request: Request) -> Response:
        """A new room for a lecture: its code and the lecturer's secret."""
        told = await body_of(request, MOST_LECTURE_BYTES)
        driver = _device(told)
        async with self.making:  # in a thread: an answer computed anew takes a while
            script = await asyncio.to_thread(_script, told.get("lecture"))
        secret = new_secret()
        for _ in range(10):
            room = new_room(new_code(), digest(secret), script, driver)
            match await self.hall.store.open(room):
                case "opened":
                    opened = {"room": room.code, "secret": secret}
                    opened["join"] = f"{self.base}/join/{room.code}"
                    return _json(opened, 201)
                case "full":
                    break
        raise Refused(503, "The server is full: it has all the rooms that it can take. Try later.")

    async def look(self, request: Request) -> Response:
        """The snapshot; with ?token= the one who asks is a phone of the room."""
        room = await self._room(request)
        await self._enter(request, room)
        return await self._snapshot(room)

    async def events(self, request: Request) -> Response:
        """The snapshot now, and again whenever it is another."""
        room = await self._room(request)
        if not self.hall.has_place(room.code):
            raise Refused(*WORDS["full"])
        token = await self._enter(request, room)
        return EventSourceResponse(
            self.hall.watch(room.code, token),
            ping=PING_SECONDS,
            ping_message_factory=_ping,
            headers=NO_STORE,
        )

    async def vote(self, request: Request) -> Response:
        """Count a phone's vote, in place of its earlier one."""
        token = request.path_params["token"]
        if not is_token(token):
            raise Refused(422, "Expected a token of 1 to 64 letters, digits, - or _.")
        told = await body_of(request, MOST_BYTES)
        question, value = told.get("question"), told.get("value")
        if not isinstance(question, str) or value is None:
            raise Refused(422, "Expected question (its id), round (1 or 2) and value.")
        round_ = _whole(told, "round")
        room = await self._room(request)
        if not self.hall.votes.allows(f"{room.code} {token}"):
            raise Refused(429, "These were too many votes at once: wait some seconds.")
        counted = vote(room, question, round_, value)
        if isinstance(counted, Refusal):
            return await self._refused(room, counted)
        outcome = await self.hall.store.enter(room.code, token, counted)
        if outcome == "late":
            room = await self._room(request)
            word = "Another question or round is shown now; this vote was not counted."
            return await self._refused(room, Refusal("old", word))
        if outcome != "in":
            raise Refused(*WORDS[outcome])
        return Response(status_code=204, headers=NO_STORE)

    async def step(self, request: Request) -> Response:
        """A step of the lecturer's."""
        room, told = await self._lecturer(request)
        to, device, version = told.get("to"), _device(told), _whole(told, "version")
        if to not in STEPS:
            raise Refused(422, f"Expected to: one of {', '.join(STEPS)}.")
        return await self._change(room, lambda now: step(now, to, version, device))

    async def lock(self, request: Request) -> Response:
        """Whether new phones are let in."""
        room, told = await self._lecturer(request)
        locked = told.get("locked")
        if not isinstance(locked, bool):
            raise Refused(422, "Expected locked: true or false.")
        return await self._change(room, lambda now: lock(now, locked))

    async def view(self, request: Request) -> Response:
        """What the lecturer shows, and whether the phones follow."""
        room, told = await self._lecturer(request)
        mode = told.get("mode")
        if mode is None:
            view = view_of(told.get("page"), told.get("query", ""))
            if isinstance(view, Refusal):
                raise Refused(422, view.word)
            await self._changed(room, lambda now: show(now, view))
            return Response(status_code=204, headers=NO_STORE)
        if mode not in MODES:
            raise Refused(422, f"Expected mode: one of {', '.join(MODES)}.")
        return await self._change(room, lambda now: follow(now, mode))

    async def driver(self, request: Request) -> Response:
        """From now on the steps of this device count."""
        room, told = await self._lecturer(request)
        device = _device(told)
        return await self._change(room, lambda now: take_over(now, device))

    async def lecturer(self, request: Request) -> Response:
        """What only the lecturer may see."""
        room, _ = await self._lecturer(request, body=False)
        return _json(for_lecturer(room, await self.hall.store.tally(room)))

    async def counts(self, request: Request) -> Response:
        """The counts of what is closed, as CSV."""
        room, _ = await self._lecturer(request, body=False)
        text = table(room, await self.hall.store.values(room, ballots(room)))
        name = f'attachment; filename="counts-{room.code}.csv"'
        headers = NO_STORE | {"Content-Disposition": name}
        return Response(text, headers=headers, media_type="text/csv")

    async def _room(self, request: Request) -> Room:
        code = request.path_params["room"].upper()
        room = await self.hall.store.read(code) if is_code(code) else None
        if room is None:
            raise Refused(*WORDS["gone"])
        return room

    async def _enter(self, request: Request, room: Room) -> str:
        token = request.query_params.get("token", "")
        if token and not is_token(token):
            raise Refused(422, "Expected a token of 1 to 64 letters, digits, - or _.")
        outcome = await self.hall.store.enter(room.code, token) if token else "in"
        if outcome != "in":
            raise Refused(*WORDS[outcome])
        return token

    async def _lecturer(
        self, request: Request, *, body: bool = True
    ) -> tuple[Room, dict[str, Any]]:
        """The room and the body of one who has its secret."""
        told = await body_of(request, MOST_BYTES) if body else {}
        room = await self._room(request)
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and is_right(secret.strip(), room.secret):
            return room, told
        if self.wrong >= MOST_WRONG_AT_ONCE:
            raise Refused(429, "There were too many wrong secrets: wait some seconds.")
        self.wrong += 1
        try:
            await asyncio.sleep(WRONG_SECRET_SECONDS)
        finally:
            self.wrong -= 1
        raise Refused(403, "This is not the secret of this room.")

    async def _changed(self, room: Room, change: Change) -> Room | Refusal:
        changed = await self.hall.store.change(room.code, change)
        if changed is None:
            raise Refused(*WORDS["gone"])
        return changed

    async def _change(self, room: Room, change: Change) -> Response:
        changed = await self._changed(room, change)
        if isinstance(changed, Refusal):
            now = await self.hall.store.read(room.code)
            return await self._refused(now or room, changed)
        return await self._snapshot(changed)

    async def _refused(self, room: Room, refusal: Refusal) -> Response:
        if refusal.reason == "value":
            raise Refused(422, refusal.word)
        return await self._snapshot(room, 409, {"error": refusal.word})

    async def _snapshot(
        self, room: Room, status: int = 200, more: dict[str, str] | None = None
    ) -> Response:
        told = snapshot(room, await self.hall.store.tally(room))
        return _json(told | (more or {}), status)


def routes(base: str, hall: Hall) -> list[Route]:
    """The routes, below the server's base path."""
    rooms = Rooms(hall, base)
    one = f"{base}/hall/rooms/{{room}}"
    return [
        Route(f"{base}/hall/rooms", _answered(rooms.open), methods=["POST"]),
        Route(one, _answered(rooms.look), methods=["GET"]),
        Route(f"{one}/events", _answered(rooms.events), methods=["GET"]),
        Route(f"{one}/votes/{{token}}", _answered(rooms.vote), methods=["PUT"]),
        Route(f"{one}/steps", _answered(rooms.step), methods=["POST"]),
        Route(f"{one}/lock", _answered(rooms.lock), methods=["POST"]),
        Route(f"{one}/view", _answered(rooms.view), methods=["POST"]),
        Route(f"{one}/driver", _answered(rooms.driver), methods=["POST"]),
        Route(f"{one}/lecturer", _answered(rooms.lecturer), methods=["GET"]),
        Route(f"{one}/counts.csv", _answered(rooms.counts), methods=["GET"]),
    ]


def _answered(handler: Handler) -> Handler:
    """The handler, with its refusals as answers."""

    async def answered(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refused:
            return refused.answer
        except BadBody as bad:
            return _json({"error": bad.word}, bad.status)
        except StoreAway:
            word = "The rooms cannot be reached just now. Try again in some seconds."
            return _json({"error": word}, 503)

    return answered


def _script(lecture: Any) -> Script:
    try:
        match lecture:
            case str():
                return script_named(lecture)
            case dict():
                return script_of_own(read_lecture(lecture))
    except KeyError as error:
        raise Refused(422, str(error.args[0])) from error
    except NotALecture as error:
        raise Refused(422, str(error)) from error
    raise Refused(422, "Expected lecture: the name of one, or a lecture of your own.")


def _device(told: dict[str, Any]) -> str:
    device = told.get("device", "")
    if not isinstance(device, str) or len(device) > LONGEST_DEVICE:
        raise Refused(422, f"Expected device: a text of at most {LONGEST_DEVICE} characters.")
    return device


def _whole(told: dict[str, Any], name: str) -> int:
    value = told.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(422, f"Expected {name}: a whole number, that of the snapshot.")
    return value


def _json(told: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(told), status, NO_STORE, media_type="application/json")


def _ping() -> ServerSentEvent:
    return ServerSentEvent(comment="")
