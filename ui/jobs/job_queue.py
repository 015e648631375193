"""The job queue: sessions submit tasks; equal tasks are computed once and their results kept."""

import atexit
import itertools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from ui.bounded import Bounded, size_of
from ui.jobs.task import Task
from ui.jobs.worker_handle import Outcome, Worker

MIN_FRACTION_FOR_ETA = 0.08  # before that, the time left cannot be estimated
MAX_ATTEMPTS = 2  # a task is tried again once when its worker dies
QUEUE_FULL = "The queue is full: {} others wait. Try again in a minute."
TOO_MANY = "You wait for {} other runs already. Stop one of them first."
TOO_LARGE = "The results are too large to be kept."


@dataclass(frozen=True)
class Status:
    """How far a job is.

    results: one a task, None where there is nothing yet; while the work goes on, the result so
    far. fraction: of the work, 0 to 1. position: how many jobs are served first. seconds_left:
    None while unknown. error: what went wrong, else empty. refused: why the job was not accepted,
    else empty.
    """

    results: tuple[Any, ...]
    fraction: float
    position: int = 0
    seconds_left: float | None = None
    error: str = ""
    refused: str = ""

    @property
    def finished(self) -> bool:
        return self.fraction == 1


@dataclass
class _Running:
    """A task that some job needs: queued, with a worker, or done while its job is not."""

    task: Task
    number: int | None = None  # set while a worker computes it
    done: bool = False
    worker: Worker | None = None
    fraction: float = 0.0
    result: Any = None
    attempts: int = 0
    error: str = ""


@dataclass
class _Job:
    """Tasks that were submitted together, and when each session last renewed its lease."""

    tasks: tuple[Task, ...]
    leases: dict[Hashable, float] = field(default_factory=dict)
    started: float | None = None
    error: str = ""


