"""Results of training shared by servers: equal work is done once, and the store may go away."""

import logging
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from redis import Redis

from bn_core.training.history import Record
from bn_core.training.runs import Run
from bn_core.training.tasks import TrainStack
from tests.redis_server import RedisServer
from tests.ui.jobs.queues import PATIENCE, done, until
from ui.app import shared_results
from ui.app.shared_results import AWAY, BACK, SharedResults
from ui.jobs import JobQueue, Task
from ui.jobs.shared import Found, Ours, Theirs
from ui.jobs.worker_handle import Worker
from ui.training.spelling import spell_result

RUN = Run("batch", depth=1, width=8, batch=8, steps=20)


def task(seed: int) -> TrainStack:
    return TrainStack((replace(RUN, seed=seed),), Record(every=20))


def trained(of: TrainStack) -> Any:
    *_, (_, _, result) = of.reports()
    return result()


@pytest.fixture
def store(redis_server: RedisServer) -> RedisServer:
    redis_server.forget()
    return redis_server


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    """Every task that any worker was given."""
    given: list[Task] = []
    run = Worker.run

    def noted(self: Worker, number: int, of: Task, progress: Callable[[float, Any], None]) -> Any:
        given.append(of)
        return run(self, number, of, progress)

    monkeypatch.setattr(Worker, "run", noted)
    return given


@contextmanager
def servers(url: str, n: int = 2) -> Iterator[list[JobQueue]]:
    """The queues of so many servers that share what they do."""
    queues = [JobQueue(workers=1) for _ in range(n)]
    try:
        for queue in queues:
            queue.share(SharedResults(url))
        yield queues
    finally:
        for queue in queues:
            queue.close()


def test_two_servers_asked_at_the_same_moment_do_equal_work_once(
    store: RedisServer, begun: list[Task]
) -> None:
    tasks = tuple(map(task, range(10)))
    with servers(store.url) as queues:
        threads = [threading.Thread(target=done, args=(queue, *tasks)) for queue in queues]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        results = [done(queue, *tasks).results for queue in queues]
    assert Counter(begun) == Counter(tasks)
    for one, other in zip(*results, strict=True):
        assert np.array_equal(one.loss, other.loss)


def test_a_server_that_comes_later_finds_what_was_done(
    store: RedisServer, begun: list[Task]
) -> None:
    with servers(store.url) as (one, other):
        first = done(one, task(1)).results[0]
        assert np.array_equal(done(other, task(1)).results[0].loss, first.loss)
        assert begun == [task(1)]


def test_what_a_server_has_begun_and_left_is_done_by_another(store: RedisServer) -> None:
    gone, here = SharedResults(store.url, lease_seconds=0.5), SharedResults(store.url)
    assert isinstance(gone.begin(task(1)), Ours)
    assert isinstance(here.begin(task(1)), Theirs)
    assert isinstance(here.begin(task(2)), Ours)
    with servers(store.url, 1) as (queue,):
        assert done(queue, task(1))
    gone.release(task(1))
    assert isinstance(here.begin(task(1)), Found)


def test_a_lease_lasts_while_it_is_renewed_and_ends_when_it_is_released(
    store: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = SharedResults(store.url, lease_seconds=20), SharedResults(store.url)
    assert isinstance(one.begin(task(1)), Ours)
    lease = one._keys(task(1))[1]
    with Redis.from_url(store.url) as client:
        client.pexpire(lease, 3000)
        one.renew(task(1))
        assert client.pttl(lease) > 5000
        client.pexpire(lease, 3000)
        other.renew(task(1))
        other.release(task(1))
        assert 0 < client.pttl(lease) <= 3000, "it is not the other's"
    assert isinstance(one.begin(task(1)), Ours), "for each of its turns"
    one.release(task(1))
    assert isinstance(other.begin(task(1)), Ours)


def test_what_is_stopped_is_free_for_others(store: RedisServer) -> None:
    long = TrainStack((replace(RUN, depth=10, batch=512, steps=100_000),), Record(every=100_000))
    other = SharedResults(store.url)
    with servers(store.url, 1) as (queue,):
        until(lambda: queue.submit((long,), "me").fraction > 0)
        assert isinstance(other.begin(long), Theirs)
        queue.stop((long,), "me")
        until(lambda: isinstance(other.begin(long), Ours))


def test_results_have_a_bound_in_bytes_and_in_time(store: RedisServer) -> None:
    size = len(spell_result(task(0), trained(task(0))) or b"")
    shared = SharedResults(store.url, life_seconds=30, most_bytes=5 * (size + 512))
    for seed in range(12):
        shared.begin(task(seed))
        shared.keep(task(seed), trained(task(seed)))
    kept = [isinstance(SharedResults(store.url).begin(task(seed)), Found) for seed in range(12)]
    assert kept == [False] * 7 + [True] * 5
    with Redis.from_url(store.url) as client:
        keys = [key for key in client.keys("training:*") if not key.endswith(b":lease")]
        assert len(keys) == 6, "five and their order"
        assert all(0 < client.pttl(key) <= 30_000 for key in client.keys("*"))


def test_what_stands_there_and_is_no_result_is_not_taken(store: RedisServer) -> None:
    shared = SharedResults(store.url)
    with Redis.from_url(store.url) as client:
        for foreign in (b"", b"cos\nsystem\n(S'true'\ntR.", b"[]\n", b"\xff" * 1000):
            client.set(shared._keys(task(1))[0], foreign)
            assert isinstance(shared.begin(task(1)), Ours)
    with servers(store.url, 1) as (queue,):
        assert done(queue, task(1))
    assert isinstance(shared.begin(task(1)), Found), "it was replaced"


def test_servers_of_different_versions_share_nothing(
    store: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = SharedResults(store.url)
    old.keep(task(1), trained(task(1)))
    assert isinstance(SharedResults(store.url).begin(task(1)), Found)
    monkeypatch.setattr(shared_results, "version", lambda: "another")
    assert isinstance(SharedResults(store.url).begin(task(1)), Ours)


def test_without_the_store_a_server_goes_on_alone_and_says_so_once(
    store: RedisServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shared_results, "AWAY_SECONDS", 0.1)
    with caplog.at_level(logging.WARNING), servers(store.url, 1) as (queue,):
        done(queue, task(1))
        store.stop()
        try:
            done(queue, *map(task, range(2, 6)))
            assert [record.getMessage() for record in caplog.records] == [AWAY]
        finally:
            store.start()
        shared = SharedResults(store.url)
        until(lambda: isinstance(shared.begin(task(1)), Found))
        until(lambda: bool(done(queue, task(next(seeds)))) and len(caplog.records) == 2)
    assert [record.getMessage() for record in caplog.records] == [AWAY, BACK]
    assert not any(record.exc_info for record in caplog.records)


seeds = iter(range(100, 100_000))


def test_a_store_that_takes_connections_and_says_nothing_holds_nobody_up(
    begun: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_results, "WAIT_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with servers(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", 1) as (queue,):
            assert done(queue, *map(task, range(3)))
    assert len(begun) == 3
