"""The rooms in Redis or Valkey, so that several processes serve one room.

    hall:rooms               codes by the time at which each ends
    hall:CODE:state          room, script (its digest), revision; open (the ballot), locked
    hall:CODE:script         the questions
    hall:CODE:phones         tokens
    hall:CODE:votes:P:R      votes of a question's round, by token

Every key goes by itself once the room has ended. The small programs below run in the store, each
as one step that nobody comes in between of.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, Literal, cast

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import RedisError

from ui.bounded import Bounded
from ui.hall.state.room import Ballot, Refusal, Room, Vote
from ui.hall.state.script import Script
from ui.hall.state.snapshot import Tally, Values, closed_ballots
from ui.hall.store.spelling import read_room, read_script, spell_room, spell_script
from ui.hall.store.store import (
    LIFE_SECONDS,
    MOST_PHONES,
    MOST_ROOMS,
    Change,
    Entry,
    Kind,
    StoreAway,
    Told,
)

_Arguments = list[bytes | str | int]

CONNECTIONS = 20
WAIT_SECONDS = 5.0
AGAIN = 2
AGAIN_SECONDS = 0.1
TRIES = 20
CHANNEL = "hall"
ROOMS = "hall:rooms"

_TOUCH = """
local function touch(from, code, life)
  local t = redis.call('TIME')
  redis.call('ZADD', KEYS[1], t[1] * 1000 + math.floor(t[2] / 1000) + life, code)
  for i = from, #KEYS do redis.call('PEXPIRE', KEYS[i], life) end
end
"""

# KEYS: rooms, state, script. ARGV: code, life, most rooms, room, digest, script.
_OPEN = (
    _TOUCH
    + """
local t = redis.call('TIME')
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', t[1] * 1000 + math.floor(t[2] / 1000))
if redis.call('EXISTS', KEYS[2]) == 1 then return 'taken' end
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 'full' end
redis.call('HSET', KEYS[2], 'room', ARGV[4], 'script', ARGV[5], 'revision', 0, 'open', '',
           'locked', 0)
redis.call('SET', KEYS[3], ARGV[6])
touch(2, ARGV[1], ARGV[2])
return 'opened'
"""
)

# KEYS: rooms, state, script, phones, all ballots. ARGV: code, life, revision, room, open, locked,
# what to tell.
_CHANGE = (
    _TOUCH
    + """
local revision = redis.call('HGET', KEYS[2], 'revision')
if not revision then return 'gone' end
if revision ~= ARGV[3] then return 'other' end
redis.call('HSET', KEYS[2], 'room', ARGV[4], 'open', ARGV[5], 'locked', ARGV[6])
redis.call('HINCRBY', KEYS[2], 'revision', 1)
touch(2, ARGV[1], ARGV[2])
redis.call('PUBLISH', 'hall', ARGV[7])
return 'changed'
"""
)

# KEYS: rooms, state, script, phones, the ballot. ARGV: code, life, most phones, token, ballot,
# value.
_ENTER = (
    _TOUCH
    + """
local state = redis.call('HMGET', KEYS[2], 'open', 'locked')
if not state[1] then return 'gone' end
local new = redis.call('SISMEMBER', KEYS[4], ARGV[4]) == 0
if new and state[2] == '1' then return 'locked' end
if new and redis.call('SCARD', KEYS[4]) >= tonumber(ARGV[3]) then return 'full' end
if ARGV[5] ~= '' and state[1] ~= ARGV[5] then return 'late' end
if new then redis.call('SADD', KEYS[4], ARGV[4]) end
if ARGV[5] ~= '' then redis.call('HSET', KEYS[5], ARGV[4], ARGV[6]) end
if new or ARGV[5] ~= '' then
  touch(2, ARGV[1], ARGV[2])
  redis.call('PUBLISH', 'hall', ARGV[1] .. ' votes')
