"""One worker process as the server sees it: start it, give it a task, stop the task, end it."""

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ui.jobs.task import Task

ROOT = Path(__file__).parents[2]
LOOKS = 4
"""How often a worker is looked at in the time for which it may be silent."""
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Outcome:
    """How a turn ended: "done" with a result, "failed" or "died" with what happened, "stopped",
    "aside" where the worker keeps the task to go on with it, "elsewhere" where it was not begun.
    """

    kind: str
    result: Any = None


class Worker:
    """A worker process, started when it is first needed and again when it has died.

    A plain child process with pipes rather than multiprocessing: that would import the server's
    main module in the child, and under Streamlit this is whichever page is being run.
    """

    def __init__(self, silent_seconds: float = 30.0) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._silent_seconds = silent_seconds
        self._busy = False
        self._looks = 0  # since it last said something
        self._sending = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The worker's process id; None before the first task."""
        return self._child.pid if self._child else None

    def run(self, number: int, task: Task, progress: Callable[[float, Any], None]) -> Outcome:
        """Have the worker do the task, or go on with it where it has put it aside, and wait.

        progress gets the fraction and the result so far.
        """
        child = self._started()
        assert child.stdout is not None
        self._looks, self._busy = 0, True
        try:
            self._send(child, ("run", number, task))
            while True:
                kind, of, *rest = pickle.load(child.stdout)
                self._looks = 0
                if of != number:
                    continue
                if kind != "progress":
                    return Outcome(kind, *rest)
                progress(*rest)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self.close()
            if self._looks > LOOKS:
                told = f"The worker process said nothing for {self._silent_seconds:g} s."
                return Outcome("died", told)
            return Outcome("died", f"The worker process ended with code {child.returncode}.")
        finally:
            self._busy = False

    def stop(self, number: int) -> None:
        """Tell the worker to let go of that task; run() then gives "stopped"."""
        self._tell("stop", number)

    def put_aside(self, number: int) -> None:
        """Tell the worker to stop between two steps and keep the task; run() gives "aside"."""
        self._tell("aside", number)

    def look(self) -> None:
        """Called LOOKS times in silent_seconds: a worker that was silent all the time is killed.

        Counted in looks, not in seconds: a server that was itself suspended has heard nothing in
        the meantime, and looked at nothing.
        """
        child = self._child
        if self._busy and child is not None:
            self._looks += 1
            if self._looks > LOOKS:
                child.kill()  # run() finds out by itself

    def close(self) -> None:
        """End the worker now; the next task starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):  # what was not yet sent is of no use
                        pipe.close()

    def _tell(self, kind: str, number: int) -> None:
        child = self._child
        if child is not None and child.poll() is None:
            with contextlib.suppress(OSError, ValueError):  # it died; run() finds out by itself
                self._send(child, (kind, number))

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "ui.jobs.worker_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                env=os.environ | ONE_THREAD | {"PYTHONPATH": str(ROOT)},
            )
        return self._child

    def _send(self, child: subprocess.Popen[bytes], message: tuple[Any, ...]) -> None:
        assert child.stdin is not None
        with self._sending:
            pickle.dump(message, child.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            child.stdin.flush()
