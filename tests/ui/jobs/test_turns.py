"""Turns with real workers: a task is put aside between two steps, and goes on where it was."""

from pathlib import Path

from tests.ui.jobs.queues import PATIENCE, done, limited, under_way, until
from tests.ui.jobs.tasks import Count, Noted

TURN = 0.2


def test_who_comes_late_is_served_while_a_long_task_rests_and_it_is_not_begun_again(
    tmp_path: Path,
) -> None:
    file = tmp_path / "begun"
    long = Noted(str(file), n=300, pause=0.005)
    with limited(turn_seconds=TURN) as queue:
        under_way(queue, long, "first")
        assert done(queue, Count(5), who="second").results[0][0] == 5
        assert not queue.peek((long,)).finished
        assert queue.peek((long,)).fraction > 0
        assert done(queue, long, who="first").results[0][0] == 300
    assert file.read_text() == "\n", "begun once"


def test_two_long_tasks_on_one_worker_grow_side_by_side(tmp_path: Path) -> None:
    file = tmp_path / "begun"
    one, two = (Noted(str(file), name, n=150, pause=0.005) for name in ("one", "two"))
    with limited(turn_seconds=TURN) as queue:
        for task in (one, two):
            queue.submit((task,), task.name)

        def both() -> bool:
            for task in (one, two):
                queue.submit((task,), task.name)
            return all(0 < queue.peek((task,)).fraction < 1 for task in (one, two))

        until(both)
        for task in (one, two):
            queue.wait((task,), task.name, PATIENCE)
    assert sorted(file.read_text().split()) == ["one", "two"]


def test_what_is_stopped_while_it_rests_is_let_go_of(tmp_path: Path) -> None:
    long = Noted(str(tmp_path / "begun"), n=100_000)
    with limited(turn_seconds=TURN) as queue:
        under_way(queue, long, "first")
        other = Count(100_000, pause=0.002)
        until(lambda: queue.submit((other,), "second").fraction > 0)
        queue.stop((long,), "first")
        assert queue.peek((long,)).fraction == 0
        queue.stop((other,), "second")
        assert done(queue, Count(5)).results[0][0] == 5
        assert not queue._board.entries
