"""Waiting for what must come about, and what is said where it does not."""

import asyncio
from collections.abc import Callable

LOOK_SECONDS = 0.02


class Failed(Exception):
    """Something that had to come about has not; the message says what."""


async def until(reached: Callable[[], bool], seconds: float, missing: Callable[[], str]) -> float:
    """Wait until it is reached, and return how long that took in s. Failed after these seconds."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    while not reached():
        if loop.time() - begun > seconds:
            raise Failed(f"{missing()} (waited {seconds:.0f} s)")
        await asyncio.sleep(LOOK_SECONDS)
    return loop.time() - begun


def held(claim: bool, missing: str) -> None:
    """Failed with this sentence unless the claim holds."""
    if not claim:
        raise Failed(missing)
