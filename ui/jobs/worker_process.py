"""The process that does the work: tasks come in at stdin, reports go out at stdout, all pickled.

In:  ("run", number, task), ("aside", number), ("stop", number). Out: ("progress", number, fraction,
result so far), ("done", number, result), ("aside", number), ("stopped", number), ("failed", number,
message). A task that was put aside goes on where it was when it is to be run again.

It ends when stdin does, so that it cannot outlive the server, however that ends.
"""

import contextlib
import os
import pickle
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from typing import IO, Any

from ui.jobs.task import Report, Task

SECONDS_BETWEEN_REPORTS = 0.15
NICENESS = 10


class Inbox:
    """Reads the messages on a thread of its own, so that a stop is seen while a task runs."""

    def __init__(self, source: IO[bytes]) -> None:
        self.tasks: queue.SimpleQueue[tuple[int, Task]] = queue.SimpleQueue()
        self.aside: dict[int, Iterator[Report]] = {}
        self.stop = self.put_aside = -1  # the task that is to be stopped, or put aside
        threading.Thread(target=self._read, args=(source,), daemon=True).start()

    def _read(self, source: IO[bytes]) -> None:
        while True:
            try:
                kind, number, *rest = pickle.load(source)
            except EOFError:
                os._exit(0)  # the server is gone; nobody waits for what is being computed
            if kind == "stop":
                self.stop = number
                self.aside.pop(number, None)
            elif kind == "aside":
                self.put_aside = number
            else:
                self.put_aside = -1  # what was asked for in an earlier turn
                self.tasks.put((number, rest[0]))


def work(
    number: int, task: Task, inbox: Inbox, send: Callable[[tuple[Any, ...]], None]
) -> tuple[Any, ...]:
    """Do one task, sending messages about its progress; gives the last message about it."""
    reported = time.monotonic()
    result = None
    reports = inbox.aside.pop(number, None) or task.reports()
    for done, total, snapshot in reports:
        if inbox.stop == number:
            return ("stopped", number)
        if done == total:
            result = snapshot()
        elif inbox.put_aside == number:
            inbox.aside[number] = reports
            if inbox.stop == number:  # it came before there was anything to let go of
                inbox.aside.pop(number, None)
            return ("aside", number)
        elif time.monotonic() - reported > SECONDS_BETWEEN_REPORTS:
            send(("progress", number, done / total, snapshot()))
            reported = time.monotonic()
    return ("done", number, result)


def main() -> None:
    # Whatever prints to stdout must not end up between the messages.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with contextlib.suppress(AttributeError):  # there is no nice on Windows
        os.nice(NICENESS)
    inbox = Inbox(sys.stdin.buffer)

    def send(message: tuple[Any, ...]) -> None:
        pickle.dump(message, out, protocol=pickle.HIGHEST_PROTOCOL)
        out.flush()

    while True:
        number, task = inbox.tasks.get()
        try:
            send(work(number, task, inbox, send))
        except Exception:
            send(("failed", number, traceback.format_exc(limit=-3)))


if __name__ == "__main__":
    main()
