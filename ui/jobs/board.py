"""What is to be done, for whom, and what comes next: without threads, processes or a real clock."""

import itertools
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, Literal

from ui.bounded import Bounded, size_of
from ui.jobs.limits import QUEUE_FULL, TOO_LARGE, TOO_MANY, Limits
from ui.jobs.served import Served
from ui.jobs.status import Status
from ui.jobs.task import Task
from ui.jobs.work import Doer, Entry, Job

MIN_FRACTION_FOR_ETA = 0.08  # before that, the time left cannot be estimated
MAX_ATTEMPTS = 2  # a task is tried again once when its worker dies
MOST_ASIDE = 16  # tasks that one worker has put aside: a few megabytes each
ALMOST = 0.999  # the most that is told of work under way
ASK_AGAIN_SECONDS = 0.5  # while another server does a task


class Board:
    """See JobQueue, which locks it: not for several threads at once."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits, self._clock = limits, clock
        self.cache: Bounded[Task, Any] = Bounded(limits.most_bytes)
        # In the order in which they came. A plain dict: an ordered one hashes its keys, which are
        # large, whenever it is walked through.
        self.jobs: dict[tuple[Task, ...], Job] = {}
        self.entries: dict[Task, Entry] = {}
        self.served = Served()
        self._numbers = itertools.count()

    def submit(self, tasks: tuple[Task, ...], session: Hashable) -> Status:
        """Take the job, or renew the session's lease on it; a job that is kept needs no lease."""
        self.drop_expired()
        job = self.jobs.get(tasks)
        if job is None and all(task in self.cache for task in tasks):
            return self.status(tasks)
        if refused := self._refused(job, session):
            return replace(self.status(tasks), refused=refused)
        if job is None:
            job = self.jobs[tasks] = Job(tasks, tuple(self._entry(task) for task in tasks))
            for entry in set(job.entries):
                entry.jobs.append(job)
        job.leases[session] = self._clock()
        self._end_if_done(job)
        return self.status(tasks)

    def status(self, tasks: tuple[Task, ...]) -> Status:
        """How far these tasks are, whether they were submitted or not."""
        job = self.jobs.get(tasks)
        if job is not None:
            return self._status_of(job)
        parts = [self._so_far(task) for task in tasks]
        results = tuple(result for _, result in parts)
        if all(fraction == 1 for fraction, _ in parts):
            return Status(results, 1.0)
        return Status(results, _share(tasks, [fraction for fraction, _ in parts]))

    def stop(self, tasks: tuple[Task, ...], session: Hashable) -> Status:
        """End the session's lease; gives the results so far."""
        status = self.status(tasks)
        if job := self.jobs.get(tasks):
            job.leases.pop(session, None)
            self.drop_expired()
        return status

    def next(self, worker: Doer) -> Entry | None:
        """What this worker does now: something for the session that was given least lately.

        Of its job first the lightest task, so that there is something to see, then the heaviest,
        so that the workers end together; what was put aside goes on before another is begun.
        """
        self.drop_expired()
        now = self._clock()
        jobs = [job for job in self.jobs.values() if job.waiting(worker, now)]
        if sum(entry.size for entry in self.entries.values()) > self._limits.most_bytes:
            begun = [job for job in jobs if job.started is not None]
            jobs = begun if begun or self._running() else jobs
        job = min(jobs, key=lambda one: self._rank(one, now), default=None)
        if job is None:
            return None
        first = job.started is None
        entry = max(
            job.waiting(worker, now),
            key=lambda one: (one.worker is worker, -one.task.weight if first else one.task.weight),
        )
        for one in entry.jobs:
            one.started = now if one.started is None else one.started
        entry.worker, entry.running = worker, True
        entry.turn = entry.since = now
        return entry

    def seconds_to_next(self) -> float | None:
        """When something that another server does is to be asked for again; None: nothing is."""
        now = self._clock()
        times = [one.not_before - now for one in self.entries.values() if one.not_before > now]
        return min(times, default=None)

    def report(
        self, entry: Entry, fraction: float, result: Any
    ) -> Literal["go on", "aside", "stop"]:
        """How far a task is that is being done; gives what its worker is to do now."""
        self.drop_expired()
        now = self._clock()
        self._charge(entry, now)
        entry.fraction, entry.result, entry.size = fraction, result, size_of(result)
        if not entry.jobs:
            return "stop"
        return "aside" if self._gives_way(entry, now) else "go on"

    def ended(self, entry: Entry, kind: str, result: Any) -> None:
        """A turn has ended; kind and result as Outcome has them."""
        now = self._clock()
        self._charge(entry, now)
        entry.running = False
        if kind == "aside":
            return
        worker, entry.worker = entry.worker, None
        if kind == "elsewhere":
            entry.not_before = now + ASK_AGAIN_SECONDS
        elif kind == "done":
            self._done(entry, result)
        elif kind == "failed":
            entry.error = result
        elif kind == "died":
            entry.attempts += 1
            for lost in (one for one in self.entries.values() if one.worker is worker):
                lost.start_anew()
            entry.start_anew()
            if entry.attempts == MAX_ATTEMPTS:
                entry.error = result

    def drop_expired(self) -> None:
        """Forget jobs without a lease, and stop the tasks that only they need."""
        earliest = self._clock() - self._limits.lease_seconds
        for job in list(self.jobs.values()):
            job.leases = {session: at for session, at in job.leases.items() if at >= earliest}
            if not job.leases:
                self._forget(job)

    def clear(self) -> None:
        """Forget all that was submitted."""
        for job in list(self.jobs.values()):
            self._forget(job)

    def _forget(self, job: Job) -> None:
        del self.jobs[job.tasks]
        for entry in set(job.entries):
            entry.jobs.remove(job)
            if entry.jobs:
                continue
            del self.entries[entry.task]
            if entry.done:
                self.cache.put(entry.task, entry.result)
            elif entry.worker is not None:
                entry.worker.stop(entry.number)

    def _status_of(self, job: Job) -> Status:
        error = job.error or next((one.error for one in job.entries if one.error), "")
        fraction = _share(job.tasks, [one.fraction for one in job.entries])
        left, position = None, 0
        if job.started is None:
            position = self._position(job)
        elif fraction > MIN_FRACTION_FOR_ETA:
            left = (self._clock() - job.started) * (1 - fraction) / fraction
        return Status(tuple(one.result for one in job.entries), fraction, position, left, error)

    def _so_far(self, task: Task) -> tuple[float, Any]:
        """The fraction and the result of a task, whoever needs it; 1 only where it is kept."""
        if task in self.cache:
            return 1.0, self.cache.get(task)
        entry = self.entries.get(task)
        return (min(entry.fraction, ALMOST), entry.result) if entry else (0.0, None)

    def _entry(self, task: Task) -> Entry:
        if task not in self.entries:
            entry = self.entries[task] = Entry(task, next(self._numbers))
            if task in self.cache:
                self._take(entry, self.cache.get(task))
        return self.entries[task]

    @staticmethod
    def _take(entry: Entry, result: Any) -> None:
        entry.done, entry.fraction = True, 1.0
        entry.result, entry.size = result, size_of(result)

    def _done(self, entry: Entry, result: Any) -> None:
        self._take(entry, result)
        if not entry.jobs:  # nobody waits for it by now
            self.cache.put(entry.task, result)
        for job in list(entry.jobs):
            if sum(one.size for one in job.entries) > self.cache.most_bytes:
                job.error = TOO_LARGE
            self._end_if_done(job)

    def _end_if_done(self, job: Job) -> None:
        """Put the results of a job into the cache once it has all of them.

        Until then they stay with the entries, where those of other work cannot displace them.
        """
        if all(entry.done for entry in job.entries) and not job.error:
            for entry in job.entries:
                self.cache.put(entry.task, entry.result)
            self._forget(job)

    def _refused(self, job: Job | None, session: Hashable) -> str:
        """Why a job cannot be had by this session; empty where it can."""
        own = [one for one in self.jobs.values() if session in one.leases and one is not job]
        if len(own) >= self._limits.most_per_session:
            return TOO_MANY.format(len(own))
        if job is None and len(self.jobs) >= self._limits.most_jobs:
            return QUEUE_FULL.format(len(self.jobs))
        return ""

    def _rank(self, job: Job, now: float) -> float:
        """The lower, the sooner: what the session was given, with what it is being given now."""
        return self.served.least(job.leases, now) + self._limits.turn_seconds * job.running

    def _position(self, job: Job) -> int:
        now = self._clock()
        new = [one for one in self.jobs.values() if one.started is None]
        order = sorted(new, key=lambda one: self._rank(one, now))  # equal ones stay as they came
        return order.index(job) + self._running()

    def _running(self) -> int:
        """How many jobs are with a worker."""
        return sum(job.running > 0 for job in self.jobs.values())

    def _charge(self, entry: Entry, now: float) -> None:
        self.served.charge(entry.sessions, now - entry.since, now)
        entry.since = now

    def _gives_way(self, entry: Entry, now: float) -> bool:
        """Whether somebody waits who was given less, once a turn has lasted."""
        worker, turn = entry.worker, self._limits.turn_seconds
        if worker is None or now - entry.turn < turn:
            return False
        aside = [one for one in self.entries.values() if one.worker is worker and one is not entry]
        others = [
            self._rank(job, now)
            for job in self.jobs.values()
            if job not in entry.jobs and job.waiting(worker, now)
        ]
        own = self.served.least(entry.sessions, now)
        return len(aside) < MOST_ASIDE and min(others, default=own) + turn / 2 < own


def _share(tasks: tuple[Task, ...], fractions: list[float]) -> float:
    """Of the work of these tasks, how much is done."""
    done = sum(task.weight * part for task, part in zip(tasks, fractions, strict=True))
    return min(done / sum(task.weight for task in tasks), ALMOST)
