"""Whose turn it is: the board with workers and a clock that are made up, so that all is exact."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median

import pytest

from ui.jobs import Report, Task
from ui.jobs.board import MOST_ASIDE, Board
from ui.jobs.limits import Limits
from ui.jobs.work import Entry

STEP = 0.05  # seconds of the made-up clock
REPORTS = 3  # steps from one report to the next
TURN = 2.0


@dataclass(frozen=True)
class Takes:
    """A task that takes so many seconds of a worker."""

    weight: float
    name: str = ""

    def reports(self) -> Iterator[Report]:
        raise AssertionError("nothing is computed here")


@dataclass(eq=False)
class Made:
    """A worker that does a step's work in a step's time and puts aside what it is told to."""

    at: Entry | None = None
    worked: dict[int, float] = field(default_factory=dict)
    most_aside: int = 0

    def stop(self, number: int) -> None:
        self.worked.pop(number, None)
        if self.at is not None and self.at.number == number:
            self.at = None


class Server:
    """A board with workers, moved on by its own clock."""

    def __init__(self, workers: int, turn: float = TURN, most_jobs: int = 64) -> None:
        self.now = 0.0
        limits = Limits(64_000_000, most_jobs, 2, 1e9, turn)
        self.board = Board(limits, lambda: self.now)
        self.workers = [Made() for _ in range(workers)]
        self.ended: dict[Task, float] = {}
        self.given: defaultdict[float, float] = defaultdict(
            float
        )  # seconds, by the weight of the tasks
        self._steps = 0

    def submit(self, session: str, *tasks: Task) -> tuple[Task, ...]:
        assert not self.board.submit(tasks, session).refused
        return tasks

    def until(self, over: Callable[[], bool], most: float = 2000.0) -> float:
        """Let time pass until that is so; gives how long it took."""
        start = self.now
        while not over():
            assert self.now - start < most, "waited in vain"
            self.step()
        return self.now - start

    def step(self) -> None:
        self.now += STEP
        self._steps += 1
        for worker in self.workers:
            self._work(worker)

    def _work(self, worker: Made) -> None:
        if worker.at is None:
            worker.at = self.board.next(worker)
            if worker.at is None:
                return
            worker.worked.setdefault(worker.at.number, 0.0)
        entry = worker.at
        self.given[entry.task.weight] += STEP
        worker.worked[entry.number] += STEP
        if worker.worked[entry.number] >= entry.task.weight - 1e-9:
            del worker.worked[entry.number]
            worker.at = None
            self.ended[entry.task] = self.now
            self.board.ended(entry, "done", "result")
        elif self._steps % REPORTS == 0:
            fraction = worker.worked[entry.number] / entry.task.weight
            if self.board.report(entry, fraction, "so far") == "aside":
                worker.at = None
                self.board.ended(entry, "aside", None)
            worker.most_aside = max(worker.most_aside, len(worker.worked))


def sweep(name: str, n: int = 24, seconds: float = 15.0) -> list[Takes]:
    return [Takes(seconds, f"{name} {number}") for number in range(n)]


def test_what_comes_after_a_long_sweep_has_its_result_soon_and_the_sweep_loses_nothing() -> None:
    server = Server(workers=2)
    long = server.submit("greedy", *sweep("long"))
    server.until(lambda: server.now > 100)
    small = Takes(1.0, "preset")
    server.submit("late", small)
    assert server.until(lambda: small in server.ended) < TURN + 1 + 10 * STEP
    server.until(lambda: all(task in server.ended for task in long))
    assert sum(server.given.values()) == pytest.approx(24 * 15 + 1), (
        "what was put aside went on where it was"
    )
    assert server.now < (24 * 15 + 1) / 2 + 15, "and both workers were busy"


def test_of_forty_at_once_each_has_something_before_anybody_has_much() -> None:
    rng = random.Random(15)
    server = Server(workers=2)
    jobs = [
        server.submit(f"session {n}", *(Takes(rng.uniform(0.2, 0.6), f"{n} {m}") for m in range(9)))
        for n in range(40)
    ]
    server.until(lambda: all(any(task in server.ended for task in job) for job in jobs))
    counts = [sum(task in server.ended for task in job) for job in jobs]
    assert max(counts) <= 2
    firsts = [min(server.ended[task] for task in job if task in server.ended) for job in jobs]
    # The lightest of nine comes first: on average 0.24 s, and two workers for forty of them.
    assert median(firsts) < 20 * 0.3 / 2 + 1
    assert max(firsts) < 40 * 0.3 / 2 + 2


def test_two_who_train_for_long_are_given_alike_whatever_they_split_it_into() -> None:
    server = Server(workers=1)
    server.submit("one", *sweep("one", 40, 10.0))
    server.submit("two", *sweep("two", 400, 1.0))
    server.submit("two", *sweep("again", 400, 1.0))
    server.until(lambda: server.now > 200)
    assert server.given[10.0] == pytest.approx(100, abs=3 * TURN)


def test_who_rested_counts_as_new() -> None:
    server = Server(workers=1)
    first = server.submit("one", *sweep("early", 10, 5.0))
    server.until(lambda: all(task in server.ended for task in first))
    server.until(lambda: server.now > 2000)
    server.submit("two", *sweep("two", 10, 5.0))
    server.until(lambda: server.now > 2010)
    late = Takes(1.0, "late")
    server.submit("one", late)
    assert server.until(lambda: late in server.ended) < TURN + 1.5
    assert len(server.board.served) <= 2


def test_nobody_is_put_aside_while_nobody_else_waits() -> None:
    server = Server(workers=2)
    server.submit("alone", *sweep("alone", 4, 30.0))
    server.until(lambda: len(server.ended) == 4)
    assert max(worker.most_aside for worker in server.workers) == 1


def test_what_is_put_aside_has_a_bound() -> None:
    server = Server(workers=1, turn=0.1)
    for n in range(30):
        server.submit(f"session {n}", Takes(5.0, f"{n}"))
    server.until(lambda: len(server.ended) == 30)
    assert server.workers[0].most_aside == MOST_ASIDE + 1, "with the one that it is at"
    assert sum(server.given.values()) == pytest.approx(150)


def test_the_position_is_that_of_the_turns() -> None:
    server = Server(workers=1)
    server.submit("greedy", *sweep("long"))
    server.until(lambda: server.now > 10)
    again = server.submit("greedy", Takes(1.0, "again"))
    others = [server.submit(name, Takes(1.0, name)) for name in ("a", "b")]
    positions = [server.board.status(tasks).position for tasks in (*others, again)]
    assert positions == [1, 2, 3], "who was given much comes last, though first to ask"


@pytest.mark.parametrize("seed", range(5))
def test_at_random_everything_wanted_ends_and_nothing_else_stays(seed: int) -> None:
    rng = random.Random(seed)
    server = Server(workers=rng.choice([1, 2, 3]), turn=rng.choice([0.3, 2.0]))
    pool = [Takes(rng.uniform(0.1, 6.0), f"{n}") for n in range(40)]  # jobs share some of these
    wanted: list[tuple[tuple[Task, ...], str]] = []
    for n in range(30):
        tasks = tuple(rng.sample(pool, rng.randint(1, 6)))
        server.submit(f"session {n}", *tasks)
        wanted.append((tasks, f"session {n}"))
        for _ in range(rng.randint(0, 60)):
            server.step()
        if rng.random() < 0.3:
            server.board.stop(*wanted.pop(rng.randrange(len(wanted))))
    server.until(lambda: all(server.board.status(tasks).finished for tasks, _ in wanted))
    server.until(lambda: not server.board.entries)
    assert not server.board.jobs
    assert not any(worker.worked for worker in server.workers), "let go of"


def test_a_worker_that_dies_loses_what_it_put_aside_and_that_is_done_anew() -> None:
    server = Server(workers=1)
    tasks = [Takes(6.0, name) for name in "abc"]
    for task in tasks:
        server.submit(task.name, task)
    server.until(lambda: len(server.workers[0].worked) == 3)
    worker = server.workers[0]
    dying, worker.at = worker.at, None
    assert dying is not None
    others = [entry for entry in server.board.entries.values() if entry is not dying]
    worker.worked.clear()
    server.board.ended(dying, "died", "it died")
    assert [server.board.status((task,)).fraction for task in tasks] == [0, 0, 0]
    server.until(lambda: len(server.ended) == 3)
    assert dying.attempts == 1
    assert not any(entry.attempts for entry in others), "it was not their fault"


def test_while_finished_parts_take_all_the_room_no_further_job_is_begun() -> None:
    now = [0.0]
    board = Board(Limits(1000, 64, 2, 1e9, TURN), lambda: now[0])
    one, other = Made(), Made()
    board.submit((Takes(1, "a"), Takes(2, "b"), Takes(3, "c")), "first")
    board.submit((Takes(1, "d"),), "second")
    entry = board.next(one)
    assert entry is not None
    now[0] += 1
    board.ended(entry, "done", bytes(400))
    entry = board.next(one)
    assert entry is not None
    assert entry.task.weight == 1, "the second's turn"
    board.report(entry, 0.5, bytes(700))
    following = board.next(other)
    assert following is not None
    board.submit((Takes(9, "e"),), "third")
    assert board.next(Made()) is not None, "the rest of what was begun"
    assert board.next(Made()) is None
