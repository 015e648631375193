"""The desk and its workers: sharing, order, stopping, the cache, and workers that die."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.jobs_tasks import Count, Faulty
from ui.jobs import Desk, Status, Task

LONG = Count(100_000, pause=0.002)
PATIENCE = 20.0


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk(workers=1, kept=3)
    yield desk
    desk.close()


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that no call can wait for: another process, or a first report."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


def under_way(desk: Desk, task: Task, who: str) -> None:
    until(lambda: desk.ask((task,), who).fraction > 0)


def done(desk: Desk, *tasks: Task, who: str = "me") -> Status:
    status = desk.wait(tasks, who, PATIENCE)
    assert status.finished, status
    return status


def alive(pid: int) -> bool:
    """Whether the process runs; one that is dead and not yet reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_work_is_done_in_another_nicer_process(desk: Desk) -> None:
    count, pid, niceness = done(desk, Count(5)).results[0]
    assert count == 5
    assert pid == desk.processes[0].pid != os.getpid()
    assert niceness > os.nice(0)


def test_nothing_starts_before_somebody_asks(desk: Desk) -> None:
    assert desk.processes[0].pid is None


def test_equal_work_comes_from_the_cache(desk: Desk) -> None:
    first = done(desk, Count(5))
    again = desk.ask((Count(5),), "you")
    assert again.finished
    assert again.results == first.results


def test_looking_starts_nothing(desk: Desk) -> None:
    assert desk.look((Count(5),)).fraction == 0
    assert desk.processes[0].pid is None
    finished = done(desk, Count(5))
    assert desk.look((Count(5),)) == finished


def test_the_cache_is_bounded_and_forgets_the_oldest(desk: Desk) -> None:
    tasks = [Count(n) for n in range(1, 5)]
    for task in tasks:
        done(desk, task)
    assert not desk.ask((tasks[0],), "me").finished
    assert desk.ask((tasks[3],), "me").finished


def test_a_request_of_several_tasks_keeps_their_order(desk: Desk) -> None:
    status = done(desk, Count(2, weight=1), Count(7, weight=5), Count(3, weight=2))
    assert [result[0] for result in status.results] == [2, 7, 3]


def test_more_tasks_than_are_kept_are_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match="1 to 3"):
        desk.ask(tuple(Count(n) for n in range(1, 5)), "me")


def test_progress_and_the_result_so_far_are_seen_while_it_runs(desk: Desk) -> None:
    under_way(desk, LONG, "me")
    status = desk.ask((LONG,), "me")
    assert 0 < status.fraction < 1
    assert 0 < status.results[0][0] < LONG.n
    assert status.place == 0


def test_stop_frees_the_worker_at_once_and_keeps_what_there_is(desk: Desk) -> None:
    under_way(desk, LONG, "me")
    pid = desk.processes[0].pid
    status = desk.stop((LONG,), "me")
    assert status.results[0][0] > 0
    begun = time.monotonic()
    assert done(desk, Count(5)).results[0][1] == pid
    assert time.monotonic() - begun < 1


def test_sessions_share_equal_work_and_one_stops_for_itself_only(desk: Desk) -> None:
    shared = Count(150, pause=0.005)
    under_way(desk, shared, "me")
    before = desk.ask((shared,), "you")
    assert before.fraction > 0
    desk.stop((shared,), "me")
    assert desk.ask((shared,), "you").fraction >= before.fraction
    assert done(desk, shared, who="you").results[0][0] == 150


def test_others_wait_their_turn_and_know_their_place(desk: Desk) -> None:
    under_way(desk, LONG, "first")
    assert desk.ask((Count(5),), "second").place == 1
    assert desk.ask((Count(6),), "third").place == 2
    desk.stop((Count(5),), "second")
    assert desk.ask((Count(6),), "third").place == 1
    desk.stop((LONG,), "first")
    assert done(desk, Count(6), who="third").results[0][0] == 6


def test_who_asks_no_more_loses_the_place() -> None:
    now = [0.0]
    desk = Desk(workers=1, lapse=10, clock=lambda: now[0])
    try:
        under_way(desk, LONG, "gone")
        now[0] = 11.0
        assert desk.ask((Count(5),), "here").place == 0
        assert done(desk, Count(5), who="here").results[0][0] == 5
    finally:
        desk.close()


def test_a_task_that_raises_is_reported_and_the_worker_goes_on(desk: Desk) -> None:
    status = desk.wait((Faulty("raise"),), "me", PATIENCE)
    assert "the task is at fault" in status.error
    assert not status.finished
    pid = desk.processes[0].pid
    assert done(desk, Count(5)).results[0][1] == pid


def test_what_failed_can_be_asked_for_again_after_a_stop(desk: Desk) -> None:
    tasks = (Faulty("raise"),)
    assert desk.wait(tasks, "me", PATIENCE).error
    desk.stop(tasks, "me")
    assert not desk.ask(tasks, "me").error
    assert desk.wait(tasks, "me", PATIENCE).error


def test_a_worker_that_dies_is_replaced_and_the_task_tried_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_TEST_FLAG", str(tmp_path / "died"))
    assert done(desk, Faulty("die once")).results == ("survived",)


def test_a_task_that_always_kills_its_worker_is_given_up(desk: Desk) -> None:
    status = desk.wait((Faulty("die"),), "me", PATIENCE)
    assert "code 3" in status.error
    assert done(desk, Count(5)).results[0][0] == 5


def test_a_worker_killed_from_outside_does_its_task_again(desk: Desk) -> None:
    task = Count(100, pause=0.005)
    under_way(desk, task, "me")
    pid = desk.processes[0].pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    count, worker, _ = done(desk, task).results[0]
    assert count == 100
    assert worker != pid


def test_closing_ends_the_worker_in_the_middle_of_its_task(desk: Desk) -> None:
    under_way(desk, LONG, "me")
    pid = desk.processes[0].pid
    assert pid is not None
    desk.close()
    assert not alive(pid)


SERVER = """
import sys, time
from tests.ui.jobs_tasks import Count
from ui.jobs import Desk
desk, task = Desk(workers=2), (Count(100_000, 0.002), Count(100_001, 0.002))
while desk.ask(task, "me").fraction == 0 or None in [p.pid for p in desk.processes]:
    time.sleep(0.005)
print(*[p.pid for p in desk.processes], flush=True)
if sys.argv[1] == "wait":
    sys.stdin.read()
"""


@pytest.mark.parametrize("how", ["exit", "wait"])
def test_no_worker_outlives_the_server(how: str) -> None:
    """Whether it ends as programs do, or is killed with no chance to clean up."""
    root = Path(__file__).parents[2]
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
