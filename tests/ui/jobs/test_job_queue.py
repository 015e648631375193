"""The queue and its workers: sharing, order, stopping, the cache, and workers that die."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.jobs.queues import LONG, PATIENCE, alive, done, limited, under_way, until
from tests.ui.jobs.tasks import Count, Faulty, Large
from ui.jobs import JobQueue


def test_work_is_done_in_another_nicer_process(queue: JobQueue) -> None:
    count, pid, niceness = done(queue, Count(5)).results[0]
    assert count == 5
    assert pid == queue.workers[0].pid != os.getpid()
    assert niceness > os.nice(0)


def test_nothing_starts_before_a_job_is_submitted(queue: JobQueue) -> None:
    assert queue.workers[0].pid is None


def test_equal_work_comes_from_the_cache(queue: JobQueue) -> None:
    first = done(queue, Count(5))
    again = queue.submit((Count(5),), "you")
    assert again.finished
    assert again.results == first.results


def test_a_peek_starts_nothing(queue: JobQueue) -> None:
    assert queue.peek((Count(5),)).fraction == 0
    assert queue.workers[0].pid is None
    finished = done(queue, Count(5))
    assert queue.peek((Count(5),)) == finished


def test_the_cache_is_bounded_in_bytes_and_forgets_the_oldest() -> None:
    with limited(most_bytes=100_000) as queue:
        tasks = [Large(n, 30_000) for n in range(20)]
        for task in tasks:
            done(queue, task)
            assert queue._board.cache.bytes <= 100_000
        assert queue.peek((tasks[-1],)).finished
        assert queue.peek((tasks[-3],)).finished
        assert not queue.peek((tasks[0],)).finished
        assert done(queue, tasks[0]), "what was forgotten is done again"


def test_a_job_whose_results_are_too_large_says_so_and_stops_there() -> None:
    with limited(most_bytes=100_000) as queue:
        for tasks in [(Large(1, 200_000),), tuple(Large(n, 30_000) for n in range(4))]:
            status = queue.wait(tasks, "me", PATIENCE)
            assert "too large" in status.error
            queue.stop(tasks, "me")
            assert queue._board.cache.bytes <= 100_000
        assert done(queue, Count(5)).results[0][0] == 5


def test_work_that_shares_tasks_ends_though_the_cache_holds_little_else() -> None:
    with limited(most_bytes=100_000) as queue:
        for start in range(6):
            done(queue, *(Large(n, 25_000) for n in range(start, start + 3)))
        both = (Large(50, 25_000), Large(51, 25_000)), (Large(51, 25_000), Large(52, 25_000))
        for tasks, who in zip(both, ("me", "you"), strict=True):
            queue.submit(tasks, who)
        assert done(queue, *both[1], who="you")
        assert done(queue, *both[0], who="me")


def test_a_full_queue_refuses_in_words_and_takes_more_when_there_is_room() -> None:
    with limited(most_jobs=5) as queue:
        under_way(queue, LONG, "first")
        for n in range(4):
            assert not queue.submit((Count(n + 1),), f"session {n}").refused
        held = len(queue._board.entries)
        for n in range(200):
            refused = queue.submit((Count(1000 + n),), f"further {n}")
            assert "5 others wait" in refused.refused
            assert (refused.position, refused.error) == (0, "")
        assert (len(queue._board.jobs), len(queue._board.entries)) == (5, held)
        # Who is in the queue stays there, and joins what others wait for.
        assert queue.submit((Count(3),), "session 2").position == 3
        assert not queue.submit((Count(3),), "further 1").refused
        queue.stop((LONG,), "first")
        assert done(queue, Count(1), who="session 0")
        assert not queue.submit((Count(1001),), "further 1").refused


def test_one_session_cannot_fill_the_queue() -> None:
    with limited(most_jobs=50, most_per_session=2) as queue:
        under_way(queue, LONG, "greedy")
        assert not queue.submit((Count(1),), "greedy").refused
        for n in range(100):
            assert "2 other runs" in queue.submit((Count(10 + n),), "greedy").refused
        assert len(queue._board.jobs) == 2
        assert not queue.submit((LONG,), "greedy").refused, "its own are still its own"
        assert not queue.submit((Count(10),), "another").refused
        queue.stop((LONG,), "greedy")
        assert not queue.submit((Count(10),), "greedy").refused


def test_sessions_that_are_gone_are_forgotten_also_by_what_others_wait_for() -> None:
    now = [0.0]
    with limited(lease_seconds=10, clock=lambda: now[0]) as queue:
        under_way(queue, LONG, "stays")
        for n in range(2000):
            now[0] += 0.1
            queue.submit((LONG,), f"passes by {n}")
            queue.submit((LONG,), "stays")
        assert len(queue._board.jobs[(LONG,)].leases) < 110


def test_what_a_stopped_job_had_finished_is_not_lost(queue: JobQueue) -> None:
    tasks = (Count(5, weight=0.9), LONG)
    until(lambda: queue.submit(tasks, "me").results[0] is not None)
    until(lambda: queue.submit(tasks, "me").fraction > 0.45)
    queue.stop(tasks, "me")
    assert queue.peek((Count(5, weight=0.9),)).finished


def test_a_job_of_several_tasks_keeps_their_order(queue: JobQueue) -> None:
    status = done(queue, Count(2, weight=1), Count(7, weight=5), Count(3, weight=2))
    assert [result[0] for result in status.results] == [2, 7, 3]


def test_no_tasks_are_refused(queue: JobQueue) -> None:
    with pytest.raises(ValueError, match="at least one"):
        queue.submit((), "me")


def test_progress_and_the_result_so_far_are_seen_while_it_runs(queue: JobQueue) -> None:
    under_way(queue, LONG, "me")
    status = queue.submit((LONG,), "me")
    assert 0 < status.fraction < 1
    assert 0 < status.results[0][0] < LONG.n
    assert status.position == 0


def test_stop_frees_the_worker_at_once_and_keeps_what_there_is(queue: JobQueue) -> None:
    under_way(queue, LONG, "me")
    pid = queue.workers[0].pid
    status = queue.stop((LONG,), "me")
    assert status.results[0][0] > 0
    assert done(queue, Count(5)).results[0][1] == pid  # long before LONG would have ended


def test_sessions_share_equal_work_and_one_stops_for_itself_only(queue: JobQueue) -> None:
    shared = Count(150, pause=0.005)
    under_way(queue, shared, "me")
    before = queue.submit((shared,), "you")
    assert before.fraction > 0
    queue.stop((shared,), "me")
    assert queue.submit((shared,), "you").fraction >= before.fraction
    assert done(queue, shared, who="you").results[0][0] == 150


def test_others_wait_their_turn_and_know_their_position(queue: JobQueue) -> None:
    under_way(queue, LONG, "first")
    assert queue.submit((Count(5),), "second").position == 1
    assert queue.submit((Count(6),), "third").position == 2
    queue.stop((Count(5),), "second")
    assert queue.submit((Count(6),), "third").position == 1
    queue.stop((LONG,), "first")
    assert done(queue, Count(6), who="third").results[0][0] == 6


def test_a_lease_that_is_not_renewed_ends() -> None:
    now = [0.0]
    queue = JobQueue(workers=1, lease_seconds=10, clock=lambda: now[0])
    try:
        under_way(queue, LONG, "gone")
        now[0] = 11.0
        assert queue.submit((Count(5),), "here").position == 0
        assert done(queue, Count(5), who="here").results[0][0] == 5
    finally:
        queue.close()


def test_a_task_that_raises_is_reported_and_the_worker_goes_on(queue: JobQueue) -> None:
    status = queue.wait((Faulty("raise"),), "me", PATIENCE)
    assert "the task is at fault" in status.error
    assert not status.finished
    pid = queue.workers[0].pid
    assert done(queue, Count(5)).results[0][1] == pid


def test_what_failed_can_be_submitted_again_after_a_stop(queue: JobQueue) -> None:
    tasks = (Faulty("raise"),)
    assert queue.wait(tasks, "me", PATIENCE).error
    queue.stop(tasks, "me")
    assert not queue.submit(tasks, "me").error
    assert queue.wait(tasks, "me", PATIENCE).error


def test_a_worker_that_dies_is_replaced_and_the_task_tried_again(
    queue: JobQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_TEST_FLAG", str(tmp_path / "died"))
    assert done(queue, Faulty("die once")).results == ("survived",)


def test_a_task_that_always_kills_its_worker_is_given_up(queue: JobQueue) -> None:
    status = queue.wait((Faulty("die"),), "me", PATIENCE)
    assert "code 3" in status.error
    assert done(queue, Count(5)).results[0][0] == 5


def test_a_worker_killed_from_outside_does_its_task_again(queue: JobQueue) -> None:
    task = Count(100, pause=0.005)
    under_way(queue, task, "me")
    pid = queue.workers[0].pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    count, worker, _ = done(queue, task).results[0]
    assert count == 100
    assert worker != pid


def test_closing_ends_the_worker_in_the_middle_of_its_task(queue: JobQueue) -> None:
    under_way(queue, LONG, "me")
    pid = queue.workers[0].pid
    assert pid is not None
    queue.close()
    assert not alive(pid)


SERVER = """
import sys, time
from tests.ui.jobs.tasks import Count
from ui.jobs import JobQueue
queue, task = JobQueue(workers=2), (Count(100_000, 0.002), Count(100_001, 0.002))
while queue.submit(task, "me").fraction == 0 or None in [p.pid for p in queue.workers]:
    time.sleep(0.005)
print(*[p.pid for p in queue.workers], flush=True)
if sys.argv[1] == "wait":
    sys.stdin.read()
"""


@pytest.mark.parametrize("how", ["exit", "wait"])
def test_no_worker_outlives_the_server(how: str) -> None:
    """Whether it ends as programs do, or is killed with no chance to clean up."""
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", SERVER, how]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=root) as server:
        assert server.stdout is not None
        pids = [int(pid) for pid in server.stdout.readline().split()]
        assert len(pids) == 2
        if how == "wait":
            assert all(alive(pid) for pid in pids)
            server.kill()
        server.wait(PATIENCE)
    until(lambda: not any(alive(pid) for pid in pids))
