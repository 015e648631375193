"""Files that are held: found by their token alone, never more than there is room for."""

import threading
from dataclasses import dataclass

import numpy as np
import pytest

from ui.activations.contents import Contents
from ui.activations.held import GONE, IDLE_SECONDS, PAGE, Files, NoRoomError
from ui.bounded import kept

RNG = np.random.default_rng()


def contents(size: int = 10_000, name: str = "a.npy") -> Contents:
    return Contents(name, {"x": RNG.standard_normal((size // 8, 1))})


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def files(most_in_all: int = 35_000, clock: Clock | None = None) -> Files:
    """Room for three of 10 KB."""
    return Files(15_000, most_in_all, clock or Clock())


def test_what_is_held_is_found_by_its_token_and_by_no_other() -> None:
    room = files()
    tokens = [room.hold(contents(name=f"{n}.npy"), f"session {n}") for n in range(3)]
    assert len(set(tokens)) == 3
    assert all(len(token) >= 32 for token in tokens)
    assert [room.found(token).name for token in tokens] == ["0.npy", "1.npy", "2.npy"]  # type: ignore[union-attr]
    for other in ("", GONE, tokens[0][:-1], "session 0"):
        assert room.found(other) is None
        assert room.known(other) == GONE
    assert room.known(tokens[1]) == tokens[1] == room.token_of("session 1")
    assert room.token_of("session 9") == GONE


def test_an_owner_has_one_file_and_the_new_takes_its_place() -> None:
    room = files()
    first = room.hold(contents())
    for _ in range(50):
        last = room.hold(contents())
        assert 10_000 < room.bytes < 15_000
    assert room.found(first) is None
    assert room.found(last) is not None
    room.let_go()
    room.let_go()
    assert (room.bytes, room.found(last), room.owners()) == (0, None, frozenset())


def test_too_large_a_file_is_refused_in_words_and_the_last_stays() -> None:
    room = files()
    token = room.hold(contents())
    with pytest.raises(NoRoomError, match="expected at most"):
        room.hold(contents(20_000))
    assert room.found(token) is not None
    assert room.owners() == {PAGE}


def test_a_full_room_refuses_and_gives_way_only_to_what_nobody_looks_at() -> None:
    clock = Clock()
    room = files(clock=clock)
    tokens = [room.hold(contents(), f"session {n}") for n in range(3)]
    for n in range(100):
        with pytest.raises(NoRoomError, match="try again"):
            room.hold(contents(), f"other {n}")
    assert all(map(room.found, tokens))
    # An owner's own file makes room for its next.
    tokens[2] = room.hold(contents(), "session 2")
    clock.seconds = IDLE_SECONDS / 2
    assert room.found(tokens[0])
    clock.seconds = IDLE_SECONDS + 1
    late = room.hold(contents(), "late")  # sessions 1 and 2 are idle: one is enough
    kept = [room.found(token) is not None for token in tokens]
    assert kept[0]
    assert sum(kept) == 2
    assert room.found(late)
    assert room.bytes <= room.most_in_all


def test_nobody_loses_a_file_for_one_that_does_not_fit_either_way() -> None:
    clock = Clock()
    room = files(most_in_all=25_000, clock=clock)
    idle = room.hold(contents(8_000), "idle")
    clock.seconds = IDLE_SECONDS + 1
    used = room.hold(contents(12_000), "used")
    with pytest.raises(NoRoomError):
        room.hold(contents(14_000), "late")
    assert room.found(idle)
    assert room.found(used)


def test_what_was_made_of_a_file_goes_with_it() -> None:
    @dataclass(frozen=True)
    class Settings:
        batch: int
        data: str = ""

    @kept(100_000)
    def encoded(view: str, settings: Settings) -> str:
        return f"{view} {settings.batch}"

    @kept(100_000)
    def layer(token: str, axis: int) -> str:
        return f"{token} {axis}"

    room = files()
    for one in (encoded, layer):
        room.takes_along(one.cache)
    mine, other = room.hold(contents(), "mine"), room.hold(contents(), "other")
    for token in (mine, other, ""):
        for number in range(3):
            encoded("page", Settings(number, token))
            encoded("page", settings=Settings(number, token))
            layer(token, axis=number)
    room.let_go("mine")
    assert (len(encoded.cache), len(layer.cache)) == (12, 6)
    room.hold(contents(), "other")  # the last one gives way
    assert (len(encoded.cache), len(layer.cache)) == (6, 3)


def test_threads_at_once_never_pass_the_bound() -> None:
    room = files()
    passed: list[int] = []

    def visit(number: int) -> None:
        for _ in range(30):
            try:
                room.hold(contents(), f"session {number}")
            except NoRoomError:
                continue
            passed.append(room.bytes)
            room.let_go(f"session {number}")

    threads = [threading.Thread(target=visit, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passed
    assert max(passed) <= room.most_in_all
    assert room.bytes == 0
