"""The trials, one after the other on one stage. Each returns what it has seen, or is Failed."""

import asyncio
import random
from pathlib import Path

from benchmarks.load import percentile
from benchmarks.phones import ask
from benchmarks.scale.processes import figures
from benchmarks.scale.stage import Stage
from benchmarks.scale.until import held, until
from benchmarks.scale.visitors import Visitors
from benchmarks.server import command

QUIET_SECONDS = 6.0
VISITORS = 4
BACK_SECONDS = 3.0
"""Within which a session is back, where the machine is as fast as that of docs/measurements.md."""
PATIENCE = 10.0
"""How many times as long fails the trial; anything between is told as missed."""
OUT_SECONDS = 60.0


async def both_at_work(stage: Stage) -> str:
    """Everybody moves and votes; nobody is lost, nothing is wrong, and both replicas have some."""
    for tab in stage.tabs:
        tab.answers.clear()  # what came while others were still opening their page
    for room in stage.rooms:
        await room.vote()
    await asyncio.sleep(QUIET_SECONDS)
    stage.nothing_is_wrong()
    tabs, phones = stage.absences()
    held(not tabs and not phones, f"{len(tabs)} tabs and {len(phones)} phones lost their server")
    told = [await asyncio.to_thread(figures, port) for port in stage.ports]
    sessions = [int(one["norms_sessions"]) for one in told]
    phones_here = [int(one["norms_phones"]) for one in told]
    n_phones = sum(len(room.phones) for room in stage.rooms)
    held(sum(sessions) == len(stage.tabs), f"{len(stage.tabs)} tabs, but {sessions} sessions")
    held(sum(phones_here) == n_phones, f"{n_phones} phones, but {phones_here} at the replicas")
    held(min(sessions) > 0 and min(phones_here) > 0, f"not shared out: {sessions}, {phones_here}")
    answers = [seconds for tab in stage.tabs for seconds in tab.answers]
    return (
        f"{len(stage.tabs)} sessions and {n_phones} phones: {sessions[0]} and {phones_here[0]} on "
        f"one replica, {sessions[1]} and {phones_here[1]} on the other, no error; "
        f"{len(answers)} moves, answered within {percentile(answers, 50):.0f} ms (p50) and "
        f"{percentile(answers, 95):.0f} ms (p95)"
    )


async def one_killed(stage: Stage, slowness: float) -> str:
    """A replica dies: its sessions come back with their settings, its rooms with their votes."""
    one, other = stage.replicas
    stage.absences()
    used = other.cpu_seconds()
    await asyncio.to_thread(one.kill)
    await until(lambda: not stage.everybody_here(), OUT_SECONDS, lambda: "nobody has noticed")
    await stage.everybody_is_back()
    used = other.cpu_seconds() - used
    tabs, phones = stage.absences()
    held(bool(tabs) and bool(phones), "the replica that was killed had nobody")
    stage.nothing_is_wrong()
    for room in stage.rooms:
        await room.check()
    longest = max(tabs)
    verdict = "met" if longest <= BACK_SECONDS else "missed"
    most = BACK_SECONDS * PATIENCE * slowness
    held(longest <= most, f"a session was away for {longest:.1f} s, more than {most:.0f} s")
    one.start()
    await asyncio.to_thread(one.wait)
    return (
        f"one replica killed: {len(tabs)} sessions back with their settings, half of them within "
        f"{percentile(tabs, 50) / 1e3:.1f} s, the last after {longest:.1f} s, in which the other "
        f"had {used:.1f} s of a core (goal {BACK_SECONDS:.0f} s: {verdict}); {len(phones)} "
        f"phones, the last after {max(phones):.1f} s; every room with its votes"
    )


async def store_restarted(stage: Stage) -> str:
    """The store dies: rooms say so, streams stay, and all goes on with what was there."""
    for room in stage.rooms:
        await room.lecture.step("again")
        await room.vote()
    stage.absences()
    room = stage.rooms[0]
    lecture, token = room.lecture, room.phones[0].token
    await asyncio.to_thread(stage.store.kill)
    told = [
        await ask(lecture.port, "GET", lecture.path),
        await lecture.vote(lecture.port, token, room.values[token]),
    ]
    for answer in told:
        said = str(answer.told.get("error", ""))
        held(answer.status == 503 and "Try again" in said, f"without a store: {answer}")
    stage.store.start()
    await asyncio.to_thread(stage.store.wait)
    again = await _until_they_answer(stage)
    for room in stage.rooms:
        await room.check()
    await stage.everybody_is_back()
    tabs, phones = stage.absences()
    stage.nothing_is_wrong()
    return (
        f'the store restarted: rooms said "{told[0].told["error"]}", answered {again:.1f} s after '
        f"it was back, with their votes; {len(tabs)} sessions and {len(phones)} phones lost "
        "their stream"
    )


async def replaced(stage: Stage, tree: Path) -> str:
    """A new version takes the place of one replica, then of the other, under full load."""
    for room in stage.rooms:
        for to in ("reveal", "next", "open"):
            await room.lecture.step(to)
        await room.vote()
    visitors = Visitors(stage.server, stage.rooms[0].lecture.room)
    stage.absences()
    coming = [asyncio.create_task(visitors.come()) for _ in range(VISITORS)]
    coming += [asyncio.create_task(_votes_again(stage))]
    try:
        await _pages_on(visitors)
        ended = []
        for place, one in enumerate(stage.replicas):
            ended.append(await asyncio.to_thread(one.end))
            one.command, one.folder = command(tree / "app.py", stage.ports[place]), tree
            one.start()
            await asyncio.to_thread(one.wait)
            await _pages_on(visitors)
        await stage.everybody_is_back()
    finally:
        for task in coming:
            task.cancel()
        outcomes = await asyncio.gather(*coming, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    held(not visitors.wrong, f"{len(visitors.wrong)} pages failed: {visitors.wrong[:3]}")
    held(len(visitors.versions) == 2, f"not both versions were seen: {visitors.versions}")
    stage.nothing_is_wrong()
    for room in stage.rooms:
        await room.check()
    tabs, _ = stage.absences()
    return (
        f"both replicas replaced by a new version, ended within {max(ended):.1f} s each: "
        f"{visitors.n_pages} pages visited meanwhile, none failed; sessions back with their "
        f"settings, the last after {max(tabs):.1f} s; every room with its votes"
    )


async def _votes_again(stage: Stage) -> None:
    """A phone in some room sends its vote again, until cancelled."""
    while True:
        room = random.choice(stage.rooms)
        await room.vote_of(random.choice(room.phones).token)
        await asyncio.sleep(0.05)


async def _pages_on(visitors: Visitors) -> None:
    """Until everyone has seen some more pages."""
    enough = visitors.n_pages + 2 * VISITORS
    await until(lambda: visitors.n_pages >= enough, OUT_SECONDS, lambda: "no more pages are shown")


async def _until_they_answer(stage: Stage) -> float:
    """Until every room gives its snapshot; how long that took in s."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for room in stage.rooms:
        while (await ask(stage.server.port, "GET", room.lecture.path)).status != 200:
            held(loop.time() - begun < OUT_SECONDS, "a room does not answer with the store back")
            await asyncio.sleep(0.05)
    return loop.time() - begun
