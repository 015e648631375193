"""The job queue: sessions submit tasks; equal tasks are computed once and their results kept."""

import atexit
import threading
import time
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

from ui.jobs.board import Board
from ui.jobs.limits import Limits
from ui.jobs.shared import Alone, Found, Shared, Theirs
from ui.jobs.status import Status
from ui.jobs.task import Task
from ui.jobs.work import Entry
from ui.jobs.worker_handle import LOOKS, Outcome, Worker


class JobQueue:
    """Serves many sessions with a few worker processes, who was given least lately first.

    A session submits a job, and submits it again to learn how far it is, which renews its lease; a
    session that does not do so for lease_seconds loses its place. A job on which no session has
    a lease is stopped. At most most_jobs are queued or running, most_per_session of them one
    session's; further ones are refused.

    A task that has had turn_seconds is put aside between two of its steps while somebody waits who
    was given less. A worker that says nothing for silent_seconds is killed, and its task tried
    again.

    The newest results of finished jobs are kept, up to most_bytes. Besides them there are those of
    jobs under way (the largest on our pages has 6 MB): while these take more than most_bytes, no
    further job is begun.
    """

    def __init__(
        self,
        workers: int = 2,
        most_bytes: int = 64_000_000,
        most_jobs: int = 64,
        most_per_session: int = 2,
        lease_seconds: float = 10.0,
        turn_seconds: float = 2.0,
        silent_seconds: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        limits = Limits(most_bytes, most_jobs, most_per_session, lease_seconds, turn_seconds)
        self._board = Board(limits, clock)
        self._lease_seconds, self._silent_seconds = lease_seconds, silent_seconds
        self._shared: Shared = Alone()
        self._changed = threading.Condition()
        self._closed = threading.Event()
        self.workers = tuple(Worker(silent_seconds) for _ in range(workers))
        self._threads: list[threading.Thread] = []

    def share(self, shared: Shared) -> None:
        """From now on equal work of several servers is done once."""
        self._shared = shared

    def submit(self, tasks: tuple[Task, ...], session: Hashable) -> Status:
        """Queue these tasks for the session, or renew its lease on them; gives how far they are."""
        if not tasks:
            raise ValueError("no tasks were submitted; submit at least one")
        with self._changed:
            status = self._board.submit(tasks, session)
            if not status.refused and tasks in self._board.jobs:
                self._start_threads()
            self._changed.notify_all()
            return status

    @property
    def n_jobs(self) -> int:
        """Jobs that wait or run."""
        return len(self._board.jobs)

    def peek(self, tasks: tuple[Task, ...]) -> Status:
        """How far these tasks are, without submitting them."""
        with self._changed:
            return self._board.status(tasks)

    def stop(self, tasks: tuple[Task, ...], session: Hashable) -> Status:
        """End the session's lease on these tasks; gives the results so far."""
        with self._changed:
            return self._board.stop(tasks, session)

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
            self._closed.set()
            self._board.clear()
            self._changed.notify_all()
        for worker, thread in zip(self.workers, self._threads, strict=False):
            while thread.is_alive():  # a worker that was just being started is ended as well
                worker.close()
                thread.join(0.05)

    def _start_threads(self) -> None:
        if self._threads or self._closed.is_set():
            return
        atexit.register(self.close)
        for worker in self.workers:
            self._threads.append(threading.Thread(target=self._serve, args=(worker,), daemon=True))
        self._threads.append(threading.Thread(target=self._watch, daemon=True))
        for thread in self._threads:
            thread.start()

    def _watch(self) -> None:
        while not self._closed.wait(self._silent_seconds / LOOKS):
            for worker in self.workers:
                worker.look()

    def _serve(self, worker: Worker) -> None:
        while (entry := self._next(worker)) is not None:
            outcome = self._turn(worker, entry)
            with self._changed:
                self._board.ended(entry, outcome.kind, outcome.result)
                self._changed.notify_all()

    def _next(self, worker: Worker) -> Entry | None:
        """Waits for something to do; None when the queue is closed."""
        with self._changed:
            while not self._closed.is_set():
                if entry := self._board.next(worker):
                    return entry
                self._changed.wait(self._board.seconds_to_next())
            return None

    def _turn(self, worker: Worker, entry: Entry) -> Outcome:
        """Not under the lock: it asks the shared store, and the worker takes its time."""
        shared = self._shared
        begun = shared.begin(entry.task)
        if isinstance(begun, Theirs):
            return Outcome("elsewhere")
        if isinstance(begun, Found):
            worker.stop(entry.number)  # where it was put aside
            return Outcome("done", begun.result)

        def progress(fraction: float, result: Any) -> None:
            shared.renew(entry.task)
            with self._changed:
                now = self._board.report(entry, fraction, result)
                self._changed.notify_all()
            if now == "aside":
                worker.put_aside(entry.number)
            elif now == "stop":
                worker.stop(entry.number)

        outcome = worker.run(entry.number, entry.task, progress)
        if outcome.kind == "done":
            shared.keep(entry.task, outcome.result)
        elif outcome.kind != "aside":
            shared.release(entry.task)
        return outcome


@cache
def job_queue() -> JobQueue:
    """The server's one queue, for all of its sessions."""
    return JobQueue()
