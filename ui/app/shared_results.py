"""Results of training that several servers share in Redis or Valkey: equal work is done once.

What they hold there: for each task its result, for an hour and up to a number of bytes for all
together, and while a server is at it a lease, which ends by itself soon after that server did.
Servers of different versions share nothing. Without an answer from the store each trains alone.
"""

import logging
import time
from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from secrets import token_hex
from typing import Any, TypeVar

import numpy as np
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from ui.bounded import Bounded
from ui.jobs import Task
from ui.jobs.job_queue import job_queue
from ui.jobs.shared import Found, Ours, Theirs
from ui.training.spelling import read_result, spell_result

LEASE_SECONDS = 20.0
LIFE_SECONDS = 3600.0
MOST_BYTES = 64_000_000
WAIT_SECONDS = 1.0
AWAY_SECONDS = 10.0
"""After an answer that did not come, the store is not asked for so long."""
AWAY = "The store of training results does not answer: this server trains alone until it does."
BACK = "The store of training results answers again."

_T = TypeVar("_T")

# KEYS: result, lease. ARGV: token, lease.
_BEGIN = """
local found = redis.call('GET', KEYS[1])
if found then return found end
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return 1
"""

# KEYS: lease. ARGV: token, lease; 0 ends it.
_RENEW = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
"""

# KEYS: result, lease, order. ARGV: token, result, life, most bytes. The order holds each result's
# key and size by the time at which it ends; what does not fit is the oldest.
_KEEP = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('ZADD', KEYS[3], now + ARGV[3], #ARGV[2] .. ' ' .. KEYS[1])
redis.call('PEXPIRE', KEYS[3], ARGV[3])
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
local total = 0
for _, one in ipairs(redis.call('ZREVRANGE', KEYS[3], 0, -1)) do
  local size, key = one:match('^(%d+) (.*)$')
  total = total + size + 512
  if total > tonumber(ARGV[4]) then
    redis.call('DEL', key)
    redis.call('ZREM', KEYS[3], one)
  end
end
"""


class SharedResults:
    """See Shared. url: redis://HOST:PORT/DB, rediss:// for TLS."""

    def __init__(
        self,
        url: str,
        lease_seconds: float = LEASE_SECONDS,
        life_seconds: float = LIFE_SECONDS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._lease, self._life = round(lease_seconds * 1000), round(life_seconds * 1000)
        self._most_bytes = most_bytes
        # No second try: whoever waits for the answer is better served by training alone.
        self._redis = Redis.from_url(
            url,
            socket_timeout=WAIT_SECONDS,
            socket_connect_timeout=WAIT_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._begin, self._renew, self._keep = map(
            self._redis.register_script, (_BEGIN, _RENEW, _KEEP)
        )
        self._token = token_hex(16)
        self._version = version()
        self._renewed: Bounded[str, float] = Bounded(100_000)
        self._away_until = 0.0
        self._away = False

    def begin(self, task: Task) -> Found | Ours | Theirs:
        """See Shared."""
        result, lease, _ = self._keys(task)
        found = self._answer(lambda: self._begin([result, lease], [self._token, self._lease]), 1)
        if isinstance(found, bytes):
            read = read_result(task, found)
            return Ours() if read is None else Found(read)
        return Ours() if found else Theirs()

    def renew(self, task: Task) -> None:
        """See Shared. The store is told a few times in a lease."""
        _, lease, _ = self._keys(task)
        now = time.monotonic()
        if now - (self._renewed.get(lease) or 0.0) > self._lease / 4000:
            self._renewed.put(lease, now)
            self._answer(lambda: self._renew([lease], [self._token, self._lease]), None)

    def keep(self, task: Task, result: Any) -> None:
        """See Shared."""
        spelt = spell_result(task, result)
        if spelt is None:
            self.release(task)
        else:
            arguments: list[bytes | str | int] = [self._token, spelt, self._life, self._most_bytes]
            self._answer(lambda: self._keep(self._keys(task), arguments), None)

    def release(self, task: Task) -> None:
        """See Shared."""
        _, lease, _ = self._keys(task)
        self._answer(lambda: self._renew([lease], [self._token, 0]), None)

    def _keys(self, task: Task) -> list[str]:
        digest = sha256(f"{self._version} {task!r}".encode()).hexdigest()
        return [f"training:{digest}", f"training:{digest}:lease", "training:order"]

    def _answer(self, ask: Callable[[], Any], otherwise: Any) -> Any:
        """What the store answers; `otherwise` while it does not, which is logged once."""
        if time.monotonic() < self._away_until:
            return otherwise
        try:
            answer = ask()
        except (RedisError, OSError):
            self._away_until = time.monotonic() + AWAY_SECONDS
            self._tell(away=True)
            return otherwise
        self._tell(away=False)
        return answer

    def _tell(self, *, away: bool) -> None:
        if away != self._away:
            self._away = away
            logging.getLogger(__name__).warning(AWAY if away else BACK)


def share_training(address: str) -> None:
    """Share the results of training by the store at this address; an empty one leaves it alone."""
    if address:
        job_queue().share(SharedResults(address))


def version() -> str:
    """The same where equal tasks have equal results: of the source and of numpy's version."""
    found = sha256(np.__version__.encode())
    for name, text in sorted(_sources(files("bn_core"), "")):
        found.update(f"{name} {len(text)} ".encode() + text)
    return found.hexdigest()


def _sources(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for one in folder.iterdir():
        if one.is_dir():
            found += _sources(one, f"{path}/{one.name}")
        elif one.name.endswith(".py"):
            found.append((f"{path}/{one.name}", one.read_bytes()))
    return found
