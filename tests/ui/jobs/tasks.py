"""Tasks for the tests of the jobs, in a file of their own so that the worker can import them."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

from ui.jobs import Report


@dataclass(frozen=True)
class Count:
    """Counts to n, `pause` seconds each; the result is (the count, who counted, its niceness)."""

    n: int
    pause: float = 0.0
    name: str = ""
    weight: float = 1.0

    def reports(self) -> Iterator[Report]:
        for done in range(1, self.n + 1):
            if self.pause:
                time.sleep(self.pause)
            yield done, self.n, lambda done=done: (done, os.getpid(), os.nice(0))  # type: ignore[misc]


@dataclass(frozen=True)
class Large:
    """The result has so many bytes."""

    n: int
    size: int
    weight: float = 1.0

    def reports(self) -> Iterator[Report]:
        yield 1, 1, lambda: bytes(self.size)


@dataclass(frozen=True)
class Faulty:
    """Raises, prints before it does, or takes the whole worker with it."""

    how: str
    weight: float = 1.0

    def reports(self) -> Iterator[Report]:
        print("this line must not disturb the messages", flush=True)
        if self.how == "raise":
            raise RuntimeError("the task is at fault")
        if self.how == "die":
            os._exit(3)
        if self.how == "die once" and not os.path.exists(os.environ["JOBS_TEST_FLAG"]):
            open(os.environ["JOBS_TEST_FLAG"], "w").close()
            os._exit(3)
        yield 1, 1, lambda: "survived"


@dataclass(frozen=True)
class Noted:
    """Counts to n like Count, and writes a line into a file whenever it is begun."""

    file: str
    name: str = ""
    n: int = 20
    pause: float = 0.005
    weight: float = 1.0

    def reports(self) -> Iterator[Report]:
        with open(self.file, "a", encoding="utf-8") as file:
            file.write(f"{self.name}\n")
        for done in range(1, self.n + 1):
            time.sleep(self.pause)
            yield done, self.n, lambda done=done: (done, self.name)  # type: ignore[misc]
