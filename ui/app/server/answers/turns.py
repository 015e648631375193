"""Answers one at a time, in fair turns between those who ask; costly ones in a thread of their own.

A cheap one is made on the event loop, with a pause after it for what else has come: threads that
contend for the interpreter make a full hall wait longer. A costly one would hold up everything.

Who asks much waits behind who asks little. Turns are by time: a client's next answer is due when
the others who wait have had as much as it has (start-time fair queueing, Goyal, Vin and Cheng
1996). Time is shared out three times: among network addresses, then among the pages that ask from
one address (a lecture hall has one for all its visitors), then among the connections of those who
do not say which page they are.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

MOST_OF_ONE = 4
"""Questions of one page under way: a browser has two, and may have left others to a reload."""
MOST_WAITING = 300
"""Questions of all clients; a hall that moves its sliders at once has some hundred."""
MOST_KNOWN = 2000
"""Clients that are told apart; beyond that those who wait for nothing are new again."""
NEW_SECONDS = 0.05
"""What a client that was not known has had, as it were: those who are known go before it."""


class Client(NamedTuple):
    """Who asks: a network address, the page there (empty where it is not said), its connection."""

    address: str
    page: str = ""
    connection: str = ""


class TooMany(Exception):
    """This client has enough questions under way, or all clients have."""


@dataclass
class _Question:
    work: Callable[[], Any]
    costly: Callable[[], bool]
    answer: asyncio.Future[Any]


@dataclass
class _Branch:
    """An address, a page of it, or a connection of that; times are those of its siblings' clock.

    due: when its next answer begins. had: when its last one ended. clock: its own, of its branches.
    ready: those of its branches for which something waits.
    """

    had: float = 0.0
    due: float = 0.0
    clock: float = 0.0
    known: dict[str, "_Branch"] = field(default_factory=dict)
    ready: dict[str, "_Branch"] = field(default_factory=dict)
    waiting: deque[_Question] = field(default_factory=deque)

    @property
    def order(self) -> tuple[float, float]:
        """The smallest is next; who has had less goes before another that is due as well."""
        return self.due, self.had


class Turns:
    """Answers the questions of one event loop."""

    def __init__(
        self,
        most_of_one: int = MOST_OF_ONE,
        most_waiting: int = MOST_WAITING,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self.most_of_one, self.most_waiting, self._clock = most_of_one, most_waiting, clock
        self.n_known = 0
        self._root = _Branch()
        self._under_way: Counter[Client] = Counter()
        self._serving: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, "answers")

    async def take(
        self, client: Client, work: Callable[[], T], costly: Callable[[], bool] = lambda: True
    ) -> T:
        """What `work` gives, when it is this client's turn. TooMany where it has had too many.

        costly: asked when its turn has come.
        """
        one = client._replace(connection="") if client.page else client
        if self._under_way[one] >= self.most_of_one or self.n_under_way >= self.most_waiting:
            raise TooMany
        question = _Question(work, costly, asyncio.get_running_loop().create_future())
        self._under_way[one] += 1
        try:
            self._put(client, question)
            if self._serving is None or self._serving.done():
                self._serving = asyncio.create_task(self._serve())
            found: T = await question.answer
            return found
        finally:
            self._under_way[one] -= 1
            if not self._under_way[one]:
                del self._under_way[one]

    @property
    def n_under_way(self) -> int:
        """Questions that wait or are being answered."""
        return self._under_way.total()

    def _put(self, client: Client, question: _Question) -> None:
        if self.n_known > MOST_KNOWN:
            self._forget()
        parent = self._root
        for name in client:
            branch = parent.known.get(name)
            if branch is None:
                branch = parent.known[name] = _Branch(had=parent.clock + NEW_SECONDS)
                self.n_known += 1
            if name not in parent.ready:
                branch.due = max(parent.clock, branch.had)
                parent.ready[name] = branch
            parent = branch
        parent.waiting.append(question)

    def _next(self) -> tuple[list[tuple[_Branch, str]], _Question]:
        """The question that is due, and the way to it: each parent with its branch's name."""
        way, branch = [], self._root
        while branch.ready:
            name = min(branch.ready, key=lambda one: branch.ready[one].order)
            way.append((branch, name))
            branch.clock = branch.ready[name].due
            branch = branch.ready[name]
        return way, branch.waiting.popleft()

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        while self._root.ready:
            way, question = self._next()
            begun = self._clock()
            if question.answer.done():
                pass  # who asked has left
            elif question.costly():
                outcome = loop.run_in_executor(self._thread, question.work)
                await asyncio.wait([outcome])
                _hand_over(outcome.result, question.answer)
            else:
                _hand_over(question.work, question.answer)
                await asyncio.sleep(0)
            self._charge(way, self._clock() - begun)

    @staticmethod
    def _charge(way: list[tuple[_Branch, str]], seconds: float) -> None:
        """What the answer took counts for every branch on the way, from the last to the first."""
        for parent, name in reversed(way):
            branch = parent.ready[name]
            branch.had = branch.due = branch.due + seconds
            if not branch.waiting and not branch.ready:
                del parent.ready[name]

    def _forget(self) -> None:
        """Everybody for whom nothing waits."""
        branches = [self._root]
        while branches:
            branch = branches.pop()
            branch.known = dict(branch.ready)
            branches += branch.known.values()
        self.n_known = sum(1 for _ in _below(self._root))


def _hand_over(work: Callable[[], Any], answer: asyncio.Future[Any]) -> None:
    try:
        found = work()
    except Exception as error:
        if not answer.done():
            answer.set_exception(error)
    else:
        if not answer.done():
            answer.set_result(found)


def _below(branch: _Branch) -> "list[_Branch]":
    return [one for child in branch.known.values() for one in (child, *_below(child))]
