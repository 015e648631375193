"""Where sessions ask for work: equal work is done once, results are kept, a queue keeps order."""

import atexit
import itertools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from ui.jobs.process import Outcome, Process
from ui.jobs.task import Task

SURE = 0.08  # the share of the work after which the time left is told
ATTEMPTS = 2  # a task is tried again once when its worker dies


@dataclass(frozen=True)
class Status:
    """How far the work is that was asked for.

    results: one a task, None where there is nothing yet; what is there while the work goes on is
    the result so far. place: how many others are served first. seconds_left: None while unknown.
    error: what went wrong, else empty.
    """

    results: tuple[Any, ...]
    fraction: float
    place: int = 0
    seconds_left: float | None = None
    error: str = ""

    @property
    def finished(self) -> bool:
        return self.fraction == 1


@dataclass
class _Item:
    """A task that somebody waits for."""

    task: Task
    number: int | None = None  # set while a worker is at it
    process: Process | None = None
    fraction: float = 0.0
    result: Any = None
    attempts: int = 0
    error: str = ""


@dataclass
class _Job:
    """Tasks asked for together, and when each session last asked for them."""

    tasks: tuple[Task, ...]
    asked: dict[Hashable, float] = field(default_factory=dict)
    started: float | None = None


class Desk:
    """Serves many sessions with a few worker processes, first come, first served.

    A session asks, and keeps asking to learn how far it is; who asks no more for `lapse` seconds
    loses its place. Work that nobody waits for is stopped. The newest `kept` results are kept.
    """

    def __init__(
        self,
        workers: int = 2,
        kept: int = 256,
        lapse: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._kept, self._lapse, self._clock = kept, lapse, clock
        self._cache: OrderedDict[Task, Any] = OrderedDict()
        self._jobs: OrderedDict[tuple[Task, ...], _Job] = OrderedDict()
        self._items: dict[Task, _Item] = {}
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._closed = False
        self.processes = tuple(Process() for _ in range(workers))
        self._threads: list[threading.Thread] = []

    def ask(self, tasks: tuple[Task, ...], who: Hashable) -> Status:
        """How far these tasks are for session who; starts or queues them where nobody has yet."""
        if not 0 < len(tasks) <= self._kept:
            raise ValueError(f"asked for {len(tasks)} tasks; take 1 to {self._kept}, all are kept")
        with self._changed:
            self._drop_lapsed()
            if tasks in self._jobs or not all(task in self._cache for task in tasks):
                job = self._jobs.setdefault(tasks, _Job(tasks))
                job.asked[who] = self._clock()
                for task in tasks:
                    if task not in self._cache and task not in self._items:
                        self._items[task] = _Item(task)
                self._start_threads()
                self._changed.notify_all()
            return self._status(tasks)

    def look(self, tasks: tuple[Task, ...]) -> Status:
        """How far these tasks are, without asking for them."""
        with self._changed:
            return self._status(tasks)

    def stop(self, tasks: tuple[Task, ...], who: Hashable) -> Status:
        """Session who no longer wants these tasks; gives what there is of them at this moment."""
        with self._changed:
            status = self._status(tasks)
            job = self._jobs.get(tasks)
            if job is not None:
                job.asked.pop(who, None)
                self._drop_lapsed()
            return status

    def wait(self, tasks: tuple[Task, ...], who: Hashable, timeout: float) -> Status:
        """Ask until the tasks are finished, have failed, or timeout seconds have passed."""
        end = time.monotonic() + timeout
        while True:
            status = self.ask(tasks, who)
            left = end - time.monotonic()
            if status.finished or status.error or left <= 0:
                return status
            with self._changed:
                self._changed.wait(min(left, self._lapse / 2))

    def close(self) -> None:
        """End the workers; nothing can be asked for after this."""
        with self._changed:
            self._closed = True
            self._jobs.clear()
            self._items.clear()
            self._changed.notify_all()
        for process, thread in zip(self.processes, self._threads, strict=False):
            while thread.is_alive():  # a worker that was just being started is ended as well
                process.close()
                thread.join(0.05)

    def _status(self, tasks: tuple[Task, ...]) -> Status:
        done = weight = 0.0
        results, error = [], ""
        for task in tasks:
            item = self._items.get(task)
            fraction = item.fraction if item else float(task in self._cache)
            results.append(item.result if item else self._cache.get(task))
            error = error or (item.error if item else "")
            done += fraction * task.weight
            weight += task.weight
        if all(task in self._cache for task in tasks):
            for task in tasks:
                self._cache.move_to_end(task)
            return Status(tuple(results), 1.0)
        job = self._jobs.get(tasks)
        fraction, left = done / weight, None
        if job is not None and job.started is not None and fraction > SURE:
            left = (self._clock() - job.started) * (1 - fraction) / fraction
        place = list(self._jobs).index(tasks) if job is not None and job.started is None else 0
        return Status(tuple(results), min(fraction, 0.999), place, left, error)

    def _drop_lapsed(self) -> None:
        """Forget jobs that nobody has asked for lately, and stop the work that only they need."""
        earliest = self._clock() - self._lapse
        for tasks, job in list(self._jobs.items()):
            if not any(at >= earliest for at in job.asked.values()):
                del self._jobs[tasks]
        wanted = {task for tasks in self._jobs for task in tasks}
        for task in [task for task in self._items if task not in wanted]:
            item = self._items.pop(task)
            if item.process is not None and item.number is not None:
                item.process.stop(item.number)

    def _start_threads(self) -> None:
        if self._threads or self._closed:
            return
        atexit.register(self.close)
        for process in self.processes:
            thread = threading.Thread(target=self._serve, args=(process,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def _next(self) -> _Item | None:
        """The heaviest waiting task of the first job that has one."""
        self._drop_lapsed()
        for tasks, job in self._jobs.items():
            items = [self._items[task] for task in tasks if task in self._items]
            waiting = [item for item in items if item.number is None and not item.error]
            if waiting:
                job.started = job.started or self._clock()
                return max(waiting, key=lambda item: item.task.weight)
        return None

    def _serve(self, process: Process) -> None:
        while True:
            with self._changed:
                while (item := self._next()) is None and not self._closed:
                    self._changed.wait()
                if item is None or self._closed:
                    return
                number = item.number = next(self._numbers)
                item.process = process

            def progress(fraction: float, result: Any, item: _Item = item) -> None:
                with self._changed:
                    self._drop_lapsed()
                    if self._items.get(item.task) is not item and item.number is not None:
                        process.stop(item.number)
                    item.fraction, item.result = fraction, result
                    self._changed.notify_all()

            outcome = process.run(number, item.task, progress)
            with self._changed:
                self._settle(item, outcome)
                self._changed.notify_all()

    def _settle(self, item: _Item, outcome: Outcome) -> None:
        item.number = item.process = None
        item.attempts += 1
        if outcome.kind == "done":
            self._items.pop(item.task, None)
            self._cache[item.task] = outcome.result
            for _ in range(len(self._cache) - self._kept):
                self._cache.popitem(last=False)
            for tasks in [t for t in self._jobs if all(task in self._cache for task in t)]:
                del self._jobs[tasks]
        elif outcome.kind == "failed" or item.attempts == ATTEMPTS:
            item.error = outcome.result or "The work ended before it was done."
