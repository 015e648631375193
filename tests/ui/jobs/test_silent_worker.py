"""A worker that is there and says nothing: suspended, for instance."""

import os
import signal

from tests.ui.jobs.queues import alive, done, limited, under_way, until
from tests.ui.jobs.tasks import Count
from ui.jobs import JobQueue
from ui.jobs.worker_handle import LOOKS, Worker

SILENT = 5.0  # a fresh worker imports numpy before it says anything


def suspend(queue: JobQueue) -> int:
    pid = queue.workers[0].pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    return pid


def test_it_is_killed_and_its_task_tried_again() -> None:
    task = Count(200, pause=0.005)
    with limited(silent_seconds=SILENT) as queue:
        under_way(queue, task, "me")
        silent = suspend(queue)
        count, worker, _ = done(queue, task).results[0]
    assert count == 200
    assert worker != silent
    assert not alive(silent)


def test_a_task_whose_workers_fall_silent_is_given_up_with_a_reason(queue: JobQueue) -> None:
    task = Count(10_000, pause=0.005)
    silent: set[int] = set()

    def given_up() -> bool:
        status = queue.submit((task,), "me")
        pid = queue.workers[0].pid
        if status.fraction > 0 and pid is not None and pid not in silent and not status.error:
            silent.add(suspend(queue))
            for _ in range(LOOKS + 1):
                queue.workers[0].look()
        return bool(status.error)

    until(given_up)
    status = queue.submit((task,), "me")
    assert status.error == "The worker process said nothing for 30 s."
    assert len(silent) == 2
    queue.stop((task,), "me")
    assert done(queue, Count(5)).results[0][0] == 5


def test_a_worker_with_nothing_to_do_may_be_silent(queue: JobQueue) -> None:
    pid = done(queue, Count(5)).results[0][1]
    for _ in range(10 * LOOKS):
        queue.workers[0].look()
    assert done(queue, Count(6)).results[0][1] == pid


def test_a_server_that_was_suspended_itself_does_not_blame_its_workers() -> None:
    """It looked once or twice in that time, however long it was."""
    worker = Worker(silent_seconds=0.001)
    heard: list[float] = []
    try:

        def progress(fraction: float, _: object) -> None:
            for _ in range(LOOKS):
                worker.look()
            heard.append(fraction)

        assert worker.run(1, Count(300, pause=0.002), progress).kind == "done"
        assert heard
    finally:
        worker.close()