end
return 'in'
"""
)


class RedisStore:
    """See Store. url: redis://HOST:PORT/DB, rediss:// for TLS."""

    def __init__(
        self,
        url: str,
        life: float = LIFE_SECONDS,
        most_rooms: int = MOST_ROOMS,
        most_phones: int = MOST_PHONES,
    ) -> None:
        self.life, self.most_rooms, self.most_phones = int(life * 1000), most_rooms, most_phones
        # A pool that makes its users wait: the default one fails at a hall that votes at once.
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=WAIT_SECONDS,
            socket_connect_timeout=WAIT_SECONDS,
            health_check_interval=15,
            # Of a store that was restarted each connection fails once. What is asked again does no
            # harm: a phone's vote takes the place of its first, a step is refused as an old one.
            retry=Retry(ConstantBackoff(AGAIN_SECONDS), AGAIN),
        )
        self._redis: Redis = Redis.from_pool(pool)
        self._open = self._redis.register_script(_OPEN)
        self._change = self._redis.register_script(_CHANGE)
        self._enter = self._redis.register_script(_ENTER)
        self._scripts: Bounded[str, Script] = Bounded(20_000_000)

    async def open(self, room: Room) -> Literal["opened", "taken", "full"]:
        """See Store."""
        script = spell_script(room.script)
        keys = [ROOMS, _key(room.code, "state"), _key(room.code, "script")]
        digest = sha256(script).hexdigest()
        arguments: _Arguments = [room.code, self.life, self.most_rooms]
        arguments += [spell_room(room), digest, script]
        with _or_away():
            found: Literal["opened", "taken", "full"] = (await self._open(keys, arguments)).decode()
        return found

    async def read(self, code: str) -> Room | None:
        """See Store."""
        found = await self._read(code)
        return found and found[0]

    async def change(self, code: str, change: Change) -> Room | Refusal | None:
        """See Store."""
        for _ in range(TRIES):
            found = await self._read(code)
            if found is None:
                return None
            room, revision = found
            changed = change(room)
            if isinstance(changed, Refusal):
                return changed
            tell = f"{code} {'view' if changed.version == room.version else 'step'}"
            begun = (_ballot_key(code, one) for one in _begun(changed))
            keys = [ROOMS, *(_key(code, name) for name in ("state", "script", "phones")), *begun]
            ballot = changed.ballot
            arguments: _Arguments = [code, self.life, revision, spell_room(changed)]
            arguments += [_spelt(ballot) if ballot else "", int(changed.locked), tell]
            with _or_away():
                outcome = (await self._change(keys, arguments)).decode()
            if outcome == "changed":
                return changed
            if outcome == "gone":
                return None
        raise StoreAway("too many changes at once")

    async def enter(self, code: str, token: str, vote: Vote | None = None) -> Entry:
        """See Store."""
        keys = [ROOMS, *(_key(code, name) for name in ("state", "script", "phones"))]
        keys += [_ballot_key(code, vote.ballot)] if vote else []
        arguments: _Arguments = [code, self.life, self.most_phones, token]
        arguments += [_spelt(vote.ballot), repr(vote.value)] if vote else ["", ""]
        with _or_away():
            found: Entry = (await self._enter(keys, arguments)).decode()
        return found

    async def tally(self, room: Room) -> Tally:
        """See Store."""
        now = _ballot_key(room.code, Ballot(room.place, room.round))
        with _or_away():
            async with self._redis.pipeline(transaction=False) as pipe:
                pipe.scard(_key(room.code, "phones"))
                pipe.hlen(now)
                phones, votes = await pipe.execute()
        closed = await self.values(room, closed_ballots(room, room.place))
        return Tally(phones, votes, {one.round: values for one, values in closed.items()})

    async def values(self, room: Room, ballots: Iterable[Ballot]) -> dict[Ballot, Values]:
        """See Store."""
        asked = list(ballots)
        if not asked:
            return {}
        with _or_away():
            async with self._redis.pipeline(transaction=False) as pipe:
                for one in asked:
                    pipe.hvals(_ballot_key(room.code, one))
                found = await pipe.execute()
        return {
            one: Counter(map(_number, values)) for one, values in zip(asked, found, strict=True)
        }

    async def listen(self, told: Told) -> None:
        """See Store. Whenever it has subscribed anew, anything may have changed before."""
        while True:
            try:
                async with self._redis.pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    # No ping of our own in this loop: it would take half a core. The connection's
                    # health check notices a store that is away, and the client subscribes anew.
                    while True:
                        match await channel.get_message(timeout=WAIT_SECONDS):
                            case {"type": "subscribe"}:
                                told(None, "step")
                            case {"type": "message", "data": bytes(data)}:
                                code, kind = data.decode().split()
                                told(code, cast(Kind, kind))
            except (RedisError, OSError):
                await asyncio.sleep(0.2)

    async def close(self) -> None:
        """See Store."""
        await self._redis.aclose()

    async def _read(self, code: str) -> tuple[Room, bytes] | None:
        with _or_away():
            state = await _answer(
                self._redis.hmget(_key(code, "state"), ["room", "script", "revision"])
            )
            text, digest, revision = state
            if text is None:
                return None
            script = self._scripts.get(digest.decode())
            if script is None:
                spelt = await _answer(self._redis.get(_key(code, "script")))
                if spelt is None:
                    return None
                script = read_script(spelt)
                self._scripts.put(digest.decode(), script)
        return read_room(text, script), revision


def _key(code: str, name: str) -> str:
    return f"hall:{code}:{name}"


def _spelt(ballot: Ballot) -> str:
    return f"{ballot.place}:{ballot.round}"


def _ballot_key(code: str, ballot: Ballot) -> str:
    return _key(code, f"votes:{_spelt(ballot)}")


def _begun(room: Room) -> Iterator[Ballot]:
    """Every round that was ever opened: its votes stay as long as the room."""
    for place, progress in enumerate(room.progress):
        if progress.phase != "waiting":
            yield from (Ballot(place, number) for number in range(1, progress.round + 1))


def _number(text: bytes) -> int | float:
    return float(text) if b"." in text or b"e" in text else int(text)


async def _answer(answer: Awaitable[Any] | Any) -> Any:
    """The answer itself: redis-py types its commands for both of its clients at once."""
    return await answer


@contextmanager
def _or_away() -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise StoreAway(str(error)) from error