class JobQueue:
    """Serves many sessions with a few worker processes, first come, first served.

    A session submits a job, and submits it again to learn how far it is, which renews its lease; a
    session that does not do so for lease_seconds loses its position. A job on which no session has
    a lease is stopped. At most most_jobs are queued or running, most_per_session of them one
    session's; further ones are refused.

    The newest results of finished jobs are kept, up to most_bytes. Besides them there are those
    of running jobs: one job more than there are workers, each of at most most_bytes (the largest
    on our pages has 6 MB).
    """

    def __init__(
        self,
        workers: int = 2,
        most_bytes: int = 64_000_000,
        most_jobs: int = 64,
        most_per_session: int = 2,
        lease_seconds: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most_jobs, self._most_per_session = most_jobs, most_per_session
        self._lease_seconds, self._clock = lease_seconds, clock
        self._cache: Bounded[Task, Any] = Bounded(most_bytes)
        self._jobs: OrderedDict[tuple[Task, ...], _Job] = OrderedDict()
        self._running: dict[Task, _Running] = {}
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._closed = False
        self.workers = tuple(Worker() for _ in range(workers))
        self._threads: list[threading.Thread] = []

    def submit(self, tasks: tuple[Task, ...], session: Hashable) -> Status:
        """Queue these tasks for the session, or renew its lease on them; gives how far they are."""
        if not tasks:
            raise ValueError("no tasks were submitted; submit at least one")
        with self._changed:
            self._drop_expired()
            if tasks in self._jobs or not all(task in self._cache for task in tasks):
                if refused := self._refused(tasks, session):
                    return replace(self._status(tasks), refused=refused)
                job = self._jobs.setdefault(tasks, _Job(tasks))
                job.leases[session] = self._clock()
                for task in tasks:
                    if task not in self._cache and task not in self._running:
                        self._running[task] = _Running(task)
                self._end_if_done(job)
                self._start_threads()
                self._changed.notify_all()
            return self._status(tasks)

    @property
    def n_jobs(self) -> int:
        """Jobs that wait or run."""
        return len(self._jobs)

    def peek(self, tasks: tuple[Task, ...]) -> Status:
        """How far these tasks are, without submitting them."""
        with self._changed:
            return self._status(tasks)

    def stop(self, tasks: tuple[Task, ...], session: Hashable) -> Status:
        """End the session's lease on these tasks; gives the results so far."""
        with self._changed:
            status = self._status(tasks)
            job = self._jobs.get(tasks)
            if job is not None:
                job.leases.pop(session, None)
                self._drop_expired()
            return status

    def wait(self, tasks: tuple[Task, ...], session: Hashable, timeout: float) -> Status:
        """Submit, and wait until the tasks are finished, have failed, or timeout seconds passed."""
        end = time.monotonic() + timeout
        while True:
            status = self.submit(tasks, session)
            left = end - time.monotonic()
            if status.finished or status.error or status.refused or left <= 0:
                return status
            with self._changed:
                self._changed.wait(min(left, self._lease_seconds / 2))

    def close(self) -> None:
        """End the workers; nothing can be submitted after this."""
        with self._changed:
            self._closed = True
            self._jobs.clear()
            self._running.clear()
            self._changed.notify_all()
        for worker, thread in zip(self.workers, self._threads, strict=False):
            while thread.is_alive():  # a worker that was just being started is ended as well
                worker.close()
                thread.join(0.05)

    def _status(self, tasks: tuple[Task, ...]) -> Status:
        done = weight = 0.0
        job = self._jobs.get(tasks)
        results, error = [], job.error if job else ""
        for task in tasks:
            entry = self._running.get(task)
            fraction = entry.fraction if entry else float(task in self._cache)
            results.append(entry.result if entry else self._cache.get(task))
            error = error or (entry.error if entry else "")
            done += fraction * task.weight
            weight += task.weight
        if all(task in self._cache for task in tasks):
            return Status(tuple(results), 1.0)
        fraction, left = done / weight, None
        if job is not None and job.started is not None and fraction > MIN_FRACTION_FOR_ETA:
            left = (self._clock() - job.started) * (1 - fraction) / fraction
        position = list(self._jobs).index(tasks) if job is not None and job.started is None else 0
        return Status(tuple(results), min(fraction, 0.999), position, left, error)

    def _drop_expired(self) -> None:
        """Forget jobs without a lease, and stop the tasks that only they need."""
        earliest = self._clock() - self._lease_seconds
        for tasks, job in list(self._jobs.items()):
            job.leases = {session: at for session, at in job.leases.items() if at >= earliest}
            if not job.leases:
                del self._jobs[tasks]
        wanted = {task for tasks in self._jobs for task in tasks}
        for task in [task for task in self._running if task not in wanted]:
            entry = self._running.pop(task)
            if entry.done:
                self._cache.put(task, entry.result)
            if entry.worker is not None and entry.number is not None:
                entry.worker.stop(entry.number)

    def _refused(self, tasks: tuple[Task, ...], session: Hashable) -> str:
        """Why these tasks cannot be queued for this session; empty where they can."""
        own = [job for job in self._jobs.values() if session in job.leases and job.tasks != tasks]
        if len(own) >= self._most_per_session:
            return TOO_MANY.format(len(own))
        if tasks not in self._jobs and len(self._jobs) >= self._most_jobs:
            return QUEUE_FULL.format(len(self._jobs))
        return ""

    def _start_threads(self) -> None:
        if self._threads or self._closed:
            return
        atexit.register(self.close)
        for worker in self.workers:
            thread = threading.Thread(target=self._serve, args=(worker,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def _next(self) -> _Running | None:
        """The heaviest waiting task of the first job that has one."""
        self._drop_expired()
        for job in self._jobs.values():
            entries = [] if job.error else self._tasks_of(job)
            waiting = [e for e in entries if e.number is None and not e.done and not e.error]
            if waiting:
                job.started = job.started or self._clock()
                return max(waiting, key=lambda entry: entry.task.weight)
        return None

    def _serve(self, worker: Worker) -> None:
        while True:
            with self._changed:
                while (entry := self._next()) is None and not self._closed:
                    self._changed.wait()
                if entry is None or self._closed:
                    return
                number = entry.number = next(self._numbers)
                entry.worker = worker

            def progress(fraction: float, result: Any, entry: _Running = entry) -> None:
                with self._changed:
                    self._drop_expired()
                    if self._running.get(entry.task) is not entry and entry.number is not None:
                        worker.stop(entry.number)
                    entry.fraction, entry.result = fraction, result
                    self._changed.notify_all()

            outcome = worker.run(number, entry.task, progress)
            with self._changed:
                self._finish(entry, outcome)
                self._changed.notify_all()

    def _finish(self, entry: _Running, outcome: Outcome) -> None:
        entry.number = entry.worker = None
        entry.attempts += 1
        if outcome.kind == "done":
            entry.done, entry.fraction, entry.result = True, 1.0, outcome.result
            if self._running.get(entry.task) is not entry:  # nobody waits for it by now
                self._cache.put(entry.task, entry.result)
            for job in [job for job in self._jobs.values() if entry.task in job.tasks]:
                results = self._status(job.tasks).results
                if sum(map(size_of, results)) > self._cache.most_bytes:
                    job.error = TOO_LARGE
                self._end_if_done(job)
        elif outcome.kind == "failed" or entry.attempts == MAX_ATTEMPTS:
            entry.error = outcome.result or "The work ended before it was done."

    def _end_if_done(self, job: _Job) -> None:
        """Put the results of a job into the cache once it has all of them.

        Until then they stay with the entries, where those of other work cannot displace them.
        """
        entries = self._tasks_of(job)
        if all(entry.done for entry in entries) and not job.error:
            for entry in entries:
                self._cache.put(entry.task, entry.result)
            del self._jobs[job.tasks]
            self._drop_expired()

    def _tasks_of(self, job: _Job) -> list[_Running]:
        return [self._running[task] for task in job.tasks if task in self._running]


@cache
def job_queue() -> JobQueue:
    """The server's one queue, for all of its sessions."""
    return JobQueue()
